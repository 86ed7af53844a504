"""Command line of the scene maker."""
import argparse
import pathlib
import sys
import time


def main(argv=None):
    p = argparse.ArgumentParser(prog="scenes", description="Synthetic testimony clips with exact truth.")
    sub = p.add_subparsers(dest="what", required=True)
    t = sub.add_parser("testimony", help="the example clip of the repository")
    t.add_argument("--out", default="examples/testimony.mp4")
    m = sub.add_parser("make", help="clips of a tier")
    m.add_argument("--tier", required=True, help="a row of benchmarks/accuracy/tiers.tsv")
    m.add_argument("--still", action="store_true", help="single frames (JPEG) instead of clips")
    m.add_argument("--at", type=float, default=0.5, help="where in its clip a still is taken, 0 to 1 (default 0.5; halves of a page are shown at 0.3 and 0.66)")
    m.add_argument("--any-date", action="store_true", help="births of living age; such clips must never be committed")
    for q in (m,):
        q.add_argument("--split", choices=("train", "tune", "measure"), default="train")
        q.add_argument("--first", type=int, default=0, help="number of the first clip (default 0)")
        q.add_argument("--clips", type=int, default=1)
        q.add_argument("--out", required=True, help="folder")
    d = sub.add_parser("documents", help="flat documents as PNG, one of each kind, to look at")
    d.add_argument("--split", choices=("train", "tune", "measure"), default="train")
    d.add_argument("--seed", type=int, default=0)
    d.add_argument("--out", required=True, help="folder")
    a = p.parse_args(argv)
    started = time.time()
    if a.what == "testimony":
        from . import make, testimony
        make.clip(testimony.scene(), a.out, crf=27, tier="testimony", preset="slow")
    elif a.what == "make":
        from . import tiers
        for k in range(a.first, a.first + a.clips):
            path = tiers.make(a.tier, a.split, k, pathlib.Path(a.out), any_date=a.any_date, still=a.still, at=a.at)
            print(path, file=sys.stderr)
    else:
        import cv2
        from . import tiers
        for name, doc in tiers.one_of_each(a.split, a.seed):
            path = pathlib.Path(a.out) / f"{name}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(path), doc.image)
    print(f"{time.time() - started:.1f} s", file=sys.stderr)
    return 0
