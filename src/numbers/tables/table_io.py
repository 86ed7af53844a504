"""Reads the TSV tables of data/ and writes C++ headers from them; shared by the generators of this folder."""
import sys

sys.dont_write_bytecode = True


def read_tsv(path):
    """Rows as dicts. Lines that begin with '#' say where the table comes from; the first other line names the columns."""
    columns, rows = None, []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if columns is None:
                columns = cells
            elif len(cells) != len(columns):
                sys.exit(f"{path}:{number}: {len(cells)} cells where the head names {len(columns)}")
            else:
                rows.append(dict(zip(columns, cells)))
    return rows


class Pool:
    """All strings of a table in one literal; a string is its offset and length, so the table needs no relocation."""

    def __init__(self):
        self.text, self.known = bytearray(), {}

    def add(self, string):
        data = string.encode("utf-8")
        if data not in self.known:
            self.known[data] = len(self.text)
            self.text += data
        return f"{self.known[data]}, {len(data)}"

    def write(self, out, name):
        out.write(f"inline constexpr char {name}[] =\n")
        # Cut between characters, so that the header itself stays readable UTF-8.
        text = self.text.decode("utf-8")
        for at in range(0, len(text), 40):
            out.write(f'    "{text[at:at + 40]}"\n')
        out.write("    \"\";\n")


def open_header(path, namespace):
    out = open(path, "w", encoding="utf-8")
    out.write("#pragma once\n// Written by a generator of src/numbers/tables from a table in data/. Do not edit.\n\n"
              "#include <cstdint>\n\n"
              # The limit that clang warns of is the least that compilers must take; g++ and clang take far more.
              "#pragma GCC diagnostic push\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n"
              f"namespace {namespace} {{\n\n")
    return out


def close_header(out, namespace):
    out.write(f"\n}}  // namespace {namespace}\n\n#pragma GCC diagnostic pop\n")
    out.close()
