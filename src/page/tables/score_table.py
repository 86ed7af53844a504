"""Compiles data/models/finder/score.tsv into constant arrays: mean and scale of the features, then weights and biases of each layer."""
import sys

table, out = sys.argv[1:3]
layers = {}
with open(table, encoding="utf-8") as f:
    for line in f:
        if line.startswith("#") or not line.strip():
            continue
        layer, name, bias, weights = line.rstrip("\n").split("\t")
        layers.setdefault(int(layer), []).append((name, bias, weights.split()))


def values(numbers):
    return ", ".join(f"{float(v)!r}F" for v in numbers)


with open(out, "w", encoding="utf-8") as f:
    f.write("#pragma once\n// Made by score_table.py from score.tsv; do not edit.\n\nnamespace kualik::page::score_net {\n\n")
    f.write(f"inline constexpr int inputs = {len(layers[0])};\n")
    f.write(f"inline constexpr float mean[] = {{{values(r[1] for r in layers[0])}}};\n")
    f.write(f"inline constexpr float scale[] = {{{values(r[2][0] for r in layers[0])}}};\n")
    for n in sorted(layers)[1:]:
        rows = layers[n]
        f.write(f"inline constexpr int units{n} = {len(rows)};\n")
        f.write(f"inline constexpr float bias{n}[] = {{{values(r[1] for r in rows)}}};\n")
        f.write(f"inline constexpr float weight{n}[] = {{{values(v for r in rows for v in r[2])}}};\n")
    f.write("\n}  // namespace kualik::page::score_net\n")
