"""The readers' net: plain convolutions only, so that OpenCV's dnn runs it at any width, and CTC decoding.

Input N x 1 x 32 x W, output N x C x 1 x W/4 (unnormalised log-probabilities, class 0 = blank).
"""
import torch
from torch import nn

# Channels: stem, after the second stride, then the stages at heights 8, 4 and 2, the row of time steps, blocks a stage.
SIZES = {
    "digits_mrz": dict(stem=16, low=32, stages=((48, 1), (80, 1), (112, 2)), row=160, tail=2),
    "cyrillic": dict(stem=16, low=40, stages=((64, 1), (96, 1), (128, 2)), row=176, tail=2),
    "han": dict(stem=32, low=64, stages=((96, 1), (160, 2), (256, 3)), row=288, tail=4),
}


class Block(nn.Module):
    """Convolution, batch norm, ReLU; adds its input where the shapes allow."""

    def __init__(self, cin, cout, kernel=3, stride=1, pad=None):
        super().__init__()
        kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
        pad = (kernel[0] // 2, kernel[1] // 2) if pad is None else pad
        self.conv = nn.Conv2d(cin, cout, kernel, stride, pad, bias=False)
        self.norm = nn.BatchNorm2d(cout)
        self.skip = cin == cout and stride == 1 and pad == (kernel[0] // 2, kernel[1] // 2)

    def forward(self, x):
        y = torch.relu(self.norm(self.conv(x)))
        return x + y if self.skip else y


class Reader(nn.Module):
    def __init__(self, kind, classes):
        super().__init__()
        s = SIZES[kind]
        layers = [Block(1, s["stem"], 5, 2), Block(s["stem"], s["low"], 3, 2)]
        c = s["low"]
        for i, (width, extra) in enumerate(s["stages"]):
            layers.append(Block(c, width, 3, 1 if i == 0 else (2, 1)))
            layers += [Block(width, width) for _ in range(extra)]
            c = width
        layers.append(Block(c, s["row"], (2, 3), 1, (0, 1)))
        layers += [Block(s["row"], s["row"], (1, 5)) for _ in range(s["tail"])]
        self.trunk = nn.Sequential(*layers)
        self.head = nn.Conv2d(s["row"], classes + 1, 1)

    def take(self, state):
        """The weights of a smaller net of the same widths: blocks it lacks start so that they hardly change what passes through them.

        A block that changes the width or height is met in both nets in the same order; blocks between two of these may be more here.
        Returns how many blocks are new.
        """
        at, new, fresh = 0, {k: v for k, v in state.items() if k.startswith("head.")}, 0
        for i, block in enumerate(self.trunk):
            weight = state.get(f"trunk.{at}.conv.weight")
            if weight is not None and weight.shape == block.conv.weight.shape:
                new.update({f"trunk.{i}.{k}": state[f"trunk.{at}.{k}"] for k in block.state_dict()})
                at += 1
            elif block.skip:
                nn.init.constant_(block.norm.weight, 0.1)
                new.update({f"trunk.{i}.{k}": v for k, v in block.state_dict().items()})
                fresh += 1
            else:
                raise ValueError(f"block {i} fits nothing in the smaller net")
        if f"trunk.{at}.conv.weight" in state:
            raise ValueError(f"block {at} of the smaller net has no place")
        self.load_state_dict(new)
        return fresh

    def features(self, x):
        return self.trunk(x)

    def forward(self, x):
        return self.head(self.trunk(x))


def prepare(line, pad_to=None):
    """A gray line (uint8, 32 high) as the net takes it: zero mean, unit deviation over the line; padding is 0."""
    import numpy as np
    x = line.astype(np.float32)
    x = (x - x.mean()) / max(float(x.std()), 4.0)
    if pad_to and pad_to > x.shape[1]:
        x = np.pad(x, ((0, 0), (0, pad_to - x.shape[1])))
    return x


def greedy(steps, symbols):
    """Best path: steps is the class of each time step."""
    out, last = "", 0
    for k in steps:
        if k != last and k != 0:
            out += symbols[k - 1]
        last = k
    return out
