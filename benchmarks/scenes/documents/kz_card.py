"""Kazakhstan's identity card (85.7 x 54 mm): front with names in Cyrillic and the IIN, back with a TD1 zone."""
import numpy as np

from .. import draw
from . import mrz
from .paper import guilloche
from .portrait import draw_face

PX_MM = 15.0
W, H = int(85.7 * PX_MM), int(54 * PX_MM)
INK, LABEL = (28, 28, 34), (60, 110, 150)
PLACES = ["АЛМАТЫ ОБЛЫСЫ", "ШЫҒЫС ҚАЗАҚСТАН ОБЛЫСЫ", "ҚЫТАЙ", "ЖАМБЫЛ ОБЛЫСЫ", "АЛМАТЫ"]
PEOPLES = ["ҚАЗАҚ", "ҰЙҒЫР"]


def _ground(v):
    return guilloche(v.rng, W, H, (206, 230, 240), (232, 238, 220), (204, 228, 240), v.rng.uniform(.6, 1.2))


def front(v, faces, person=None):
    k = person or v.kz_person()
    s = draw.Sheet(_ground(v), faces)
    mm = PX_MM
    s.text(W / 2, 4.4 * mm, "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ  /  РЕСПУБЛИКА КАЗАХСТАН", "cyrillic", 2.5 * mm, (20, 90, 130), anchor="m", bold=1)
    s.text(W / 2, 8.0 * mm, "ЖЕКЕ КУӘЛІК  /  УДОСТОВЕРЕНИЕ ЛИЧНОСТИ", "cyrillic", 2.2 * mm, (20, 90, 130), anchor="m")
    fields = []
    x, y = 30 * mm, 12.6 * mm

    def cell(label, value, key, code=None, at=None, em=3.1):
        nonlocal y
        cx = at if at is not None else x
        s.text(cx, y, label, "cyrillic", 1.75 * mm, LABEL)
        fields.append(draw.Field(key, code or value, [s.text(cx, y + 3.2 * mm, value, "cyrillic", em * mm, INK)]))

    cell("ТЕГІ / ФАМИЛИЯ", k["surname"], "surname")
    y += 6.6 * mm
    cell("АТЫ / ИМЯ", k["given"], "given_names")
    y += 6.6 * mm
    if v.chance(0.9):
        cell("ӘКЕСІНІҢ АТЫ / ОТЧЕСТВО", k["patronymic"], "patronymic")
        y += 6.6 * mm
    cell("ТУҒАН КҮНІ / ДАТА РОЖДЕНИЯ", f"{k['birth']:%d.%m.%Y}", "birth_date", k["birth"].isoformat())
    if v.chance(0.4):
        cell("ЖЫНЫСЫ / ПОЛ", {"M": "Е/М", "F": "Ә/Ж"}[k["sex"]], "sex", k["sex"], at=62 * mm)
    y = 45.5 * mm
    s.text(5 * mm, y, "ЖСН / ИИН", "cyrillic", 2.0 * mm, LABEL)
    fields.append(draw.Field("iin", k["iin"], [s.text(20 * mm, y, k["iin"], "latin_sans", 4.0 * mm, INK, 0.4 * mm)]))
    rgb = np.array(s.array())
    face = draw_face(v.rng, int(21 * mm), int(28 * mm), k["sex"], (232, 236, 238))[..., ::-1]
    rgb[int(12 * mm):int(12 * mm) + face.shape[0], int(5 * mm):int(5 * mm) + face.shape[1]] = face
    return draw.Document("kz_id_front", draw.with_alpha(rgb, 3.2 * mm), fields, 85.7, faces.names())


def back(v, faces, person=None):
    k = person or v.kz_person()
    s = draw.Sheet(_ground(v), faces)
    mm = PX_MM
    number = f"{v.int(10000000, 49999999):09d}"
    issue = v.date(2012, 2021)
    try:
        expiry = issue.replace(year=issue.year + 10)
    except ValueError:
        expiry = issue.replace(year=issue.year + 10, day=28)
    office = v.pick(["ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ", "МВД РК"])
    place, people = v.pick(PLACES), v.pick(PEOPLES)
    fields = [draw.Field("document_number", number, [s.text(80 * mm, 4.6 * mm, number, "latin_sans", 3.6 * mm, (150, 40, 40), anchor="r")])]
    y = 8.6 * mm
    for label, value, key in (("ТУҒАН ЖЕРІ / МЕСТО РОЖДЕНИЯ", place, "birth_place"), ("ҰЛТЫ / НАЦИОНАЛЬНОСТЬ", people, "ethnicity"),
                              ("КІМ БЕРДІ / ОРГАН ВЫДАЧИ", office, "issuing_authority")):
        s.text(6 * mm, y, label, "cyrillic", 1.7 * mm, LABEL)
        fields.append(draw.Field(key, value, [s.text(6 * mm, y + 3 * mm, value, "cyrillic", 2.9 * mm, INK)]))
        y += 6.1 * mm
    s.text(6 * mm, y, "БЕРІЛГЕН КҮНІ - ҚОЛДАНЫЛУ МЕРЗІМІ / ДАТА ВЫДАЧИ - СРОК ДЕЙСТВИЯ", "cyrillic", 1.7 * mm, LABEL)
    a, b = f"{issue:%d.%m.%Y}", f"{expiry:%d.%m.%Y}"
    box = s.text(6 * mm, y + 3 * mm, f"{a} - {b}", "cyrillic", 2.9 * mm, INK)
    fields.append(draw.Field("issue_date", issue.isoformat(), [[box[0], box[1], round(box[2] * .45, 1), box[3]]]))
    fields.append(draw.Field("expiry_date", expiry.isoformat(), [[round(box[0] + box[2] * .55, 1), box[1], round(box[2] * .45, 1), box[3]]]))
    lines = mrz.td1(number, k["iin"], k["birth"], k["sex"], expiry, *k["latin"])
    boxes = []
    em = 3.7 * mm
    for i, line in enumerate(lines):
        boxes.append(s.text(0.045 * W, (37.5 + 5.6 * i) * mm, line, "ocr_b", em, INK, (0.91 * W - s.width(line, "ocr_b", em)) / 29))
    fields.append(draw.Field("mrz", "\n".join(lines), boxes))
    return draw.Document("kz_id_back", draw.with_alpha(np.array(s.array()), 3.2 * mm), fields, 85.7, faces.names())
