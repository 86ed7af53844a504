"""What cameras and hands do to a picture: blur, glare, uneven light, sensor noise. Images BGR or premultiplied BGRA, uint8."""
import cv2
import numpy as np


def motion_kernel(dx, dy):
    """Line kernel for a displacement in pixels during the exposure; None when it is too short to see."""
    length = float(np.hypot(dx, dy))
    if length < 1.2:
        return None
    n = int(min(61, np.ceil(length) // 2 * 2 + 3))
    k = np.zeros((n, n), np.float32)
    c = (n - 1) / 2
    half = min(length, n - 2) / 2
    ux, uy = dx / length, dy / length
    for s in np.linspace(-half, half, int(length * 4) + 2):
        x, y = c + ux * s, c + uy * s
        xi, yi = int(x), int(y)
        fx, fy = x - xi, y - yi
        for (i, j, wgt) in ((xi, yi, (1 - fx) * (1 - fy)), (xi + 1, yi, fx * (1 - fy)), (xi, yi + 1, (1 - fx) * fy), (xi + 1, yi + 1, fx * fy)):
            if 0 <= i < n and 0 <= j < n:
                k[j, i] += wgt
    return k / k.sum()


def soften(img, dx, dy, defocus):
    """Motion blur by (dx, dy) pixels and defocus of the given sigma."""
    k = motion_kernel(dx, dy)
    if k is not None:
        img = cv2.filter2D(img, -1, k, borderType=cv2.BORDER_CONSTANT if img.shape[2] == 4 else cv2.BORDER_REPLICATE)
    if defocus > 0.25:
        img = cv2.GaussianBlur(img, (0, 0), defocus)
    return img


def glare_map(h, w, cx, cy, rx, ry, angle, strength):
    """Soft bright patch, float32 0..strength; positions and radii in pixels."""
    s = 8
    m = np.zeros((h // s + 1, w // s + 1), np.float32)
    cv2.ellipse(m, (int(cx / s), int(cy / s)), (max(1, int(rx / s)), max(1, int(ry / s))), angle, 0, 360, 1.0, -1)
    m = cv2.GaussianBlur(m, (0, 0), max(0.8, min(rx, ry) / s * 0.55))
    return cv2.resize(m, (w, h), interpolation=cv2.INTER_LINEAR) * strength


class Light:
    """Uneven light over the frame (a gradient and a vignette), white balance, slow flicker."""

    def __init__(self, rng, w, h, level, uneven):
        x, y = np.meshgrid(np.linspace(-1, 1, w, dtype=np.float32), np.linspace(-1, 1, h, dtype=np.float32))
        a = rng.uniform(0, 2 * np.pi)
        field = 1 + uneven * (np.cos(a) * x + np.sin(a) * y) - 0.25 * uneven * (x * x + y * y)
        tint = 1 + rng.normal(0, 0.035, 3)
        self.gain = (field[..., None] * (level * tint)).astype(np.float32)
        self.flat = None

    def __call__(self, img, flicker=1.0):
        return cv2.multiply(img, self.gain, scale=float(flicker), dtype=cv2.CV_8U)


class Noise:
    """Sensor noise from a small pool of fields, rolled anew for each frame; stronger in the shadows."""

    def __init__(self, rng, w, h, sigma):
        self.rng, self.sigma = rng, sigma
        self.pool = []
        if sigma > 0.2:
            for _ in range(3):
                luma = rng.normal(0, sigma, (h + 16, w + 16)).astype(np.float32)
                chroma = cv2.resize(rng.normal(0, sigma * 0.7, (h // 2 + 8, w // 2 + 8, 3)).astype(np.float32), (w + 16, h + 16))
                self.pool.append(np.clip(luma[..., None] + chroma, -100, 100).astype(np.int8))

    def __call__(self, img):
        if not self.pool:
            return img
        field = self.pool[int(self.rng.integers(len(self.pool)))]
        y, x = self.rng.integers(0, 16, 2)
        return cv2.add(img, field[y:y + img.shape[0], x:x + img.shape[1]], dtype=cv2.CV_8U)
