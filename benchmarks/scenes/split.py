"""What training may see and what measuring uses: fonts, photographs, seeds, families of hands and motion."""
import csv
import functools
import glob
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FONTS = ROOT / "data" / "models" / "train" / "fonts.tsv"
FONT_ROOTS = ["/usr/share/fonts", "/usr/share/texlive/texmf-dist/fonts"]

# `tune` shares the material of `train`; only its seeds differ. Nothing may be tuned on `measure`.
SPLITS = ("train", "tune", "measure")
SEED_BASE = {"train": 0, "tune": 100_000, "measure": 900_000}

# Weights and slants that no document is printed in.
SKIP = ("-Thin", "-Black", "ExtraLight", "UltraLight", "Hairline", "Oblique", "Italic", "Mono", "Variable", "Condensed", "[")
# Where no row of fonts.tsv on the wanted side can serve a role, another role of the same side does; these sides stay apart.
SUBSTITUTE = {"han_fangsong": ("han_song", "han_kai"), "han_kai": ("han_song",), "han_song": ("han_hei",),
              "uyghur": (), "ocr_b": ("latin_mono",), "latin_sans": ("han_hei",), "cyrillic": ("latin_sans",)}
# Faces that fonts.tsv does not name.
EXTRA = {("uyghur", "train"): ["UKIJTuT.ttf", "UKIJTuzK.ttf", "NotoNaskhArabic-Regular.ttf"],
         ("uyghur", "measure"): ["UKIJTuz.ttf", "UKIJEsT.ttf", "DejaVuSans.ttf"]}
FALLBACK = {("han_hei", "train"): ["wqy-microhei.ttc"], ("han_hei", "measure"): ["wqy-zenhei.ttc"],
            ("han_song", "train"): ["NotoSerifCJK-Regular.ttc"], ("han_song", "measure"): ["uming.ttc"],
            ("han_kai", "train"): ["LXGWWenKai-Regular.ttf"], ("han_kai", "measure"): ["ukai.ttc"],
            ("ocr_b", "train"): ["OCRB.otf"], ("ocr_b", "measure"): ["OCRB.otf"],
            ("latin_sans", "train"): ["LiberationSans-Regular.ttf"], ("latin_sans", "measure"): ["DejaVuSans.ttf"],
            ("cyrillic", "train"): ["LiberationSans-Regular.ttf"], ("cyrillic", "measure"): ["DejaVuSans.ttf"]}


def rows(path):
    """Rows of a TSV file as dicts; lines that start with # are comments."""
    with open(path, encoding="utf-8") as f:
        return list(csv.DictReader((line for line in f if not line.startswith("#")), delimiter="\t"))


def side(split):
    """The side of the split on which material for these seeds lies."""
    if split not in SPLITS:
        raise ValueError(f"split must be one of {SPLITS}, not {split!r}")
    return "measure" if split == "measure" else "train"


@functools.lru_cache(None)
def _find(pattern):
    found = []
    for root in FONT_ROOTS:
        found += glob.glob(f"{root}/**/{pattern}", recursive=True)
    return sorted(p for p in found if p.lower().endswith((".ttf", ".ttc", ".otf")) and not any(s in pathlib.Path(p).name for s in SKIP))


@functools.lru_cache(None)
def font_files(role, split):
    """Font files that may draw `role` on this side of the split; never empty unless nothing suitable is installed."""
    where = side(split)
    found = []
    if FONTS.exists():
        for row in rows(FONTS):
            if row["role"] == role and row["split"] == where:
                for pattern in row["file"].split(","):
                    found += _find(pattern.strip())
    for name in EXTRA.get((role, where), []):
        found += _find(name)
    if not found:
        for name in FALLBACK.get((role, where), []):
            found += _find(name)
    if not found:
        for other in SUBSTITUTE.get(role, ()):
            found = list(font_files(other, split))
            if found:
                break
    return tuple(dict.fromkeys(found))


@functools.lru_cache(None)
def photos(split):
    """Installed photographs for this side of the split; empty where the packages are absent (then clutter is drawn)."""
    return tuple(r["file"] for r in rows(HERE / "data" / "photos.tsv") if r["split"] == side(split) and pathlib.Path(r["file"]).exists())
