"""Things that are no documents: posters, book covers and pages, phone screens, shop signs, bank-like cards, subtitles."""
import cv2
import numpy as np
from PIL import Image, ImageDraw

from .. import draw
from .paper import guilloche, sheet

LINES = ["天气预报明天多云转晴", "欢迎光临本店", "请保持安静", "营业时间早九点到晚十点", "第三章 山里的春天", "他推开窗子，看见院子里的树", "河水慢慢地流过村庄", "孩子们在草地上奔跑",
         "今天的会议改到下午三点", "新鲜蔬菜水果特价", "手机维修 配件批发", "幸福超市", "清真牛羊肉", "兰州拉面", "电话 0999-812345", "祝你生日快乐", "羊群从山坡上下来", "母亲在灯下缝衣服",
         "全场八折优惠", "开卷有益", "请勿吸烟", "出入平安", "风从草原上吹来", "月亮升起来了"]
SPOKEN = ["我的弟弟已经三年没有消息了", "请帮助我们找到他", "他是一个普通的农民", "我们只想知道他在哪里", "这是我们全家的照片", "他没有犯任何错误", "my brother was taken in 2018", "менің інім қамауда", "мы ничего о нём не знаем"]


def _canvas(v, w, h, low=40, high=240):
    return Image.new("RGB", (w, h), tuple(int(c) for c in v.rng.integers(low, high, 3)))


def poster(v, faces):
    w, h = 900, 1200
    s = draw.Sheet(_canvas(v, w, h), faces)
    for _ in range(4):
        x, y = v.int(0, w), v.int(0, h)
        s.pen.ellipse([x - 200, y - 200, x + 200, y + 200], fill=tuple(int(c) for c in v.rng.integers(0, 255, 3)))
    s.text(w / 2, 160, v.pick(LINES)[:6], "han_hei", 120, (255, 250, 240), anchor="m", bold=2)
    for i in range(5):
        s.text(w / 2, 420 + i * 130, v.pick(LINES), "han_hei", v.int(40, 60), tuple(int(c) for c in v.rng.integers(0, 255, 3)), anchor="m")
    return draw.Document("none_poster", draw.with_alpha(s.array()), [], 400, faces.names())


def book(v, faces):
    w, h = 900, 1280
    if v.chance(0.5):
        s = draw.Sheet(sheet(v.rng, w, h, (242, 238, 224), 0), faces)
        for i in range(24):
            s.text(90, 110 + i * 47, v.pick(LINES) + "，" + v.pick(LINES), "han_song", 34, (40, 38, 36))
        s.text(w / 2, h - 50, str(v.int(10, 400)), "latin_sans", 26, anchor="m")
    else:
        s = draw.Sheet(_canvas(v, w, h, 20, 160), faces)
        s.text(w / 2, 300, v.pick(LINES)[-4:], "han_song", 150, (245, 240, 225), anchor="m", bold=2)
        s.text(w / 2, 520, "".join(v.han_name()[:2]) + " 著", "han_kai", 60, (240, 235, 220), anchor="m")
        s.text(w / 2, h - 120, "人民文学出版社", "han_song", 50, (240, 235, 220), anchor="m")
    return draw.Document("none_book", draw.with_alpha(s.array()), [], 140, faces.names())


def phone(v, faces):
    w, h = 760, 1560
    img = Image.new("RGB", (w, h), (18, 18, 20))
    s = draw.Sheet(img, faces)
    s.pen.rounded_rectangle([24, 24, w - 24, h - 24], 50, fill=tuple(int(c) for c in v.rng.integers(200, 250, 3)))
    s.text(w / 2, 80, f"{v.int(0, 23):02d}:{v.int(0, 59):02d}", "latin_sans", 44, anchor="m")
    y = 170
    while y < h - 220:
        mine = v.chance(0.5)
        text = v.pick(LINES + SPOKEN[:6])
        em = 38
        tw = s.width(text, "han_hei", em) + 50
        x = w - 50 - tw if mine else 50
        s.pen.rounded_rectangle([x, y, x + tw, y + 84], 22, fill=(150, 230, 120) if mine else (255, 255, 255))
        s.text(x + 25, y + 42, text, "han_hei", em)
        y += v.int(110, 150)
    return draw.Document("none_phone", draw.with_alpha(s.array(), 70), [], 70, faces.names())


def sign(v, faces):
    w, h = 1200, 420
    s = draw.Sheet(_canvas(v, w, h, 20, 200), faces)
    text = v.pick(LINES)[:6]
    s.text(w / 2, h * .45, text, "han_hei", 150, (255, 245, 80), anchor="m", bold=3)
    s.text(w / 2, h * .85, f"电话 0999-{v.int(100000, 999999)}", "han_hei", 50, (255, 255, 255), anchor="m")
    return draw.Document("none_sign", draw.with_alpha(s.array()), [], 600, faces.names())


def plastic_card(v, faces):
    """A card of the size of an identity card: bank or member card, with a long number that is none."""
    w, h = 1284, 810
    base = guilloche(v.rng, w, h, *[tuple(int(c) for c in v.rng.integers(60, 250, 3)) for _ in range(3)], strength=0.5)
    s = draw.Sheet(base, faces)
    s.text(80, 110, v.pick(["农村信用社", "会员卡 VIP", "公交一卡通", "校园卡", "伊犁商业银行"]), "han_hei", 72, (250, 250, 250), bold=1)
    s.pen.rounded_rectangle([110, 260, 290, 400], 16, fill=(210, 180, 90), outline=(120, 100, 50), width=4)
    number = " ".join(f"{v.int(0, 9999):04d}" for _ in range(4))
    s.text(110, 500, "6" + number[1:], "ocr_b", 76, (245, 245, 240), 6)
    s.text(110, 640, f"VALID THRU {v.int(1, 12):02d}/{v.int(20, 29)}", "latin_sans", 36, (240, 240, 240))
    return draw.Document("none_card", draw.with_alpha(s.array(), 48), [], 85.6, faces.names())


def letter(v, faces):
    """A handwritten-looking page or a printed leaflet without any document's parts."""
    w, h = 1000, 1400
    s = draw.Sheet(sheet(v.rng, w, h), faces)
    for i in range(v.int(10, 20)):
        s.text(100 + (60 if i % 4 == 0 else 0), 140 + i * 62, v.pick(LINES) + v.pick(["，", "。"]) + v.pick(LINES)[:6], "han_kai", 40, (40, 40, 90))
    return draw.Document("none_letter", draw.with_alpha(s.array()), [], 210, faces.names())


def subtitle(v, faces, width, height):
    """A premultiplied BGRA strip with a line of speech, white with a dark edge."""
    text = v.pick(SPOKEN)
    em = max(12, int(height * 0.052))
    role = "han_hei" if any("\u4e00" <= c <= "\u9fff" for c in text) else "cyrillic"
    font = draw.load(faces.file(role, text), em)
    tw = min(width - 8, int(font.getlength(text) + em))
    img = Image.new("RGBA", (tw, int(em * 1.6)), (0, 0, 0, 110 if v.chance(0.3) else 0))
    ImageDraw.Draw(img).text((tw / 2, em * 0.8), text, font=font, fill=(255, 255, 255, 255), anchor="mm", stroke_width=max(1, em // 14), stroke_fill=(0, 0, 0, 255))
    a = np.asarray(img).astype(np.float32)
    out = np.dstack([a[..., 2::-1] * a[..., 3:] / 255, a[..., 3:]])
    return out.astype(np.uint8)


HELD = (book, phone, plastic_card, letter)
HUNG = (poster, sign, book)
