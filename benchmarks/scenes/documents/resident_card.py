"""The resident identity card of the PRC (85.6 x 54.0 mm): portrait side and emblem side."""
import functools

import cv2
import numpy as np

from .. import draw
from ..split import HERE, rows
from .paper import guilloche
from .portrait import draw_face

PX_MM = 15.0
W, H = int(85.6 * PX_MM), int(54.0 * PX_MM)
BLUE = (40, 112, 178)
BLACK = (26, 26, 30)


@functools.lru_cache(None)
def layout(side):
    return {r["field"]: tuple(float(r[k]) for k in "xywh") for r in rows(HERE / "data" / "card_layout.tsv") if r["side"] == side}


@functools.lru_cache(None)
def uyghur():
    return {r["zh"]: r["uyghur"] for r in rows(HERE / "data" / "uyghur_labels.tsv")}


class _Card:
    """Places text by the layout table, jittered as a whole, with labels in one or two scripts."""

    def __init__(self, v, faces, side, ground, bilingual):
        self.v, self.boxes, self.bilingual = v, layout(side), bilingual
        self.sheet = draw.Sheet(ground, faces)
        self.dx, self.dy = v.rng.normal(0, 0.004), v.rng.normal(0, 0.004) + (0.012 if bilingual else 0)

    def place(self, name):
        x, y, w, h = self.boxes[name]
        return (x + self.dx) * W, (y + h / 2 + self.dy) * H, w * W, h * H

    def label(self, name, text, ink=BLUE, size=0.046, role="han_hei", bold=0, fit=True):
        x, y, w, _ = self.place(name)
        em = size * H
        tracking = 0.0
        if fit and len(text) > 1:
            tracking = max(0.0, min(em * 0.35, (w - self.sheet.width(text, role, em)) / (len(text) - 1)))
        self.sheet.text(x, y, text, role, em, ink, tracking, bold=bold)
        if self.bilingual and text in uyghur():
            self.sheet.text(x, y - em * 0.98, uyghur()[text], "uyghur", em * 0.66, ink)

    def value(self, name, text, size, role="han_hei", tracking=0.0, dy=0.0, ink=BLACK, bold=0):
        x, y, _, _ = self.place(name)
        return self.sheet.text(x, y + dy * H, text, role, size * H, ink, tracking, bold=bold)


def wrap_address(text, per_line=11):
    return [text[i:i + per_line] for i in range(0, len(text), per_line)][:3]


def portrait_side(v, faces, person=None, bilingual=None):
    p = person or v.person()
    bilingual = v.chance(0.35) if bilingual is None else bilingual
    rng = v.rng
    c = _Card(v, faces, "portrait", guilloche(rng, W, H, strength=rng.uniform(0.6, 1.2)), bilingual)
    ink = tuple(int(a + rng.normal(0, 8)) for a in BLUE)
    for name, text in (("label_name", "姓名"), ("label_sex", "性别"), ("label_ethnicity", "民族"), ("label_birth", "出生"),
                       ("label_address", "住址"), ("label_idnumber", "公民身份号码")):
        c.label(name, text, ink)
    for name, text in (("label_year", "年"), ("label_month", "月"), ("label_day", "日")):
        c.sheet.text(*c.place(name)[:2], text, "han_hei", 0.046 * H, ink)
    fields = []
    # The name is larger than the rest; a long minority name is set smaller, or broken at the dot.
    x, _, w, _ = c.place("value_name")
    size = 0.072
    if len(p.name) > 11 or (len(p.name) > 8 and v.chance(0.35)):
        cut = p.name.index("·") + 1 if "·" in p.name else 8
        boxes = [c.value("value_name", p.name[:cut], 0.058, dy=-0.030), c.value("value_name", p.name[cut:], 0.058, dy=0.032)]
    else:
        while c.sheet.width(p.name, "han_hei", size * H) > 0.43 * W:
            size -= 0.003
        boxes = [c.value("value_name", p.name, size, tracking=W * 0.004 if len(p.name) < 5 else 0)]
    fields.append(draw.Field("name", p.name, boxes))
    fields.append(draw.Field("sex", p.sex, [c.value("value_sex", {"M": "男", "F": "女"}[p.sex], 0.0585)]))
    fields.append(draw.Field("ethnicity", p.ethnicity, [c.value("value_ethnicity", p.ethnicity, 0.0585)]))
    digits = "han_hei"
    parts = []
    for name, text in (("value_year", str(p.birth.year)), ("value_month", str(p.birth.month)), ("value_day", str(p.birth.day))):
        bx, by, bw, _ = c.place(name)
        parts.append(c.sheet.text(bx + (bw / 2 if name != "value_year" else 0), by, text, digits, 0.0585 * H, BLACK,
                                  anchor="m" if name != "value_year" else "l"))
    x0, y0 = parts[0][0], parts[0][1]
    fields.append(draw.Field("birth_date", p.birth.isoformat(), [[x0, y0, round(parts[2][0] + parts[2][2] - x0, 1), parts[0][3]]]))
    boxes = [c.value("value_address", line, 0.0585, dy=i * 0.08) for i, line in enumerate(wrap_address(p.address))]
    fields.append(draw.Field("address", p.address, boxes))
    em = 0.070 * H
    natural = c.sheet.width(p.id_number, "ocr_b", em)
    track = (rng.uniform(0.50, 0.54) * W - natural) / 17
    fields.append(draw.Field("id_number", p.id_number, [c.value("value_idnumber", p.id_number, 0.070, "ocr_b", track, bold=0)]))
    rgb = np.array(c.sheet.array())
    px, py, pw, ph = (int(k * s) for k, s in zip(layout("portrait")["photo"], (W, H, W, H)))
    face = draw_face(rng, pw, ph, p.sex)[..., ::-1]
    mask = np.full((ph, pw), 1.0, np.float32)
    edge = max(3, int(pw * 0.02))
    mask[:edge] = mask[-edge:] = 0
    mask[:, :edge] = mask[:, -edge:] = 0
    light = face.min(axis=2).astype(np.float32)
    mask = cv2.GaussianBlur(mask, (0, 0), edge) * np.clip((250 - light) / 12, 0.25, 1)
    part = rgb[py:py + ph, px:px + pw].astype(np.float32)
    rgb[py:py + ph, px:px + pw] = (part + (face - part) * mask[..., None]).astype(np.uint8)
    return draw.Document("cn_id_portrait", draw.with_alpha(rgb, 3.2 * PX_MM), fields, 85.6, faces.names())


