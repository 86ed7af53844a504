"""Writes a trained reader as ONNX with its symbols and description: python3 export.py KIND --work DIR --out data/models

The batch norms are folded into the convolutions and the result is compared with OpenCV's dnn at several widths.
"""
import argparse
import hashlib
import json
import pathlib

import cv2
import numpy as np
import torch
from torch import nn

import net
import synth


def folded(model):
    """The net with every batch norm merged into its convolution."""
    for block in model.modules():
        if isinstance(block, net.Block):
            conv, norm = block.conv, block.norm
            k = norm.weight / torch.sqrt(norm.running_var + norm.eps)
            merged = nn.Conv2d(conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, conv.padding)
            merged.weight.data = conv.weight.data * k[:, None, None, None].data
            merged.bias.data = (norm.bias - norm.running_mean * k).data
            block.conv, block.norm = merged, nn.Identity()
    return model


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("kind", choices=sorted(net.SIZES))
    ap.add_argument("--work", default="/tmp/kualik-train")
    ap.add_argument("--out", default=str(pathlib.Path(__file__).resolve().parents[1]))
    a = ap.parse_args()
    ck = torch.load(pathlib.Path(a.work) / f"{a.kind}.pt")
    model = net.Reader(a.kind, len(ck["symbols"]))
    model.load_state_dict(ck["mean"])
    model = folded(model.eval())
    path = pathlib.Path(a.out) / f"{a.kind}.onnx"
    torch.onnx.export(model, torch.zeros(1, 1, synth.H, 320), str(path), opset_version=11, input_names=["line"], output_names=["steps"])
    reader = cv2.dnn.readNetFromONNX(str(path))
    worst = 0.0
    for n, width in ((1, 320), (1, 640), (3, 512), (1, 96)):
        x = torch.randn(n, 1, synth.H, width)
        reader.setInput(x.numpy())
        worst = max(worst, float(np.abs(reader.forward() - model(x).detach().numpy()).max()))
    if worst > 1e-3:
        raise SystemExit(f"OpenCV and torch differ by {worst}")
    (pathlib.Path(a.out) / f"{a.kind}.txt").write_text("".join(c + "\n" for c in ck["symbols"]), encoding="utf-8")
    about = {
        "name": a.kind, "file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "input": {"name": "line", "layout": "NCHW", "channels": 1, "height": synth.H, "width_exported": 320,
                  "width": "any multiple of 4 from 32 on, set with the input; the net holds convolutions only",
                  "scale_to_height": True, "keep_aspect": True, "polarity": "dark on light",
                  "normalise": "x = (gray - mean) / max(std, 4), mean and std (population) over the scaled line before padding",
                  "pad_value": 0.0, "pad_side": "right"},
        "output": {"name": "steps", "layout": "N C 1 T", "stride": 4, "values": "unnormalised log-probabilities (softmax over C)", "blank": 0,
                   "classes": len(ck["symbols"]) + 1, "symbols": f"{a.kind}.txt, line i is class i"},
        "trained": {"steps": ck["step"], "rows": ck["seen"], "minutes": round(ck["spent"] / 60, 1), "seed": ck["seed"]},
    }
    (pathlib.Path(a.out) / f"{a.kind}.json").write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, largest difference from torch {worst:.1e}")


if __name__ == "__main__":
    main()
