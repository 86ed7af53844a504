#!/usr/bin/python3
"""How often `kualik scan` reads the zone of a drawn document that was photographed: passports (TD3), permits (TD2) and cards (TD1).

    benchmarks/mrz/photographs.py --kualik build/dev/src/cli/kualik [--groups "flat;slanted"] [--count 12] [--seed 1] [--stock] [--keep DIR]

Each group is a way of taking the picture (GROUPS below); the documents' values, places, backgrounds, light and noise are drawn anew for each
picture from the seed. Persons are invented, births lie in 1850-1899. Counted as in specimens.py; the kinds take turns, so that a count of 12 has
four of each. `--keep` leaves the pictures with TRUTH.tsv in DIR, which specimens.py can take.
"""
import argparse
import collections
import csv
import pathlib
import sys
import tempfile

import cv2
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE))

import specimens  # noqa: E402
from scenes import backgrounds, degrade, draw, motion  # noqa: E402
from scenes.documents import kz_card, mrz, paper, passport  # noqa: E402
from scenes.values import Values, mrz_digit  # noqa: E402

SPLIT = "measure"
STATES = ("UTO", "KAZ", "CHN", "RUS", "UZB", "TUR")


def td2(state, surname, given, number, birth, sex, expiry, optional=""):
    """A zone of two lines of 36 (ICAO Doc 9303 part 6).

    >>> import datetime
    >>> day = datetime.date
    >>> print("\\n".join(td2("UTO", "ERIKSSON", "ANNA MARIA", "D23145890", day(1874, 8, 12), "F", day(2012, 4, 15))))
    I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
    D231458907UTO7408122F1204159<<<<<<<6
    """
    filled = lambda text, n: (text + "<" * n)[:n]
    checked = lambda text: text + mrz_digit(text)
    a, b, e = checked(filled(number, 9)), checked(f"{birth:%y%m%d}"), checked(f"{expiry:%y%m%d}")
    o = filled(optional, 7)
    return [filled(f"I<{state}{surname}<<{given.replace(' ', '<')}", 36), a + state + b + sex + e + o + mrz_digit(a + b + e + o)]


def permit(v, faces):
    """A permit of TD2 size (105 x 74 mm) with a few printed values, a drawn field for the portrait and its zone."""
    mm = 12.0
    w, h = int(105 * mm), int(74 * mm)
    s = draw.Sheet(paper.guilloche(v.rng, w, h, (222, 232, 226), (238, 230, 220), (220, 230, 240), v.rng.uniform(.5, 1)), faces)
    k = v.kz_person()
    surname, given = k["latin"]
    state, number, expiry = v.pick(STATES), f"{v.pick('ADRK')}{v.int(10000000, 99999999)}", v.date(2020, 2029)
    s.text(w / 2, 5 * mm, "RESIDENCE PERMIT", "latin_sans", 3.6 * mm, (60, 70, 120), anchor="m", bold=1)
    for i, (label, value) in enumerate((("Surname", surname), ("Given names", given), ("Number", number), ("Expires", f"{expiry:%d.%m.%Y}"))):
        s.text(38 * mm, (12 + 9 * i) * mm, label, "latin_sans", 2.0 * mm, (90, 100, 120))
        s.text(38 * mm, (16 + 9 * i) * mm, value, "latin_sans", 3.4 * mm, (30, 30, 36))
    s.pen.rectangle((5 * mm, 11 * mm, 33 * mm, 48 * mm), fill=tuple(int(c) for c in v.rng.integers(120, 210, 3)))
    lines = td2(state, surname, given, number, k["birth"], k["sex"], expiry)
    em = 4.0 * mm
    for i, line in enumerate(lines):
        track = (0.91 * w - s.width(line, "ocr_b", em)) / 35
        s.text(0.045 * w, h - (14 - i * 6.35) * mm, line, "ocr_b", em, (30, 30, 36), track)
    return draw.Document("permit", draw.with_alpha(np.array(s.array()), 3 * mm), [draw.Field("mrz", "\n".join(lines), [])], 105)


