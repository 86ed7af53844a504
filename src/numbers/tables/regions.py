#!/usr/bin/env python3
"""data/regions.tsv -> regions_table.h: rows ordered by code and year, and a two-level index for the bulk check."""
import re
import sys

from table_io import Pool, close_header, open_header, read_tsv

CLASSES = ["gb", "gb_new", "aggregate", "gb_print", "mca_raw", "seen", "permit", "pre1984", "nbs_zone"]
LEVELS = ["province", "prefecture", "county"]
# A period in the index: the last and the first year, as offsets from 1900 in one byte each. A code that is in no table has `last` 0.
OPEN, FIRST_KNOWN = 255, 1


def main(table, header):
    rows = sorted(read_tsv(table), key=lambda r: (r["code"], r["year_from"] or "0"))
    pool, successors, periods = Pool(), [], {}
    out = open_header(header, "kualik::numbers::tables")
    lines = []
    for row in rows:
        code, cls = row["code"], row["class"]
        if not re.fullmatch(r"[1-8]\d{5}", code):
            sys.exit(f"{table}: {code} is no region code")
        first = len(successors)
        for item in filter(None, row["successors"].split(";")):
            found = re.fullmatch(r"(\d{6})(?:\[(\d{4})\])?", item)
            if not found:
                sys.exit(f"{table}: {code}: successor {item}")
            successors.append((found[1], found[2] or row["year_to"] or "0", "true" if found[2] else "false"))
        year_from, year_to = int(row["year_from"] or 0), int(row["year_to"] or 0)
        lines.append(f"    {{{code}, {year_from}, {year_to}, {first}, {len(successors) - first}, {pool.add(row['name'])}, "
                     f"{pool.add(row['parent'])}, {LEVELS.index(row['level'])}, {CLASSES.index(cls)}}},\n")
        if cls != "nbs_zone":
            start = max(year_from - 1900, FIRST_KNOWN) if year_from else FIRST_KNOWN
            end = year_to - 1900 if year_to else OPEN
            if code in ("810000", "820000", "830000"):  # Residence permits, no first registration: no period speaks against them.
                start = FIRST_KNOWN
            old = periods.get(code, (OPEN, 0))
            periods[code] = (min(old[0], start), max(old[1], end))
    out.write("struct RegionRow {\n  std::int32_t code;\n  std::int16_t year_from;\n  std::int16_t year_to;\n"
              "  std::uint16_t successor;\n  std::uint16_t successors;\n  std::uint32_t name;\n  std::uint8_t name_size;\n"
              "  std::uint32_t parent;\n  std::uint8_t parent_size;\n  std::uint8_t level;\n  std::uint8_t cls;\n};\n\n")
    out.write("inline constexpr RegionRow region_rows[] = {\n" + "".join(lines) + "};\n\n")
    out.write("struct SuccessorRow {\n  std::int32_t code;\n  std::int16_t year;\n  bool partial;\n};\n\n")
    out.write("inline constexpr SuccessorRow region_successors[] = {\n")
    out.write("".join("    {%s, %s, %s},\n" % s for s in successors) + "};\n\n")
    pool.write(out, "region_text")
    prefixes = sorted({code[:4] for code in periods})
    out.write("\n// (last year - 1900) << 8 | (first year - 1900) of each code; 0: in no table, last 255: in force.\n"
              f"// Block 0 is all unknown; block n holds the codes of the n-th prefix in use.\n"
              f"inline constexpr int region_blocks = {len(prefixes) + 1};\n")
    out.write("inline constexpr std::uint16_t region_prefixes[] = {" + ", ".join(prefixes) + "};\n")
    out.write("inline constexpr std::uint16_t region_periods[] = {\n")
    for prefix in prefixes:
        values = []
        for low in range(100):
            start, end = periods.get(f"{prefix}{low:02d}", (0, 0))
            values.append(str(end << 8 | start if end else 0))
        out.write("    " + ",".join(values) + ",\n")
    out.write("};\n")
    close_header(out, "kualik::numbers::tables")


if __name__ == "__main__":
    main(*sys.argv[1:])
