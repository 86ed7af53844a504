"""Pages of text in no paper's form that still tell of somebody: a newspaper's page, a typed letter, a notice on a board, a letter in
Russian. What a scan gives of them is the text and the numbers in it (`other_document`)."""
import numpy as np

from .. import draw, values
from .court import BLACK, Flow
from .paper import seal, sheet

PX_MM = 6.4


class _Page:
    """A sheet that remembers its lines."""

    def __init__(self, v, faces, height_mm, margin=0.12):
        self.v, self.faces = v, faces
        self.w, self.h = int(210 * PX_MM), int(height_mm * PX_MM)
        self.s = draw.Sheet(sheet(v.rng, self.w, self.h), faces)
        self.margin, self.lines, self.fields = margin * self.w, [], []

    def line(self, text, role, em, y, anchor="m", bold=0):
        x = {"m": self.w / 2, "l": self.margin, "r": self.w - self.margin}[anchor]
        box = self.s.text(x, y, text, role, em, BLACK, anchor=anchor, bold=bold)
        self.lines.append(draw.Field("line", text, [box]))
        return box

    def flow(self, y, em, role, pitch=1.7, left=None, right=None):
        return Flow(self.s, left or self.margin, right or self.w - self.margin, y, em, em * pitch, role)

    def take(self, flow):
        self.lines += flow.lines
        self.fields += flow.fields()

    def done(self, sealed=None):
        rgb = np.array(self.s.array())
        if sealed:
            seal(rgb, self.v.rng, self.faces, *sealed)
        return draw.Document("other_document", draw.with_alpha(rgb), self.fields, 210, self.faces.names(), self.lines)


def letter(v, faces):
    """A typed letter of a relative: no number but the brother's."""
    p, q = _Page(v, faces, v.pick([230, 260])), v.person()
    em = 5.6 * PX_MM
    p.line("致关心此事的人", "han_song", em * 1.2, 0.09 * p.h, bold=1)
    f = p.flow(0.17 * p.h, em, "han_song")
    year = v.int(2017, 2020)
    f.paragraph(["您好！我写这封信，是为了我的家人", q.name, "。他", v.pick(["是一名司机", "在村里放羊", "开一家小商店", "教过二十年书"]), "，身份证号码是",
                 (q.id_number, "id_number", q.id_number, 0), "，家住", q.address, "。"])
    f.paragraph([f"{year}年{v.int(1, 12)}月的一个晚上，派出所的人把他从家里带走，说是去学习几天。", "后来村干部告诉我们，他先在看守所，又被送进监狱，",
                 v.pick(["判了七年", "判了十二年", "不知道判了几年"]), "。我们没有收到任何文件，也没有人让我们见他一面。"])
    f.paragraph(["我们只想知道他现在在哪里，身体好不好。请您把这封信交给能够过问的人。"])
    p.take(f)
    p.line(f"{year + 2}年{v.int(1, 12)}月{v.int(1, 28)}日", "han_song", em, f.y + em, "r")
    return p.done()


def newspaper(v, faces):
    """A page cut from a newspaper: a headline, two columns."""
    p = _Page(v, faces, 235, 0.09)
    place = v.region()[1]
    p.line(f"{place}召开表彰大会", "han_hei", 9.5 * PX_MM, 0.085 * p.h, bold=1)
    p.line(f"本报讯　{v.int(2016, 2020)}年{v.int(1, 12)}月{v.int(1, 28)}日", "han_song", 4.6 * PX_MM, 0.15 * p.h)
    em, gap = 4.7 * PX_MM, 0.05 * p.w
    half = (p.w - 2 * p.margin - gap) / 2
    texts = [[f"日前，{place}召开年度表彰大会，公安局、人民法院和各乡镇派出所的代表参加了会议。",
              "会上宣读了表彰决定，对在维护稳定工作中表现突出的集体和个人给予奖励。",
              "据介绍，全年共办理各类刑事案件一百余起，逮捕和判处了一批犯罪嫌疑人。"],
             ["会议要求，各单位要继续加强巡逻和登记工作，发现情况及时报告。",
              "一位村干部在发言中说，村里办起了培训中心，许多村民在里面学习国家通用语言和法律。",
              "会后，代表们参观了新建成的便民警务站和陈列室，观看了文艺演出。"]]
    for k, paragraphs in enumerate(texts):
        left = p.margin + k * (half + gap)
        f = p.flow(0.22 * p.h, em, "han_song", 1.62, left, left + half)
        for text in paragraphs:
            f.paragraph([text])
        p.take(f)
    return p.done()


def board(v, faces):
    """A village committee's notice, sealed; no paper of a court or the police."""
    p = _Page(v, faces, 230)
    em = 6.2 * PX_MM
    place = v.pick(values.VILLAGES)
    p.line(place + "公告栏", "han_song", em * 1.5, 0.1 * p.h, bold=1)
    f = p.flow(0.2 * p.h, em, "han_fangsong")
    f.paragraph([f"各位村民：接{v.pick(values.TOWNS)}派出所要求，凡家中有人在境外或有亲属被收押、判刑、送去学习的，",
                 f"请于本月{v.int(5, 28)}日前带上户口簿和身份证到村民委员会登记。"])
    f.paragraph(["登记时请说明外出时间、现在住址和联系电话，隐瞒不报的，由公安机关依法处理。"])
    f.paragraph(["每周一上午八点举行升国旗仪式，请大家准时参加。"])
    p.take(f)
    end = f.y + em
    box = p.line(place + "村民委员会", "han_fangsong", em, end, "r")
    p.line(f"{v.int(2017, 2020)}年{v.int(1, 12)}月{v.int(1, 28)}日", "han_fangsong", em, end + em * 1.7, "r")
    return p.done((place + "村民委员会", box[0] + box[2] * 0.5, end + em, 19 * PX_MM))


def russian(v, faces):
    """A letter in Russian with an IIN in it."""
    p, q = _Page(v, faces, 230), v.kz_person()
    em = 5.4 * PX_MM
    name = f"{q['given']} {q['surname']}".title()
    p.line("Обращение", "cyrillic", em * 1.4, 0.1 * p.h, bold=1)
    words = (f"Прошу помочь найти моего родственника. Его зовут {name}, ИИН {q['iin']}. В {v.int(2016, 2018)} году он поехал в Синьцзян "
             "навестить родителей, и на границе полиция забрала у него паспорт. Через месяц мы узнали, что он арестован. "
             "Суд приговорил его к лишению свободы, но приговор нам не показали. С тех пор о нём нет никаких известий. "
             "Прошу передать это обращение всем, кто может помочь.").split()
    y, text = 0.2 * p.h, ""
    role = "cyrillic"
    for word in words + [None]:
        longer = f"{text} {word}".strip() if word else text
        if word is None or p.s.width(longer, role, em) > p.w - 2 * p.margin:
            box = p.line(text, role, em, y, "l")
            if q["iin"] in text:
                p.fields.append(draw.Field("iin", q["iin"], [box]))
            y, text = y + em * 1.6, word or ""
        else:
            text = longer
    return p.done()


KINDS = (letter, newspaper, board, russian)


def page(v, faces):
    return v.pick(KINDS)(v, faces)