MAKERS = {"TD3": passport.data_page, "TD2": permit, "TD1": kz_card.back}
COLUMNS = {"TD3": 44, "TD2": 36, "TD1": 30}


def lamp_edge(rng, image):
    """The shadow of something straight: one side of an edge through the picture lies in a third to a half of the light."""
    height, width = image.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    a = rng.uniform(0, 2 * np.pi)
    d = (x - width * rng.uniform(.35, .65)) * np.cos(a) + (y - height * rng.uniform(.35, .65)) * np.sin(a)
    lit = 1 / (1 + np.exp(np.clip(-d / rng.uniform(4, 40), -50, 50)))
    return np.clip(image * (rng.uniform(.35, .55) + lit[..., None] * .6), 0, 255).astype(np.uint8)


# How each group differs from the flat one: pitch of a column in pixels, roll, yaw and pitch in degrees, what else is done.
GROUPS = {
    "flat": {},
    "slanted": dict(roll=(5, 20)),
    "on its side, slanted": dict(roll=(5, 20), turn=(90, 270)),
    "upside down, slanted": dict(roll=(5, 20), turn=(180,)),
    "any direction": dict(roll=(0, 45), turn=(0, 90, 180, 270)),
    "from the side": dict(roll=(0, 12), tilt=(18, 32)),
    "from the side, turned": dict(roll=(0, 12), tilt=(18, 32), turn=(90, 180, 270)),
    "partial light": dict(roll=(0, 20), shadow=True),
    "glare": dict(roll=(0, 20), glare=True),
    "blurred": dict(roll=(0, 20), blur=(1.2, 1.8)),
    "moved": dict(roll=(0, 20), moved=(3, 6)),
    "small": dict(roll=(0, 20), pitch=(7, 9)),
    "very small": dict(roll=(0, 20), pitch=(5.5, 7)),
    "dark": dict(roll=(0, 20), level=(.18, .32), noise=(4, 7)),
    "poor JPEG": dict(roll=(0, 20), pitch=(9, 12), quality=(18, 35)),
    "bent": dict(roll=(0, 20), bend=(.012, .03)),
    "large photograph": dict(roll=(0, 20), size=(4000, 3000), turn=(0, 90, 180, 270), pitch=(13, 20)),
}


