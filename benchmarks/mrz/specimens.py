#!/usr/bin/python3
"""How often `kualik scan` reads the machine-readable zone of still pictures: as they are, turned, tilted, bent and smaller.

    benchmarks/mrz/specimens.py --kualik build/dev/src/cli/kualik --folder SPECIMENS [--ways "upright;right;down;left"] [--stock]

SPECIMENS holds pictures and TRUTH.tsv with columns `file`, `what` and `ground_truth`: the zone's lines joined by a literal `\\n`, or the
name of a sample of ICAO Doc 9303 that the picture shows (other rows without `<` are left out). Counted for each way: zones reported with every check digit right; zones exactly as printed; lines of names exactly as
printed; values of zones that are wrong and yet have status `passes`. `--stock` runs the tesseract program beside it (English model, zone
characters alone, sparse and block layout, the better of both). Pictures are changed in a temporary folder; nothing is kept.
"""
import argparse
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import cv2
import numpy as np

# The samples of ICAO Doc 9303 (parts 4 to 6), which the pictures called "TD1 Utopia" and so on show.
SAMPLES = {
    "TD1 Utopia": "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "TD2 Utopia": "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "TD3 Utopia": "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"}
WHITELIST = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


def rotated(image, degrees):
    """Turned about its middle on a canvas that holds it, the ground grey."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    c, s = abs(turn[0, 0]), abs(turn[0, 1])
    size = int(width * c + height * s), int(width * s + height * c)
    turn[:, 2] += size[0] / 2 - width / 2, size[1] / 2 - height / 2
    return cv2.warpAffine(image, turn, size, flags=cv2.INTER_CUBIC, borderValue=(120, 125, 130))


def tilted(image, share=0.16):
    """Seen from the side: the right edge further away."""
    height, width = image.shape[:2]
    there = np.float32([[0, 0], [width * (1 - share), height * share / 2], [width * (1 - share), height * (1 - share / 2)], [0, height]])
    here = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    return cv2.warpPerspective(image, cv2.getPerspectiveTransform(here, there), (width, height), flags=cv2.INTER_CUBIC,
                               borderValue=(120, 125, 130))


def bent(image, share=0.03):
    """A page that does not lie flat: lines become arcs."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return cv2.remap(image, x, y + share * width * ((x / width - 0.5) ** 2 * 4 - 0.5).astype(np.float32), cv2.INTER_CUBIC,
                     borderMode=cv2.BORDER_REPLICATE)


def on_desk(image):
    """Two fifths of a larger picture with shapes and print about it, a little turned."""
    rng = np.random.default_rng(7)
    page = rotated(image, 4)
    height, width = (int(2.2 * n) for n in page.shape[:2])
    desk = cv2.GaussianBlur(rng.integers(60, 160, (height, width, 3)).astype(np.uint8), (0, 0), 3)
    for _ in range(60):
        a, b = (tuple(int(v) for v in rng.integers(0, (width, height))) for _ in range(2))
        cv2.line(desk, a, b, tuple(int(v) for v in rng.integers(0, 255, 3)), int(rng.integers(1, 9)))
    for row in range(12):
        cv2.putText(desk, "OLD LETTERS AND OTHER LINES " * 4, (10, 40 + row * 22), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (20, 20, 20), 1)
    top, left = int(0.45 * height), int(0.35 * width)
    mask = rotated(np.full_like(image, 255), 4)[:, :, :1] > 128
    part = desk[top:top + page.shape[0], left:left + page.shape[1]]
    part[:] = np.where(mask & (rotated(np.full_like(image, 1), 4)[:, :, :1] < 100), page, part)
    return desk


def small(image):
    """A pitch of 8 pixels, saved as a poor JPEG."""
    out = cv2.resize(image, None, fx=8 / 12, fy=8 / 12, interpolation=cv2.INTER_AREA)
    return cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, 40])[1], cv2.IMREAD_COLOR)


