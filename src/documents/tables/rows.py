"""Turns a table of data/ into a header: one struct of string_views a row, the columns by name.

usage: rows.py TABLE.tsv OUTPUT.h     (kualik_table calls it; Python's standard library only)
"""

import pathlib
import sys


def literal(cell: str) -> str:
    return '"' + cell.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    table, output = map(pathlib.Path, sys.argv[1:3])
    lines = [l for l in table.read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]
    columns = lines[0].split("\t")
    rows = [l.split("\t") for l in lines[1:]]
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            sys.exit(f"{table.name}: row {number} has {len(row)} cells, the header has {len(columns)}")
    name = table.stem
    out = [
        f"// Made from data/{table.name} by rows.py; changes belong there.",
        "#pragma once",
        "#include <string_view>",
        "namespace kualik::documents::tables {",
        f"struct {name}_row {{",
        *[f"  std::string_view {c};" for c in columns],
        "};",
        f"inline constexpr {name}_row {name}[] = {{",
        *["  {" + ", ".join(literal(c) for c in row) + "}," for row in rows],
        "};",
        "}  // namespace kualik::documents::tables",
    ]
    output.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
