"""Small training pictures for the document mask, composed in milliseconds: a flat document in hands, warped into clutter.

The scene maker draws the parts (documents, hands, rooms, speakers: training side of its split); here they are pooled once and then
combined at random at a low resolution, since the net never sees more. What is drawn beside it (stripes, boards, blobs, print) has no
likeness to anything: it keeps the net from learning the few photographs by heart.
"""
import glob
import pathlib
import pickle
import sys

import cv2
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))
from scenes import backgrounds, hands, motion, tiers  # noqa: E402
from scenes.documents import others  # noqa: E402
from scenes.draw import Faces  # noqa: E402
from scenes.split import photos, rows, HERE  # noqa: E402
from scenes.values import Values  # noqa: E402

SPLIT = "train"
CARDS = ("cn_id_portrait", "cn_id_emblem", "kz_id_front", "kz_id_back")
WEIGHTS = {"cn_id_portrait": 8, "cn_id_emblem": 4, "kz_id_front": 3, "kz_id_back": 2, "passport": 3, "court_document": 4, "official_document": 3}
# Folders of photographs and wallpapers; whatever the measuring side uses, and the packages it comes from, is left out.
MORE_PHOTOS = ("/usr/share/backgrounds/*.jpg", "/usr/share/backgrounds/gnome/*", "/usr/share/wallpapers/*/contents/images/*")


def _photographs():
    """Training photographs, and further pictures of Debian packages that no row of photos.tsv gives to measuring."""
    taken = {r["file"] for r in rows(HERE / "data" / "photos.tsv") if r["split"] == "measure"}
    found = list(photos(SPLIT)) + [p for g in MORE_PHOTOS for p in sorted(glob.glob(g)) if p.lower().endswith((".jpg", ".jpeg", ".png", ".webp"))]
    out = []
    for path in dict.fromkeys(found):
        img = cv2.imread(path, cv2.IMREAD_COLOR) if path not in taken else None
        if img is not None and min(img.shape[:2]) >= 300:
            k = 1100 / max(img.shape[:2])
            out.append(cv2.resize(img, None, fx=k, fy=k, interpolation=cv2.INTER_AREA) if k < 1 else img)
    return out


