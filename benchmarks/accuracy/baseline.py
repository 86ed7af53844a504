"""The stock way, for comparison: a frame every half second through the tesseract program (chi_sim, psm 11), then a regular
expression for numbers and a search for the printed values in what it read. It is given more than its users have: the values to look for."""
import datetime
import os
import re
import subprocess

import cv2

from score import SHOWN_FRAMES, normal

STEP_S = 0.5
NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
IIN = re.compile(r"(?<!\d)\d{12}(?!\d)")


def printed(key, value):
    """Forms in which a value of the record may stand on paper."""
    if key == "sex":
        return {"M": ["男"], "F": ["女"]}[value]
    forms = [value]
    try:
        d = datetime.date.fromisoformat(value)
        forms = [f"{d.year}年{d.month}月{d.day}日", f"{d:%Y.%m.%d}", f"{d:%d.%m.%Y}", value]
    except ValueError:
        pass
    if value == "long_term":
        forms = ["长期"]
    m = re.fullmatch(r"P(\d+)Y(?:(\d+)M)?", value)
    if m:
        han = "零一二三四五六七八九十"
        def number(n):
            return han[n] if n <= 10 else ("十" if n < 20 else han[n // 10] + "十") + (han[n % 10] if n % 10 else "")
        forms = [number(int(m[1])) + "年" + (number(int(m[2])) + "个月" if m[2] else "")]
    if value == "life":
        forms = ["无期徒刑", "终身"]
    return forms


def texts(clip):
    """What the program reads in a frame every half second, blanks dropped."""
    video = cv2.VideoCapture(str(clip))
    fps = video.get(cv2.CAP_PROP_FPS) or 25
    step, i, out = max(1, round(fps * STEP_S)), 0, []
    while video.grab():
        if i % step == 0:
            ok, frame = video.retrieve()
            png = cv2.imencode(".png", frame)[1].tobytes()
            run = subprocess.run(["tesseract", "-", "-", "-l", "chi_sim", "--psm", "11"], input=png, capture_output=True,
                                 env={**os.environ, "OMP_THREAD_LIMIT": "1"}, check=False)
            out.append("".join(run.stdout.decode("utf-8", "replace").split()))
        i += 1
    return out


def score(truth, read):
    """[(kind, key, exact)] of the values shown, by the rule above."""
    out = []
    numbers = {n.upper() for t in read for n in NUMBER.findall(t)} | {n for t in read for n in IIN.findall(t)}
    folded = [normal("", t) for t in read]
    for doc in truth["documents"]:
        for f in doc["fields"]:
            if f["in_view_frames"] < SHOWN_FRAMES:
                continue
            if f["key"] in ("id_number", "iin"):
                hit = f["value"] in numbers
            else:
                forms = [normal("", form).replace("\n", "") for form in printed(f["key"], f["value"])]
                hit = any(form in t for form in forms for t in folded)
            out.append((doc["kind"], f["key"], hit))
    return out
