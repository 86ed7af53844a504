#!/usr/bin/python3
"""How well lines of Kazakh and Russian are read: the stock engine, our line reader, and what `kualik scan` gives in the end.

    benchmarks/lines/letters.py --kualik build/dev/src/cli/kualik [--heights 34,24,17] [--fonts "Gentium Plus,Comfortaa"]

Pages of the lines in kazakh.txt and russian.txt are set in fonts that our reader has not seen (data/models/train/fonts.tsv, measure; or
others that are installed), at several sizes, blurred, made noisy and saved as JPEG. Whole pages go through the tesseract program (kaz, rus, kaz+rus) and `kualik scan`;
our reader alone gets each line with its true box. The first column counts character errors (edits over length, spaces aside), the last
the letters that Kazakh has beside Russian: ә ғ қ ң ө ұ ү һ і, read right.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

HERE = pathlib.Path(__file__).resolve().parent
MODEL = HERE.parent.parent / "data/models/cyrillic"
FONTS = ("DejaVu Sans", "DejaVu Serif", "Noto Sans", "Noto Serif")
KAZAKH = set("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


def font_file(family):
    return subprocess.run(["fc-match", "-f", "%{file}", family + ":style=Regular"], capture_output=True, text=True, check=True).stdout


def page(lines, family, height, seed):
    """The picture and the box of each line."""
    rng = np.random.default_rng(seed)
    font = ImageFont.truetype(font_file(family), height)
    step = int(height * 1.9)
    width = int(max(font.getlength(line) for line in lines)) + 4 * height
    image = Image.new("L", (width, step * (len(lines) + 2)), 232)
    draw, boxes = ImageDraw.Draw(image), []
    for i, line in enumerate(lines):
        at = 2 * height, step * (i + 1)
        draw.text(at, line, font=font, fill=45)
        boxes.append(draw.textbbox(at, line, font=font))
    out = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), 0.035 * height)
    out = np.clip(out + rng.normal(0, 5, out.shape), 0, 255).astype(np.uint8)
    return cv2.imdecode(cv2.imencode(".jpg", cv2.cvtColor(out, cv2.COLOR_GRAY2BGR), [cv2.IMWRITE_JPEG_QUALITY, 55])[1], 1), boxes


class OurReader:
    """data/models/cyrillic.onnx as data/models/README.md says to use it."""

    def __init__(self):
        self.net = cv2.dnn.readNetFromONNX(str(MODEL) + ".onnx")
        self.symbols = pathlib.Path(str(MODEL) + ".txt").read_text(encoding="utf-8").split("\n")

    def read(self, image, boxes):
        grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        for left, top, right, bottom in boxes:
            margin = 0.09 * (bottom - top)
            line = grey[max(0, int(top - margin)):int(bottom + margin), max(0, int(left - 6)):int(right + 6)]
            width = max(32, -(-int(line.shape[1] * 32 / line.shape[0]) // 4) * 4)
            line = cv2.resize(line, (width, 32), interpolation=cv2.INTER_AREA).astype(np.float32)
            self.net.setInput(((line - line.mean()) / max(line.std(), 4))[None, None])
            steps = self.net.forward()[0, :, 0].argmax(0)
            yield "".join(self.symbols[c - 1] for k, c in enumerate(steps) if c and (k == 0 or steps[k - 1] != c))


def stock(path, language):
    run = subprocess.run(["tesseract", str(path), "-", "--psm", "6", "-l", language], capture_output=True, check=False)
    return [line for line in run.stdout.decode().splitlines() if line.strip()]


def scanned(kualik, path):
    run = subprocess.run([kualik, "scan", str(path)], capture_output=True, check=False)
    for record in run.stdout.decode().splitlines():
        for field in json.loads(record)["fields"]:
            if field["key"] == "text":
                yield from field["value"].split("\n")


def compare(truth, read):
    """(edits, letters of Kazakh read right)."""
    n, m = len(truth), len(read)
    table = np.zeros((n + 1, m + 1), int)
    table[:, 0], table[0] = np.arange(n + 1), np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (truth[i - 1] != read[j - 1]))
    right, i, j = 0, n, m
    while i and j:
        if table[i, j] == table[i - 1, j - 1] + (truth[i - 1] != read[j - 1]):
            right += truth[i - 1] == read[j - 1] and truth[i - 1] in KAZAKH
            i, j = i - 1, j - 1
        elif table[i, j] == table[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return table[n, m], right


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kualik", default="build/dev/src/cli/kualik", help="(default: build/dev/src/cli/kualik)")
    parser.add_argument("--heights", default="34,24,17", help="font sizes in pixels (default: 34,24,17)")
    parser.add_argument("--fonts", default=",".join(FONTS), help=f"families, as fontconfig calls them (default: {','.join(FONTS)})")
    parser.add_argument("--lines-only", action="store_true", help="without kualik scan, which reads whole pages and takes longest")
    options = parser.parse_args()
    ours = OurReader()
    sums = collections.defaultdict(lambda: np.zeros(4, int))
    bare = lambda text: text.replace(" ", "")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "page.png"
        for language in ("kazakh", "russian"):
            lines = (HERE / f"{language}.txt").read_text(encoding="utf-8").split("\n")[:-1]
            for k, family in enumerate(options.fonts.split(",")):
                for height in map(int, options.heights.split(",")):
                    image, boxes = page(lines, family, height, 100 * k + height)
                    cv2.imwrite(str(path), image)
                    readings = {f"tesseract {code}": stock(path, code) for code in ("kaz", "rus", "kaz+rus")}
                    readings["our reader, true boxes"] = list(ours.read(image, boxes))
                    if not options.lines_only:
                        readings["kualik scan"] = list(scanned(options.kualik, path))
                    for name, read in readings.items():
                        truth = bare("".join(lines))
                        edits, right = compare(truth, bare("".join(read)))
                        sums[language, height, name] += (edits, len(truth), right, sum(c in KAZAKH for c in truth))
    print("| lines | font size | reader | character errors | Kazakh letters right |\n" + "|---" * 5 + "|")
    for (language, height, name), (edits, length, right, letters) in sums.items():
        share = f"{100 * right / letters:.1f} % of {letters}" if letters else "–"
        print(f"| {language} | {height} px | {name} | {100 * edits / length:.2f} % of {length} | {share} |")


if __name__ == "__main__":
    main()
