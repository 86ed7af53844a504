#!/usr/bin/env python3
"""Writes data/names/han_sounds.tsv: which letters one Chinese character writes in Kazakh and Uyghur names, and how often.

    scripts/name_sounds.py            # after a change of data/names/{kazakh,uyghur}_{parts,names}.tsv or syllables_han.tsv

Every name of the tables is cut into as many pieces as its Chinese spelling has characters, one to four letters each (古丽 counts as one: its
丽 would teach that 丽 is a bare л). Which cut is right is not known; expectation maximisation finds the pieces that explain all names best.
Takes some ten seconds.
"""

import collections
import datetime
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = ROOT / "data" / "names"
LONGEST = 4  # Letters a character writes: 江 жан, 森 сен, 娜 на.
ROUNDS = 12
LEAST = 0.25  # Weight below which a piece is left out: an accident of one rare variant.
PAIRS = ("古丽",)  # Characters that write an element only together.
LENGTH = {1: 0.6, 2: 1.0, 3: 0.5, 4: 0.02}  # Where the search begins.
# Two letters of Uyghur Latin that are one sound, as one letter; "ngül" is n and gül.
SOUNDS = (("ngül", "n'gül"), ("gh", "ğ"), ("sh", "š"), ("ch", "č"), ("zh", "ž"), ("ng", "ŋ"), ("'", ""))


def rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in (NAMES / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:]]


def one_letter_a_sound(uly: str) -> str:
    word = uly.lower()
    for pair, letter in SOUNDS:
        word = word.replace(pair, letter)
    return word


def spellings(cell: str) -> list[list[str]]:
    return [signs(han) for han in cell.split("/") if han and han != "-"]


def signs(han: str) -> list[str]:
    made = list(han)
    for pair in PAIRS:
        while pair in (joined := [a + b for a, b in zip(made, made[1:])]):
            at = joined.index(pair)
            made[at:at + 2] = [pair]
    return made


def pairs_of(names: list[tuple[str, list[list[str]]]]) -> list[tuple[str, list[str], float]]:
    """Later variants count less."""
    return [(word, han, 1 / (1 + 0.5 * i)) for word, hans in names for i, han in enumerate(hans) if len(han) <= len(word) <= LONGEST * len(han)]


def cuts(word: str, han: list[str], weight) -> tuple[list[list[float]], list[list[float]]]:
    """Sums over all cuts of the front and of the rest."""
    n, m = len(word), len(han)
    front = [[0.0] * (n + 1) for _ in range(m + 1)]
    rest = [[0.0] * (n + 1) for _ in range(m + 1)]
    front[0][0] = rest[m][n] = 1
    for j in range(m):
        for i in range(n):
            for size in range(1, min(LONGEST, n - i) + 1) if front[j][i] else ():
                front[j + 1][i + size] += front[j][i] * weight(word[i:i + size], han[j])
    for j in range(m - 1, -1, -1):
        for i in range(n):
            rest[j][i] = sum(weight(word[i:i + size], han[j]) * rest[j + 1][i + size]
                             for size in range(1, min(LONGEST, n - i) + 1) if rest[j + 1][i + size])
    return front, rest


def learn(pairs: list[tuple[str, list[str], float]], known: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    share: dict[tuple[str, str], float] = {}
    counts: dict[tuple[str, str], float] = {}
    for turn in range(ROUNDS):
        def weight(letters: str, han: str) -> float:
            return LENGTH[len(letters)] * (5 if (letters, han) in known else 1) if turn == 0 else share.get((letters, han), 1e-9)

        counts = collections.defaultdict(float, known)
        for word, han, worth in pairs:
            front, rest = cuts(word, han, weight)
            total = front[-1][-1]
            for j in range(len(han)):
                for i in range(len(word)):
                    for size in range(1, min(LONGEST, len(word) - i) + 1) if front[j][i] else ():
                        piece = (word[i:i + size], han[j])
                        counts[piece] += worth * front[j][i] * weight(*piece) * rest[j + 1][i + size] / total
        everything = math.fsum(counts.values())
        share = {piece: count / everything for piece, count in counts.items()}
    return counts


def main() -> None:
    known: dict[tuple[str, str], float] = {}
    for row in rows("syllables_han.tsv"):
        if len(row["hans"]) == 1 and len(row["cyrl"]) <= LONGEST:
            piece = (row["cyrl"], row["hans"])
            known[piece] = max(known.get(piece, 0), 0.5 / int(row["rank"]))
    kazakh = [(r["cyrl"].lower(), spellings(r["hans"])) for f in ("kazakh_parts.tsv", "kazakh_names.tsv") for r in rows(f)]
    uyghur = [r for f in ("uyghur_parts.tsv", "uyghur_names.tsv") for r in rows(f)]
    sets = {
        "kk": (pairs_of(kazakh), known),
        "ug": (pairs_of([(one_letter_a_sound(r["uly"]), spellings(r["hans"])) for r in uyghur]), {}),
        "ug2002": (pairs_of([(one_letter_a_sound(r["uly"]), spellings(r["hans_2002"])) for r in uyghur]), {}),
    }
    lines = [
        "# Which letters one Chinese character writes in names, and how often: Kazakh Cyrillic (kk), Uyghur Latin with one letter a sound (ğ gh, š sh,",
        "# č ch, ŋ ng, ž zh) in spellings before (ug) and after (ug2002) 2002. The count is in hundredths of a name.",
        "# Origin: learned by scripts/name_sounds.py from kazakh_parts.tsv, kazakh_names.tsv, uyghur_parts.tsv, uyghur_names.tsv and syllables_han.tsv, "
        f"{datetime.date.today().isoformat()};",
        "# as unverified as these. To refresh: run the script.",
        "language\tletters\thans\tcount",
    ]
    for language, (pairs, before) in sets.items():
        counts = learn(pairs, before)
        kept = sorted((piece for piece, count in counts.items() if count >= LEAST), key=lambda p: (p[0], -counts[p], p[1]))
        lines += [f"{language}\t{letters}\t{han}\t{round(100 * counts[letters, han])}" for letters, han in kept]
    (NAMES / "han_sounds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
