"""Grounds that documents are printed on: card guilloche, paper with folds, red seals."""
import cv2
import numpy as np

from ..draw import noise_field


def guilloche(rng, w, h, left=(214, 232, 245), middle=(246, 226, 232), right=(216, 234, 246), strength=1.0):
    """Light rainbow ground with interlaced wave lines, RGB uint8."""
    x = np.linspace(0, 1, w, dtype=np.float32)
    ramp = np.clip(1 - np.abs(x - 0.5) * 2, 0, 1)[:, None]
    left, middle, right = (np.float32(c) for c in (left, middle, right))
    row = np.where((x < 0.5)[:, None], left + (middle - left) * ramp, right + (middle - right) * ramp)
    img = np.repeat(row[None], h, 0)
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    u, v = xx / w, yy / w
    for k in range(3):
        f, a, p = rng.uniform(5, 14), rng.uniform(0.008, 0.02), rng.uniform(0, 6.3)
        n = rng.uniform(38, 70)
        if k == 1:
            d = np.hypot(u - rng.uniform(.3, .7), (v - rng.uniform(.2, .4)))
            phase = n * d + 2.2 * np.sin(f * np.arctan2(v - .3, u - .5) + p)
        else:
            phase = n * (v + a * np.sin(2 * np.pi * f * u + p)) + rng.uniform(-3, 3) * u
        line = np.clip(1.25 - np.abs((phase % 1.0) - 0.5) * 7, 0, 1)
        colour = np.float32([rng.uniform(120, 180), rng.uniform(150, 190), rng.uniform(195, 225)])
        img += (colour - img) * (line * 0.20 * strength)[..., None]
    return np.clip(img + rng.normal(0, 1.2, (h, w, 1)), 0, 255).astype(np.uint8)


def sheet(rng, w, h, tone=(246, 245, 240), folds=None):
    """White paper with shading and fold creases, RGB uint8."""
    img = np.empty((h, w, 3), np.float32)
    img[:] = np.float32(tone)
    img *= noise_field(rng, h, w, max(w, h) / 3, 0.955, 1.0)[..., None]
    img += rng.normal(0, 1.5, (h, w, 1)).astype(np.float32)
    for _ in range(int(rng.integers(0, 3)) if folds is None else folds):
        shade = np.zeros((h, w), np.float32)
        if rng.random() < 0.6:
            y = h * rng.choice([1 / 3, 1 / 2, 2 / 3]) + rng.normal(0, h * .01)
            a, b = (0, int(y)), (w, int(y + rng.normal(0, h * 0.005)))
        else:
            x = w * 0.5 + rng.normal(0, w * .02)
            a, b = (int(x), 0), (int(x + rng.normal(0, w * .005)), h)
        cv2.line(shade, a, b, 1, 3)
        shade = cv2.GaussianBlur(shade, (0, 0), 3)
        img -= (shade * 26)[..., None]
        shifted = np.roll(shade, 5, axis=0 if a[0] == 0 else 1)
        img += (shifted * 12)[..., None]
    return np.clip(img, 0, 255).astype(np.uint8)


def seal(rgb, rng, faces, text, cx, cy, r, ink=(205, 30, 35)):
    """Round red seal with the office's name along its ring and a star, pressed over what is printed (multiplied in)."""
    from PIL import Image, ImageDraw
    from ..draw import load
    size = int(2 * r + 8)
    layer = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(layer)
    c = size / 2
    pen.ellipse([c - r, c - r, c + r, c + r], outline=255, width=max(2, int(r * 0.05)))
    star = [(c + r * (0.3 if i % 2 == 0 else 0.12) * np.sin(np.pi * i / 5), c - r * (0.3 if i % 2 == 0 else 0.12) * np.cos(np.pi * i / 5)) for i in range(10)]
    pen.polygon(star, fill=255)
    em = max(8, int(min(r * 0.30, r * 4.0 / max(6, len(text)))))
    font = load(faces.file("han_song", text), em)
    span = np.radians(min(270, 28 * len(text)))
    for i, ch in enumerate(text):
        angle = -span / 2 + span * (i + 0.5) / len(text)
        tile = Image.new("L", (em * 2, em * 2), 0)
        ImageDraw.Draw(tile).text((em, em), ch, font=font, fill=255, anchor="mm", stroke_width=1 if em > 20 else 0)
        tile = tile.rotate(-np.degrees(angle), resample=Image.BICUBIC)
        x, y = c + np.sin(angle) * r * 0.74, c - np.cos(angle) * r * 0.74
        layer.paste(255, (int(x - em), int(y - em)), tile)
    layer = layer.rotate(rng.uniform(-12, 12), resample=Image.BICUBIC)
    mask = np.asarray(layer, np.float32) / 255
    mask = cv2.GaussianBlur(mask, (0, 0), 0.8) * noise_field(rng, size, size, 14, 0.35, 1.0)
    h, w = rgb.shape[:2]
    x0, y0 = int(cx - c), int(cy - c)
    xa, ya, xb, yb = max(0, x0), max(0, y0), min(w, x0 + size), min(h, y0 + size)
    if xa >= xb or ya >= yb:
        return rgb
    m = mask[ya - y0:yb - y0, xa - x0:xb - x0, None] * 0.86
    part = rgb[ya:yb, xa:xb].astype(np.float32)
    rgb[ya:yb, xa:xb] = np.clip(part * (1 - m) + part * (np.float32(ink) / 255) * m, 0, 255).astype(np.uint8)
    return rgb
