"""Averages the weights of two trainings of one reader: python3 average.py BEFORE.pt AFTER.pt --share 0.4 --out FILE.pt

Where AFTER went on from BEFORE with other lines (train_gpu.py --start), the mean keeps most of what both read well.
"""
import argparse

import torch


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("before")
    ap.add_argument("after")
    ap.add_argument("--share", type=float, required=True, help="of AFTER, 0..1")
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    before, out = torch.load(a.before, map_location="cpu")["mean"], torch.load(a.after, map_location="cpu")
    for key, value in out["mean"].items():
        if value.dtype.is_floating_point:
            out["mean"][key] = (before[key].float() * (1 - a.share) + value.float() * a.share).to(value.dtype)
    torch.save(out, a.out)


if __name__ == "__main__":
    main()
