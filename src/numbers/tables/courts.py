#!/usr/bin/env python3
"""data/courts.tsv -> courts_table.h: rows ordered by code and year, and their order by name."""
import sys

from table_io import Pool, close_header, open_header, read_tsv

LEVELS = ["supreme", "high", "intermediate", "basic"]


def main(table, header):
    pool = Pool()
    rows = sorted(read_tsv(table), key=lambda r: (r["code"].encode(), r["year_from"] or "0", r["basis"] == "unverified"))
    out = open_header(header, "kualik::numbers::tables")
    out.write("struct CourtRow {\n  std::uint32_t code;\n  std::uint8_t code_size;\n  std::uint32_t name;\n  std::uint8_t name_size;\n"
              "  std::uint32_t province;\n  std::uint8_t province_size;\n  std::int32_t region;\n  std::int16_t year_from;\n"
              "  std::uint8_t level;\n  bool unverified;\n};\n\n")
    out.write("inline constexpr CourtRow court_rows[] = {\n")
    for row in rows:
        unverified = "true" if row["basis"] == "unverified" else "false"
        out.write(f'    {{{pool.add(row["code"])}, {pool.add(row["name"])}, {pool.add(row["province"])}, {int(row["gb2260"] or 0)}, '
                  f'{int(row["year_from"] or 0)}, {LEVELS.index(row["level"])}, {unverified}}},\n')
    out.write("};\n\n// Rows in the order of the bytes of their names.\ninline constexpr std::uint16_t courts_by_name[] = {\n    ")
    out.write(",".join(str(i) for i in sorted(range(len(rows)), key=lambda i: (rows[i]["name"].encode(), i))))
    out.write("};\n\n")
    pool.write(out, "court_text")
    close_header(out, "kualik::numbers::tables")


if __name__ == "__main__":
    main(*sys.argv[1:])
