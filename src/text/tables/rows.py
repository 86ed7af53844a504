"""Writes a table of data/ as a constexpr array of rows: rows.py TABLE.tsv OUT.h

The struct and the array take their names from OUT.h: kazakh_letters.h gives `KazakhLettersRow` and `kazakh_letters_rows` in namespace
kualik::text::tables. Every cell is a std::string_view; "-" means empty. Lines that begin with # and empty lines are comments.
"""

import pathlib
import sys


def literal(cell: str) -> str:
    if cell == "-":
        cell = ""
    return '"' + cell.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main(table: str, out: str) -> None:
    lines = pathlib.Path(table).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    head, rows = rows[0], rows[1:]
    for number, row in enumerate(rows, 1):
        if len(row) != len(head):
            sys.exit(f"{table}: row {number} ({row[0]}) has {len(row)} cells, the head names {len(head)}")
    stem = pathlib.Path(out).stem
    struct = "".join(part.capitalize() for part in stem.split("_")) + "Row"
    text = ["#pragma once", f"// Made from {pathlib.Path(table).name} by {pathlib.Path(__file__).name}.",
            "#include <array>", "#include <string_view>", "", "namespace kualik::text::tables {", "",
            f"struct {struct} {{"]
    text += [f"  std::string_view {name};" for name in head]
    text += ["};", "", f"inline constexpr std::array<{struct}, {len(rows)}> {stem}_rows{{{{"]
    text += ["    {" + ", ".join(literal(cell) for cell in row) + "}," for row in rows]
    text += ["}};", "", "}  // namespace kualik::text::tables", ""]
    pathlib.Path(out).write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
