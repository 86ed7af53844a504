"""Reads held-out synthetic lines (measuring fonts and photographs, other seeds) with our reader in OpenCV's dnn and with Tesseract.

python3 measure.py KIND [--lines 150] [--heights 24 16 12 10 8] [--no-tesseract]: one table row a glyph height.
Height: of the digits for digits_mrz, of the em for han, of capitals with their marks for cyrillic, in source pixels.
"""
import argparse
import os
import pathlib
import subprocess
import tempfile
import time

import cv2
import numpy as np

import net
import synth

TESSERACT = {"digits_mrz": ("eng", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<.-/"), "han": ("chi_sim", ""), "cyrillic": ("kaz+rus", "")}


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, cb in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (ca != cb))
    return row[-1]


def plain(s):
    """Spaces left out, and look-alike marks that no field distinguishes folded, alike for all readers."""
    for a, b in (("•", "·"), ("(", "（"), (")", "）"), (",", "，"), (":", "："), (";", "；")):
        s = s.replace(a, b)
    return "".join(s.split())


class Ours:
    def __init__(self, kind, folder):
        self.net = cv2.dnn.readNetFromONNX(str(folder / f"{kind}.onnx"))
        self.symbols = (folder / f"{kind}.txt").read_text(encoding="utf-8").split("\n")[:-1]
        self.spent = 0.0

    def __call__(self, line, allowed=None):
        x = net.prepare(line, max(32, -(-line.shape[1] // 4) * 4))
        start = time.perf_counter()
        self.net.setInput(x[None, None])
        scores = self.net.forward()[0, :, 0]
        if allowed:  # classes outside are left out of the choice
            scores[[i + 1 for i, c in enumerate(self.symbols) if c not in allowed]] = -1e9
        steps = scores.argmax(0)
        self.spent += time.perf_counter() - start
        return net.greedy(steps, self.symbols)


def tesseract(lines, kind):
    """psm 7 over the lines at twice the reader's height (its own scale lies between), one process for all."""
    lang, white = TESSERACT[kind]
    with tempfile.TemporaryDirectory() as tmp:
        names = []
        for i, line in enumerate(lines):
            big = cv2.resize(line, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
            big = cv2.normalize(big, None, 0, 255, cv2.NORM_MINMAX)
            cv2.imwrite(f"{tmp}/{i}.png", cv2.copyMakeBorder(big, 8, 8, 8, 8, cv2.BORDER_REPLICATE))
            names.append(f"{tmp}/{i}.png")
        pathlib.Path(tmp, "list.txt").write_text("\n".join(names) + "\n")
        cmd = ["tesseract", f"{tmp}/list.txt", "-", "-l", lang, "--psm", "7"] + (["-c", "tessedit_char_whitelist=" + white] if white else [])
        out = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(os.environ, OMP_THREAD_LIMIT="1"), check=True)
    pages = out.stdout.decode("utf-8", "replace").split("\f")
    return [pages[i] if i < len(pages) else "" for i in range(len(lines))]


def score(read, truth):
    exact = sum(plain(r) == plain(t) for r, t in zip(read, truth))
    wrong = sum(distance(plain(r), plain(t)) for r, t in zip(read, truth))
    return exact / len(truth), wrong / sum(len(plain(t)) for t in truth)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("kind", choices=sorted(net.SIZES))
    ap.add_argument("--lines", type=int, default=150)
    ap.add_argument("--heights", type=float, nargs="+", default=[24, 16, 12, 10, 8])
    ap.add_argument("--models", default=str(pathlib.Path(__file__).resolve().parents[1]))
    ap.add_argument("--seed", type=int, default=777000)
    ap.add_argument("--no-tesseract", action="store_true")
    ap.add_argument("--errors", type=int, default=0, help="print that many misread lines")
    ap.add_argument("--only", choices=("id", "mrz"), help="digits_mrz: resident numbers (OCR-B, digits and X) or MRZ lines alone")
    ap.add_argument("--plausible", action="store_true", help="han: no uniformly random text (names, places, phrases only)")
    a = ap.parse_args()
    cv2.setNumThreads(1)
    ours = Ours(a.kind, pathlib.Path(a.models))
    maker = synth.Lines(a.kind, "measure", a.seed)
    if a.plausible:
        maker.text.uniform = lambda n: maker.text.name()
    allowed = None
    if a.only:
        maker.text.only = a.only
        maker.faces = {"ocr_b": maker.faces["ocr_b"]}
        allowed = {"id": synth.texts.DIGITS + "X", "mrz": synth.texts.MRZ}[a.only]
        TESSERACT[a.kind] = ("eng", allowed)
    print("| px | lines | ours: line exact | CER | Tesseract: line exact | CER |\n|---|---|---|---|---|---|")
    for h in a.heights:
        maker.glyph_px = h
        made = maker.batch(a.lines)
        truth = [m[3] for m in made]
        mine = [ours(m[0], allowed) for m in made]
        row = [f"{v:.3f}" for v in score(mine, truth)]
        row += ["", ""] if a.no_tesseract else [f"{v:.3f}" for v in score(tesseract([m[0] for m in made], a.kind), truth)]
        print(f"| {h:g} | {a.lines} | " + " | ".join(row) + " |", flush=True)
        for r, t in [(r, t) for r, t in zip(mine, truth) if plain(r) != plain(t)][:a.errors]:
            print("   ", t, "->", r)
        time_a_line = ours.spent / max(1, len(mine))
        ours.spent = 0.0
    print(f"\nOurs: {time_a_line * 1e3:.1f} ms a line on one core in OpenCV {cv2.__version__}.")


if __name__ == "__main__":
    main()
