"""Synthetic text lines as bad web video shows them, with the place of every glyph.

One line: glyph bitmaps set on a canvas, weight and slant varied, laid over a procedural or photographic background with
seals, neighbouring lines and glare; drawn into a source frame at 7 to 34 px glyph height through a slight perspective;
blurred, made noisy, compressed (x264 on whole sheets, JPEG, or both); cut out again with an error of up to 15 % of the
height and brought to the reader's height with one or two interpolations.
"""
import glob
import math
import os
import random

import cv2
import numpy as np

import fontset
import texts
import x264_sheet

H = 32
SHEET = (720, 1280)
LOW = {"han": 7.5, "cyrillic": 7.0, "digits_mrz": 5.5}  # smallest text height in source px
MARKS = "，。、"  # at the lower left of their square in print of mainland China; in the middle of it in faces of Taiwan, where they look like ·


def pool_of_backgrounds(n, split, rng):
    """Gray textures, 128 x 1400, values around 0 with unit-like contrast: paper, guilloche, gradients, photographs."""
    folder = {"train": os.environ.get("KUALIK_PHOTOS", "/usr/share/backgrounds") + "/*.*", "measure": "/usr/share/wallpapers/*/contents/images/*.*"}[split]
    photos = []
    for p in sorted(glob.glob(folder))[:24]:
        im = cv2.imread(p, cv2.IMREAD_REDUCED_GRAYSCALE_2)
        if im is not None and min(im.shape) > 200:
            photos.append(im)
    out, h, w = [], 128, 1400
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    for _ in range(n):
        kind = rng.random()
        t = np.zeros((h, w), np.float32)
        if kind < 0.45:  # guilloche: families of wavy lines, sharp or soft, on a slow rainbow
            for _ in range(rng.integers(1, 4)):
                period, slope = rng.uniform(4, 26), rng.uniform(-2, 2)
                wave = rng.uniform(0, 14) * np.sin(xx / rng.uniform(15, 120) + rng.uniform(0, 6)) + rng.uniform(0, 8) * np.sin(yy / rng.uniform(8, 50))
                s = np.sin((yy + slope * xx * 0.3 + wave) * (2 * math.pi / period))
                t += rng.uniform(0.2, 1) * (np.maximum(s, 0) ** rng.uniform(0.6, 6) if rng.random() < 0.6 else s)
            t += rng.uniform(0, 1.5) * np.sin(xx / rng.uniform(200, 700) + rng.uniform(0, 6))
        elif kind < 0.7:  # paper: noise of several scales
            for sc in (1, 3, 9, 40):
                small = rng.standard_normal((max(2, h // sc), max(2, w // sc))).astype(np.float32)
                t += rng.uniform(0, 1) * cv2.resize(small, (w, h), interpolation=cv2.INTER_CUBIC)
        elif kind < 0.85 and photos:
            im = photos[rng.integers(len(photos))]
            sc = rng.uniform(0.5, 2)
            ch, cw = min(im.shape[0] - 1, int(h * sc)), min(im.shape[1] - 1, int(w * sc))
            y, x = rng.integers(0, im.shape[0] - ch), rng.integers(0, im.shape[1] - cw)
            t = cv2.resize(im[y:y + ch, x:x + cw], (w, h), interpolation=cv2.INTER_AREA).astype(np.float32)
        else:
            t = xx * rng.uniform(-1, 1) / w + yy * rng.uniform(-1, 1) / h
        t -= t.mean()
        out.append((t / max(1e-3, t.std())).astype(np.float16))
    return out


def pool_of_seals(face, rng, n=24):
    """Round seals as coverage masks, 160 x 160: ring, star, characters around."""
    out = []
    for _ in range(n):
        m = np.zeros((160, 160), np.uint8)
        cv2.circle(m, (80, 80), int(rng.integers(66, 76)), 255, int(rng.integers(3, 7)), cv2.LINE_AA)
        pts = np.array([[80 + r * math.sin(a), 80 - r * math.cos(a)] for k in range(10)
                        for r, a in [((24, 10)[k % 2], k * math.pi / 5)]], np.int32)
        cv2.fillPoly(m, [pts], 255, cv2.LINE_AA)
        for k in range(12):
            g = face.glyph(random.choice("人民法院公安局新疆伊犁中级检察县市州"))
            if g is None:
                continue
            a = (k - 5.5) * 0.36
            mat = cv2.getRotationMatrix2D((g[0].shape[1] / 2, g[0].shape[0] / 2), -math.degrees(a), 0.45)
            mat[0, 2] += 80 + 54 * math.sin(a) - g[0].shape[1] / 2
            mat[1, 2] += 80 - 54 * math.cos(a) - g[0].shape[0] / 2
            m = np.maximum(m, cv2.warpAffine(g[0], mat, (160, 160)))
        out.append(m)
    return out


class Lines:
    """Maker of lines for one reader. kind: digits_mrz, han or cyrillic; split: which fonts; seed: all that is drawn follows from it."""

    def __init__(self, kind, split, seed, glyph_px=None, symbols=None):
        random.seed(seed)
        self.rng = np.random.default_rng(seed)
        self.kind, self.glyph_px = kind, glyph_px
        self.text = {"digits_mrz": texts.DigitText, "han": texts.HanText, "cyrillic": texts.CyrillicText}[kind]()
        self.text.symbols = symbols or self.text.symbols
        self.index = {c: i + 1 for i, c in enumerate(self.text.symbols)}
        if kind == "han":
            self.faces = {r: fontset.faces([r], split) for r in ("han_hei", "han_song", "han_kai", "han_fangsong")}
            self.mix = (("han_hei", 0.5), ("han_song", 0.27), ("han_kai", 0.13), ("han_fangsong", 0.1))
            # Papers often set digits, capitals and brackets in a Latin face.
            self.latin = [f for r in ("latin_sans", "latin_mono", "cyrillic") for f in fontset.faces([r], split)]
        elif kind == "cyrillic":
            self.faces = {"cyrillic": fontset.faces(["cyrillic"], split)}
            self.mix = (("cyrillic", 1.0),)
        else:
            self.faces = {r: fontset.faces([r], split) for r in ("ocr_b", "latin_sans", "latin_mono", "ocr_other")}
        self.faces = {k: [f for f in v if "Oblique" not in f.name and "Italic" not in f.name or self.rng.random() < 0.15]
                      for k, v in self.faces.items()}
        self.faces = {k: v for k, v in self.faces.items() if v}
        self.backgrounds = pool_of_backgrounds(160, split, self.rng)
        self.seals = pool_of_seals(fontset.faces(["han_song"], split)[0], self.rng)

    def face_for(self, role):
        rng = self.rng
        if self.kind == "digits_mrz":
            p = {"id": (0.72, 0.13, 0.12), "mrz": (0.8, 0.02, 0.15), "plain": (0.25, 0.6, 0.12)}[role]
            names = ("ocr_b", "latin_sans", "latin_mono", "ocr_other")
            key = names[int(np.searchsorted(np.cumsum(p), rng.random()))]
        else:
            names, p = zip(*self.mix)
            key = names[min(len(names) - 1, int(np.searchsorted(np.cumsum(p), rng.random())))]
        choice = self.faces.get(key) or next(iter(self.faces.values()))
        return choice[rng.integers(len(choice))]

    def dot(self):
        """The middle dot of names as fonts and systems print it: small to bold, in a cell of a quarter to a whole em."""
        r, cell = self.rng.uniform(1.5, 4.6), self.rng.choice((self.rng.uniform(0.24, 0.45), self.rng.uniform(0.4, 1.0))) * fontset.EM
        d = np.zeros((12, 12), np.uint8)
        if self.rng.random() < 0.8:
            cv2.circle(d, (95, 95), int(r * 16), 255, -1, cv2.LINE_AA, 4)
        else:
            d[int(6 - r):int(6 + r), int(6 - r):int(6 + r)] = 255
        return d, cell / 2 - 6, -int(fontset.EM * self.rng.uniform(0.3, 0.44)) - 6, cell

    def lowered(self, g):
        """A comma or stop as mainland China prints it, where the face has it in the middle of its square."""
        rows, columns = np.nonzero(g[0].max(1) > 60)[0], np.nonzero(g[0].max(0) > 60)[0]
        if len(rows) == 0 or -(g[2] + (rows[0] + rows[-1]) / 2) < 0.17 * fontset.EM:
            return g
        ink = g[0][rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
        below = fontset.EM * self.rng.uniform(-0.02, 0.09)
        return ink, fontset.EM * self.rng.uniform(0.06, 0.16), int(below) - ink.shape[0], g[3]

    def compose(self, text, face, role, max_em):
        """Ink mask, centres, labels, top and bottom of the text's own box. The text is cut where it would exceed max_em ems."""
        rng, em = self.rng, fontset.EM
        tracking = rng.normal(0, 0.02) * em
        mono = None
        if role == "id":
            tracking = rng.uniform(0.0, 0.45) * face.cap
        elif role == "mrz":
            tracking = rng.uniform(-0.04, 0.12) * face.cap
        elif self.kind == "han":
            tracking = rng.choice((0, rng.uniform(-0.05, 0.1), rng.uniform(0.1, 0.6) if rng.random() < 0.3 else 0)) * em
        if role in ("id", "mrz") and face.role not in ("ocr_b", "latin_mono", "ocr_other"):
            mono = max(face.glyph(c)[3] for c in "0M8" if face.glyph(c))
        left, right = rng.uniform(0.0, 1.0) * em * 0.6, rng.uniform(0.0, 0.8) * em
        placed, x = [], left
        other = self.latin[rng.integers(len(self.latin))] if self.kind == "han" and self.latin and rng.random() < 0.35 else None
        lowered = self.kind == "han" and not self.glyph_px and rng.random() < 0.85
        for ch in text:
            if ch not in self.index:  # a space: a gap, no symbol
                x += rng.uniform(0.2, 1.0) * em
                continue
            g = other.glyph(ch) if other is not None and ch.isascii() else None
            g = face.glyph(ch) if g is None else g
            if ch == "·" and (g is None or rng.random() < 0.75):
                g = self.dot()
            if g is None:
                continue
            if lowered and ch in MARKS:
                g = self.lowered(g)
            if x + g[3] > max_em * em + left:
                break
            adv = mono or g[3]
            placed.append((ch, g, x + (adv - g[3]) / 2, x + adv / 2))
            x += adv + tracking
        if not placed:
            return None
        pad_y = em
        mask = np.zeros((int(em * 1.0) + 2 * pad_y, int(x + right + 2 * em)), np.uint8)
        base, ox = pad_y + int(0.86 * em), em
        self.paste(mask, placed, ox, base)
        if self.kind == "han":
            top, bottom = base - 0.86 * em, base + 0.12 * em
        elif self.kind == "cyrillic":
            top, bottom = base - face.cap * 1.12, base + face.cap * 0.25
        else:
            top, bottom = base - face.cap, base
        box = (ox + left, top, ox + x - tracking, bottom, base)
        self.neighbours(mask, face, box)
        return mask, [p[3] + ox for p in placed], [self.index[p[0]] for p in placed], box, [p[0] for p in placed]

    def paste(self, mask, placed, ox, base):
        for _, g, x, _ in placed:
            b, h, w = g[0], *g[0].shape
            y0, x0 = base + int(g[2]), int(round(ox + x + g[1]))
            if y0 < 0 or x0 < 0 or y0 + h > mask.shape[0] or x0 + w > mask.shape[1] or b.size == 0:
                continue
            np.maximum(mask[y0:y0 + h, x0:x0 + w], b, out=mask[y0:y0 + h, x0:x0 + w])

    def neighbours(self, mask, face, box):
        """Parts of lines above and below, and of a label at the left: what a box cut a little wrong shows."""
        rng, em = self.rng, fontset.EM
        for where in ("above", "below", "left"):
            if rng.random() > 0.22:
                continue
            x = rng.uniform(0, em) if where != "left" else box[0] - em * rng.uniform(1.0, 1.9)
            base = {"above": box[1] - rng.uniform(0.08, 0.5) * em, "below": box[3] + rng.uniform(0.95, 1.4) * em * 0.86,
                    "left": box[4]}[where]
            placed = []
            while x < (mask.shape[1] - em if where != "left" else box[0] - em * 0.95):
                g = face.glyph(random.choice(self.text.symbols))
                if g is None:
                    continue
                placed.append((None, g, x, 0))
                x += g[3] * (1 if rng.random() < 0.9 else 2)
            # The left label may reach the line only with its last part; ink past the first glyph would be a false stroke.
            scratch = np.zeros_like(mask)
            self.paste(scratch, placed, 0, int(base))
            if where == "left":
                scratch[:, max(0, int(box[0] - 0.12 * em)):] = 0
            elif where == "above":
                scratch[int(box[1]) - 1:] = 0
            else:
                scratch[:int(box[3]) + 1] = 0
            np.maximum(mask, (scratch * rng.uniform(0.4, 1)).astype(np.uint8), out=mask)

    def weight(self, mask, em_px):
        """Thinner or bolder strokes, uneven ink."""
        rng, p = self.rng, self.rng.random()
        if p < 0.12:
            mask = cv2.erode(mask, np.ones((2, 2), np.uint8))
        elif p < 0.3:
            mask = cv2.dilate(mask, np.ones((2, 2) if p < 0.22 else (3, 3), np.uint8))
        elif p < 0.42 and self.kind == "digits_mrz":
            mask = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (4, 4)))
        if rng.random() < 0.08:
            holes = cv2.resize(rng.random((mask.shape[0] // 3, mask.shape[1] // 3)).astype(np.float32), mask.shape[::-1])
            mask = (mask * np.clip(holes * 2.2, 0.2, 1)).astype(np.uint8)
        return mask

    def inked(self, mask):
        """Mask over a background as gray values 0-255 (float32), dark on light."""
        rng = self.rng
        h, w = mask.shape
        bg = self.backgrounds[rng.integers(len(self.backgrounds))]
        y, x = rng.integers(0, max(1, bg.shape[0] - h)), rng.integers(0, max(1, bg.shape[1] - w))
        t = bg[y:y + h, x:x + w].astype(np.float32)
        if t.shape != mask.shape:
            t = cv2.resize(t, (w, h))
        paper = rng.uniform(90, 250)
        depth = paper * (rng.uniform(0.55, 0.95) if rng.random() < 0.8 else rng.uniform(0.3, 0.55))
        img = paper + t * depth * abs(rng.normal(0, 0.08))
        if rng.random() < 0.12:
            s = self.seals[rng.integers(len(self.seals))]
            k, a = rng.uniform(1.2, 3.2), rng.uniform(-3, 3)
            mat = np.float32([[k * math.cos(a), -k * math.sin(a), 0], [k * math.sin(a), k * math.cos(a), 0]])
            centre = mat[:, :2] @ np.float32([80, 80])
            mat[:, 2] = np.float32([rng.uniform(0, w), rng.uniform(-0.2 * h, 1.2 * h)]) - centre
            sm = cv2.warpAffine(s, mat, (w, h)).astype(np.float32) / 255
            img *= 1 - sm * rng.uniform(0.1, 0.55)
        ink = paper - depth
        alpha = mask.astype(np.float32) * (1 / 255)
        img = img * (1 - alpha) + (ink + rng.uniform(0, 0.1) * (img - ink)) * alpha
        p = rng.random()
        if p < 0.3:  # uneven light
            gx = np.linspace(rng.uniform(0.6, 1), rng.uniform(0.6, 1), w, dtype=np.float32)[None]
            gy = np.linspace(rng.uniform(0.8, 1), rng.uniform(0.8, 1), h, dtype=np.float32)[:, None]
            img *= gx * gy
        if rng.random() < 0.1:  # glare
            cx, cy, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0.4, 3) * h
            xs, ys = np.exp(-((np.arange(w) - cx) / r) ** 2), np.exp(-((np.arange(h) - cy) / r) ** 2)
            img += (rng.uniform(20, 110) * ys[:, None] * xs[None]).astype(np.float32)
        return img

    def tile(self):
        """One line in source pixels: (gray float image, line box corners' crop matrix data, centres in source px, labels)."""
        rng, em = self.rng, fontset.EM
        made = None
        while made is None:
            raw = self.text()
            text, role = raw if isinstance(raw, tuple) else (raw, "plain")
            face = self.face_for(role)
            made = self.compose(text, face, role, max_em={"han": 11.6, "cyrillic": 13}.get(self.kind, 60))
        mask, centres, labels, box, chars = made
        img = self.inked(self.weight(mask, em))
        size = box[3] - box[1]
        if self.glyph_px:
            g = self.glyph_px * rng.uniform(0.95, 1.05)
        else:
            g = math.exp(rng.uniform(math.log(LOW[self.kind]), math.log(34)))
        sy = g / size
        sx = sy * math.exp(rng.normal(0, 0.07))
        pre = 1.0
        while sy / pre < 0.5:
            pre *= 0.5
        if pre < 1:
            img = cv2.resize(img, None, fx=pre, fy=pre, interpolation=cv2.INTER_AREA)
        h, w = img.shape
        a, shear = math.radians(rng.normal(0, 0.7)), rng.normal(0, 0.05)
        A = np.array([[sx / pre, shear * sy / pre, 0], [math.sin(a) * sx / pre, sy / pre, 0], [0, 0, 1]], np.float64)
        A[2, 0], A[2, 1] = rng.normal(0, 0.03) / w, rng.normal(0, 0.05) / h
        corners = cv2.perspectiveTransform(np.float64([[[0, 0], [w, 0], [w, h], [0, h]]]), A)[0]
        lo, hi = corners.min(0), corners.max(0)
        A = np.array([[1, 0, -lo[0]], [0, 1, -lo[1]], [0, 0, 1.0]]) @ A
        tw, th = int(hi[0] - lo[0]), int(hi[1] - lo[1])
        out = cv2.warpPerspective(img, A, (max(8, tw), max(8, th)), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        mid = (box[1] + box[3]) / 2
        pts = np.float64([[[c * pre, mid * pre] for c in centres] + [[box[0] * pre, mid * pre], [box[2] * pre, mid * pre]]])
        pts = cv2.perspectiveTransform(pts, A)[0]
        return self.optics(out, g), g, pts, labels, "".join(chars)

    def optics(self, img, g):
        rng = self.rng
        p = rng.random()
        if p < 0.5:
            img = cv2.GaussianBlur(img, (0, 0), max(0.15, abs(rng.normal(0, 0.3 + 0.016 * g))))
        elif p < 0.56 and g > 11:
            r = int(min(3, max(1, round(abs(rng.normal(0, 0.04 * g))))))
            k = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * r + 1, 2 * r + 1)).astype(np.float32)
            img = cv2.filter2D(img, -1, k / k.sum())
        if rng.random() < 0.2:
            n, a = rng.uniform(0.8, max(1.5, 0.16 * g)), rng.uniform(0, math.pi)
            m = int(n) * 2 + 3
            k = np.zeros((m, m), np.float32)
            d = np.array([math.cos(a), math.sin(a)]) * n / 2
            c = (m - 1) / 2
            cv2.line(k, tuple(int((c + s) * 16) for s in d), tuple(int((c - s) * 16) for s in d), 1.0, 1, cv2.LINE_AA, 4)
            if k.sum() > 0:
                img = cv2.filter2D(img, -1, k / k.sum())
        if rng.random() < 0.2:
            img = img * 1.6 - cv2.GaussianBlur(img, (0, 0), 1.0) * 0.6
        if rng.random() < 0.7:
            img = img + rng.standard_normal(img.shape, dtype=np.float32) * abs(rng.normal(0, 3.5))
        img = np.clip(img, 0, 255)
        if rng.random() < 0.3:
            img = 255 * (img / 255) ** rng.uniform(0.6, 1.7)
        return img.astype(np.uint8)

    def compressed(self, tiles):
        """Tiles through a codec: x264 on whole moving sheets, JPEG, both, or none."""
        rng = self.rng
        out = list(tiles)
        sheet_ids, sheets = [], []
        for i in rng.permutation(len(tiles)):
            p = rng.random()
            if p < 0.2:
                continue
            t = tiles[i]
            if p < 0.5 or t.shape[1] >= SHEET[1] or t.shape[0] >= 160:
                ox, oy = rng.integers(0, 8, 2)
                big = cv2.copyMakeBorder(t, oy, 8, ox, 8, cv2.BORDER_REPLICATE)
                quality = int(rng.integers(25, 85))
                big = cv2.imdecode(cv2.imencode(".jpg", big, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)
                out[i] = big[oy:oy + t.shape[0], ox:ox + t.shape[1]]
            else:
                sheet_ids.append(i)
        while sheet_ids:
            sheet, spots = np.full(SHEET, 128, np.uint8), []
            x = y = row = 0
            while sheet_ids:
                t = tiles[sheet_ids[-1]]
                if x + t.shape[1] > SHEET[1]:
                    x, y, row = 0, y + row, 0
                if y + t.shape[0] > SHEET[0]:
                    break
                sheet[y:y + t.shape[0], x:x + t.shape[1]] = t
                spots.append((sheet_ids.pop(), x, y))
                x, row = x + t.shape[1], max(row, t.shape[0])
            sheets.append((sheet, spots))
        for sheet, spots in sheets:
            got = self.x264(sheet)
            for i, x, y in spots:
                out[i] = got[y:y + tiles[i].shape[0], x:x + tiles[i].shape[1]]
        return out

    def x264(self, sheet):
        """The sheet as the last of a few slightly moving frames, encoded and decoded."""
        rng, n = self.rng, int(self.rng.integers(1, 5))
        step = rng.normal(0, 1.2, 2)
        frames = [cv2.warpAffine(sheet, np.float64([[1, 0, step[0] * (n - 1 - k)], [0, 1, step[1] * (n - 1 - k)]]), SHEET[::-1],
                                 borderMode=cv2.BORDER_REPLICATE) if k < n - 1 else sheet for k in range(n)]
        return x264_sheet.last_frame(frames, float(rng.integers(19, 33)))

    def cut(self, tile, g, pts):
        """The line at the reader's height, its centres in those pixels. The box has errors of up to 15 % of the height."""
        rng = self.rng
        (xa, ya), (xb, yb) = pts[-2], pts[-1]
        margin = {"han": (0.06, 0.14), "cyrillic": (0.04, 0.14)}.get(self.kind, (0.36, 0.12))
        half = g * (0.5 + max(0.0, rng.normal(*margin)))
        ym = (ya + yb) / 2 + rng.normal(0, 0.05) * g
        slope = (yb - ya) / max(1.0, xb - xa) * rng.uniform(0, 1)  # the rectifier removes most of the tilt, not all
        x0 = xa - rng.uniform(0.0, 0.5) * g if rng.random() < 0.8 else xa - rng.uniform(0.5, 1.0) * g
        x1 = xb + (rng.uniform(0.0, 0.5) if rng.random() < 0.7 else rng.uniform(0.5, 4.0)) * g
        x0, x1 = max(0, x0), min(tile.shape[1], x1)
        s = H / (2 * half)
        k = s * math.exp(rng.normal(0, 0.06))
        A = np.float64([[k, 0, -k * x0], [-s * slope, s, -s * (ym - half) + s * slope * (xa + xb) / 2]])
        W = max(8, int(round((x1 - x0) * k)))
        flag = (cv2.INTER_CUBIC, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)[rng.integers(4)]
        if s < 0.8:
            tile = cv2.GaussianBlur(tile, (0, 0), 0.45 / s)
        if rng.random() < 0.5:  # page first, line second
            z = rng.uniform(0.7, 1.9)
            page = cv2.warpAffine(tile, np.float64([[z, 0, 0], [0, z, 0]]), (int(tile.shape[1] * z) + 1, int(tile.shape[0] * z) + 1),
                                  flags=flag, borderMode=cv2.BORDER_REPLICATE)
            if z > s * 1.2:
                page = cv2.GaussianBlur(page, (0, 0), 0.4 * z / s)
            B = A @ np.diag([1 / z, 1 / z, 1])
            out = cv2.warpAffine(page, B, (W, H), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        else:
            out = cv2.warpAffine(tile, A, (W, H), flags=flag, borderMode=cv2.BORDER_REPLICATE)
        return out, (pts[:-2, 0] - x0) * k

    def batch(self, n):
        """n lines: list of (uint8 H x W, centres, labels, text, glyph height in source px)."""
        tiles = [self.tile() for _ in range(n)]
        images = self.compressed([t[0] for t in tiles])
        out = []
        for img, (_, g, pts, labels, text) in zip(images, tiles):
            line, centres = self.cut(img, g, pts)
            out.append((line, centres, labels, text, g))
        return out


def contact_sheet(lines, path, width=660, zoom=2):
    """Lines below each other as a picture, to look at."""
    rows = []
    for line, centres, *_ in lines:
        r = np.full((H + 4, width), 0, np.uint8)
        r[:H, :min(width, line.shape[1])] = line[:, :width]
        for c in centres:
            if 0 <= c < width:
                r[H:, int(c)] = 255
        rows.append(r)
    cv2.imwrite(path, cv2.resize(np.vstack(rows), None, fx=zoom, fy=zoom, interpolation=cv2.INTER_NEAREST))


if __name__ == "__main__":
    import sys
    import time
    kind, split, path = sys.argv[1:4]
    maker = Lines(kind, split, int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    start = time.time()
    made = maker.batch(200)
    print(f"{(time.time() - start) / 200 * 1e3:.1f} ms a line")
    print("widths", np.percentile([m[0].shape[1] for m in made], [5, 50, 95, 100]))
    contact_sheet(made[:26], path)
