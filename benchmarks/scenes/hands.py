"""Hands that hold a document. They are drawn once, on a canvas around the document, and move with it.

Two families stand on the two sides of the split: `rounded` fingers (train) and `tapered` ones with knuckles (measure).
"""
import cv2
import numpy as np

SKINS = [(120, 150, 205), (140, 170, 222), (95, 128, 180), (150, 182, 232), (80, 105, 150)]     # BGR
SLEEVES = [(60, 50, 45), (120, 70, 40), (50, 60, 120), (90, 100, 60), (170, 170, 175), (40, 40, 44), (110, 80, 130)]


def _shaded(layer, mask, colour, light=(0.3, -0.5)):
    """Lays a shape on a premultiplied float BGRA layer, darker towards its rim."""
    ys, xs = np.nonzero(mask > 0.02)
    if len(ys) == 0:
        return
    y0, y1, x0, x1 = ys.min(), ys.max() + 1, xs.min(), xs.max() + 1
    m = mask[y0:y1, x0:x1]
    depth = cv2.distanceTransform((m > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    depth = cv2.GaussianBlur(depth / max(1.0, depth.max()), (0, 0), 2)
    gx = cv2.Sobel(depth, cv2.CV_32F, 1, 0, ksize=5) * 1.2
    gy = cv2.Sobel(depth, cv2.CV_32F, 0, 1, ksize=5) * 1.2
    tone = np.clip(0.66 + 0.40 * np.sqrt(depth) + light[0] * gx * 0.2 - light[1] * gy * 0.2, 0.4, 1.15)
    part = layer[y0:y1, x0:x1]
    a = m[..., None]
    part[..., :3] = part[..., :3] * (1 - a) + np.float32(colour) * tone[..., None] * a
    part[..., 3:] = part[..., 3:] * (1 - a) + 255 * a


def _shape(shape, points, radii, tapered):
    """Mask of a finger or an arm: discs of given radii joined along a path."""
    mask = np.zeros(shape[:2], np.float32)
    for (p, q), (r, t) in zip(zip(points[:-1], points[1:]), zip(radii[:-1], radii[1:])):
        p, q = np.float32(p), np.float32(q)
        d = q - p
        n = np.float32([-d[1], d[0]]) / (np.hypot(*d) + 1e-6)
        poly = np.int32([p + n * r, q + n * t, q - n * t, p - n * r])
        cv2.fillConvexPoly(mask, poly, 1.0, cv2.LINE_AA)
    for i, (p, r) in enumerate(zip(points, radii)):
        cv2.circle(mask, (int(p[0]), int(p[1])), max(1, int(r * (1.06 if tapered and 0 < i < len(points) - 1 else 1))), 1.0, -1, cv2.LINE_AA)
    return cv2.GaussianBlur(mask, (0, 0), 1.2)


def _finger(layer, base, tip, r, skin, family, rng, nail=True):
    base, tip = np.float32(base), np.float32(tip)
    d = tip - base
    n = np.float32([-d[1], d[0]]) / (np.hypot(*d) + 1e-6)
    bend = rng.normal(0, r * 0.5)
    mid = base + d * 0.5 + n * bend
    # work on the neighbourhood of the finger only
    pts = np.stack([base, mid, tip])
    lo = np.maximum(np.floor(pts.min(0) - 4 * r), 0).astype(int)
    hi = np.ceil(pts.max(0) + 4 * r).astype(int)
    layer = layer[lo[1]:hi[1], lo[0]:hi[0]]
    if layer.size == 0:
        return
    base, mid, tip = base - lo, mid - lo, tip - lo
    radii = (r * 1.05, r * 1.0, r * 0.92) if family == "rounded" else (r * 1.2, r * 0.98, r * 0.72)
    mask = _shape(layer.shape, [base, mid, tip], radii, family == "tapered")
    # what the finger lies on is darkened around it
    shadow = cv2.GaussianBlur(np.roll(mask, (int(r * .25), int(r * .15)), (0, 1)), (0, 0), r * 0.35) * 0.45
    layer[..., :3] *= (1 - shadow * (1 - mask))[..., None]
    _shaded(layer, mask, skin)
    if nail:
        angle = np.degrees(np.arctan2(d[1], d[0]))
        at = tip + d / (np.hypot(*d) + 1e-6) * r * 0.18
        nail_mask = np.zeros(layer.shape[:2], np.float32)
        cv2.ellipse(nail_mask, (int(at[0]), int(at[1])), (int(r * 0.55), int(r * 0.45)), float(angle), 0, 360, 1, -1, cv2.LINE_AA)
        nail_mask = cv2.GaussianBlur(nail_mask, (0, 0), 1) * 0.55
        layer[..., :3] += (np.float32(np.clip(np.float32(skin) * 1.12 + 12, 0, 255)) - layer[..., :3]) * nail_mask[..., None]


def held(rng, doc, family="rounded", two=False, deep=0.0, px_mm=None, bare=False, grip=(0.62, 0.88)):
    """Canvas with the document in hands.

    doc: BGRA straight alpha. Gives (premultiplied BGRA uint8, (x, y) of the document's top left on the canvas, cover mask of the
    document that fingers hide, as H x W bool). `deep` in 0..1 lets the thumbs reach further in; `bare` draws no hands;
    `grip` is where along the side, from the top, the thumbs lie.
    """
    h, w = doc.shape[:2]
    px = px_mm or w / 85.6
    r = 9.0 * px * rng.uniform(0.9, 1.1)                        # half the width of a thumb
    left, right, top, below = (int(k * px) for k in (46, 46, 8, 92))
    if bare:
        left = right = top = below = int(4 * px)
    layer = np.zeros((h + top + below, w + left + right, 4), np.float32)
    skin = tuple(float(c * rng.uniform(0.92, 1.06)) for c in SKINS[int(rng.integers(len(SKINS)))])
    sleeve = SLEEVES[int(rng.integers(len(SLEEVES)))]
    sides = [] if bare else (["l", "r"] if two else ["r" if rng.random() < 0.65 else "l"])
    H = layer.shape[0]
    spots = {}
    for side in sides:
        flip = 1 if side == "r" else -1
        edge = left + (w if side == "r" else 0)
        hold = top + h * rng.uniform(*grip)
        palm = (edge + flip * px * 21, hold + px * 24)
        arm = _shape(layer.shape, [palm, (palm[0] + flip * px * rng.uniform(-6, 10), H + px * 20)], (px * 22, px * 27), False)
        _shaded(layer, arm, skin)
        cuff = _shape(layer.shape, [(palm[0] + flip * px * 2, min(H - px * 14, palm[1] + px * 48)), (palm[0] + flip * px * 5, H + px * 20)], (px * 31, px * 34), False)
        _shaded(layer, cuff, sleeve)
        for k in range(3):                                       # fingers behind the card
            y = hold - px * (4 + 15 * k) + rng.normal(0, px * 2)
            _finger(layer, (palm[0], palm[1] - px * 4 * k), (edge - flip * px * 12, y), r * 0.82, tuple(c * 0.82 for c in skin), family, rng, False)
        spots[side] = (flip, edge, hold)
    # the document's shadow, then the document
    alpha = doc[..., 3].astype(np.float32) / 255
    box = layer[top:top + h, left:left + w]
    shadow = np.zeros(layer.shape[:2], np.float32)
    shadow[top:top + h, left:left + w] = alpha
    shadow = cv2.GaussianBlur(cv2.resize(np.roll(shadow, (int(px * 1.6), int(px * .8)), (0, 1)), None, fx=.25, fy=.25), (0, 0), max(.5, px * 0.4))
    shadow = cv2.resize(shadow, (layer.shape[1], layer.shape[0])) * 0.4
    layer[..., :3] *= (1 - shadow)[..., None]
    layer[..., 3] = np.maximum(layer[..., 3], shadow * 90) if not bare else layer[..., 3]
    box[..., :3] = box[..., :3] * (1 - alpha[..., None]) + doc[..., :3] * alpha[..., None]
    box[..., 3] = np.maximum(box[..., 3] * (1 - alpha), 255 * alpha)
    before = layer[top:top + h, left:left + w, :3].copy() if sides else None
    for flip, edge, hold in spots.values():        # thumbs over the edge
        reach = px * (rng.uniform(1.5, 4.5) + 14 * deep)
        tip = (edge - flip * reach, hold + rng.normal(0, px * 2))
        _finger(layer, (edge + flip * px * 17, hold + px * 17), tip, r, skin, family, rng)
    cover = np.zeros((h, w), bool)
    if sides:
        cover = np.abs(layer[top:top + h, left:left + w, :3] - before).max(axis=2) > 40
    return np.clip(layer, 0, 255).astype(np.uint8), (left, top), cover
