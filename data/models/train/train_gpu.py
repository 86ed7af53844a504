"""Trains one line reader on a machine with a GPU and many cores: python3 train_gpu.py KIND --minutes N --makers M --out FILE.pt

The same net, lines and targets as train.py (see there). Here several processes make lines all the time, every packed row stays in the
GPU's memory, and each step draws rows from all made so far and disturbs them anew (place, size, focus, grain, contrast, light), so
that a line met often is never the same. One run, one schedule by wall clock; what it writes is what export.py reads.
"""
import argparse
import math
import multiprocessing as mp
import pathlib
import random
import time

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import net
import synth
import train

SCALE = 28.0  # rows are kept as int8: deviations of the line times this
LONGEST = 72  # symbols of a row, for CTC


def produce(kind, seed, queue, symbols, share, reuse):
    """Rows in blocks of 256: int8 ink, int16 step targets, int16 symbols padded with 0, how many (0: no CTC on this row)."""
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    random.seed(seed)
    maker = synth.Lines(kind, "train", seed, symbols=symbols)
    rows, pool, owed = train.Rows(kind, np.random.default_rng(seed)), [], 0.0
    while True:
        new = [(line, np.float32(c), np.int16(l)) for line, c, l, _, _ in maker.batch(128)]
        pool = (pool + new)[-share:]
        owed += len(new) * reuse / 1.6
        while owed >= 256:
            owed -= 256
            x = np.empty((256, synth.H, rows.width), np.int8)
            y = np.empty((256, rows.width // train.STRIDE), np.int16)
            words, count = np.zeros((256, LONGEST), np.int16), np.zeros(256, np.int16)
            for i in range(256):
                ink, steps, word, ok = rows.row(pool)
                x[i], y[i] = np.clip(np.round(ink * SCALE), -127, 127), steps
                if ok and 0 < len(word) <= LONGEST:
                    words[i, :len(word)], count[i] = word, len(word)
            queue.put((x, y, words, count))


def disturbed(x):
    """Rows (N x 1 x H x W, float) as they might have been seen a little differently. Nothing moves by more than two px along the line."""
    n, _, h, w = x.shape
    r = lambda *s: torch.rand(*s, device=x.device)
    g = lambda *s: torch.randn(*s, device=x.device)
    some = lambda p: (r(n, 1, 1, 1) < p).float()
    # Place and height: the box a little higher, lower, taller, slanted.
    theta = torch.zeros(n, 2, 3, device=x.device)
    theta[:, 0, 0] = 1
    theta[:, 1, 1] = 1 + (0.07 * g(n)).clamp(-.18, .18)
    theta[:, 1, 2] = (0.05 * g(n)).clamp(-.14, .14)
    theta[:, 0, 2] = (r(n) - .5) * 3.2 / w
    theta[:, 0, 1] = 0.02 * g(n) * h / w * 2
    moved = F.grid_sample(x, F.affine_grid(theta, x.shape, align_corners=False), mode="bilinear", padding_mode="border", align_corners=False)
    x = torch.where(some(.6) > 0, moved, x)
    # Focus: towards a blurred copy, or away from it.
    k = torch.tensor([1., 4., 6., 4., 1.], device=x.device) / 16
    soft = F.conv2d(F.conv2d(x, k.view(1, 1, 1, 5), padding=(0, 2)), k.view(1, 1, 5, 1), padding=(2, 0))
    x = x + some(.5) * (soft - x) * (r(n, 1, 1, 1) * 1.5 - .5)
    # Resolution: fewer pixels and back.
    if random.random() < .5:
        z = random.uniform(.35, .9)
        small = F.interpolate(x, size=(max(9, round(h * z)), max(9, round(w * z))), mode="bilinear", antialias=z < .6)
        x = torch.where(some(.4) > 0, F.interpolate(small, size=(h, w), mode="bicubic" if random.random() < .5 else "bilinear"), x)
    # Light: slow fields over the row; contrast curve; grain fine and coarse.
    slow = F.interpolate(g(n, 1, 2, 6), size=(h, w), mode="bicubic")
    x = x * (1 + some(.3) * .15 * slow) + some(.3) * .25 * F.interpolate(g(n, 1, 2, 5), size=(h, w), mode="bicubic")
    x = x + some(.4) * (r(n, 1, 1, 1) - .5) * .25 * (x * x - 1).clamp(-1, 4)
    coarse = F.interpolate(g(n, 1, h // 2, w // 3), size=(h, w), mode="bilinear")
    x = x + some(.5) * r(n, 1, 1, 1) * .25 * g(n, 1, h, w) + some(.25) * r(n, 1, 1, 1) * .35 * coarse
    # A bar of nothing (a reflex, a fingertip) now and then, narrower than a glyph.
    at, wide = r(n, 1, 1, 1) * w, 3 + r(n, 1, 1, 1) * 7
    bar = ((torch.arange(w, device=x.device).view(1, 1, 1, w) - at).abs() < wide / 2).float() * some(.08)
    x = x * (1 - bar) + bar * 1.2 * (r(n, 1, 1, 1) * 2 - .6)
    return x


class Store:
    """All rows made so far, on the device."""

    def __init__(self, capacity, width, device):
        self.x = torch.empty(capacity, synth.H, width, dtype=torch.int8, device=device)
        self.y = torch.empty(capacity, width // train.STRIDE, dtype=torch.int16, device=device)
        self.words = torch.empty(capacity, LONGEST, dtype=torch.int16, device=device)
        self.count = torch.zeros(capacity, dtype=torch.int16, device=device)
        self.n, self.made, self.capacity = 0, 0, capacity

    def add(self, block):
        at = self.made % (self.capacity // 256 * 256)
        for mine, new in zip((self.x, self.y, self.words, self.count), block):
            mine[at:at + 256] = torch.from_numpy(new).to(mine.device, non_blocking=True)
        self.made += 256
        self.n = min(self.made, self.capacity // 256 * 256)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("kind", choices=sorted(net.SIZES))
    ap.add_argument("--minutes", type=float, required=True, help="wall clock of the whole schedule, from the first step")
    ap.add_argument("--makers", type=int, default=4)
    ap.add_argument("--seed", type=int, default=20261126)
    ap.add_argument("--batch", type=int, default=384)
    ap.add_argument("--rate", type=float, default=3e-3)
    ap.add_argument("--ctc-from", type=float, default=0.5, help="share of the time after which the loss is CTC")
    ap.add_argument("--capacity", type=int, default=900_000, help="rows kept")
    ap.add_argument("--reuse", type=float, default=3.0, help="in how many packed rows a made line stands")
    ap.add_argument("--device", default="cuda")
    ap.add_argument("--start", help="a file this wrote before, to take the weights of; it may hold a net of fewer blocks")
    ap.add_argument("--keep", type=int, default=0, help="leave the first N blocks as they are: what is new in the lines is learned in minutes on a CPU")
    ap.add_argument("--pace", type=float, default=1e9, help="steps a second at most: leaves the device to a larger net beside this one")
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    cuda = a.device == "cuda"
    text = {"digits_mrz": synth.texts.DigitText, "han": synth.texts.HanText, "cyrillic": synth.texts.CyrillicText}[a.kind]()
    queue = mp.get_context("fork").Queue(maxsize=64)
    makers = [mp.get_context("fork").Process(target=produce, args=(a.kind, a.seed + 1000 * k, queue, text.symbols, 4096, a.reuse), daemon=True) for k in range(a.makers)]
    for m in makers:
        m.start()
    dev = torch.device(a.device)
    model = net.Reader(a.kind, len(text.symbols))
    model.head.bias.data[0] = 2.0
    before = {}
    if a.start:
        before = torch.load(a.start, map_location="cpu")
        print(f"{a.kind}: {model.take(before['mean'])} blocks that {a.start} lacks", flush=True)
    model = model.to(dev, memory_format=torch.channels_last)
    kept, learns = model.trunk[:a.keep], model.trunk[a.keep:]
    kept.requires_grad_(False).eval()
    opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=a.rate, weight_decay=5e-3, betas=(0.9, 0.98))
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    store = Store(a.capacity, train.ROW[a.kind], dev)
    ctc = nn.CTCLoss(blank=0, zero_infinity=True)
    print(f"{a.kind}: {len(text.symbols)} symbols, {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M weights", flush=True)
    while store.n < min(16 * 256, 4 * a.batch):
        store.add(queue.get())

    def save():
        half = {k: v.half().cpu() if k.endswith("conv.weight") or k == "head.weight" else v.cpu() for k, v in mean.items()}
        pathlib.Path(a.out).parent.mkdir(parents=True, exist_ok=True)
        so_far = lambda key: before.get(key, 0)
        torch.save(dict(mean=half, step=so_far("step") + step, seen=so_far("seen") + step * a.batch, spent=so_far("spent") + time.time() - begun,
                        made=so_far("made") + store.made, symbols=text.symbols, kind=a.kind, seed=a.seed), a.out)

    begun = shown = time.time()
    step, run, total = 0, None, 60 * a.minutes
    while (progress := (time.time() - begun) / total) < 1:
        for _ in range(8):
            if queue.empty():
                break
            store.add(queue.get())
        rate = a.rate * min(1, (step + 1) / (30 if a.keep else 300)) * (0.5 + 0.5 * math.cos(math.pi * progress)) + 5e-6
        for group in opt.param_groups:
            group["lr"] = rate
        pick = torch.randint(0, store.n, (a.batch,), device=dev)
        with torch.no_grad():
            x = disturbed(store.x[pick].float().div_(SCALE)[:, None]).contiguous(memory_format=torch.channels_last)
        with torch.autocast(dev.type, dtype=torch.bfloat16, enabled=cuda):
            with torch.set_grad_enabled(a.keep == 0):
                x = kept(x)
            logits = model.head(learns(x))[:, :, 0]  # N C T
        logits = logits.float()
        use_ctc = progress > a.ctc_from
        y = store.y[pick].long()
        if use_ctc:
            # The running weight of step targets falls from a third to nothing: CTC then places its peaks where it likes.
            # Rows that show a cut glyph have no symbols to align (count 0) and are left out here.
            count = store.count[pick].long()
            whole = count > 0
            logs = logits.log_softmax(1)
            n = int(whole.sum())
            loss = ctc(logs[whole].permute(2, 0, 1), store.words[pick][whole].long(), torch.full((n,), logs.shape[2], dtype=torch.long, device=dev), count[whole])
            hold = 0.3 * max(0.0, 1 - (progress - a.ctc_from) / (0.5 * (1 - a.ctc_from)))
            if hold > 0:
                loss = loss + hold * F.nll_loss(logs, y, ignore_index=-1)
        else:
            weight = torch.ones(logits.shape[1], device=dev)
            weight[0] = 0.3
            loss = F.cross_entropy(logits, y, weight=weight, ignore_index=-1, label_smoothing=0.02)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 5.0)
        opt.step()
        step += 1
        time.sleep(max(0.0, begun + step / a.pace - time.time()))
        decay = min(0.9995, (1 + step) / (20 + step))
        with torch.no_grad():
            state = model.state_dict()
            floats = [k for k, v in state.items() if v.dtype.is_floating_point]
            torch._foreach_mul_([mean[k] for k in floats], decay)
            torch._foreach_add_([mean[k] for k in floats], [state[k] for k in floats], alpha=1 - decay)
            for k, v in state.items():
                if not v.dtype.is_floating_point:
                    mean[k] = v.clone()
        if step % 100 == 0:
            with torch.no_grad():
                glyph = y > 0
                right = (logits.argmax(1)[glyph] == y[glyph]).float().mean().item() if glyph.any() else 0
            print(f"{a.kind} step {step} {time.time() - begun:.0f} s progress {progress:.3f} {'ctc' if use_ctc else 'ce'} loss {loss.item():.4f} glyph steps {right:.4f} "
                  f"rate {rate:.1e} rows made {store.made} steps/s {100 / max(1e-9, time.time() - shown):.1f}", flush=True)
            shown = time.time()
        if step % 1000 == 0 or (not cuda and step % 100 == 0):
            save()
    save()
    print(f"{a.kind} done {step} steps, {store.made} rows made", flush=True)
    for m in makers:
        m.terminate()


if __name__ == "__main__":
    main()
