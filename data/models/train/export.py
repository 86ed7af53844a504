"""Writes a trained reader as ONNX with its symbols and description: python3 export.py KIND --work DIR --out data/models

Weights are stored as 8-bit integers with one scale a channel, which the batch norm behind each convolution takes up: a quarter
of the size, and OpenCV folds it all back into float convolutions when it loads. --float keeps 32-bit floats. Either way the
file is compared with torch in OpenCV's dnn at several widths before it is written into place.
"""
import argparse
import hashlib
import json
import os
import pathlib

import cv2
import numpy as np
import torch
from torch import nn

import net
import synth


class Stored(nn.Module):
    """A convolution with what follows it, as it is stored: weights (8-bit or float), then one scale and shift a channel."""

    def __init__(self, conv, norm, bits8):
        super().__init__()
        w = conv.weight.data
        k = (w.abs().amax((1, 2, 3)) / 127).clamp_min(1e-9) if bits8 else torch.ones(len(w))
        w = w / k[:, None, None, None]
        self.weight = nn.Parameter(torch.round(w).to(torch.int8) if bits8 else w, requires_grad=False)
        self.stride, self.padding = conv.stride, conv.padding
        out = nn.BatchNorm2d(len(k)).eval()
        if norm is None:  # the head: a bias only
            out.weight.data, out.running_mean = k * (1 + out.eps) ** 0.5, -conv.bias.data / k
        else:
            out.weight.data, out.bias.data = norm.weight.data, norm.bias.data
            out.running_mean, out.running_var = norm.running_mean / k, (norm.running_var + norm.eps) / k ** 2 - out.eps
        self.norm = out

    def forward(self, x):
        return self.norm(nn.functional.conv2d(x, self.weight.float(), None, self.stride, self.padding))


def stored(model, bits8):
    for block in list(model.modules()):
        if isinstance(block, net.Block):
            block.conv, block.norm = Stored(block.conv, block.norm, bits8), nn.Identity()
    model.head = Stored(model.head, None, bits8)
    return model.eval()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("kind", choices=sorted(net.SIZES))
    ap.add_argument("--work", default="/tmp/kualik-train")
    ap.add_argument("--out", default=str(pathlib.Path(__file__).resolve().parents[1]))
    ap.add_argument("--float", action="store_true")
    ap.add_argument("--last", action="store_true", help="the last weights in place of their running average (right after a short last phase)")
    a = ap.parse_args()
    out = pathlib.Path(a.out)
    ck = torch.load(pathlib.Path(a.work) / f"{a.kind}.pt")
    model = net.Reader(a.kind, len(ck["symbols"]))
    model.load_state_dict(ck["model" if a.last else "mean"])
    model = stored(model.eval(), not a.float)
    path, new = out / f"{a.kind}.onnx", out / f"{a.kind}.new.onnx"
    torch.onnx.export(model, torch.zeros(1, 1, synth.H, 320), str(new), opset_version=11, input_names=["line"], output_names=["steps"],
                      do_constant_folding=False, training=torch.onnx.TrainingMode.PRESERVE)
    reader = cv2.dnn.readNetFromONNX(str(new))
    worst = 0.0
    for n, width in ((1, 320), (1, 640), (3, 512), (1, 96)):
        x = torch.randn(n, 1, synth.H, width)
        reader.setInput(x.numpy())
        worst = max(worst, float(np.abs(reader.forward() - model(x).detach().numpy()).max()))
    if worst > 1e-3:
        raise SystemExit(f"OpenCV and torch differ by {worst}")
    os.replace(new, path)
    (out / f"{a.kind}.txt").write_text("".join(c + "\n" for c in ck["symbols"]), encoding="utf-8")
    about = {
        "name": a.kind, "file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "input": {"name": "line", "layout": "NCHW", "channels": 1, "height": synth.H, "width_exported": 320,
                  "width": "any multiple of 4 from 32 on, set with the input; the net holds convolutions only",
                  "scale_to_height": True, "keep_aspect": True, "polarity": "dark on light",
                  "normalise": "x = (gray - mean) / max(std, 4), mean and std (population) over the scaled line before padding",
                  "pad_value": 0.0, "pad_side": "right"},
        "output": {"name": "steps", "layout": "N C 1 T", "stride": 4, "values": "unnormalised log-probabilities (softmax over C)", "blank": 0,
                   "classes": len(ck["symbols"]) + 1, "symbols": f"{a.kind}.txt, line i is class i"},
        "weights": "float32" if a.float else "int8, one scale a channel, taken up by the batch norms",
        "trained": {"steps": ck["step"], "rows": ck["seen"], "minutes": round(ck["spent"] / 60, 1), "seed": ck["seed"]},
    }
    (out / f"{a.kind}.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, largest difference from torch {worst:.1e}")


if __name__ == "__main__":
    main()
