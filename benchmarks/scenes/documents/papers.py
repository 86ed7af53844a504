"""Other official papers on one A4 page: notices of detention and of arrest to the family, certificates of release."""
import datetime

import numpy as np

from .. import draw, values
from .court import BLACK, Flow
from .paper import seal, sheet

PX_MM = 6.4
ART = {"拘留通知书": ("拘通", "第八十五条"), "逮捕通知书": ("捕通", "第九十三条")}


def notice(v, faces, person=None, kind=None, body_mm=5.64):
    p = person or v.person()
    kind = kind or v.pick(["拘留通知书", "逮捕通知书", "释放证明书"])
    rng = v.rng
    w, h = int(210 * PX_MM), int((297 if kind == "释放证明书" else v.pick([297, 230])) * PX_MM)
    s = draw.Sheet(sheet(rng, w, h), faces)
    body = body_mm * PX_MM
    margin, y = 0.12 * w, 0.07 * h
    office = p.region + ("看守所" if kind == "释放证明书" else "公安局")
    short = p.region[:1]
    day = v.date(2016, 2021)
    year = day.year
    number = f"{short}看释字〔{year}〕{v.int(1, 400)}号" if kind == "释放证明书" else f"{short}公(刑){ART[kind][0]}字〔{year}〕{v.int(1, 400)}号"
    fields = [draw.Field("issuer", office, [s.text(w / 2, y + body * .7, office, "han_song", body * 1.4, BLACK, anchor="m", bold=1)])]
    y += body * 2.2
    fields.append(draw.Field("title", kind, [s.text(w / 2, y + body * .8, kind, "han_song", body * 1.7, BLACK, body * 0.4, "m", bold=1)]))
    y += body * 2.9
    fields.append(draw.Field("document_number", number, [s.text(w - margin, y, number, "han_fangsong", body, BLACK, anchor="r")]))
    lines = [draw.Field("line", g.value, g.boxes) for g in fields]
    f = Flow(s, margin, w - margin, y + body * 2, body, body * 1.75, "han_fangsong")
    charge = v.pick(values.CHARGES)
    who = [(p.name, "name", p.name, 0), "，", ({"M": "男", "F": "女"}[p.sex], "sex", p.sex, 0), "，",
           (values.plain_date(p.birth), "birth_date", p.birth.isoformat(), 0), "出生，公民身份号码", (p.id_number, "id_number", p.id_number, 0),
           "，住", (p.address, "address", p.address, 0)]
    if kind == "释放证明书":
        f.paragraph(["兹有", *who, f"，因犯{charge}被依法判处刑罚，现因刑满，予以释放。"])
        f.paragraph(["特此证明。"])
    else:
        verb = "刑事拘留" if kind == "拘留通知书" else "依法逮捕"
        f.paragraph([f"{p.name[:2]}家属："], indent=0)
        f.paragraph([f"根据《中华人民共和国刑事诉讼法》{ART[kind][1]}之规定，我局已于{values.plain_date(day - datetime.timedelta(days=1))}{v.int(8, 22)}时将涉嫌{charge}的", *who,
                     f"{verb}，现羁押在{p.region}看守所。"])
        f.paragraph(["特此通知。"])
    f.y += body * 2.5
    printed = values.han_date(day) if v.chance(0.5) else values.plain_date(day)
    b = s.text(w - margin, f.y, printed, "han_fangsong", body, BLACK, anchor="r")
    fields.append(draw.Field("date", day.isoformat(), [b]))
    lines += f.lines + [draw.Field("line", printed, [b])]
    rgb = np.array(s.array())
    seal(rgb, rng, faces, office, b[0] + b[2] * 0.45, f.y, 20 * PX_MM)
    return draw.Document("official_document", draw.with_alpha(rgb), fields + f.fields(), 210, faces.names(), lines)
