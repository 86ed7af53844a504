"""Trains the finder's score from tables that `finder_accuracy FOLDER --features TABLE.tsv` writes: a small net over the features of a quad.

    train_score.py TABLE.tsv [TABLE.tsv …] --out score.tsv [--check HELD.tsv]

Target: 0 below an IoU of 0.5, 1 from 0.95, linear between, so that the tighter of two good quads wins. Pictures weigh the same whatever
their number of proposals. Seeded; a minute on one core. Needs numpy and torch."""
import argparse
import csv

import numpy as np
import torch


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


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", nargs="+")
    parser.add_argument("--out", required=True)
    parser.add_argument("--check")
    parser.add_argument("--epochs", type=int, default=60)
    a = parser.parse_args()
    torch.manual_seed(3)
    torch.set_num_threads(1)
    x, overlap, picture, names = load(a.tables)
    mean, scale = x.mean(0), x.std(0) + 1e-3
    y = target(overlap)
    _, inverse, count = np.unique(picture, return_inverse=True, return_counts=True)
    weight = 1 / np.sqrt(count[inverse])
    weight *= np.where(y > 0.3, 2.0, 1.0)
    weight = np.float32(weight / weight.mean())
    net = torch.nn.Sequential(torch.nn.Linear(x.shape[1], 24), torch.nn.Tanh(), torch.nn.Linear(24, 12), torch.nn.Tanh(), torch.nn.Linear(12, 1))
    optimiser = torch.optim.Adam(net.parameters(), lr=3e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, a.epochs)
    tx, ty, tw = torch.tensor((x - mean) / scale), torch.tensor(np.float32(y)), torch.tensor(weight)
    for epoch in range(a.epochs):
        order = torch.randperm(len(tx))
        for k in range(0, len(order), 512):
            i = order[k:k + 512]
            noisy = tx[i] + 0.03 * torch.randn_like(tx[i])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(net(noisy)[:, 0], ty[i], weight=tw[i])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
    score = lambda v: torch.sigmoid(net(torch.tensor((v - mean) / scale))[:, 0]).detach().numpy()
    print("train", best_per_picture(score(x), overlap, picture), "rows", len(x))
    if a.check:
        hx, ho, hp, _ = load([a.check])
        hs = score(hx)
        print("check", best_per_picture(hs, ho, hp), "rows", len(hx), "brier", float(((hs - target(ho)) ** 2).mean()))
        for low in (0.1, 0.3, 0.5, 0.7, 0.9):
            here = (hs >= low) & (hs < low + 0.2)
            if here.any():
                print(f"  score {low:.1f}-{low + 0.2:.1f}: {here.sum()} quads, {(ho[here] >= 0.8).mean():.2f} of them with IoU >= 0.8")
    layers = [m for m in net if isinstance(m, torch.nn.Linear)]
    with open(a.out, "w", encoding="utf-8") as f:
        f.write("# The finder's score: a net 24-24-12-1 with tanh between and a logistic end, over standardised features of a quad.\n")
        f.write("# Origin: trained by train_score.py beside this file from drawn scenes, 2026-11. How to refresh: README.md beside this file.\n")
        f.write("# layer\tunit\tbias\tweights (layer 0: mean and scale of each feature)\n")
        for j, name in enumerate(names):
            f.write(f"0\t{name}\t{mean[j]:.6g}\t{scale[j]:.6g}\n")
        for n, layer in enumerate(layers, 1):
            w, b = layer.weight.detach().numpy(), layer.bias.detach().numpy()
            for unit in range(len(b)):
                f.write(f"{n}\t{unit}\t{b[unit]:.6g}\t" + " ".join(f"{v:.6g}" for v in w[unit]) + "\n")


if __name__ == "__main__":
    main()
