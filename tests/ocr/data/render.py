"""Renders the pictures of this folder: /usr/bin/python3 tests/ocr/data/render.py (PIL, OpenCV, torch 1.13 for the tiny model; fonts of
fonts-wqy-microhei, fonts-ocr-b, fonts-dejavu-core, fonts-arphic-uming). Names are invented, births lie before 1900."""
import pathlib

import cv2
import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont

HERE = pathlib.Path(__file__).resolve().parent
HEI = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
SONG = "/usr/share/fonts/truetype/arphic/uming.ttc"
OCRB = "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def save(name, image, quality=None):
    image = np.asarray(image)
    image = image[..., ::-1] if image.ndim == 3 else image
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality] if quality else [cv2.IMWRITE_PNG_COMPRESSION, 9]
    cv2.imwrite(str(HERE / name), image, flags)


def line(name, text, font, size, tracking=0.0):
    face = ImageFont.truetype(font, size)
    width = int(face.getlength(text) + tracking * len(text)) + size
    image = Image.new("L", (width, int(size * 1.5)), 246)
    pen, x = ImageDraw.Draw(image), size / 2
    for c in text if tracking else [text]:
        pen.text((x, size * 0.2), c, font=face, fill=30)
        x += face.getlength(c) + tracking
    save(name, image)


def centred(pen, x, y, text, face, fill, tracking=0):
    box = face.getbbox("国" if tracking == 0 else "0")
    for c in text if tracking else [text]:
        pen.text((x, y - (box[1] + box[3]) / 2), c, font=face, fill=fill)
        x += tracking


def scripts():
    """A page of lines in three scripts, as letters and notes have them."""
    image = Image.new("L", (900, 400), 240)
    pen = ImageDraw.Draw(image)
    for i, (font, text) in enumerate([(SANS, "ئۇ غۇلجا شەھىرىدە تۇتۇپ كېتىلدى"), (SANS, "Ол Құлжа қаласында ұсталды, әкесі үміт үзбейді"),
                                      (SONG, "伊宁市人民法院刑事判决书"), (SONG, "姓名：努尔兰·巴合提　性别：男"),
                                      (SANS, "Ағасы Өмірзақ Ыбырайұлы, інісі Ғалымжан")]):
        face = ImageFont.truetype(font, 32)
        x = 860 - face.getlength(text) if "\u0600" <= text[0] <= "\u06ff" else 40
        pen.text((x, 30 + 70 * i), text, font=face, fill=35)
    save("scripts.png", cv2.GaussianBlur(np.asarray(image), (0, 0), 0.8))


def ground(w, h):
    yy, xx = np.mgrid[0:h, 0:w]
    base = np.stack([232 + 8 * np.sin(xx / (60 + 20 * k) + yy / 50) + 4 * np.sin((xx * 0.7 + yy) / 5 + k) for k in range(3)], -1)
    return Image.fromarray(np.clip(base, 0, 255).astype("uint8"))


def portrait():
    w, h = 1000, 631
    card = ground(w, h)
    pen = ImageDraw.Draw(card)
    blue, black = (40, 95, 160), (25, 25, 25)
    label, value, name = (ImageFont.truetype(HEI, s) for s in (30, 35, 40))
    for x, y, text in [(65, .148, "姓名"), (65, .27, "性别"), (285, .27, "民族"), (65, .385, "出生"), (65, .5, "住址"),
                       (290, .385, "年"), (395, .385, "月"), (500, .385, "日"), (65, .84, "公民身份号码")]:
        centred(pen, x, y * h, text, label, blue)
    centred(pen, 175, .148 * h, "阿依古丽·买买提", name, black)
    for x, y, text in [(175, .27, "女"), (385, .27, "哈萨克"), (175, .385, "1887"), (345, .385, "6"), (445, .385, "15"),
                       (175, .5, "新疆塔城市新城街道文化"), (175, .58, "路12号3单元401室")]:
        centred(pen, x, y * h, text, value, black)
    centred(pen, 340, .84 * h, "654199188706150027", ImageFont.truetype(OCRB, 44), black, 29)
    pen.rectangle((620, 70, 885, 430), fill=(205, 215, 225))
    pen.ellipse((690, 120, 815, 290), fill=(190, 150, 130))
    pen.rectangle((660, 300, 850, 430), fill=(60, 60, 80))
    save("portrait.jpg", card.resize((600, 379), Image.LANCZOS), 80)