def pool(path, seed, documents=260, rooms=160, people=40):
    """The parts, drawn once and kept in a file: dict of lists."""
    path = pathlib.Path(path)
    if path.exists():
        return pickle.loads(path.read_bytes())
    rng = np.random.default_rng(seed)
    parts = {"held": [], "other": [], "rooms": [], "people": [], "photos": _photographs()}
    kinds, weight = list(WEIGHTS), np.float64(list(WEIGHTS.values()))
    for i in range(documents + documents // 3):
        v, faces = Values(rng, False), Faces(rng, SPLIT)
        genuine = i < documents
        if genuine:
            kind = kinds[int(rng.choice(len(kinds), p=weight / weight.sum()))]
            doc = tiers.MAKERS[kind](v, faces)
        else:
            doc = v.pick(others.HELD + others.HUNG)(v, faces)
            kind = doc.kind
        k = 420 / max(doc.image.shape[:2])
        image = cv2.resize(doc.image, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
        for _ in range(3 if genuine else 1):
            mm = image.shape[1] / (85.6 if kind in CARDS else max(85.6, doc.width_mm * 0.72))
            canvas, origin, _ = hands.held(rng, image, "rounded", rng.random() < 0.3, rng.uniform(0, 0.8), bare=rng.random() < (0.15 if genuine else 0.5),
                                           grip=(0.2, 0.85), px_mm=mm)
            parts["held" if genuine else "other"].append((canvas, origin, image.shape[:2], kind))
    for i in range(rooms):
        parts["rooms"].append(backgrounds.drawn_room(rng, SPLIT, 640, 400, Faces(rng, SPLIT)))
    for i in range(people):
        parts["people"].append(backgrounds.speaker(rng, 512, 320)[0])
    path.write_bytes(pickle.dumps(parts))
    return parts


def _clutter(rng, img):
    """Boards, stripes, blobs and print of any colour over a background, in place."""
    h, w = img.shape[:2]
    for _ in range(int(rng.integers(0, 9))):
        c = [int(k) for k in (rng.integers(0, 256, 3) if rng.random() < 0.5 else np.full(3, rng.integers(0, 256)) + rng.integers(-12, 13, 3))]
        x, y, a, b = rng.uniform(-.1, 1) * w, rng.uniform(-.1, 1) * h, w * rng.uniform(.03, .5), h * rng.uniform(.03, .7)
        kind = rng.random()
        t = rng.uniform(0, np.pi) if rng.random() < 0.5 else rng.normal(0, .06)
        box = np.float32([[-a, -b], [a, -b], [a, b], [-a, b]]) / 2 @ np.float32([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]]) + (x, y)
        if kind < 0.45:
            cv2.fillPoly(img, [np.int32(box)], c, cv2.LINE_AA)
            if rng.random() < 0.6:
                cv2.polylines(img, [np.int32(box)], True, [int(k) for k in rng.integers(0, 256, 3)], int(rng.integers(1, 8)), cv2.LINE_AA)
        elif kind < 0.6:
            cv2.ellipse(img, (int(x), int(y)), (int(a / 2), int(b / 2)), float(np.degrees(t)), 0, 360, c, -1, cv2.LINE_AA)
        elif kind < 0.8:
            n, d = int(rng.integers(3, 14)), box[1] - box[0]
            for k in range(n):
                p = box[0] + d * k / n
                cv2.line(img, tuple(int(q) for q in p), tuple(int(q) for q in p + box[3] - box[0]), c, int(rng.integers(1, 9)), cv2.LINE_AA)
        else:
            size = rng.uniform(.3, 1.6)
            for k in range(int(rng.integers(1, 9))):
                text = "".join(chr(int(q)) for q in rng.integers(33, 127, int(rng.integers(4, 26))))
                cv2.putText(img, text, (int(x), int(y + k * 26 * size)), int(rng.integers(0, 8)), size, c, int(rng.integers(1, 3)), cv2.LINE_AA)


def _background(rng, parts, w, h):
    which = rng.random()
    if which < 0.12:
        img = np.empty((h, w, 3), np.uint8)
        img[:] = rng.integers(20, 250, 3) * 0.4 + rng.integers(30, 230) * 0.6
    else:
        source = parts["photos" if which < 0.6 else "rooms"]
        img = source[int(rng.integers(len(source)))]
        if rng.random() < 0.2:
            img = np.ascontiguousarray(np.rot90(img, int(rng.integers(1, 4))))
        ih, iw = img.shape[:2]
        zoom = rng.uniform(0.35, 1.0) ** 0.7
        ch = min(ih, iw * h / w) * zoom
        cw = ch * w / h
        y, x = int(rng.uniform(0, ih - ch)), int(rng.uniform(0, iw - cw))
        img = cv2.resize(img[y:y + max(2, int(ch)), x:x + max(2, int(cw))], (w, h), interpolation=cv2.INTER_AREA if cw > w else cv2.INTER_LINEAR)
        if rng.random() < 0.5:
            img = np.ascontiguousarray(img[:, ::-1])
        if rng.random() < 0.5:
            img = np.clip(img * rng.uniform(0.6, 1.3, 3) + rng.uniform(-25, 25, 3), 0, 255).astype(np.uint8)
    if rng.random() < 0.55:
        _clutter(rng, img)
    if rng.random() < 0.7:
        img = cv2.GaussianBlur(img, (0, 0), rng.uniform(0.3, 2.5))
    return img


def _over(img, layer):
    rest = cv2.merge([255 - layer[..., 3]] * 3)
    cv2.add(cv2.multiply(img, rest, scale=1 / 255.0), np.ascontiguousarray(layer[..., :3]), dst=img)


def _place(rng, img, part, mask, label, share, cut):
    """Lays a held thing over the picture and writes its label into the mask (uint8)."""
    canvas, origin, (dh, dw), kind = part
    h, w = img.shape[:2]
    aspect = dh / dw
    scale = share if aspect < 1 else share / aspect * h / w * 1.3
    tilt = lambda s: float(rng.normal(0, s))
    roll = float(rng.choice([0, 90, 180, 270], p=[.7, .1, .1, .1])) + (tilt(9) if rng.random() < .85 else rng.uniform(-45, 45))
    reach = 0.62 if cut else 0.36
    pose = {"cx": 0.5 + rng.uniform(-reach, reach), "cy": 0.5 + rng.uniform(-reach, reach), "scale": scale, "yaw": tilt(15), "pitch": tilt(15), "roll": roll}
    m = motion.homography(dw, dh, w, h, pose, rng.uniform(.6, 1.4))
    to_doc = np.array([[1, 0, -origin[0]], [0, 1, -origin[1]], [0, 0, 1.0]])
    layer = cv2.warpPerspective(canvas, m @ to_doc, (w, h), flags=cv2.INTER_AREA)
    corners = motion.project(m, np.float64([[0, 0], [dw, 0], [dw, dh], [0, dh]]))
    if rng.random() < .8:
        layer[..., :3] = np.clip(layer[..., :3] * rng.uniform(.55, 1.1, 3) ** np.array([.4, .4, .4]) * rng.uniform(.6, 1.08), 0, layer[..., 3:]).astype(np.uint8)
    if rng.random() < .5:
        layer = cv2.GaussianBlur(layer, (0, 0), rng.uniform(.4, 2.6))
    if rng.random() < .3:
        k = motion_kernel(rng)
        layer = cv2.filter2D(layer, -1, k)
    if rng.random() < .35:
        at, span = corners.mean(0) + rng.normal(0, 40, 2), np.hypot(*(corners[1] - corners[0]))
        glare = np.zeros((h, w), np.float32)
        cv2.ellipse(glare, (int(at[0]), int(at[1])), (max(2, int(span * rng.uniform(.05, .3))), max(2, int(span * rng.uniform(.03, .2)))), rng.uniform(0, 180), 0, 360, rng.uniform(.2, .9), -1)
        glare = cv2.GaussianBlur(glare, (0, 0), max(1, span * .05))
        layer[..., :3] = np.clip(layer[..., :3] + (layer[..., 3:].astype(np.float32) - layer[..., :3]) * glare[..., None], 0, 255).astype(np.uint8)
    _over(img, layer)
    cv2.fillPoly(mask, [np.int32(np.round(corners * 16))], label, cv2.LINE_8, 4)


def motion_kernel(rng):
    n = int(rng.integers(2, 6)) * 2 + 1
    k = np.zeros((n, n), np.float32)
    a, c = rng.uniform(0, np.pi), (n - 1) / 2
    cv2.line(k, (int(c - c * np.cos(a)), int(c - c * np.sin(a))), (int(c + c * np.cos(a)), int(c + c * np.sin(a))), 1.0, 1)
    return k / k.sum()


def picture(rng, parts, w, h):
    """(BGR uint8 of h x w, mask uint8: 255 document, 128 say nothing, 0 none)."""
    big_w, big_h = 2 * w, 2 * h
    img = _background(rng, parts, big_w, big_h)
    mask = np.zeros((big_h, big_w), np.uint8)
    if rng.random() < 0.65:
        person = parts["people"][int(rng.integers(len(parts["people"])))]
        k = big_h / person.shape[0] * rng.uniform(.8, 1.5)
        m = np.float32([[k, 0, big_w / 2 - k * person.shape[1] / 2 + rng.normal(0, big_w * .12)], [0, k, big_h - k * person.shape[0] + rng.uniform(0, .2) * big_h]])
        _over(img, cv2.warpAffine(person, m, (big_w, big_h)))
    count = int(rng.choice([0, 1, 2], p=[.12, .74, .14]))
    if rng.random() < 0.35:
        part = parts["other"][int(rng.integers(len(parts["other"])))]
        _place(rng, img, part, mask, 128 if part[3] in ("letter", "plastic_card") else 0, rng.uniform(.12, .5), False)
    for _ in range(count):
        part = parts["held"][int(rng.integers(len(parts["held"])))]
        card = part[3] in CARDS
        _place(rng, img, part, mask, 255, rng.uniform(.2, .7) * (.75 if count == 2 else 1) * (1 if card else 1.35), rng.random() < .35)
    gain = rng.uniform(.4, 1.15)
    yy, xx = np.mgrid[-1:1:big_h * 1j, -1:1:big_w * 1j].astype(np.float32)
    a, uneven = rng.uniform(0, 6.28), rng.uniform(0, .35)
    field = gain * (1 + uneven * (np.cos(a) * xx + np.sin(a) * yy))
    img = cv2.resize(np.clip(img * field[..., None] * (1 + rng.normal(0, .05, 3)), 0, 255).astype(np.float32), (w, h), interpolation=cv2.INTER_AREA)
    mask = cv2.resize(mask, (w // 2, h // 2), interpolation=cv2.INTER_AREA)
    if rng.random() < .6:
        noise = rng.normal(0, rng.uniform(0, 6), (h, w, 1 if rng.random() < .5 else 3)).astype(np.float32)
        img += cv2.GaussianBlur(noise, (0, 0), .6).reshape(h, w, -1) if rng.random() < .5 else noise
    img = np.clip(img, 0, 255).astype(np.uint8)
    if rng.random() < .6:
        _, code = cv2.imencode(".jpg", img, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 95))])
        img = cv2.imdecode(code, cv2.IMREAD_COLOR)
    if rng.random() < .5:
        img, mask = img[:, ::-1], mask[:, ::-1]
    turn = int(rng.integers(0, 4)) if rng.random() < .3 else 0
    if turn == 2:
        img, mask = img[::-1, ::-1], mask[::-1, ::-1]
    return np.ascontiguousarray(img), np.ascontiguousarray(mask)


if __name__ == "__main__":  # a sheet of samples to look at: mask_scenes.py POOL OUT.png
    parts = pool(sys.argv[1], 1)
    rng = np.random.default_rng(5)
    shown = []
    for i in range(24):
        img, mask = picture(rng, parts, 256, 144)
        big = cv2.resize(mask, (256, 144), interpolation=cv2.INTER_NEAREST)
        edge = cv2.morphologyEx(big, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        img[edge > 60] = (0, 255, 0)
        shown.append(img)
    cv2.imwrite(sys.argv[2], np.vstack([np.hstack(shown[k:k + 6]) for k in range(0, 24, 6)]))
