"""A first-instance criminal judgment on one page: the order of blocks that courts use, 仿宋 body, a red seal over the date."""
import datetime

import numpy as np

from .. import draw, values
from .paper import seal, sheet

PX_MM = 6.4
BLACK = (28, 28, 32)
NO_HEAD = "，。；：、）》〉”"


class Flow:
    """Sets paragraphs line by line and remembers where marked values fall."""

    def __init__(self, surface, left, right, top, em, pitch, role):
        self.s, self.left, self.right, self.y = surface, left, right, top
        self.em, self.pitch, self.role, self.marks, self.lines = em, pitch, role, [], []

    def paragraph(self, pieces, indent=2):
        """pieces: strings, or (text, key, value, subject) for a value of the record."""
        x = self.left + indent * self.em
        chars = []
        for piece in pieces:
            text, tag = (piece, None) if isinstance(piece, str) else (piece[0], piece[1:])
            chars += [(ch, tag) for ch in text]
        font = self.s.faces.file(self.role, "".join(c for c, _ in chars))
        face = draw.load(font, int(round(self.em)))
        line = []

        def emit(run):
            base = self.y + self.em * 0.38
            left, right = run[0][2], run[-1][2] + run[-1][3]
            self.lines.append(draw.Field("line", "".join(c for c, *_ in run), [[round(float(left), 1), round(self.y - self.em * 0.52, 1), round(float(right - left), 1), round(self.em * 1.04, 1)]]))
            for ch, tag, at, wd in run:
                self.s.pen.text((at, base), ch, font=face, fill=BLACK, anchor="ls")
                if tag:
                    self.marks.append((tag, [at, self.y - self.em * 0.52, wd, self.em * 1.04]))
            self.y += self.pitch

        for ch, tag in chars:
            wd = self.em if ord(ch) > 0x2E80 or ch in "“”·" else face.getlength(ch)
            if ch == "·":
                wd = self.em * 0.5
            if x + wd > self.right and ch not in NO_HEAD:
                emit(line)
                line, x = [], self.left
            line.append((ch, tag, x + ((wd - face.getlength(ch)) / 2 if ch == "·" else 0), wd))
            x += wd
        if line:
            emit(line)

    def fields(self):
        """One Field a marked value; the boxes of its characters joined by line."""
        out = {}
        for (key, value, subject), box in self.marks:
            field = out.setdefault((key, subject, value), draw.Field(key, value, [], subject))
            last = field.boxes[-1] if field.boxes else None
            if last and abs(last[1] - box[1]) < 2 and box[0] - (last[0] + last[2]) < self.em:
                last[2] = box[0] + box[2] - last[0]
            else:
                field.boxes.append(list(box))
        for f in out.values():
            f.boxes = [[round(float(k), 1) for k in b] for b in f.boxes]
        return list(out.values())


def _sentence(v):
    """(printed words, code, years, months)"""
    kind = v.rng.random()
    if kind < 0.06:
        return "无期徒刑", "life", 0, 0
    years = v.int(1, 19)
    months = v.pick([0, 0, 0, 6, 3, 8])
    text = f"有期徒刑{values.han_number(years)}年" + (f"{values.han_number(months)}个月" if months else "")
    return text, f"P{years}Y" + (f"{months}M" if months else ""), years, months


