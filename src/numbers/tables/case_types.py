#!/usr/bin/env python3
"""data/case_types.tsv or data/case_types_legacy.tsv -> a header with the rows ordered by code."""
import sys

from table_io import Pool, close_header, open_header, read_tsv


def main(table, header):
    rows, pool = read_tsv(table), Pool()
    legacy = "fragment" in rows[0]
    name = "case_types_legacy" if legacy else "case_types"
    out = open_header(header, "kualik::numbers::tables")
    out.write(f"struct {name}_row {{\n  std::uint32_t code;\n  std::uint8_t code_size;\n  std::uint32_t meaning;\n"
              "  std::uint8_t meaning_size;\n  std::uint32_t category;\n  std::uint8_t category_size;\n  std::int16_t year_from;\n};\n\n")
    out.write(f"inline constexpr {name}_row {name}_rows[] = {{\n")
    key, meaning = ("fragment", "meaning") if legacy else ("code", "name")
    for row in sorted(rows, key=lambda r: r[key].encode()):
        year = int((row.get("in_force_from") or "0")[:4])
        out.write(f'    {{{pool.add(row[key])}, {pool.add(row[meaning])}, {pool.add(row.get("category", ""))}, {year}}},\n')
    out.write("};\n\n")
    pool.write(out, f"{name}_text")
    close_header(out, "kualik::numbers::tables")


if __name__ == "__main__":
    main(*sys.argv[1:])
