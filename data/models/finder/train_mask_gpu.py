"""Trains the document mask on a machine with a GPU: train_mask_gpu.py --pool pool.pkl --minutes 8 --makers 3 --out FILE.pt

The net, pictures and loss of train_mask.py. Several processes compose pictures all the time, each stays in the GPU's memory and is met
again mirrored, in other light, focus and grain. One run, one schedule by wall clock; train_mask.py --export reads what it writes.
"""
import argparse
import math
import multiprocessing as mp
import pathlib
import sys
import time

import cv2
import numpy as np
import torch
from torch.nn import functional as F

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import mask_scenes  # noqa: E402
import train_mask  # noqa: E402

SHAPES = sorted(set(train_mask.SHAPES))
BLOCK = 16


def produce(seed, parts, queue):
    """Blocks of pictures of one shape: its number, BGR uint8 (N x 3 x h x w), mask uint8 (N x 1 x h/2 x w/2)."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(seed)
    while True:
        k = SHAPES.index(train_mask.SHAPES[int(rng.integers(len(train_mask.SHAPES)))])
        made = [mask_scenes.picture(rng, parts, *SHAPES[k]) for _ in range(BLOCK)]
        queue.put((k, np.stack([m[0] for m in made]).transpose(0, 3, 1, 2).copy(), np.stack([m[1] for m in made])[:, None].copy()))


def disturbed(x, y):
    """Pictures (0..1) and masks mirrored, in other light, colour, focus and grain."""
    n = len(x)
    r = lambda *s: torch.rand(*s, device=x.device)
    some = lambda p: (r(n, 1, 1, 1) < p).float()
    flip = r(n, 1, 1, 1) < .5
    x, y = torch.where(flip, x.flip(3), x), torch.where(flip, y.flip(3), y)
    flip = r(n, 1, 1, 1) < .15
    x, y = torch.where(flip, x.flip(2), x), torch.where(flip, y.flip(2), y)
    x = x * (1 + some(.6) * (r(n, 3, 1, 1) - .5) * .3) * (1 + some(.6) * (r(n, 1, 1, 1) - .5) * .7) + some(.4) * (r(n, 1, 1, 1) - .5) * .25
    k = torch.tensor([1., 2., 1.], device=x.device) / 4
    soft = F.conv2d(F.conv2d(x.reshape(-1, 1, *x.shape[2:]), k.view(1, 1, 1, 3), padding=(0, 1)), k.view(1, 1, 3, 1), padding=(1, 0)).view_as(x)
    x = x + some(.5) * (soft - x) * (r(n, 1, 1, 1) * 1.6 - .6)
    x = x + some(.5) * r(n, 1, 1, 1) * .05 * torch.randn_like(x)
    gray = x.mean(1, keepdim=True)
    x = x + some(.15) * (gray - x)
    return x.clamp(0, 1) - .5, y


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--pool", required=True)
    ap.add_argument("--minutes", type=float, required=True)
    ap.add_argument("--makers", type=int, default=3)
    ap.add_argument("--batch", type=int, default=64)
    ap.add_argument("--rate", type=float, default=3e-3)
    ap.add_argument("--capacity", type=int, default=60_000, help="pictures kept of each shape")
    ap.add_argument("--seed", type=int, default=20261126)
    ap.add_argument("--device", default="cuda")
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    torch.backends.cudnn.benchmark = True
    parts = mask_scenes.pool(a.pool, 1)
    queue = mp.get_context("fork").Queue(maxsize=64)
    makers = [mp.get_context("fork").Process(target=produce, args=(a.seed + 1000 * k, parts, queue), daemon=True) for k in range(a.makers)]
    for m in makers:
        m.start()
    dev = torch.device(a.device)
    model, mean = train_mask.Mask().to(dev), train_mask.Mask().to(dev)
    mean.load_state_dict(model.state_dict())
    opt = torch.optim.AdamW(model.parameters(), a.rate, weight_decay=5e-3)
    kept = [(torch.empty(a.capacity, 3, h, w, dtype=torch.uint8, device=dev), torch.empty(a.capacity, 1, h // 2, w // 2, dtype=torch.uint8, device=dev)) for w, h in SHAPES]
    made, held = [0] * len(SHAPES), []

    def take():
        k, x, y = queue.get()
        if len(held) < 40:  # these are kept out of training, to see how it goes
            held.append((k, torch.from_numpy(x).to(dev), torch.from_numpy(y).to(dev)))
            return
        at = made[k] % (a.capacity // BLOCK * BLOCK)
        kept[k][0][at:at + BLOCK], kept[k][1][at:at + BLOCK] = torch.from_numpy(x).to(dev), torch.from_numpy(y).to(dev)
        made[k] += BLOCK

    def iou():
        mean.eval()
        inter = union = 0
        with torch.no_grad():
            for _, x, y in held:
                y = y.float() / 255
                known = (y < .4) | (y > .6)
                p, t = (mean(x.float() / 255 - .5) > 0) & known, (y > .5) & known
                inter, union = inter + (p & t).sum().item(), union + (p | t).sum().item()
        return inter / max(1, union)

    while len(held) < 40 or min(made) < 2 * BLOCK:
        take()
    begun, total, step = time.time(), 60 * a.minutes, 0
    while (progress := (time.time() - begun) / total) < 1:
        for _ in range(8):
            if queue.empty():
                break
            take()
        for group in opt.param_groups:
            group["lr"] = a.rate * min(1, (step + 1) / 300) * .5 * (1 + math.cos(math.pi * progress)) + 5e-6
        shares = np.float64(made) / sum(made)
        k = int(np.random.choice(len(SHAPES), p=shares))
        pick = torch.randint(0, min(made[k], a.capacity // BLOCK * BLOCK), (a.batch,), device=dev)
        with torch.no_grad():
            x, y = disturbed(kept[k][0][pick].float() / 255, kept[k][1][pick].float() / 255)
        loss = train_mask.loss_of(model(x), y)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        step += 1
        keep = min(.999, step / (step + 20))
        with torch.no_grad():
            for m, p in zip(mean.state_dict().values(), model.state_dict().values()):
                if m.dtype.is_floating_point:
                    m.lerp_(p, 1 - keep)
                else:
                    m.copy_(p)
        if step % 500 == 0:
            print(f"mask step {step} {time.time() - begun:.0f} s loss {loss.item():.4f} IoU of pictures kept out {iou():.4f} made {sum(made)}", flush=True)
    pathlib.Path(a.out).parent.mkdir(parents=True, exist_ok=True)
    state = {k: v.cpu() for k, v in mean.state_dict().items()}
    torch.save({"model": state, "mean": state, "step": step, "spent": time.time() - begun}, a.out)
    print(f"mask done {step} steps, {sum(made)} pictures, IoU of pictures kept out {iou():.4f}", flush=True)
    for m in makers:
        m.terminate()


if __name__ == "__main__":
    main()
