#!/usr/bin/env python3
"""data/countries.tsv -> countries_table.h: rows ordered by alpha-3 code, and the numeric codes as a bit set."""
import sys

from table_io import Pool, close_header, open_header, read_tsv

KINDS = ["state", "icao", "specimen", "former"]


def main(table, header):
    pool = Pool()
    out = open_header(header, "kualik::numbers::tables")
    out.write("struct CountryRow {\n  char alpha3[4];\n  std::int16_t numeric;\n  std::uint32_t name;\n  std::uint8_t name_size;\n"
              "  std::uint32_t name_zh;\n  std::uint8_t name_zh_size;\n  std::uint8_t kind;\n};\n\n")
    out.write("inline constexpr CountryRow country_rows[] = {\n")
    for row in sorted(read_tsv(table), key=lambda r: r["alpha3"]):
        out.write(f'    {{"{row["alpha3"]}", {int(row["numeric"])}, {pool.add(row["name"])}, {pool.add(row["name_zh"])}, '
                  f'{KINDS.index(row["kind"])}}},\n')
    out.write("};\n\n")
    pool.write(out, "country_text")
    close_header(out, "kualik::numbers::tables")


if __name__ == "__main__":
    main(*sys.argv[1:])