def tiny(image):
    """A pitch of 6 pixels."""
    return cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


def blurred(image):
    """Out of focus and moved a little."""
    return cv2.filter2D(cv2.GaussianBlur(image, (0, 0), 1.2), -1, np.ones((1, 3), np.float32) / 3)


def dark(image):
    """A dim room: a quarter of the light, uneven, with the sensor's noise."""
    rng = np.random.default_rng(11)
    height, width = image.shape[:2]
    light = np.linspace(0.42, 0.16, width, dtype=np.float32)[None, :, None] * np.linspace(1, 0.7, height, dtype=np.float32)[:, None, None]
    return np.clip(image * light + rng.normal(0, 4, image.shape), 0, 255).astype(np.uint8)


def glare(image):
    """A lamp's reflection over the zone."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    spot = np.exp(-(((x - 0.6) / 0.16) ** 2 + ((y - 0.84) / 0.10) ** 2))[..., None]
    return np.clip(image + 150 * spot, 0, 255).astype(np.uint8)


def photograph(image):
    """A photograph of 12 megapixels: the page takes a third of its width."""
    page = rotated(cv2.resize(image, None, fx=1333 / image.shape[1], fy=1333 / image.shape[1], interpolation=cv2.INTER_CUBIC), -7)
    out = np.full((3000, 4000, 3), (96, 112, 128), np.uint8)
    out[900:900 + page.shape[0], 1500:1500 + page.shape[1]] = page
    return cv2.add(out, np.random.default_rng(3).integers(0, 12, out.shape).astype(np.uint8))


def strip(image):
    """The lower third alone, as people cut it."""
    return image[int(0.68 * image.shape[0]):]


WAYS = {"upright": lambda i: i, "right": lambda i: cv2.rotate(i, cv2.ROTATE_90_CLOCKWISE), "down": lambda i: cv2.rotate(i, cv2.ROTATE_180),
        "left": lambda i: cv2.rotate(i, cv2.ROTATE_90_COUNTERCLOCKWISE), "slant +5": lambda i: rotated(i, 5),
        "slant -12": lambda i: rotated(i, -12), "slant 33": lambda i: rotated(i, 33), "mirrored": lambda i: cv2.flip(i, 1),
        "mirrored, on its side": lambda i: cv2.flip(cv2.rotate(i, cv2.ROTATE_90_CLOCKWISE), 1), "slant 45": lambda i: rotated(i, 45),
        "slant 200": lambda i: rotated(i, 200), "tilted": tilted, "tilted more": lambda i: tilted(i, 0.28),
        "tilted, upside down": lambda i: cv2.rotate(tilted(i), cv2.ROTATE_180), "bent": bent, "on a desk": on_desk,
        "in a large photograph": photograph, "strip": strip, "blurred": blurred, "dark": dark, "glare": glare,
        "small, poor JPEG": small, "tiny": tiny}


def check_digit(text):
    return str(sum((ord(c) - 55 if c.isalpha() else int(c) if c.isdigit() else 0) * (7, 3, 1)[k % 3] for k, c in enumerate(text)) % 10)


def checked(zone):
    """Whether all check digits of the zone are right, independently of kualik."""
    lines = zone.split("\n")
    form = len(lines), len(lines[0])
    if len(lines) < 2 or any(len(line) != form[1] for line in lines):
        return False
    fits = lambda text, digit: digit == check_digit(text) or (digit == "<" and not text.strip("<"))
    if form == (3, 30):
        a, b = lines[:2]
        return (fits(a[5:14], a[14]) and fits(b[:6], b[6]) and fits(b[8:14], b[14]) and fits(a[5:30] + b[:7] + b[8:15] + b[18:29], b[29]))
    b = lines[1]
    ok = fits(b[:9], b[9]) and fits(b[13:19], b[19]) and fits(b[21:27], b[27])
    if form == (2, 36):
        return ok and fits(b[:10] + b[13:20] + b[21:35], b[35])
    return form == (2, 44) and ok and fits(b[28:42], b[42]) and fits(b[:10] + b[13:20] + b[21:43], b[43])


def names(zone):
    lines = zone.split("\n")
    return lines[2] if len(lines) == 3 else lines[0]


def by_kualik(kualik, path):
    run = subprocess.run([kualik, "scan", str(path)], capture_output=True, check=False)
    for line in run.stdout.decode().splitlines():
        for field in json.loads(line)["fields"]:
            if field["key"] == "mrz":
                yield field["value"], field["status"]


def by_tesseract(path):
    """Lines of the program's text that look like a zone's, padded or cut to its form as its users do."""
    for layout in ("6", "11"):
        run = subprocess.run(["tesseract", str(path), "-", "--psm", layout, "-l", "eng", "-c", f"tessedit_char_whitelist={WHITELIST}"],
                             capture_output=True, check=False)
        lines = [line.replace(" ", "") for line in run.stdout.decode().splitlines()]
        lines = [line for line in lines if len(line) >= 26 and ("<" in line or sum(c.isdigit() for c in line) > 11)][-3:]
        if len(lines) < 2:
            continue
        columns = 30 if len(lines) == 3 and max(map(len, lines)) < 34 else 44 if max(map(len, lines)) > 39 else 36
        lines = lines if columns == 30 else lines[-2:]
        yield "\n".join(line[:columns].ljust(columns, "<") for line in lines), "passes"


def measure(pictures, reader, way, folder):
    """(zones, all check digits right, exact, names exact, wrong yet passing) and the pictures not read exactly."""
    counts = np.zeros(5, int)
    missed = []
    for name, image, truth in pictures:
        path = pathlib.Path(folder) / "picture.png"
        cv2.imwrite(str(path), WAYS[way](image))
        zones = list(reader(path))
        right = any(checked(z) for z, _ in zones)
        exact = any(z == truth for z, _ in zones)
        counts += (1, right, exact, any(names(z) == names(truth) for z, _ in zones),
                   sum(z != truth and status == "passes" for z, status in zones))
        if not exact:
            missed.append(name)
    return counts, missed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kualik", required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--ways", default=";".join(WAYS), help=f"some of: {'; '.join(WAYS)} (default: all)")
    parser.add_argument("--stock", action="store_true", help="also measure the tesseract program")
    options = parser.parse_args()
    ways = options.ways.split(";")
    if unknown := set(ways) - set(WAYS):
        sys.exit(f"unknown ways: {', '.join(sorted(unknown))}")
    with open(options.folder / "TRUTH.tsv", encoding="utf-8", newline="") as file:
        rows = [(r["file"], SAMPLES.get(r["what"].strip(), r["ground_truth"].replace("\\n", "\n")))
                for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    pictures = [(name, cv2.imread(str(options.folder / name)), truth) for name, truth in rows if "<" in truth]
    totals = collections.defaultdict(lambda: np.zeros(5, int))
    print("| way | reader | zones | all check digits right | exact | line of names exact | wrong, yet `passes` | missed |\n" + "|---" * 8 + "|")
    with tempfile.TemporaryDirectory() as folder:
        for way in ways:
            for reader in ["kualik", "tesseract"][: 1 + options.stock]:
                read = (lambda path: by_kualik(options.kualik, path)) if reader == "kualik" else by_tesseract
                counts, missed = measure(pictures, read, way, folder)
                wrong = counts[4] if reader == "kualik" else "–"
                totals[reader] += counts
                print(f"| {way} | {reader} | {counts[0]} | {counts[1]} | {counts[2]} | {counts[3]} | {wrong} | {', '.join(missed)} |", flush=True)
    for reader, counts in totals.items():
        print(f"| all | {reader} | {counts[0]} | {counts[1]} | {counts[2]} | {counts[3]} | {counts[4] if reader == 'kualik' else '–'} | |")


if __name__ == "__main__":
    main()