def judgment(v, faces, person=None, people=None, body_mm=None, page_mm=None, court=None):
    """A page of 210 x 297 mm, or shorter with larger print (`page_mm`, `body_mm`) as papers held to a phone often are."""
    rng = v.rng
    page = page_mm or (210, 297)
    body = (body_mm or 5.64) * PX_MM
    w, h = int(page[0] * PX_MM), int(page[1] * PX_MM)
    ground = sheet(rng, w, h)
    s = draw.Sheet(ground, faces)
    name, code = court or v.court()
    region = name.replace("人民法院", "")
    year = v.int(2016, 2021)
    serial = v.int(1, 480)
    number = f"（{year}）{code}刑初{serial}号"
    role = "han_fangsong"
    margin = 0.115 * w
    y = 0.085 * h if page[1] > 260 else 0.06 * h
    fields, lines = [], []

    def centred(text, em, role_, gap, spaced=0.0, key=None, value=None):
        nonlocal y
        box = s.text(w / 2, y + em / 2, text, role_, em, BLACK, spaced, "m", bold=1 if role_ == "han_song" else 0)
        lines.append(draw.Field("line", text, [box]))
        if key:
            fields.append(draw.Field(key, value or text, [box]))
        y += em + gap

    centred(name, body * 1.36, "han_song", body * 0.55, 0 if len(name) > 12 else body * 0.15, "court")
    centred("刑事判决书", body * 1.62, "han_song", body * 0.75, body * rng.uniform(0.3, 0.9), "title")
    box = s.text(w - margin, y + body / 2, number, role, body, BLACK, anchor="r")
    fields.append(draw.Field("case_number", number, [box]))
    lines.append(draw.Field("line", number, [box]))
    y += body * 1.9
    f = Flow(s, margin, w - margin, y, body, body * (1.62 if page[1] > 260 else 1.5), role)
    prosecutor = region + "人民检察院"
    f.paragraph(["公诉机关", (prosecutor, "prosecutor", prosecutor, 0), "。"])
    count = people or (2 if v.chance(0.2) and not person else 1)
    persons = [person or v.person()] + [v.person() for _ in range(count - 1)]
    judged = v.date(year, year)
    start = judged - datetime.timedelta(days=v.int(90, 420))
    charge = v.pick(CHARGES_SHORT if page[1] <= 260 else values.CHARGES)
    for i, p in enumerate(persons):
        n = i + 1 if count > 1 else 0
        pieces = ["被告人", (p.name, "defendant", p.name, n), "，", ({"M": "男", "F": "女"}[p.sex], "sex", p.sex, n), "，",
                  (values.plain_date(p.birth), "birth_date", p.birth.isoformat(), n), "出生，公民身份号码",
                  (p.id_number, "id_number", p.id_number, n), "，", (p.ethnicity, "ethnicity", p.ethnicity, n), "族，",
                  v.pick(values.SCHOOLING), "，", v.pick(values.TRADES), "，住", (p.address, "address", p.address, n), "。"]
        if page[1] > 260:
            pieces += [f"因涉嫌犯{charge}于{values.plain_date(start)}被刑事拘留。现羁押于{region}看守所。"]
        f.paragraph(pieces)
    accused = "、".join(p.name for p in persons)
    if page[1] > 260:
        f.paragraph([f"{prosecutor}以{region[:1]}检公诉刑诉〔{year}〕{v.int(1, 90)}号起诉书指控被告人{accused}犯", (charge, "charge", charge, 0),
                     f"，于{values.plain_date(judged - datetime.timedelta(days=v.int(20, 60)))}向本院提起公诉。本院依法组成合议庭，公开开庭审理了本案。现已审理终结。"])
        f.paragraph([f"本院认为，被告人{accused}的行为已构成{charge}。依照《中华人民共和国刑法》之规定，判决如下："])
    else:
        f.paragraph([f"{prosecutor}指控被告人{accused}犯", (charge, "charge", charge, 0), "，向本院提起公诉。现已审理终结。判决如下："])
    for i, p in enumerate(persons):
        n = i + 1 if count > 1 else 0
        words, code_, years, months = _sentence(v)
        pieces = [(values.han_number(i + 1) + "、") if count > 1 else "", f"被告人{p.name}犯{charge}，判处", (words, "sentence", code_, n)]
        if code_ == "life":
            pieces += ["，剥夺政治权利", ("终身", "deprivation", "life", n)]
        elif v.chance(0.5):
            d = v.int(1, 5)
            pieces += ["，剥夺政治权利", (values.han_number(d) + "年", "deprivation", f"P{d}Y", n)]
        if v.chance(0.4):
            fine = v.pick([1000, 2000, 5000, 10000, 30000])
            pieces += ["，并处罚金人民币", (f"{fine}元", "fine", str(fine), n)]
        f.paragraph(pieces + ["。"])
        if years:
            end = values.add_term(start, years, months)
            long = page[1] > 260
            f.paragraph(["（刑期从判决执行之日起计算。判决执行以前先行羁押的，羁押一日折抵刑期一日，即自" if long else "（刑期自",
                         (values.plain_date(start), "term_from", start.isoformat(), n), "起至", (values.plain_date(end), "term_to", end.isoformat(), n),
                         "止）"])
    if page[1] > 260:
        f.paragraph([f"如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向上一级人民法院提出上诉。"])
    judge, clerk = "".join(v.han_name()[:2]), "".join(v.han_name()[:2])
    f.y += body * 0.5
    right = w - margin

    def signature(title, who, key):
        spaced = "　".join(title)
        name_ = who[0] + "　" + who[1:] if len(who) == 2 else who
        b = s.text(right, f.y, name_, role, body, BLACK, anchor="r")
        words = s.text(right - s.width("審審審審", role, body), f.y, spaced, role, body, BLACK, anchor="r")
        fields.append(draw.Field(key, who, [b]))
        f.lines.append(draw.Field("line", title + who, [words, b]))
        f.y += f.pitch

    signature("审判长", judge, "judge")
    date_text = values.han_date(judged)
    date_y = f.y + body * 0.5
    b = s.text(right, date_y, date_text, role, body, BLACK, anchor="r")
    fields.append(draw.Field("judgment_date", judged.isoformat(), [b]))
    f.lines.append(draw.Field("line", date_text, [b]))
    f.y = date_y + f.pitch * 1.15
    signature("书记员", clerk, "clerk")
    if f.y > h - 0.03 * h and page[1] < 420:            # the text does not fit: a longer sheet, drawn anew with the same values
        raise Overflow
    rgb = np.array(s.array())
    seal(rgb, rng, faces, name, b[0] + b[2] * rng.uniform(0.35, 0.6), date_y + rng.normal(0, body * 0.5), 20.5 * PX_MM * (body / PX_MM / 5.64) ** 0.5)
    return draw.Document("court_document", draw.with_alpha(rgb), fields + f.fields(), page[0], faces.names(), lines + f.lines)


class Overflow(Exception):
    """The text does not fit the page."""


CHARGES_SHORT = ["宣扬极端主义罪", "聚众扰乱社会秩序罪", "寻衅滋事罪", "参加恐怖组织罪", "煽动分裂国家罪", "帮助恐怖活动罪", "诈骗罪", "窝藏、包庇罪"]


def one_page(v, faces, **kw):
    """As judgment, with the print made smaller until one page holds it."""
    scale = 1.0
    while True:
        try:
            body = kw.get("body_mm") or 5.64
            return judgment(v, faces, **{**kw, "body_mm": body * scale})
        except Overflow:
            scale *= 0.94
