"""Turns a file into a header with one string_view named by the output: report_style.h gives report_css, and so on.

A .tsv of labels (first column the id, first row the languages) becomes JSON: {"en": {"id": "label", …}, …}.
"""
import json
import pathlib
import sys

source, target = map(pathlib.Path, sys.argv[1:3])
text = source.read_text(encoding="utf-8")
if source.suffix == ".tsv":
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    head, rows = rows[0], rows[1:]
    for row in rows:
        if len(row) != len(head) or not all(row):
            sys.exit(f"{source}: not {len(head)} filled cells: {row}")
    labels = {language: {row[0]: row[i] for row in rows} for i, language in enumerate(head) if i > 0}
    text, name = json.dumps(labels, ensure_ascii=False), "report_labels"
else:
    name = "report_" + source.suffix[1:]
pieces = [text[i : i + 8000] for i in range(0, len(text), 8000)]
body = "\n".join(f'R"~~~({piece})~~~"' for piece in pieces)
target.write_text(
    "#pragma once\n#include <string_view>\nnamespace kualik::desk {\n"
    f"inline constexpr std::string_view {name} =\n{body};\n}}\n",
    encoding="utf-8",
)
