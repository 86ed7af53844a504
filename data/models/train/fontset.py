"""The fonts of each role and split, as fonts.tsv names them, with cached glyph bitmaps."""
import csv
import functools
import glob
import os
import pathlib

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


@functools.lru_cache(None)
def files(pattern):
    found = [p for root in ROOTS for p in glob.glob(f"{glob.escape(root)}/**/{pattern}", recursive=True)]
    found = [p for p in found if p.lower().endswith((".ttf", ".ttc", ".otf")) and not any(s in p for s in SKIP)]
    by_name = {}
    for p in sorted(found):
        by_name.setdefault(pathlib.Path(p).name, p)
    return list(by_name.values())


def faces(roles, split):
    """All faces of the given roles on one side of the split."""
    out = []
    with open(HERE / "fonts.tsv", encoding="utf-8") as f:
        for row in csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"):
            if row["role"] in roles and row["split"] == split:
                for pattern in row["file"].split(","):
                    out += [Face(p, row["role"]) for p in files(pattern.strip())]
    return out