def take(rng, group, kind):
    """(picture, zone's lines joined) of one document of the kind, taken as the group says."""
    how = GROUPS[group]
    between = lambda name, low, high: float(rng.uniform(*how.get(name, (low, high))))
    sign = lambda: 1 if rng.random() < .5 else -1
    faces = draw.Faces(rng, SPLIT)
    document = MAKERS[kind](Values(rng), faces)
    page = document.image
    if "bend" in how:
        bgr = specimens.bent(page[..., :3], sign() * between("bend", 0, 0))
        page = np.dstack([bgr, page[..., 3]])
    width, height = how.get("size", (1600, 1200))
    columns = 0.9 * COLUMNS[kind] if kind != "TD1" else 0.9 * 33
    document_width = between("pitch", 11, 15) * columns / 0.9
    turn = int(rng.choice(how.get("turn", (0,))))
    if turn % 180:
        document_width = min(document_width, 0.95 * height)
    tilt = between("tilt", 0, 6)
    a = rng.uniform(0, 2 * np.pi)
    pose = dict(cx=rng.uniform(.42, .58), cy=rng.uniform(.42, .58), scale=min(.9, document_width / width), yaw=tilt * np.cos(a),
                pitch=tilt * np.sin(a), roll=turn + sign() * between("roll", 0, 1.5))
    m = motion.homography(page.shape[1], page.shape[0], width, height, pose)
    ground = backgrounds.make(rng, SPLIT, width, height, faces)
    # Reduced with the area it takes, as a lens does: warping alone would alias the print.
    shrink = page.shape[1] / (pose["scale"] * width)
    if shrink > 1:
        page = cv2.GaussianBlur(page, (0, 0), 0.45 * shrink)
    seen = cv2.warpPerspective(page, m, (width, height), flags=cv2.INTER_LINEAR)
    alpha = seen[..., 3:].astype(np.float32) / 255
    out = (seen[..., :3] * alpha + ground * (1 - alpha)).astype(np.uint8)
    if how.get("shadow"):
        out = lamp_edge(rng, out)
    if how.get("glare"):
        # On the zone's edge: a part of a line is washed out, not all of it.
        at = motion.project(m, np.float64([[page.shape[1] * rng.uniform(.2, .8), page.shape[0] * .86]]))[0]
        r = document_width * rng.uniform(.05, .12)
        out = np.clip(out + 255 * degrade.glare_map(height, width, *at, r, r * .6, rng.uniform(0, 180), rng.uniform(.45, .7))[..., None], 0,
                      255).astype(np.uint8)
    out = degrade.Light(rng, width, height, between("level", .75, 1.05), rng.uniform(.05, .3))(out)
    b = rng.uniform(0, 2 * np.pi)
    moved = between("moved", 0, 1)
    out = degrade.soften(out, moved * np.cos(b), moved * np.sin(b), between("blur", .4, .8))
    out = degrade.Noise(rng, width, height, between("noise", 1, 3))(out)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(between("quality", 70, 92))]
    return cv2.imdecode(cv2.imencode(".jpg", out, quality)[1], cv2.IMREAD_COLOR), next(f.value for f in document.fields if f.key == "mrz")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kualik", required=True)
    parser.add_argument("--groups", default=";".join(GROUPS), help=f"some of: {'; '.join(GROUPS)} (default: all)")
    parser.add_argument("--count", type=int, default=12, help="pictures in a group (default: 12)")
    parser.add_argument("--seed", type=int, default=1, help="other seeds give other pictures (default: 1)")
    parser.add_argument("--stock", action="store_true", help="also measure the tesseract program")
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the pictures")
    options = parser.parse_args()
    groups = options.groups.split(";")
    if unknown := set(groups) - set(GROUPS):
        sys.exit(f"unknown groups: {', '.join(sorted(unknown))}")
    specimens.WAYS["as taken"] = lambda image: image
    totals = collections.defaultdict(lambda: np.zeros(5, int))
    kept = []
    print("| group | reader | zones | all check digits right | exact | line of names exact | wrong, yet `passes` | missed |\n" + "|---" * 8 + "|")
    with tempfile.TemporaryDirectory() as folder:
        for group in groups:
            pictures = []
            for number in range(options.count):
                rng = np.random.default_rng([options.seed, list(GROUPS).index(group), number])
                kind = list(MAKERS)[number % len(MAKERS)]
                image, zone = take(rng, group, kind)
                name = f"{group.replace(' ', '_').replace(',', '')}-{number:02d}-{kind}.png"
                pictures.append((name, image, zone))
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    cv2.imwrite(str(options.keep / name), image)
                    kept.append((name, group, zone.replace("\n", "\\n")))
            for reader in ["kualik", "tesseract"][: 1 + options.stock]:
                read = (lambda path: specimens.by_kualik(options.kualik, path)) if reader == "kualik" else specimens.by_tesseract
                counts, missed = specimens.measure(pictures, read, "as taken", folder)
                totals[reader] += counts
                wrong = counts[4] if reader == "kualik" else "–"
                shown = ", ".join(name.split("-", 1)[1][:-4] for name in missed) if reader == "kualik" else ""
                print(f"| {group} | {reader} | {counts[0]} | {counts[1]} | {counts[2]} | {counts[3]} | {wrong} | {shown} |", flush=True)
    for reader, counts in totals.items():
        print(f"| all | {reader} | {counts[0]} | {counts[1]} | {counts[2]} | {counts[3]} | {counts[4] if reader == 'kualik' else '–'} | |")
    if options.keep:
        with open(options.keep / "TRUTH.tsv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n").writerows(
                [("file", "what", "ground_truth"), *kept])


if __name__ == "__main__":
    main()
