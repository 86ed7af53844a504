"""Text and shapes on document images. Coordinates are document pixels, x right, y down."""
import dataclasses
import functools

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from . import split as split_of

# Mainland forms inside font collections.
INDEX = {"NotoSansCJK": 2, "NotoSerifCJK": 2}


@functools.lru_cache(256)
def load(path, size):
    name = path.rsplit("/", 1)[-1]
    index = next((v for k, v in INDEX.items() if name.startswith(k)), 0)
    return ImageFont.truetype(path, size, index=index)


@functools.lru_cache(None)
def codepoints(path):
    """Characters a font file covers (its character map, not its drawing)."""
    from fontTools.ttLib import TTCollection, TTFont
    name = path.rsplit("/", 1)[-1]
    if path.endswith(".ttc"):
        font = TTCollection(path, lazy=True).fonts[next((v for k, v in INDEX.items() if name.startswith(k)), 0)]
    else:
        font = TTFont(path, lazy=True)
    return frozenset(font.getBestCmap() or ())


# Simplified characters that fonts made for traditional text lack.
CORE = frozenset(map(ord, "维吾尔关决码丽诉荪汉热发签书兰萨县号长买〇·（）"))


class Faces:
    """The faces one document is printed with: one file a role, chosen by the generator, from one side of the split."""

    def __init__(self, rng, split):
        self.rng, self.split, self.chosen = rng, split, {}

    def _candidates(self, role):
        """Files of the role that know the characters such documents are made of; else those of a role that stands in for it."""
        files = split_of.font_files(role, self.split)
        if role.startswith("han_"):
            files = tuple(f for f in files if CORE <= codepoints(f))
        for other in () if files else split_of.SUBSTITUTE.get(role, ()):
            files = files or self._candidates(other)
        if not files:
            raise RuntimeError(f"no font for {role}: install the packages in scripts/packages-bench.txt")
        return files

    def file(self, role, text=""):
        need = {ord(c) for c in text if not c.isspace()}
        if role not in self.chosen:
            files = self._candidates(role)
            self.chosen[role] = files[int(self.rng.integers(len(files)))]
        if need <= codepoints(self.chosen[role]):
            return self.chosen[role]
        for other in (role, "han_song", "han_hei"):
            for path in self._candidates(other):
                if need <= codepoints(path):
                    return path
        return self.chosen[role]

    def names(self):
        return sorted({p.rsplit("/", 1)[-1] for p in self.chosen.values()})


@dataclasses.dataclass
class Field:
    """One value printed on a document, in the form of a record, and where it stands."""
    key: str
    value: str
    boxes: list = dataclasses.field(default_factory=list)   # [x, y, w, h] in document pixels, one a printed line
    subject: int = 0                                        # 1, 2, ... where a paper names several persons


@dataclasses.dataclass
class Part:
    """A document that is printed on another one, as the copy of a card on a sheet."""
    kind: str
    box: list                                               # x, y, width, height in pixels of the sheet
    fields: list                                            # which fields of the sheet are its own


@dataclasses.dataclass
class Document:
    """A drawn document (or a thing that is none), upright and flat."""
    kind: str
    image: np.ndarray                                       # H x W x 4, BGRA, straight alpha
    fields: list
    width_mm: float
    fonts: list = dataclasses.field(default_factory=list)
    lines: list = dataclasses.field(default_factory=list)   # of a page of text: a Field of key "line" for each printed line, in reading order
    parts: list = dataclasses.field(default_factory=list)   # a Part for each document on a sheet that is none itself

    @property
    def genuine(self):
        return not self.kind.startswith("none_")


class Sheet:
    """A drawing surface in RGB that measures what it prints."""

    def __init__(self, image, faces):
        self.image = image if isinstance(image, Image.Image) else Image.fromarray(image)
        self.pen = ImageDraw.Draw(self.image)
        self.faces = faces

    @property
    def size(self):
        return self.image.size

    def width(self, text, role, size, tracking=0.0):
        return load(self.faces.file(role, text), int(round(size))).getlength(text) + tracking * max(0, len(text) - 1)

    def text(self, x, y, text, role, size, ink=(20, 20, 20), tracking=0.0, anchor="l", bold=0, middle=True):
        """Prints a line whose em box has its middle (or top) at y; gives its box [x, y, w, h]."""
        size = int(round(size))
        font = load(self.faces.file(role, text), size)
        total = self.width(text, role, size, tracking)
        if anchor == "m":
            x -= total / 2
        elif anchor == "r":
            x -= total
        base = y + size * (0.38 if middle else 0.88)
        if tracking and not any("\u0600" <= c <= "\u06ff" for c in text):
            at = x
            for ch in text:
                self.pen.text((at, base), ch, font=font, fill=ink, anchor="ls", stroke_width=bold)
                at += font.getlength(ch) + tracking
        else:
            self.pen.text((x, base), text, font=font, fill=ink, anchor="ls", stroke_width=bold)
        return [round(float(x), 1), round(float(base - size * 0.9), 1), round(float(total), 1), round(size * 1.05, 1)]

    def array(self):
        return np.asarray(self.image)


def noise_field(rng, h, w, cell, low=0.0, high=1.0):
    """Smooth random field of the given grain in pixels, float32."""
    import cv2
    small = rng.random((max(2, int(h / cell) + 2), max(2, int(w / cell) + 2))).astype(np.float32)
    out = cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)
    return low + (high - low) * np.clip(out, 0, 1)


def with_alpha(rgb, radius=0.0):
    """BGRA image with round corners of the given radius."""
    import cv2
    h, w = rgb.shape[:2]
    alpha = np.full((h, w), 255, np.uint8)
    r = int(radius)
    if r > 1:
        alpha[:] = 0
        cv2.rectangle(alpha, (r, 0), (w - 1 - r, h - 1), 255, -1)
        cv2.rectangle(alpha, (0, r), (w - 1, h - 1 - r), 255, -1)
        for cx in (r, w - 1 - r):
            for cy in (r, h - 1 - r):
                cv2.circle(alpha, (cx, cy), r, 255, -1, cv2.LINE_AA)
    return np.dstack([rgb[..., ::-1], alpha])
