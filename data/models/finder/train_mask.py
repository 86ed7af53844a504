"""Trains the document mask: train_mask.py --work DIR [--minutes 60]; again with the same DIR goes on; --export writes mask.onnx.

A small U-Net (Ronneberger 2015) of plain convolutions: BGR at a longer side of 256, sides multiples of 16, values 0..1 less 0.5; out
comes the logit of "document" at half that size. One core is enough.
"""
import argparse
import hashlib
import pathlib
import sys
import time

import cv2
import numpy as np
import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import mask_scenes  # noqa: E402

SHAPES = ((256, 144), (256, 144), (144, 256), (256, 192), (256, 144))
BATCH = 12


def block(cin, cout, stride=1, dilation=1):
    return nn.Sequential(nn.Conv2d(cin, cout, 3, stride, dilation, dilation, bias=False), nn.BatchNorm2d(cout), nn.ReLU())


class Mask(nn.Module):
    """Five scales down to 1/16, dilated there, and up again to 1/2 beside what was seen on the way."""

    def __init__(self, c=(12, 24, 48, 96)):
        super().__init__()
        self.d1 = block(3, c[0], 2)
        self.d2 = nn.Sequential(block(c[0], c[1], 2), block(c[1], c[1]))
        self.d3 = nn.Sequential(block(c[1], c[2], 2), block(c[2], c[2]))
        self.d4 = nn.Sequential(block(c[2], c[3], 2), block(c[3], c[3], 1, 2), block(c[3], c[3], 1, 4), block(c[3], c[3], 1, 1))
        self.u3 = block(c[3] + c[2], c[2])
        self.u2 = block(c[2] + c[1], c[1])
        self.u1 = block(c[1] + c[0], c[0])
        self.head = nn.Conv2d(c[0], 1, 1)
        self.up = nn.Upsample(scale_factor=2, mode="nearest")

    def forward(self, x):
        a = self.d1(x)
        b = self.d2(a)
        c = self.d3(b)
        d = self.d4(c)
        c = self.u3(torch.cat([self.up(d), c], 1))
        b = self.u2(torch.cat([self.up(c), b], 1))
        a = self.u1(torch.cat([self.up(b), a], 1))
        return self.head(a)


def batch(rng, parts):
    w, h = SHAPES[int(rng.integers(len(SHAPES)))]
    made = [mask_scenes.picture(rng, parts, w, h) for _ in range(BATCH)]
    x = np.stack([m[0] for m in made]).transpose(0, 3, 1, 2).astype(np.float32) / 255 - 0.5
    y = np.stack([m[1] for m in made])[:, None].astype(np.float32) / 255
    return torch.from_numpy(x), torch.from_numpy(y)


def loss_of(logit, y):
    """Cross-entropy, twice as heavy near outlines, and 1 - soft Dice; grey (0.5) pixels say nothing."""
    known = ((y < 0.4) | (y > 0.6)).float()
    near = nn.functional.max_pool2d(y, 5, 1, 2) - (1 - nn.functional.max_pool2d(1 - y, 5, 1, 2))
    weight = known * (1 + near)
    ce = (nn.functional.binary_cross_entropy_with_logits(logit, y, reduction="none") * weight).sum() / weight.sum()
    p = torch.sigmoid(logit) * known
    t = y * known
    dice = 1 - (2 * (p * t).sum((1, 2, 3)) + 20) / ((p * p).sum((1, 2, 3)) + (t * t).sum((1, 2, 3)) + 20)
    return ce + 0.5 * dice.mean()


def iou_of(model, parts, count=10):
    rng = np.random.default_rng(999)
    model.eval()
    inter = union = 0
    with torch.no_grad():
        for _ in range(count):
            x, y = batch(rng, parts)
            known = (y < 0.4) | (y > 0.6)
            p = (model(x) > 0) & known
            t = (y > 0.5) & known
            inter += int((p & t).sum())
            union += int((p | t).sum())
    model.train()
    return inter / max(1, union)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--work", required=True)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--export", help="write the averaged weights as ONNX to this file and stop")
    a = ap.parse_args()
    work = pathlib.Path(a.work)
    torch.set_num_threads(1)
    model, mean = Mask(), Mask()
    state = work / "mask.pt"
    optimizer = torch.optim.AdamW(model.parameters(), 2e-3, weight_decay=1e-3)
    step, spent = 0, 0.0
    if state.exists():
        kept = torch.load(state)
        model.load_state_dict(kept["model"])
        mean.load_state_dict(kept["mean"])
        if "optimizer" in kept:  # a GPU run keeps the weights alone
            optimizer.load_state_dict(kept["optimizer"])
        step, spent = kept["step"], kept["spent"]
    else:
        mean.load_state_dict(model.state_dict())
    if a.export:
        mean.eval()
        torch.onnx.export(mean, torch.zeros(1, 3, 144, 256), a.export, opset_version=11, input_names=["picture"], output_names=["mask"],
                          dynamic_axes={"picture": {2: "h", 3: "w"}, "mask": {2: "h", 3: "w"}})
        net = cv2.dnn.readNetFromONNX(a.export)
        worst = 0.0
        for w, h in ((256, 144), (144, 256), (256, 192)):
            x = torch.rand(1, 3, h, w) - 0.5
            net.setInput(x.numpy())
            worst = max(worst, float(np.abs(net.forward() - mean(x).detach().numpy()).max()))
        print(f"step {step}, {spent / 60:.0f} min, OpenCV differs by {worst:.1e}, sha256 {hashlib.sha256(pathlib.Path(a.export).read_bytes()).hexdigest()}")
        return
    parts = mask_scenes.pool(work / "pool.pkl", 1)
    rng = np.random.default_rng(1000 + step)
    total, start, run, shown = a.minutes * 60, time.process_time() - spent, 0.0, time.time()
    while (spent := time.process_time() - start) < total:
        rate = 2e-3 * min(1, (step + 1) / 200) * 0.5 * (1 + np.cos(np.pi * min(1, spent / total))) + 2e-5
        for g in optimizer.param_groups:
            g["lr"] = rate
        x, y = batch(rng, parts)
        loss = loss_of(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        run = 0.98 * run + 0.02 * float(loss.detach()) if step > 1 else float(loss.detach())
        keep = min(0.995, step / (step + 20))
        with torch.no_grad():
            for m, p in zip(mean.state_dict().values(), model.state_dict().values()):
                m.copy_(m * keep + p * (1 - keep) if m.dtype.is_floating_point else p)
        if step % 100 == 0:
            print(f"{step} {spent / 60:.1f} min loss {run:.4f} rate {rate:.1e}", flush=True)
        if step % 500 == 0:
            torch.save({"model": model.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent}, state)
            print(f"  IoU {iou_of(mean, parts):.4f}", flush=True)
    torch.save({"model": model.state_dict(), "mean": mean.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent}, state)
    print(f"done {step} steps, IoU {iou_of(mean, parts, 20):.4f}")


if __name__ == "__main__":
    main()
