"""The fonts of each role and split, as fonts.tsv names them, with cached glyph bitmaps."""
import csv
import functools
import glob
import lzma
import os
import pathlib
import pickle

import numpy as np
from PIL import ImageFont

HERE = pathlib.Path(__file__).resolve().parent
ROOTS = [r for r in os.environ.get("KUALIK_FONTS", "").split(":") if r] + ["/usr/share/fonts", "/usr/share/texlive/texmf-dist/fonts"]
# Faces inside a collection that hold the forms of mainland China; and faces too thin or slanted to meet on a document.
INDEX = {"NotoSansCJK": 2, "NotoSerifCJK": 2, "uming.ttc": 0, "ukai.ttc": 0}
SKIP = ("-Thin", "ExtraLight", "UltraLight", "Hairline", "LXGWWenKaiMono", "NotoSans-Italic", "Variable", "[")
EM = 48


class Face:
    """One font file at EM pixels; glyphs are cut once and kept."""

    def __init__(self, path, role):
        self.path, self.role, self.name = path, role, pathlib.Path(path).name
        index = next((v for k, v in INDEX.items() if self.name.startswith(k)), 0)
        self.font = ImageFont.truetype(path, EM, index=index, layout_engine=ImageFont.Layout.BASIC)
        self.blank = self._raw("\uffff"), self._raw("\U000f1234")
        self.cache = {}
        cap = self.glyph("H") or self.glyph("8")
        self.cap = cap[0].shape[0] if cap else EM * 0.7

    def _raw(self, ch):
        mask, off = self.font.getmask2(ch, mode="L", anchor="ls")
        return (np.array(mask, np.uint8).reshape(mask.size[1], mask.size[0]), off[0], off[1], self.font.getlength(ch))

    def glyph(self, ch):
        """(bitmap, left, top from the baseline, advance), or None where the font lacks the character."""
        if ch not in self.cache:
            g = self._raw(ch)
            missing = g[0].size == 0 and ch != " "
            missing = missing or any(g[0].shape == b[0].shape and np.array_equal(g[0], b[0]) for b in self.blank if g[0].size)
            self.cache[ch] = None if missing else g
        return self.cache[ch]


class PackedFace:
    """A face from a pack: the same glyphs as its Face gave, with 16 gray levels."""

    def __init__(self, stored):
        self.path, self.role, self.name, self.cap = None, stored["role"], stored["name"], stored["cap"]
        nibbles = np.frombuffer(lzma.decompress(stored["ink"]), np.uint8)
        ink = np.stack([nibbles >> 4, nibbles & 15], 1).ravel() * 17
        self.cache, at = {}, 0
        for ch, h, w, left, top, advance in stored["index"]:
            self.cache[ch] = ink[at:at + h * w].reshape(h, w).copy(), left, top, advance
            at += h * w

    def glyph(self, ch):
        return self.cache.get(ch)


def pack(face, symbols):
    """What PackedFace takes: the glyphs of the symbols that the face has, small enough to take to another machine."""
    index, ink = [], []
    for ch in dict.fromkeys(symbols):
        if (g := face.glyph(ch)) is not None:
            index.append((ch, *g[0].shape, g[1], g[2], g[3]))
            ink.append(g[0].ravel())
    ink = (np.concatenate(ink).astype(np.uint16) * 15 + 127) // 255
    ink = np.append(ink, np.zeros(len(ink) % 2, ink.dtype)).reshape(-1, 2)
    return {"role": face.role, "name": face.name, "cap": face.cap, "index": index, "ink": lzma.compress((ink[:, 0] * 16 + ink[:, 1]).astype(np.uint8).tobytes())}


@functools.lru_cache(None)
def packed(path):
    return pickle.loads(pathlib.Path(path).read_bytes())


@functools.lru_cache(None)
def files(pattern):
    found = [p for root in ROOTS for p in glob.glob(f"{glob.escape(root)}/**/{pattern}", recursive=True)]
    found = [p for p in found if p.lower().endswith((".ttf", ".ttc", ".otf")) and not any(s in p for s in SKIP)]
    by_name = {}
    for p in sorted(found):
        by_name.setdefault(pathlib.Path(p).name, p)
    return list(by_name.values())


def faces(roles, split):
    """All faces of the given roles on one side of the split; from the pack that KUALIK_GLYPHS names, where it is set (training side only)."""
    out = []
    if os.environ.get("KUALIK_GLYPHS"):
        assert split == "train", "a pack holds the faces of training"
        return [PackedFace(p) for p in packed(os.environ["KUALIK_GLYPHS"]) if p["role"] in roles]
    with open(HERE / "fonts.tsv", encoding="utf-8") as f:
        for row in csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"):
            if row["role"] in roles and row["split"] == split:
                for pattern in row["file"].split(","):
                    out += [Face(p, row["role"]) for p in files(pattern.strip())]
    return out


if __name__ == "__main__":  # fontset.py PACK: the training faces' glyphs for a machine without the fonts
    import sys

    import texts
    kinds = {"han": texts.HanText, "ocr": texts.DigitText, "latin": texts.DigitText, "cyrillic": texts.CyrillicText}
    seen = {}
    for role in ("han_hei", "han_song", "han_kai", "han_fangsong", "ocr_b", "latin_sans", "latin_mono", "ocr_other", "cyrillic"):
        for face in faces([role], "train"):
            seen[face.name, role] = pack(face, "H8" + kinds[role.split("_")[0]]().symbols)
    pathlib.Path(sys.argv[1]).write_bytes(pickle.dumps(list(seen.values())))
    for (name, role), p in seen.items():
        print(role, name, len(p["index"]), len(p["ink"]))
