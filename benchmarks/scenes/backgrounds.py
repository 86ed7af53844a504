"""What stands behind: photographs or a drawn room, and a drawn speaker. All BGR uint8."""
import cv2
import numpy as np
from PIL import Image

from . import draw
from .documents.portrait import SKINS
from .split import photos

WORDS = ["历史", "文学", "生活", "世界", "数学", "音乐", "故事", "词典", "地图", "科学"]


def photograph(rng, split, w, h):
    """A crop of a photograph of this side of the split, or None where none is installed."""
    files = photos(split)
    if not files:
        return None
    path = files[int(rng.integers(len(files)))]
    try:
        with Image.open(path) as im:
            im.draft("RGB", (w, h))
            img = np.asarray(im.convert("RGB"))[..., ::-1]
    except OSError:
        return None
    ih, iw = img.shape[:2]
    scale = max(w / iw, h / ih) * rng.uniform(1.0, 1.5)
    img = cv2.resize(img, (max(w, int(iw * scale)), max(h, int(ih * scale))), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    y, x = int(rng.integers(0, img.shape[0] - h + 1)), int(rng.integers(0, img.shape[1] - w + 1))
    img = img[y:y + h, x:x + w]
    return np.ascontiguousarray(img[:, ::-1] if rng.random() < 0.5 else img)


def _carpet(rng, w, h):
    """A wall carpet: bands of ornament in a few colours."""
    palette = [tuple(int(c) for c in p) for p in rng.integers(20, 200, (4, 3))]
    palette[0] = (30, 25, int(rng.integers(110, 170)))
    img = np.empty((h, w, 3), np.uint8)
    img[:] = palette[0]
    step = max(12, int(min(w, h) / rng.integers(6, 12)))
    for i, k in enumerate((0.02, 0.09, 0.15)):
        cv2.rectangle(img, (int(w * k), int(h * k)), (int(w * (1 - k)), int(h * (1 - k))), palette[1 + i % 3], max(2, step // 5))
    for y in range(step, h - step // 2, step):
        for x in range(step, w - step // 2, step):
            c = palette[1 + (x // step + y // step) % 3]
            p = np.int32([[x, y - step * .4], [x + step * .4, y], [x, y + step * .4], [x - step * .4, y]])
            cv2.fillPoly(img, [p], c, cv2.LINE_AA)
            cv2.circle(img, (x, y), max(1, step // 8), palette[0], -1, cv2.LINE_AA)
    return img


def drawn_room(rng, split, w, h, faces, pictures=True):
    """Wall, shelf with books, window, carpet, pictures, table edge: clutter with many straight edges."""
    def photograph(*args):
        return globals()["photograph"](*args) if pictures else None

    wall = np.float32(rng.integers(110, 215, 3)) * 0.5 + float(rng.integers(110, 200)) * 0.5
    img = np.empty((h, w, 3), np.float32)
    img[:] = wall
    img *= draw.noise_field(rng, h, w, w / 3, 0.82, 1.08)[..., None]
    if rng.random() < 0.35:                                     # wallpaper
        yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
        p = rng.uniform(w / 30, w / 12)
        img += ((np.sin(xx / p * 6.28) * np.cos(yy / p * 6.28 * rng.uniform(0.3, 1))) * rng.uniform(4, 10))[..., None]
    img = np.clip(img, 0, 255).astype(np.uint8)

    def rect(x, y, rw, rh, colour, thick=-1):
        cv2.rectangle(img, (int(x), int(y)), (int(x + rw), int(y + rh)), tuple(int(c) for c in colour), thick, cv2.LINE_AA)

    def shelf(x, y, rw, rh):
        wood = np.float32([40, 70, 110]) * rng.uniform(0.6, 1.6)
        rect(x, y, rw, rh, wood * 0.55)
        levels = int(rng.integers(2, 4))
        for k in range(levels):
            base = y + rh * (k + 1) / levels
            at = x + 4
            while at < x + rw - rw * 0.06:
                bw, bh = rw * rng.uniform(0.03, 0.08), rh / levels * rng.uniform(0.6, 0.92)
                if at + bw > x + rw - 4:
                    break
                c = rng.integers(30, 220, 3)
                rect(at, base - bh, bw, bh, c)
                rect(at, base - bh, bw, bh, c * 0.5, 1)
                if bw > 14 and rng.random() < 0.6:
                    pil = Image.fromarray(img[..., ::-1])
                    s = draw.Sheet(pil, faces)
                    for j, ch in enumerate(WORDS[int(rng.integers(len(WORDS)))]):
                        s.text(at + bw / 2, base - bh * 0.8 + j * bw * .7, ch, "han_hei", max(8, bw * 0.6), tuple(int(255 - q) for q in c[::-1]), anchor="m")
                    img[:] = np.asarray(pil)[..., ::-1]
                at += bw + rng.uniform(0, 3)
            rect(x, base - 3, rw, max(3, rh * 0.03), wood)

    def window(x, y, rw, rh):
        view = photograph(rng, split, max(8, int(rw)), max(8, int(rh))) if rng.random() < 0.5 else None
        y2, x2 = min(h, int(y) + int(rh)), min(w, int(x) + int(rw))
        ya, xa = max(0, int(y)), max(0, int(x))
        if view is not None:
            img[ya:y2, xa:x2] = np.minimum(255, cv2.GaussianBlur(view, (0, 0), 3)[ya - int(y):y2 - int(y), xa - int(x):x2 - int(x)] * 0.5 + 128).astype(np.uint8)
        else:
            rect(x, y, rw, rh, (245, 240, 232))
        for k in (0, 0.5, 1):
            rect(x + rw * k - 3, y, 6, rh, (230, 232, 235))
            rect(x, y + rh * k - 3, rw, 6, (225, 228, 232))
        cloth = rng.integers(90, 220, 3).astype(np.float32)
        for sx in (x - rw * 0.12, x + rw * 0.85):
            for k in range(8):
                rect(sx + k * rw * .033, y - rh * .05, rw * .034, rh * 1.12, cloth * (0.75 + 0.25 * np.sin(k * 1.9)))

    spots = [0.0, 0.34, 0.68]
    rng.shuffle(spots)
    kinds = ["shelf", "window", "carpet", "picture", "calendar", "lamp"]
    for spot in spots:
        kind = kinds[int(rng.integers(len(kinds)))]
        x, y = w * (spot + rng.uniform(-.04, .06)), h * rng.uniform(0.02, 0.2)
        rw, rh = w * rng.uniform(0.22, 0.36), h * rng.uniform(0.4, 0.6)
        if kind == "shelf":
            shelf(x, y, rw, rh)
        elif kind == "window":
            window(x, y, rw, rh)
        elif kind == "carpet":
            c = _carpet(rng, max(20, int(rw)), max(20, int(rh)))
            ya, xa = max(0, int(y)), max(0, int(x))
            part = img[ya:ya + c.shape[0], xa:xa + c.shape[1]]
            part[:] = c[:part.shape[0], :part.shape[1]]
        elif kind == "picture":
            view = photograph(rng, split, max(8, int(rw * .7)), max(8, int(rh * .6)))
            rect(x, y, rw * .7 + 12, rh * .6 + 12, rng.integers(20, 90, 3))
            if view is not None:
                ya, xa = max(0, int(y) + 6), max(0, int(x) + 6)
                part = img[ya:ya + view.shape[0], xa:xa + view.shape[1]]
                part[:] = view[:part.shape[0], :part.shape[1]]
        elif kind == "calendar":
            pil = Image.fromarray(img[..., ::-1])
            s = draw.Sheet(pil, faces)
            s.pen.rectangle([x, y, x + rw * .6, y + rh * .8], fill=(240, 238, 230), outline=(120, 110, 100))
            s.text(x + rw * .3, y + rh * .1, f"{int(rng.integers(2015, 2022))}年{int(rng.integers(1, 13))}月", "han_hei", max(9, rw * .08), (180, 30, 30), anchor="m")
            for k in range(31):
                s.text(x + rw * (.06 + .08 * (k % 7)), y + rh * (.25 + .11 * (k // 7)), str(k + 1), "latin_sans", max(7, rw * .045))
            img[:] = np.asarray(pil)[..., ::-1]
        else:
            cv2.circle(img, (int(x + rw / 2), int(y + rh * .2)), int(rw * .2), (210, 235, 250), -1, cv2.LINE_AA)
            rect(x + rw / 2 - 3, y + rh * .3, 6, rh * 2, (60, 70, 80))
    if rng.random() < 0.5:
        c = np.float32(rng.integers(30, 150, 3))
        rect(0, h * rng.uniform(0.82, 0.92), w, h * 0.2, c)
    return img


def make(rng, split, w, h, faces, photo_share=0.6, pictures=True):
    """Background of w x h, softly out of focus as a phone's wide lens leaves it."""
    img = photograph(rng, split, w, h) if pictures and rng.random() < photo_share else None
    if img is None:
        img = drawn_room(rng, split, w, h, faces, pictures)
    return cv2.GaussianBlur(img, (0, 0), max(0.3, h / 720 * rng.uniform(0.4, 2.2)))


def speaker(rng, w, h):
    """Three premultiplied BGRA layers (mouth shut, half, open) of a person from the chest up, seen by a camera of w x h."""
    skin = np.float32(SKINS[int(rng.integers(len(SKINS)))]) * rng.uniform(0.8, 1.0)
    hair = np.float32([0.8, 0.92, 1.1]) * rng.uniform(18, 55)
    coat = np.float32(rng.integers(25, 170, 3))
    female = rng.random() < 0.5
    scarf = female and rng.random() < 0.7
    cloth = np.float32(rng.integers(50, 220, 3))
    cx, cy, r = w * rng.uniform(0.40, 0.60), h * rng.uniform(0.27, 0.36), h * rng.uniform(0.15, 0.20)
    out = []
    brow, look = rng.uniform(-.05, .05), rng.uniform(-.03, .03)
    moustache = not female and rng.random() < .5
    tie = rng.random()
    for mouth in (0.005, 0.03, 0.06):
        layer = np.zeros((h, w, 4), np.float32)

        def blob(x, y, a, b, colour, soft=0.0, strength=1.0, angle=0.0):
            # work on the blob's neighbourhood only
            pad = int(3 * soft + 3 + max(a, b))
            x0, y0, x1, y1 = max(0, int(x - pad)), max(0, int(y - pad)), min(w, int(x + pad)), min(h, int(y + pad))
            if x0 >= x1 or y0 >= y1:
                return
            m = np.zeros((y1 - y0, x1 - x0), np.float32)
            cv2.ellipse(m, (int(x - x0), int(y - y0)), (max(1, int(a)), max(1, int(b))), angle, 0, 360, 1.0, -1, cv2.LINE_AA)
            if soft:
                m = cv2.GaussianBlur(m, (0, 0), soft)
            m *= strength
            part = layer[y0:y1, x0:x1]
            part[..., :3] += (np.float32(colour) - part[..., :3]) * m[..., None]
            part[..., 3] = np.maximum(part[..., 3], 255 * m)

        f = h / 720
        blob(cx, cy + r * 3.6, r * 2.35, r * 2.2, coat, 3 * f)
        blob(cx - r * .8, cy + r * 3.8, r * .7, r * 1.8, coat * 0.8, 18 * f, 0.6)
        blob(cx + r * 1.3, cy + r * 3.6, r * .5, r * 1.6, coat * 0.72, 18 * f, 0.6)
        if female and not scarf:
            blob(cx, cy + r * .4, r * 1.05, r * 1.35, hair, 4 * f)
        if scarf:
            blob(cx, cy + r * .25, r * 1.12, r * 1.4, cloth, 3 * f)
            blob(cx, cy + r * 1.4, r * .9, r * .7, cloth * .85, 6 * f)
        else:
            blob(cx, cy + r * 1.15, r * 0.42, r * 0.6, skin * 0.78, 4 * f)
            blob(cx, cy + r * 1.72, r * .5, r * .32, (235, 235, 235) if tie < .5 else coat * .6, 3 * f)
        if not scarf:
            blob(cx, cy - r * 0.22, r * 0.90, r * 0.98, hair, 3 * f)
        blob(cx, cy, r * 0.80, r * 0.98, skin, 3 * f)
        blob(cx + r * .42, cy + r * .15, r * .38, r * .75, skin * 0.72, 14 * f, 0.6)
        blob(cx - r * .3, cy - r * .1, r * .3, r * .4, np.minimum(skin * 1.12, 255), 14 * f, 0.6)
        if not scarf:
            blob(cx, cy - r * .74, r * .72, r * .34, hair, 5 * f)
        for e in (-1, 1):
            blob(cx + e * r * .34, cy - r * .08, r * .22, r * .15, skin * .66, 5 * f, .7)
            blob(cx + e * r * .34, cy - r * .07, r * .13, r * .042, (200, 205, 210), 1.2 * f)
            blob(cx + e * r * .34 + look * r, cy - r * .07, r * .055, r * .05, (30, 32, 36), 1 * f)
            blob(cx + e * r * .34, cy - r * .115, r * .15, r * .022, skin * .4, 1.2 * f)
            blob(cx + e * r * .35, cy - r * (.28 + brow), r * .21, r * .045, hair, 2 * f, .9, e * 6)
        blob(cx + r * .05, cy + r * .14, r * .09, r * .22, skin * .72, 5 * f, .6)
        blob(cx, cy + r * .32, r * .15, r * .06, skin * .6, 3 * f, .8)
        if moustache:
            blob(cx, cy + r * .43, r * .30, r * .06, hair, 2 * f, .9)
        blob(cx, cy + r * .57, r * .27, r * (.055 + mouth), skin * np.float32([.62, .6, .82]), 2 * f)
        blob(cx, cy + r * .57, r * .20, r * mouth, skin * .25, 1.5 * f)
        a = layer[..., 3:] / 255
        layer[..., :3] *= a
        out.append(np.clip(layer, 0, 255).astype(np.uint8))
    return out
