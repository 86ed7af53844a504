"""Copies of cards: one or both sides of a resident card on a sheet of paper, photocopied or printed in colour."""
import cv2
import numpy as np

from .. import draw
from . import paper, resident_card

PX_MM = 9.0
WIDTH_MM, HEIGHT_MM = 210.0, 297.0
CARD_MM = (85.6, 54.0)


def _photocopied(rng, bgr):
    """As a copier gives it: grey, hard, a little soft at the edges, with the ground gone."""
    grey = cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY).astype(np.float32)
    grey = (grey - 128) * rng.uniform(1.15, 1.8) + rng.uniform(130, 170)
    return cv2.cvtColor(np.clip(cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.5, 1.2)), 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)


def sheet(v, faces):
    """Both sides one below the other, or the portrait side alone; as large as the card or enlarged."""
    rng = v.rng
    person = v.person()
    sides = [resident_card.portrait_side(v, faces, person)]
    if v.chance(0.6):
        sides.append(resident_card.emblem_side(v, faces, person))
    grey = v.chance(0.6)
    size = float(rng.choice([1.0, 1.0, 1.2, 1.45]))
    page = paper.sheet(rng, int(WIDTH_MM * PX_MM), int(HEIGHT_MM * PX_MM))[..., ::-1].copy()
    if grey:
        for _ in range(int(rng.integers(5, 40))):
            cv2.circle(page, (int(rng.integers(page.shape[1])), int(rng.integers(page.shape[0]))), int(rng.integers(1, 3)), (90, 90, 90), -1)
    fields, parts = [], []
    x = 0.5 * (WIDTH_MM - CARD_MM[0] * size) + rng.uniform(-18, 18)
    y = rng.uniform(22, 50)
    for side in sides:
        w, h = int(CARD_MM[0] * size * PX_MM), int(CARD_MM[1] * size * PX_MM)
        image = cv2.resize(side.image, (w, h), interpolation=cv2.INTER_AREA)
        alpha = image[..., 3:].astype(np.float32) / 255
        card = _photocopied(rng, np.ascontiguousarray(image[..., :3])) if grey else image[..., :3]
        x0, y0 = int((x + rng.uniform(-2, 2)) * PX_MM), int(y * PX_MM)
        part = page[y0:y0 + h, x0:x0 + w].astype(np.float32)
        page[y0:y0 + h, x0:x0 + w] = (part * (1 - alpha) + card * alpha * (part / 255 if not grey else 1)).astype(np.uint8)
        scale = w / side.image.shape[1]
        first = len(fields)
        for f in side.fields:
            fields.append(draw.Field(f.key, f.value, [[x0 + bx * scale, y0 + by * scale, bw * scale, bh * scale] for bx, by, bw, bh in f.boxes]))
        parts.append(draw.Part(side.kind, [x0, y0, w, h], list(range(first, len(fields)))))
        y += CARD_MM[1] * size + rng.uniform(15, 45)
    rgba = np.dstack([page, np.full(page.shape[:2], 255, np.uint8)])
    return draw.Document("copy", rgba, fields, WIDTH_MM, faces.names(), parts=parts)
