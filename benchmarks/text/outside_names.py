#!/usr/bin/env python3
"""How well names of outside_names.tsv are read, written and found, by what a user calls: kualik.names.

    PYTHONPATH=build/dev/bindings/python benchmarks/text/outside_names.py [--list N]

Readings: the true one first, among three, among ten. "in no table": the name stands in none of data/names, with or without Chinese characters.
Search: 300 invented persons a language, written in two ways; the partner must come before N distractors made of the same names.
"""

import argparse
import collections
import pathlib
import random
import time

from kualik import names

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
READINGS = 10
WORTH = 0.85  # As docs/names.md has it.


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:]]


def uyghur_key(latin: str) -> str:
    """é and h are often written e and x."""
    return latin.lower().replace("é", "e").replace("ë", "e").replace("x", "h").replace("'", "")


def place(candidates: list[str], right: set[str]) -> int:
    return next((i for i, one in enumerate(candidates) if one in right), READINGS)


def report(title: str, places: list[int]) -> None:
    if places:
        first, three, ten = (sum(p < n for p in places) / len(places) for n in (1, 3, READINGS))
        print(f"{title:46} {len(places):4}  {first:6.1%} {three:6.1%} {ten:6.1%}")


def readings(text: str, to: str, source: str) -> list[str]:
    return [one for one, _ in names.readings(text, to, from_=source, limit=READINGS)]


def measure_readings(people: list[dict[str, str]], known: set[str]) -> None:
    kazakh = [p for p in people if p["language"] == "kk"]
    uyghur = [p for p in people if p["language"] == "ug"]
    print(f"{'':46} {'n':>4}   first  three    ten")
    for title, chosen in (("", kazakh), (", in no table", [p for p in kazakh if p["name"].lower() not in known])):
        def read(column: str, source: str, chosen=chosen) -> list[int]:
            return [place([r.lower() for r in readings(text, "kk-Cyrl", source)], {p["name"].lower()})
                    for p in chosen for text in p[column].split("/")]

        report("Cyrillic from Chinese characters" + title, read("hans", "Hani"))
        report("Chinese characters from Cyrillic" + title, [place(readings(p["name"], "Hani", "auto"), set(p["hans"].split("/"))) for p in chosen])
        report("Cyrillic from Russian letters" + title, read("russian", "ru-Cyrl"))
        report("Cyrillic from passports and reports" + title, read("latin", "icao"))
        report("Cyrillic from Arabic letters" + title, read("arabic", "kk-Arab"))
        report("Arabic letters from Cyrillic" + title, [place(readings(p["name"], "kk-Arab", "kk-Cyrl")[:1], {p["arabic"]}) for p in chosen])
    for column in ("hans", "hans_2002"):
        report(f"Uyghur Latin from Chinese characters, {column}",
               [place([uyghur_key(r) for r in readings(h, "ug-Latn", "Hani")], {uyghur_key(p["name"])}) for p in uyghur for h in p[column].split("/")])
        report(f"Chinese characters ({column}) from Uyghur Latin",
               [place(readings(p["name"], "Hani", "ug-Latn"), set(p[column].split("/"))) for p in uyghur])
    report("Uyghur Arabic letters from Latin", [place(readings(p["name"], "ug-Arab", "ug-Latn")[:1], {p["arabic"]}) for p in uyghur])
    report("Uyghur Latin from Arabic letters", [place([uyghur_key(r) for r in readings(p["arabic"], "ug-Latn", "ug-Arab")[:1]], {uyghur_key(p["name"])}) for p in uyghur])


def ways(person: dict[str, str]) -> dict[str, str]:
    hans = person["hans"].split("/")
    latin = person["latin"].split("/")
    made = {"hans": hans[0], "other hans": person["hans_2002"] if person["language"] == "ug" else hans[-1], "russian": person["russian"], "latin": latin[-1],
            "arabic": person["arabic"], "own": person["name"].capitalize()}
    made["pinyin"] = names.transliterate(made["other hans"], "pinyin").upper().replace(" ", "")
    return made


def spellings(person: dict[str, str]) -> set[str]:
    return {h for column in ("hans", "hans_2002") for h in person[column].split("/") if h != "-"}


def measure_search(people: list[dict[str, str]], size: int) -> None:
    chance = random.Random(27)
    queries, entries = [], []
    for language in ("kk", "ug"):
        group = [(p, ways(p)) for p in people if p["language"] == language]
        persons = sorted({tuple(chance.sample(range(len(group)), 2)) for _ in range(300)})
        taken = [(spellings(group[a][0]), spellings(group[b][0])) for a, b in persons]

        def write(given: int, father: int, way: str, group=group) -> str:
            return group[given][1][way] + ("·" if "hans" in way else " ") + group[father][1][way]

        for given, father in persons:
            one, other = chance.sample(sorted(group[0][1]), 2)
            queries.append((language, write(given, father, one), len(entries)))
            entries.append(write(given, father, other))
        made = 0
        while made < size // 2:
            given, father = chance.sample(range(len(group)), 2)
            if any(spellings(group[given][0]) & a and spellings(group[father][0]) & b for a, b in taken):
                continue  # The same person in Chinese characters.
            entries.append(write(given, father, chance.choice(sorted(group[0][1]))))
            made += 1
    start = time.perf_counter()
    index = names.Index(entries)
    built = time.perf_counter() - start
    start = time.perf_counter()
    found = index.search([q for _, q, _ in queries], limit=50, min_score=0.5)
    each = (time.perf_counter() - start) / len(queries)
    count: collections.Counter = collections.Counter()
    for (language, _, row), hits in zip(queries, found):
        right = bool(hits) and hits[0].row == row
        count[language] += 1
        count[language, "first"] += right
        count[language, "worth"] += any(h.row == row and h.score >= WORTH for h in hits)
        if hits and hits[0].score >= WORTH:
            count["said"] += 1
            count["said", "right"] += right
    for language in ("kk", "ug"):
        n = count[language]
        print(f"search among {len(entries)}, {language}: {n} queries, partner first {count[language, 'first'] / n:.1%}, partner at >= {WORTH} {count[language, 'worth'] / n:.1%}")
    print(f"first hit at >= {WORTH} right: {count['said', 'right']} of {count['said']}; built in {built:.2f} s, {1000 * each:.1f} ms a search")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=int, default=20000, help="distractors (default: 20000)")
    options = parser.parse_args()
    people = rows(ROOT / "benchmarks" / "text" / "outside_names.tsv")
    data = ROOT / "data" / "names"
    known = {r["cyrl"].lower() for f in ("kazakh_parts.tsv", "kazakh_names.tsv") for r in rows(data / f)} | {r["word"] for r in rows(data / "kazakh_words.tsv")}
    measure_readings(people, known)
    measure_search(people, options.list)


if __name__ == "__main__":
    main()
