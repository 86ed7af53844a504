"""Reads lines of flat resident cards of benchmarks/scenes (measuring fonts) at several card widths, with the true boxes.

python3 measure_cards.py [--cards 40] [--widths 440 330 240 190]: the card is shrunk to the width, pasted on a gray 640 x 360 frame, coded
by x264 at CRF 28, and each line is cut with the margin its reader wants. Single frames, no fusion: what a reader gives before all else.
"""
import argparse
import pathlib
import subprocess
import sys

import cv2
import numpy as np

import measure
import synth

ROOT = pathlib.Path(__file__).resolve().parents[3]
MARGIN = {"id_number": 0.36, "name": 0.10, "address": 0.10}
KIND = {"id_number": "digits_mrz", "name": "han", "address": "han"}


def coded(frame, crf):
    """The BGR frame after x264 and back."""
    h, w = frame.shape[:2]
    fmt = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{w}x{h}"]
    head = ["ffmpeg", "-v", "error", "-threads", "1"]
    h264 = subprocess.run(head + fmt + ["-r", "25", "-i", "-", "-c:v", "libx264", "-threads", "1", "-preset", "veryfast", "-crf", str(crf), "-pix_fmt",
                                        "yuv420p", "-f", "h264", "-"], input=frame.tobytes() * 3, stdout=subprocess.PIPE, check=True).stdout
    raw = subprocess.run(head + ["-f", "h264", "-i", "-"] + fmt + ["-"], input=h264, stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(raw, np.uint8)[-h * w * 3:].reshape(h, w, 3)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--cards", type=int, default=40)
    ap.add_argument("--widths", type=int, nargs="+", default=[440, 330, 240, 190])
    ap.add_argument("--models", default=str(pathlib.Path(__file__).resolve().parents[1]))
    ap.add_argument("--crf", type=int, default=28)
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--no-tesseract", action="store_true")
    a = ap.parse_args()
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from scenes.documents import resident_card
    from scenes.draw import Faces
    from scenes.values import Values
    cv2.setNumThreads(1)
    ours = {k: measure.Ours(k, pathlib.Path(a.models)) for k in set(KIND.values())}
    # Resident numbers hold digits and X only, for either reader.
    measure.TESSERACT["digits_mrz"] = ("eng", "0123456789X")
    print("| card px | field | lines | ours: exact | CER | Tesseract: exact | CER |\n|---|---|---|---|---|---|---|")
    for width in a.widths:
        lines = {k: [] for k in KIND}
        for n in range(a.cards):
            rng = np.random.default_rng([31337, n])
            card = resident_card.portrait_side(Values(rng), Faces(rng, "measure"))
            rgb = card.image[..., :3]
            z = width / rgb.shape[1]
            small = cv2.resize(rgb, None, fx=z, fy=z, interpolation=cv2.INTER_AREA)
            small = cv2.GaussianBlur(small, (0, 0), 0.5)
            frame = np.full((360, 640, 3), (110, 120, 128), np.uint8)
            x0, y0 = (640 - small.shape[1]) // 2, (360 - small.shape[0]) // 2
            frame[y0:y0 + small.shape[0], x0:x0 + small.shape[1]] = small[..., ::-1]
            frame = np.clip(frame + rng.normal(0, 2.5, frame.shape), 0, 255).astype(np.uint8)
            gray = cv2.cvtColor(coded(frame, a.crf), cv2.COLOR_BGR2GRAY)
            for f in card.fields:
                if f.key not in KIND:
                    continue
                text = "".join(f.value.split())
                parts = [text[i:i + 11] for i in range(0, len(text), 11)] if f.key == "address" else [text]
                if len(parts) != len(f.boxes):
                    continue
                for (bx, by, bw, bh), t in zip(f.boxes, parts):
                    m = MARGIN[f.key] * bh * z
                    top, left, h = y0 + by * z - m, x0 + bx * z - 2 * m, bh * z + 2 * m
                    s = synth.H / h
                    A = np.float64([[s, 0, -left * s], [0, s, -top * s]])
                    lines[f.key].append((cv2.warpAffine(gray, A, (int((bw * z + 4 * m) * s), synth.H), flags=cv2.INTER_CUBIC,
                                                        borderMode=cv2.BORDER_REPLICATE), t))
        for key, made in lines.items():
            if not made:
                continue
            truth = [t for _, t in made]
            allowed = synth.texts.DIGITS + "X" if key == "id_number" else None
            mine = [ours[KIND[key]](line, allowed) for line, _ in made]
            row = [f"{v:.3f}" for v in measure.score(mine, truth)]
            row += ["", ""] if a.no_tesseract else [f"{v:.3f}" for v in measure.score(measure.tesseract([m for m, _ in made], KIND[key]), truth)]
            print(f"| {width} | {key} | {len(made)} | " + " | ".join(row) + " |", flush=True)
            for r, t in [(r, t) for r, t in zip(mine, truth) if measure.plain(r) != measure.plain(t)][:a.errors]:
                print("   ", t, "->", r)
            if a.errors:
                synth.contact_sheet([(line, ()) for line, _ in made[:24]], f"/tmp/card_{width}_{key}.png")


if __name__ == "__main__":
    main()
