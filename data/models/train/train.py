"""Trains one line reader on synthetic lines, made while it trains. Resumable: python3 train.py KIND --minutes N --work DIR

The schedule runs by wall clock. First each time step is classified (the place of every glyph is known: its middle is the
glyph, the gap between two is blank, what lies between the two is left out of the loss); the last part of the time is CTC.
"""
import argparse
import math
import multiprocessing as mp
import os
import pathlib
import random
import time

import numpy as np
import torch
from torch import nn

import net
import restore
import synth

ROW = {"han": 384, "digits_mrz": 512, "cyrillic": 384}
STRIDE = 4


def produce(kind, seed, queue, symbols):
    torch.set_num_threads(1)
    maker = synth.Lines(kind, "train", seed, symbols=symbols)
    while True:
        queue.put([(line, np.float32(c), np.int16(l)) for line, c, l, _, _ in maker.batch(128)])


class Rows:
    """Packs lines side by side into rows of one width and says what each time step shows."""

    def __init__(self, kind, rng):
        self.width, self.rng = ROW[kind], rng

    def window(self, line, centres, labels):
        """The line, or a random part of it where it is too long: whole glyphs only count, a cut one is left out of the loss."""
        w = line.shape[1]
        if w <= self.width:
            return net.prepare(line), centres, labels, None
        x = int(self.rng.integers(0, w - self.width + 1))
        part = net.prepare(line[:, x:x + self.width])
        return part, centres - x, labels, (0, self.width)

    def targets(self, centres, labels, w):
        """Class of each step: glyph near its centre, blank between glyphs and outside, -1 where it is neither."""
        n = max(1, w // STRIDE)
        t = (np.arange(n) + 0.5) * STRIDE
        if len(centres) == 0:
            return np.zeros(n, np.int64)
        pitch = np.median(np.diff(centres)) if len(centres) > 1 else 22.0
        d = t[:, None] - centres[None]
        near = np.abs(d).argmin(1)
        off = d[np.arange(n), near]
        left = np.concatenate([[pitch], np.diff(centres)])[near]
        right = np.concatenate([np.diff(centres), [pitch]])[near]
        half = np.minimum(np.where(off < 0, left, right), 34.0) / 2
        r = np.abs(off) / np.maximum(half, 1.0)
        out = np.where(r < 0.34, labels[near], np.where(r > 0.52, 0, -1)).astype(np.int64)
        best = np.abs(d).argmin(0)
        inside = (centres > 0) & (centres < w)
        out[best[inside]] = labels[inside]
        return out

    def row(self, pool):
        x = np.zeros((net_height(), self.width), np.float32)
        y = np.zeros(self.width // STRIDE, np.int64)
        words, at = [], 0
        for tries in range(8):
            line, c, lab = pool[int(self.rng.integers(len(pool)))]
            if at and at + line.shape[1] > self.width:
                if tries > 5 or self.width - at < 48:
                    break
                continue
            part, c, lab, cut = self.window(line, c, lab)
            w = part.shape[1]
            tgt = self.targets(c, lab, w)
            if cut:
                order = np.diff(c, prepend=c[0] - 24).clip(6, 40) / 2
                whole = (c - order > 0) & (c + order < w)
                for k in np.nonzero(~whole & (c > -40) & (c < w + 40))[0]:
                    a, b = int((c[k] - order[k]) // STRIDE), int((c[k] + order[k]) // STRIDE) + 1
                    tgt[max(0, a):max(0, b)] = -1
                lab = lab[whole]
                ctc_ok = bool((((c - order > 0) | (c + order < 0)) & ((c + order < w) | (c - order > w))).all())
            else:
                ctc_ok = True
            x[:, at:at + w] = part
            k = at // STRIDE
            m = min(len(tgt), len(y) - k)
            y[k:k + m] = tgt[:m]
            words.append((lab, ctc_ok))
            at = (at + w + int(self.rng.integers(6, 30)) + STRIDE - 1) // STRIDE * STRIDE
            if at > self.width - 48 or self.rng.random() < 0.2:
                break
        if self.rng.random() < 0.15:  # sensor grain on top, so that a line met twice is not the same line
            x += self.rng.standard_normal(x.shape, dtype=np.float32) * self.rng.uniform(0, 0.15)
        return x, y, np.concatenate([w[0] for w in words]), all(w[1] for w in words)


def net_height():
    return synth.H


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("kind", choices=sorted(net.SIZES))
    ap.add_argument("--minutes", type=float, required=True, help="wall clock of the whole schedule")
    ap.add_argument("--work", default="/tmp/kualik-train")
    ap.add_argument("--seed", type=int, default=20261123)
    ap.add_argument("--batch", type=int, default=32)
    ap.add_argument("--rate", type=float, default=2.5e-3)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--makers", type=int, default=1)
    ap.add_argument("--reuse", type=float, default=2.0, help="how often each line is met on average")
    ap.add_argument("--ctc-from", type=float, default=0.72, help="share of the time after which the loss is CTC")
    ap.add_argument("--freeze-low", type=int, default=0, help="leave the first N layers as they are: CTC settles in half the time")
    ap.add_argument("--start", help="checkpoint, or exported .onnx, to take the weights of (the schedule begins anew)")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    work = pathlib.Path(a.work)
    work.mkdir(parents=True, exist_ok=True)
    path = work / f"{a.kind}.pt"
    queue = mp.Queue(maxsize=6)
    salt = int(time.time()) % 100000  # a resumed run must not see the same lines again
    symbols = {"digits_mrz": synth.texts.DigitText, "han": synth.texts.HanText, "cyrillic": synth.texts.CyrillicText}[a.kind]().symbols
    if path.exists():
        symbols = torch.load(path)["symbols"]
    for k in range(a.makers):
        mp.Process(target=produce, args=(a.kind, a.seed + salt + 1000 * k, queue, symbols), daemon=True).start()
    model = net.Reader(a.kind, len(symbols)).to(memory_format=torch.channels_last)
    model.head.bias.data[0] = 2.0
    opt = torch.optim.AdamW(model.parameters(), lr=a.rate, weight_decay=1e-3, betas=(0.9, 0.98))
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    step, spent, seen = 0, 0.0, 0
    if path.exists():
        ck = torch.load(path)
        model.load_state_dict(ck["model"]), opt.load_state_dict(ck["opt"])
        mean, step, spent, seen = ck["mean"], ck["step"], ck["spent"], ck["seen"]
        print(f"resumed at step {step}, {spent / 60:.1f} min", flush=True)
    elif a.start:
        model.load_state_dict(restore.shipped(a.start) if a.start.endswith(".onnx") else torch.load(a.start)["model"])
        mean = {k: v.clone() for k, v in model.state_dict().items()}
    print(f"{a.kind}: {len(symbols)} symbols, {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M weights", flush=True)
    for layer in model.trunk[:a.freeze_low]:
        layer.eval().requires_grad_(False)
    pool, rows = [], Rows(a.kind, np.random.default_rng(a.seed + salt))
    while len(pool) < 640:
        pool += queue.get()
    ctc = nn.CTCLoss(blank=0, zero_infinity=True)
    want, log, begun, last_save = 0.0, [], time.time() - spent, time.time()
    while True:
        progress = (time.time() - begun) / (60 * a.minutes)
        if progress >= 1:
            break
        while want >= 128 and not (queue.empty() and len(pool) > 12000):
            pool += queue.get()
            want -= 128
        del pool[:-16000]
        made = [rows.row(pool) for _ in range(a.batch)]
        seen += a.batch
        want += 1.6 * a.batch / a.reuse
        for g in opt.param_groups:
            g["lr"] = a.rate * min(1, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * progress)) + 1e-5
        x = torch.from_numpy(np.stack([m[0] for m in made])[:, None]).contiguous(memory_format=torch.channels_last)
        use_ctc = progress > a.ctc_from
        if a.freeze_low:
            with torch.no_grad():
                x = model.trunk[:a.freeze_low](x)
            f = model.trunk[a.freeze_low:](x)
        else:
            f = model.features(x)
        if use_ctc:
            keep = [i for i, m in enumerate(made) if m[3] and len(m[2])]
            logits = model.head(f[keep])[:, :, 0].permute(2, 0, 1).log_softmax(2)
            flat = torch.from_numpy(np.concatenate([made[i][2] for i in keep]).astype(np.int64))
            n = torch.tensor([len(made[i][2]) for i in keep])
            loss = ctc(logits, flat, torch.full((len(keep),), logits.shape[0], dtype=torch.long), n)
            right = float("nan")
        else:
            y = np.stack([m[1] for m in made])
            glyph, blank = np.nonzero(y.ravel() > 0)[0], np.nonzero(y.ravel() == 0)[0]
            blank = rows.rng.permutation(blank)[:len(glyph)]
            pick = torch.from_numpy(np.concatenate([glyph, blank]))
            flat = f[:, :, 0].permute(0, 2, 1).reshape(-1, f.shape[1])[pick]
            out = model.head(flat.t().reshape(1, f.shape[1], 1, -1))[0, :, 0].t()
            truth = torch.from_numpy(y.ravel())[pick]
            loss = nn.functional.cross_entropy(out, truth, label_smoothing=0.02)
            with torch.no_grad():
                right = (out[:len(glyph)].argmax(1) == truth[:len(glyph)]).float().mean().item()
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        opt.step()
        step += 1
        decay = min(0.999, (1 + step) / (10 + step))
        with torch.no_grad():
            for k, v in model.state_dict().items():
                mean[k] = mean[k] * decay + v * (1 - decay) if v.dtype.is_floating_point else v.clone()
        log.append((loss.item(), right))
        if step % 50 == 0:
            l, r = np.array(log).mean(0)
            log = []
            spent = time.time() - begun
            print(f"step {step} rows {seen} {spent / 60:.1f} min progress {progress:.3f} loss {l:.4f} glyph steps right {r:.4f} "
                  f"rows/s {seen / spent:.1f} pool {len(pool)}", flush=True)
        if time.time() - last_save > 120 or (time.time() - begun) / (60 * a.minutes) >= 1:
            last_save = time.time()
            torch.save(dict(model=model.state_dict(), opt=opt.state_dict(), mean=mean, step=step, seen=seen, symbols=symbols,
                            spent=time.time() - begun, kind=a.kind, seed=a.seed), str(path) + ".new")
            os.replace(str(path) + ".new", path)
    print("done", step, seen)


if __name__ == "__main__":
    random.seed(0)
    main()
