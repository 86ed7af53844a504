#!/usr/bin/env python3
"""Writes the words that parsers look for as a dictionary of libFuzzer: the literals of the parsers' sources, titles, labels and charges of the tables.

    dictionary.py OUT.dict      (scripts/fuzz.sh does it)
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = {"kz_labels": (2, 3, 4), "telling_words": (0,), "place_words": (0,), "doc_types": (0,), "charges": (0,), "ethnic_groups": (1,)}
NUMBERS = ("110105189912310029", "890101300018", "（2017）新0102刑初15号", "2017年9月1日", "二〇一七年九月一日", "P<CHN", "IDKAZ", "有期徒刑十五年", "<<<<<<")


def words():
    for source in sorted((ROOT / "src").glob("*/*.cpp")):
        if source.parent.name in ("documents", "text", "numbers"):
            for literal in re.findall(r'[uU]"([^"\\]{1,24})"', source.read_text(encoding="utf-8")):
                yield literal
    for table, columns in TABLES.items():
        for line in (ROOT / "data" / f"{table}.tsv").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                cells = line.split("\t")
                yield from (cells[c] for c in columns if c < len(cells))
    yield from NUMBERS


def main():
    seen = dict.fromkeys(w for w in words() if 0 < len(w.encode()) <= 60)
    with open(sys.argv[1], "w", encoding="ascii") as out:
        for word in seen:
            out.write('"' + "".join(f"\\x{b:02X}" for b in word.encode()) + '"\n')


if __name__ == "__main__":
    main()
