#!/usr/bin/env python3
"""kualik.numbers.check beside python-stdnum (Debian's python3-stdnum) on the same numbers, which are made here and never stored.

    PYTHONPATH=build/dev/bindings/python /usr/bin/python3 benchmarks/numbers/python_stdnum.py

Times are of the thread (CPU), the best of several; python-stdnum is timed on the first 20,000.
"""
import pathlib
import random
import time

import numpy
from stdnum.cn import ric

import kualik.numbers

REGIONS = pathlib.Path(__file__).parents[2] / "data" / "regions.tsv"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def make(count):
    # As the C++ benchmark: every code that can stand on a card, so that the tables are not in the nearest cache by luck.
    with open(REGIONS, encoding="utf-8") as rows:
        places = [row[:6] for row in rows if row[:6].isdigit() and not row[:6].endswith("00")]
    for _ in range(count):
        body = f"{random.choice(places)}{random.randint(1940, 2015)}{random.randint(1, 12):02}{random.randint(1, 28):02}{random.randint(0, 999):03}"
        yield body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]


def rate(call, count, times=5):
    best = min(_timed(call) for _ in range(times))
    return count / best


def _timed(call):
    start = time.thread_time()
    call()
    return time.thread_time() - start


def main():
    random.seed(7)
    texts = list(make(200_000)) * 10
    few = texts[:20_000]
    rows = [("python-stdnum ric.is_valid, one by one", rate(lambda: [ric.is_valid(t) for t in few], len(few), 1))]
    for name, column in (
        ("list[str]", texts),
        ("NumPy S18", numpy.array(texts, dtype="S18")),
        ("NumPy U18", numpy.array(texts, dtype="U18")),
        ("NumPy object", numpy.array(texts, dtype=object)),
    ):
        rows.append((f"kualik.numbers.check, {name} ({kualik.numbers.bulk_path()})", rate(lambda c=column: kualik.numbers.check(c), len(column))))
    for name, per_second in rows:
        print(f"{name:55} {per_second / 1e6:10.3f} M/s")


if __name__ == "__main__":
    main()
