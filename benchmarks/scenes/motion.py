"""Hand-like motion: slow drift, breathing, tremor, corrections. Positions are fractions of the frame, angles degrees.

Two families stand on the two sides of the split: sums of sines (train) and a pulled random walk with corrections (measure).
"""
import numpy as np


def walk(rng, n, fps, amplitude, family, slow=0.35):
    """n samples of a smooth wander with the given standard deviation, starting anywhere."""
    t = np.arange(n) / fps
    if family == "sines":
        out = np.zeros(n)
        for _ in range(5):
            out += rng.uniform(0.4, 1) * np.sin(2 * np.pi * rng.uniform(0.08, slow * 2.2) * t + rng.uniform(0, 6.3))
        return amplitude * out / 1.1
    # Ornstein-Uhlenbeck, smoothed, with now and then a quick correction
    pull, x, v = slow * 2.0, rng.normal(), 0.0
    out = np.empty(n)
    target = 0.0
    for i in range(n):
        if rng.random() < 0.25 / fps:
            target = rng.normal(0, 0.7)
        a = pull * pull * 4 * (target - x) - 2.2 * pull * v + rng.normal(0, 6.0 * pull)
        v += a / fps
        x += v / fps
        out[i] = x
    return amplitude * np.clip(out, -2.5, 2.5)


def tremor(rng, n, fps, amplitude):
    """Fast small shaking of a hand, 4 to 9 Hz where the frame rate allows it."""
    t = np.arange(n) / fps
    gate = 0.6 + 0.4 * np.sin(2 * np.pi * rng.uniform(0.1, 0.4) * t + rng.uniform(0, 6.3))
    return amplitude * gate * sum(np.sin(2 * np.pi * rng.uniform(4, 9) * t + rng.uniform(0, 6.3)) for _ in range(2)) / 1.4


def ease(t):
    t = np.clip(t, 0, 1)
    return t * t * (3 - 2 * t)


def track(keys, times):
    """Piecewise eased course through keys [(time, value), ...] sampled at times."""
    out = np.full(len(times), float(keys[0][1]))
    for (t0, a), (t1, b) in zip(keys[:-1], keys[1:]):
        inside = (times >= t0) & (times < t1)
        out[inside] = a + (b - a) * ease((times[inside] - t0) / max(1e-6, t1 - t0))
        out[times >= t1] = b
    return out


def view(frame_w, frame_h, pose, focal=1.1):
    """(lens, turn, place) of a pose as `homography` takes it: 3x3, 3x3, 3; in widths of the document."""
    yaw, pitch, roll = (np.radians(pose[k]) for k in ("yaw", "pitch", "roll"))
    cyw, syw, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    ry = np.array([[cyw, 0, syw], [0, 1, 0], [-syw, 0, cyw]])
    rx = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    rz = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    r = rz @ ry @ rx
    f = focal * frame_w
    z = focal / max(1e-3, pose["scale"])                      # in document widths
    tx = (pose["cx"] - 0.5) * frame_w * z / f
    ty = (pose["cy"] * frame_h - frame_h / 2) * z / f
    k = np.array([[f, 0, frame_w / 2], [0, f, frame_h / 2], [0, 0, 1.0]])
    return k, r, (tx, ty, z)


def homography(doc_w, doc_h, frame_w, frame_h, pose, focal=1.1):
    """3x3 matrix from document pixels to frame pixels.

    pose: cx, cy (centre, fractions of the frame), scale (document's width as a fraction of the frame's width when seen flat),
    yaw, pitch, roll in degrees. `focal` is the lens in frame widths: the shorter, the stronger the perspective.
    """
    k, r, (tx, ty, z) = view(frame_w, frame_h, pose, focal)
    a = np.array([[1 / doc_w, 0, -0.5], [0, 1 / doc_w, -0.5 * doc_h / doc_w], [0, 0, 1.0]])
    m = k @ np.column_stack([r[:, 0], r[:, 1], [tx, ty, z]]) @ a
    return m / m[2, 2]


def project(m, points):
    p = np.column_stack([points, np.ones(len(points))]) @ m.T
    return p[:, :2] / p[:, 2:]