def emblem():
    w, h = 1000, 631
    card = ground(w, h)
    pen = ImageDraw.Draw(card)
    face = ImageFont.truetype(HEI, 35)
    centred(pen, 330, .17 * h, "中华人民共和国", ImageFont.truetype(SONG, 50), (25, 25, 25))
    centred(pen, 270, .345 * h, "居民身份证", ImageFont.truetype(SONG, 90), (25, 25, 25), 110)
    pen.ellipse((49, 47, 199, 223), fill=(200, 40, 40))
    for y, left, right in [(.752, "签发机关", "塔城市公安局"), (.872, "有效期限", "1909.03.28-1929.03.28")]:
        centred(pen, 190, y * h, left, face, (25, 25, 25))
        centred(pen, 385, y * h, right, face, (25, 25, 25))
    save("emblem.jpg", card.resize((600, 379), Image.LANCZOS), 80)


def zone():
    """The example of ICAO Doc 9303 part 4, under other print."""
    sheet = Image.new("L", (900, 420), 232)
    pen = ImageDraw.Draw(sheet)
    for i, text in enumerate(["UTOPIA PASSPORT", "Surname ERIKSSON", "Given names ANNA MARIA", "Nationality UTOPIAN"]):
        pen.text((330, 30 + 50 * i), text, font=ImageFont.truetype(SANS, 26), fill=60)
    face = ImageFont.truetype(OCRB, 30)
    for i, text in enumerate(["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]):
        for k, c in enumerate(text):
            pen.text((22 + 19.3 * k, 310 + 44 * i), c, font=face, fill=35)
    save("zone.png", (np.asarray(sheet) // 16 * 16).astype("uint8"))


def page():
    sheet = Image.new("RGB", (760, 560), (246, 245, 240))
    pen = ImageDraw.Draw(sheet)
    text, title = ImageFont.truetype(SONG, 27), ImageFont.truetype(SONG, 38)
    x = 230
    for c in "刑事判决书":
        pen.text((x, 30), c, font=title, fill=(25, 25, 25))
        x += 70
    rows = ["被告人努尔兰，男，哈萨克族，农民，住塔城市。", "公诉机关塔城市人民检察院。", "依照刑法第二百九十条第一款之规定，判决如下："]
    for i, row in enumerate(rows):
        pen.text((60, 130 + 52 * i), row, font=text, fill=(25, 25, 25))
    pen.text((430, 400), "二〇一八年五月三日", font=text, fill=(25, 25, 25))
    seal = Image.new("L", sheet.size, 0)
    stamp = ImageDraw.Draw(seal)
    stamp.ellipse((440, 320, 640, 520), outline=255, width=8)
    stamp.regular_polygon((540, 425, 42), 5, fill=255)
    a = np.asarray(sheet).astype(float)
    alpha = (np.asarray(seal) / 255 * 0.75)[..., None]
    a = a * (1 - alpha) + alpha * np.minimum(a, [215, 40, 45])
    save("page.jpg", a.astype("uint8"), 75)


class Bands(torch.nn.Module):
    """A line model one can reckon by hand: each 8 columns give blank for bright, b for half, a for dark. Output N T C, probabilities."""

    def __init__(self):
        super().__init__()
        self.pool = torch.nn.AvgPool2d((48, 8), (48, 8))
        self.head = torch.nn.Conv2d(3, 3, 1)
        weight = torch.tensor([[8.0] * 3, [-8.0] * 3, [0.0] * 3]) / 3 * 1.0
        self.head.weight.data = weight.view(3, 3, 1, 1)
        self.head.bias.data = torch.tensor([-4.0, -4.0, 0.0])

    def forward(self, x):
        return torch.softmax(torch.flatten(self.head(self.pool(x)), 2).permute(0, 2, 1), 2)


def tiny_model():
    torch.onnx.export(Bands().eval(), torch.zeros(1, 3, 48, 64), str(HERE / "tiny_ctc" / "bands.onnx"), opset_version=11,
                      input_names=["x"], output_names=["y"])
    (HERE / "tiny_ctc" / "bands.txt").write_text("a\nb\n")
    (HERE / "tiny_ctc" / "bands.json").write_text('{"script": "Latn", "input": {"channels": 3, "height": 48, "width": 64, "normalise": "half"}}\n')


if __name__ == "__main__":
    line("name.png", "努尔兰·巴合提", HEI, 36)
    line("han.png", "塔城市人民法院", SONG, 34)
    line("number.png", "654199188706150027", OCRB, 34, 4)
    line("kazakh.png", "Қазақстан Республикасы", SANS, 32)
    portrait()
    emblem()
    zone()
    page()
    scripts()
    tiny_model()
