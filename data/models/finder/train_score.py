"""Trains the finder's score from tables that `finder_accuracy FOLDER --features TABLE.tsv` writes: a small net over the features of a quad.

    train_score.py TABLE.tsv [TABLE.tsv …] --out score.tsv [--check HELD.tsv]

Target: 0 below an IoU of 0.5, 1 from 0.95, linear between, so that the tighter of two good quads wins. Pictures weigh the same whatever
their number of proposals. Seeded; a few minutes on one core. Needs numpy."""
import argparse
import csv

import numpy as np


def load(paths):
    features, overlap, picture, names = [], [], [], None
    for n, path in enumerate(paths):
        with open(path, encoding="utf-8") as f:
            reader = csv.reader(f, delimiter="\t")
            names = next(reader)[3:]
            for row in reader:
                picture.append(f"{n}/{row[0]}")
                overlap.append(float(row[2]))
                features.append([float(v) for v in row[3:]])
    return np.float32(features), np.float32(overlap), np.array(picture), names


def target(overlap):
    return np.clip((overlap - 0.5) / 0.45, 0, 1)


def best_per_picture(score, overlap, picture):
    """Mean IoU of the proposal that the score puts first, over pictures that hold a document; share of them at 0.8 and more."""
    chosen = []
    for p in np.unique(picture):
        here = picture == p
        if overlap[here].max() > 0.5:
            chosen.append(overlap[here][score[here].argmax()])
    return float(np.mean(chosen)), float(np.mean(np.array(chosen) >= 0.8))


class Net:
    """Layers 24-24-12-1, tanh between and a logistic end; cross entropy by Adam (Kingma and Ba 2015) with a cosine schedule."""

    def __init__(self, inputs, random):
        sizes = [inputs, 24, 12, 1]
        self.parts = []
        for n, m in zip(sizes, sizes[1:]):
            bound = 1 / np.sqrt(n)
            self.parts += [random.uniform(-bound, bound, (n, m)).astype(np.float32), random.uniform(-bound, bound, m).astype(np.float32)]
        self.first = [np.zeros_like(p) for p in self.parts]
        self.second = [np.zeros_like(p) for p in self.parts]
        self.turn = 0

    def forward(self, x):
        w1, b1, w2, b2, w3, b3 = self.parts
        h1 = np.tanh(x @ w1 + b1)
        h2 = np.tanh(h1 @ w2 + b2)
        return h1, h2, 1 / (1 + np.exp(-(h2 @ w3 + b3)[:, 0]))

    def score(self, x):
        return self.forward(x)[2]

    def step(self, x, y, weight, rate, decay=1e-4):
        _, _, w2, _, w3, _ = self.parts
        h1, h2, p = self.forward(x)
        d3 = ((p - y) * weight / len(x))[:, None]
        d2 = (d3 @ w3.T) * (1 - h2 * h2)
        d1 = (d2 @ w2.T) * (1 - h1 * h1)
        slopes = [x.T @ d1, d1.sum(0), h1.T @ d2, d2.sum(0), h2.T @ d3, d3.sum(0)]
        self.turn += 1
        for part, slope, first, second in zip(self.parts, slopes, self.first, self.second):
            slope = slope + decay * part
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            part -= rate * (first / (1 - 0.9**self.turn)) / (np.sqrt(second / (1 - 0.999**self.turn)) + 1e-8)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--check", nargs="*", default=[])
    parser.add_argument("--epochs", type=int, default=60)
    a = parser.parse_args()
    random = np.random.default_rng(3)
    x, overlap, picture, names = load(a.tables)
    mean, scale = x.mean(0), x.std(0) + 1e-3
    standard = lambda v: (v - mean) / scale
    y = np.float32(target(overlap))
    _, inverse, count = np.unique(picture, return_inverse=True, return_counts=True)
    weight = 1 / np.sqrt(count[inverse])
    weight *= np.where(y > 0.3, 2.0, 1.0)
    weight = np.float32(weight / weight.mean())
    net = Net(x.shape[1], random)
    sx = standard(x)
    batch = 512
    for epoch in range(a.epochs):
        order = random.permutation(len(sx))
        rate = 3e-3 * 0.5 * (1 + np.cos(np.pi * epoch / a.epochs))
        for k in range(0, len(order), batch):
            i = order[k:k + batch]
            noisy = sx[i] + np.float32(0.03) * random.standard_normal(sx[i].shape, dtype=np.float32)
            net.step(noisy, y[i], weight[i], rate)
    print("train", best_per_picture(net.score(sx), overlap, picture), "rows", len(x))
    for path in a.check:
        hx, ho, hp, _ = load([path])
        hs = net.score(standard(hx))
        print("check", path, best_per_picture(hs, ho, hp), "rows", len(hx), "brier", float(((hs - target(ho)) ** 2).mean()))
        for low in (0.1, 0.3, 0.5, 0.7, 0.9):
            here = (hs >= low) & (hs < low + 0.2)
            if here.any():
                print(f"  score {low:.1f}-{low + 0.2:.1f}: {here.sum()} quads, {(ho[here] >= 0.8).mean():.2f} of them with IoU >= 0.8")
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("# The finder's score: a net 24-24-12-1 with tanh between and a logistic end, over standardised features of a quad.\n")
        f.write("# Origin: trained by train_score.py beside this file from drawn scenes, 2026-11. How to refresh: README.md beside this file.\n")
        f.write("# layer\tunit\tbias\tweights (layer 0: mean and scale of each feature)\n")
        for j, name in enumerate(names):
            f.write(f"0\t{name}\t{mean[j]:.6g}\t{scale[j]:.6g}\n")
        for n in range(3):
            w, b = net.parts[2 * n], net.parts[2 * n + 1]
            for unit in range(len(b)):
                f.write(f"{n + 1}\t{unit}\t{b[unit]:.6g}\t" + " ".join(f"{v:.6g}" for v in w[:, unit]) + "\n")


if __name__ == "__main__":
    main()
