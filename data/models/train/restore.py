"""Weights of an exported reader, as train.py goes on from them: restore.shipped("data/models/han.onnx") -> state dict of net.Reader.

An export holds 8-bit weights whose scales went into the batch norms (export.py). Any scale a channel gives the same net; the one that
makes each running variance 1 is taken, which is what training keeps it near.
"""
import onnx
import torch
from onnx import numpy_helper

EPS = torch.nn.BatchNorm2d(1).eps


def shipped(path):
    stored = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()).float() for t in onnx.load(path).graph.initializer}
    out = {}
    for name, w in stored.items():
        if not name.endswith(".weight") or name.endswith(".norm.weight"):
            continue
        norm = name[:-len("weight")] + "norm."
        gain, shift, mean, var = (stored[norm + part] for part in ("weight", "bias", "running_mean", "running_var"))
        if name == "head.weight":
            k = gain / (1 + EPS) ** 0.5
            out["head.weight"], out["head.bias"] = w * k[:, None, None, None], -mean * k
            continue
        k = 1 / (var + EPS).sqrt()
        block = name[:-len("conv.weight")]
        out[name] = w * k[:, None, None, None]
        out |= {block + "norm.weight": gain, block + "norm.bias": shift, block + "norm.running_mean": mean * k,
                block + "norm.running_var": torch.ones_like(k) - EPS, block + "norm.num_batches_tracked": torch.tensor(0)}
    return out
