"""A sheet of paper with both sides of a card copied on it, as a still and as a clip, gives both sides."""
import dataclasses
import json
import pathlib
import sys

import pytest

pytest.importorskip("numpy")
pytest.importorskip("cv2")
pytest.importorskip("PIL")
pytest.importorskip("fontTools")

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from scenes import make, split, tiers  # noqa: E402

needs_fonts = pytest.mark.skipif(not (split.font_files("han_hei", "train") and split.font_files("ocr_b", "train")),
                                 reason="fonts of scripts/packages-bench.txt are not installed")
BOTH_SIDES = ("id_number", "birth_date", "valid_from")


@needs_fonts
@pytest.mark.parametrize("name, number", [("sheet.jpg", 0), ("sheet.mp4", 1)])
def test_both_sides_on_one_sheet_are_read(run, tmp_path, name, number):
    built, crf, _ = tiers.scene("copies", "tune", number)
    path = tmp_path / name
    if name.endswith(".jpg"):
        truth = make.still(built, path, at=1.6)
    else:
        truth = make.clip(dataclasses.replace(built, duration=2.6), path, crf)
    records = [json.loads(line) for line in run("scan", str(path)).stdout.splitlines()]
    assert sorted(r["document"]["kind"] for r in records) == ["cn_id_emblem", "cn_id_portrait"]
    wanted = {f["key"]: f["value"] for d in truth["documents"] for f in d["fields"]}
    read = {f["key"]: f["value"] for r in records for f in r["fields"]}
    assert {k: read.get(k) for k in BOTH_SIDES} == {k: wanted[k] for k in BOTH_SIDES}