def _emblem(rgb, cx, cy, r, rng):
    """A red disc with a star ring, gold rim and gear below: the outline of a state emblem, not a copy of it."""
    red, gold = (198, 40, 44), (226, 178, 92)
    for radius, colour in ((r, red), (r * 0.92, gold), (r * 0.84, red)):
        cv2.circle(rgb, (int(cx), int(cy)), int(radius), colour, -1, cv2.LINE_AA)
    def star(x, y, s):
        pts = [(x + s * (1 if i % 2 == 0 else 0.4) * np.sin(np.pi * i / 5), y - s * (1 if i % 2 == 0 else 0.4) * np.cos(np.pi * i / 5)) for i in range(10)]
        cv2.fillPoly(rgb, [np.int32(pts)], gold, cv2.LINE_AA)
    star(cx, cy - r * 0.38, r * 0.24)
    for a in (-52, -20, 20, 52):
        star(cx + np.sin(np.radians(a)) * r * 0.58, cy - r * 0.05 - np.cos(np.radians(a)) * r * 0.2, r * 0.09)
    cv2.rectangle(rgb, (int(cx - r * .45), int(cy + r * .15)), (int(cx + r * .45), int(cy + r * .32)), gold, -1)
    for k in range(12):
        a = np.radians(110 + k * 14.5)
        cv2.circle(rgb, (int(cx + np.cos(a) * r * 1.02), int(cy + np.sin(a) * r * 1.02)), max(1, int(r * .08)), gold, -1, cv2.LINE_AA)
    cv2.ellipse(rgb, (int(cx), int(cy + r * 0.75)), (int(r * 0.35), int(r * 0.2)), 0, 0, 360, gold, -1, cv2.LINE_AA)


def emblem_side(v, faces, person=None, bilingual=None):
    import datetime
    p = person or v.person()
    bilingual = v.chance(0.35) if bilingual is None else bilingual
    rng = v.rng
    ground = guilloche(rng, W, H, (226, 236, 232), (240, 226, 230), (222, 236, 240), rng.uniform(0.7, 1.3))
    c = _Card(v, faces, "emblem", ground, bilingual)
    for name, text, size, bold in (("title1", "中华人民共和国", 0.098, 1), ("title2", "居民身份证", 0.150, 2)):
        x, y, w, _ = c.place(name)
        em = size * H
        c.sheet.text(x, y, text, "han_song", em, BLACK, (w - c.sheet.width(text, "han_song", em)) / (len(text) - 1), bold=bold)
        if bilingual:
            c.sheet.text(x + w / 2, y - em * 0.80, uyghur()[text], "uyghur", 0.044 * H, BLACK, anchor="m")
    c.label("label_authority", "签发机关", BLACK, 0.058, bold=1, fit=False)
    c.label("label_validity", "有效期限", BLACK, 0.058, bold=1, fit=False)
    office = p.region + "公安局"
    start = v.date(2004, 2022)
    years = v.pick([5, 10, 20, None])
    try:
        end = start.replace(year=start.year + years) if years else None
    except ValueError:
        start -= datetime.timedelta(days=1)
        end = start.replace(year=start.year + years)
    printed = f"{start:%Y.%m.%d}-" + (f"{end:%Y.%m.%d}" if end else "长期")
    x, y, w, _ = c.place("value_authority")
    a = c.sheet.text(x, y, office, "han_hei", 0.060 * H, BLACK)
    x, y, w, _ = c.place("value_validity")
    b = c.sheet.text(x, y, printed, "han_hei", 0.060 * H, BLACK)
    half = c.sheet.width(printed[:10], "han_hei", 0.060 * H)
    fields = [draw.Field("issuing_authority", office, [a]), draw.Field("valid_from", start.isoformat(), [[b[0], b[1], round(half, 1), b[3]]]),
              draw.Field("valid_to", end.isoformat() if end else "long_term", [[round(b[0] + half, 1), b[1], round(b[2] - half, 1), b[3]]])]
    rgb = np.array(c.sheet.array())
    ex, ey, ew, eh = layout("emblem")["emblem"]
    _emblem(rgb, (ex + ew / 2) * W, (ey + eh / 2) * H, ew * W * 0.48, rng)
    return draw.Document("cn_id_emblem", draw.with_alpha(rgb, 3.2 * PX_MM), fields, 85.6, faces.names())
