#!/usr/bin/python3
"""Cost of a scan beside decoding alone, at 720p25: nothing visible, and a document a minute.

    benchmarks/reader/run.py --program build/dev/benchmarks/reader/reader_cost [--minutes 1] [--clips 3]

Clips come from the scene maker's `nothing` and `easy` tiers (seeds of `tune`: cost is measured here, not accuracy), joined without
encoding them again. `--minutes 60` gives the memory of an hour of video. Clips are kept in a cache outside the tree.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

import json  # noqa: E402

from scenes import tiers  # noqa: E402


def of_size(tier, count, cache, numbers=lambda number: True, size=(1280, 720), fps=25):
    """The first `count` clips of a tier, among the numbers wanted, that have this size and rate."""
    found, number = [], -1
    while len(found) < count:
        number += 1
        if not numbers(number):
            continue
        clip = tiers.make(tier, "tune", number, cache)
        source = json.loads(clip.with_suffix(".truth.json").read_text(encoding="utf-8"))["source"]
        if (source["width"], source["height"], source["fps"]) == (*size, fps):
            found.append((clip, source["duration_s"]))
    return found


def joined(clips, out):
    """The clips one after another, as they were encoded."""
    if out.exists():
        return out
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as names:
        names.write("".join(f"file '{c}'\n" for c, _ in clips))
        names.flush()
        new = out.with_suffix(".new.mp4")
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", names.name, "-c", "copy", str(new)], check=True)
    os.replace(new, out)
    return out


def filled(clips, seconds):
    """Clips in turn until they last so long."""
    out, length = [], 0.0
    while length < seconds:
        out.append(clips[len(out) % len(clips)])
        length += out[-1][1]
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", required=True)
    p.add_argument("--minutes", type=int, default=1, help="length of each joined clip (default 1)")
    p.add_argument("--clips", type=int, default=3, help="different `nothing` clips (default 3)")
    p.add_argument("--cache", default=os.environ.get("KUALIK_SCENES", os.path.join(tempfile.gettempdir(), "kualik-scenes")))
    a = p.parse_args()
    cache = pathlib.Path(a.cache).resolve() / "reader-cost"
    # Every fourth kind of scene of that tier: a speaker before a wall with things on it, and one with subtitles. The other two hold up things
    # that are no documents; what those cost is the third row.
    empty = of_size("nothing", a.clips, cache, lambda number: number % 4 in (1, 2))
    held = of_size("nothing", a.clips, cache, lambda number: number % 4 in (0, 3))
    shown = of_size("easy", min(a.minutes, 4), cache)
    minutes = []
    for k in range(a.minutes):
        card = shown[k % len(shown)]
        minutes += filled(empty[k % len(empty):] + empty[:k % len(empty)], 60 - card[1]) + [card]
    files = [joined(filled(empty, 60 * a.minutes), cache / f"speaker-{a.clips}-{a.minutes}min.mp4"),
             joined(minutes, cache / f"card-a-minute-{a.clips}-{a.minutes}min.mp4"),
             joined(filled(held, 60 * a.minutes), cache / f"other-things-held-up-{a.clips}-{a.minutes}min.mp4")]
    for path in files:  # One process each, so that each has its own peak of memory.
        subprocess.run([a.program, str(path)], check=True)


if __name__ == "__main__":
    main()
