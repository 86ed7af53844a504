"""Compiles data/layouts/resident_card.tsv into a constexpr table: card_layout.py TABLE HEADER."""

import sys


def main(table: str, header: str) -> None:
    rows = []
    with open(table, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            side, key, row, alphabet, *box = line.split("\t")
            if len(box) != 4:
                sys.exit(f"{table}: expected 8 columns: {line}")
            x, y, w, h = (float(v) for v in box)
            if not (0 <= x < x + w <= 1 and 0 < y - h / 2 and y + h / 2 < 1):
                sys.exit(f"{table}: box outside the card: {line}")
            rows.append(f'    {{CardSide::{side}, "{key}", {int(row)}, Alphabet::{alphabet}, {x}, {y}, {w}, {h}}},')
    with open(header, "w", encoding="utf-8") as out:
        out.write("// Generated from resident_card.tsv; edit that.\n#pragma once\n")
        out.write('#include <array>\n#include "ocr/card_layout.h"\n')
        out.write("namespace kualik::ocr {\n")
        out.write(f"inline constexpr std::array<LayoutBox, {len(rows)}> resident_card_layout{{{{\n")
        out.write("\n".join(rows))
        out.write("\n}};\n}  // namespace kualik::ocr\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
