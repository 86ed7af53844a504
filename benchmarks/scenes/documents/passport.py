"""Data pages of passports (125 x 88 mm): the PRC's and Kazakhstan's, with a TD3 zone."""
import numpy as np

from .. import draw
from . import mrz
from .paper import guilloche
from .portrait import draw_face

PX_MM = 11.0
W, H = int(125 * PX_MM), int(88 * PX_MM)
INK, LABEL = (30, 30, 36), (90, 100, 120)
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
PLACES = [("新疆", "XINJIANG"), ("北京", "BEIJING"), ("甘肃", "GANSU"), ("陕西", "SHAANXI"), ("河南", "HENAN")]


def _dmy(d):
    return f"{d.day:02d} {MONTHS[d.month - 1]} {d.year}"


def data_page(v, faces, state=None):
    state = state or v.pick(["CHN", "KAZ"])
    rng = v.rng
    china = state == "CHN"
    colours = ((226, 220, 236), (238, 226, 222), (222, 230, 240)) if china else ((212, 232, 244), (226, 240, 244), (210, 228, 242))
    s = draw.Sheet(guilloche(rng, W, H, *colours, strength=rng.uniform(.6, 1.1)), faces)
    issue = v.date(2012, 2021)
    if china:
        p = v.person(ethnicity=v.pick(["汉", "回"]))
        surname, given = p.latin
        sex, birth, iin, han = p.sex, p.birth, "", p.name
        number = v.pick(["G", "E"]) + f"{v.int(10000000, 99999999)}"
        subtype, place = v.pick(["<", "O"]), v.pick(PLACES)
    else:
        k = v.kz_person()
        surname, given = k["latin"]
        sex, birth, iin, han = k["sex"], k["birth"], k["iin"], ""
        number, subtype, place = f"N{v.int(10000000, 99999999)}", "<", None
    try:
        expiry = issue.replace(year=issue.year + 10)
    except ValueError:
        expiry = issue.replace(year=issue.year + 10, day=28)
    fields = []
    mm = PX_MM
    s.text(W / 2, 5 * mm, "中华人民共和国  PEOPLE'S REPUBLIC OF CHINA" if china else "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ  REPUBLIC OF KAZAKHSTAN",
           "han_hei" if china else "cyrillic", 3.4 * mm, (120, 60, 60) if china else (30, 80, 130), anchor="m")

    def cell(x, y, label, value, key=None, code=None, role="latin_sans", em=3.5):
        s.text(x * mm, y * mm, label, "han_hei" if china else "cyrillic", 2.0 * mm, LABEL)
        b = s.text(x * mm, (y + 4.0) * mm, value, role, em * mm, INK, bold=0)
        if key:
            fields.append(draw.Field(key, code or value, [b]))

    left, mid, right = 42, 68, 92
    lab = (lambda zh, en, kz: f"{zh}/{en}" if china else f"{kz}/{en}")
    cell(left, 10, lab("类型", "Type", "ТҮРІ"), "P" if subtype == "<" else "PO")
    cell(mid, 10, lab("国家码", "Country Code", "КОД"), state, "issuing_state")
    cell(right, 10, lab("护照号码", "Passport No.", "ПАСПОРТ №"), number, "document_number")
    y = 19
    if china:
        cell(left, y, "姓名/Name", han, "name", role="han_hei", em=4)
        b = s.text(left * mm, (y + 8.6) * mm, f"{surname}, {given}", "latin_sans", 3.5 * mm, INK)
        cut = s.width(surname, "latin_sans", 3.5 * mm)
        fields.append(draw.Field("surname", surname, [[b[0], b[1], round(cut, 1), b[3]]]))
        fields.append(draw.Field("given_names", given, [[round(b[0] + cut, 1), b[1], round(b[2] - cut, 1), b[3]]]))
        y += 12.5
    else:
        cell(left, y, "ТЕГІ/Surname", surname, "surname")
        cell(left, y + 7.5, "АТЫ/Given names", given, "given_names")
        y += 15
    cell(left, y, lab("性别", "Sex", "ЖЫНЫСЫ"), ({"M": "男/M", "F": "女/F"}[sex] if china else sex), "sex", sex, "han_hei" if china else "latin_sans")
    cell(mid, y, lab("国籍", "Nationality", "АЗАМАТТЫҒЫ"), "中国/CHINESE" if china else "КАЗ/KAZ", "nationality", state, "han_hei" if china else "cyrillic")
    cell(right, y, lab("出生日期", "Date of birth", "ТУҒАН КҮНІ"), _dmy(birth), "birth_date", birth.isoformat())
    y += 8.5
    if china:
        cell(left, y, "出生地点/Place of birth", f"{place[0]}/{place[1]}", role="han_hei")
    else:
        cell(left, y, "ЖСН/Personal No.", iin, "personal_number", iin)
    cell(right, y, lab("签发日期", "Date of issue", "БЕРІЛГЕН КҮНІ"), _dmy(issue))
    y += 8.5
    cell(left, y, lab("签发机关", "Authority", "БЕРГЕН ОРГАН"), "公安部出入境管理局" if china else "MINISTRY OF INTERNAL AFFAIRS", role="han_hei" if china else "latin_sans", em=3)
    cell(right, y, lab("有效期至", "Date of expiry", "ҚОЛДАНЫЛУ МЕРЗІМІ"), _dmy(expiry), "expiry_date", expiry.isoformat())
    lines = mrz.td3(state, surname, given, number, state, birth, sex, expiry, iin, subtype)
    em = 4.0 * mm
    boxes = []
    for i, line in enumerate(lines):
        track = (0.92 * W - s.width(line, "ocr_b", em)) / 43
        boxes.append(s.text(0.04 * W, (H / mm - 14.5 + i * 6.8) * mm, line, "ocr_b", em, INK, track))
    fields.append(draw.Field("mrz", "\n".join(lines), boxes))
    rgb = np.array(s.array())
    face = draw_face(rng, int(33 * mm), int(45 * mm), sex, (235, 236, 238))[..., ::-1]
    x0, y0 = int(5 * mm), int(13 * mm)
    rgb[y0:y0 + face.shape[0], x0:x0 + face.shape[1]] = face
    return draw.Document("passport", draw.with_alpha(rgb, 3 * mm), fields, 125, faces.names())
