"""A sheet of paper with both sides of a card copied on it, as a still and as a clip, gives both sides."""
import dataclasses
import json
import pathlib
import sys

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")
pytest.importorskip("PIL")
pytest.importorskip("fontTools")

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks")]

from scenes import draw, make, scene, split, tiers  # noqa: E402

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


@needs_fonts
def test_the_number_on_a_poster_of_few_lines_is_found(run, tmp_path):
    rng = np.random.default_rng(3)
    page = np.full((1485, 1050, 3), 244, np.uint8)
    page[120:780, 280:770] = rng.integers(60, 200, (1, 1, 3))
    sheet = draw.Sheet(page, draw.Faces(rng, "train"))
    for y, text, em in ((880, "SAVE MY BROTHER", 70), (1000, "赛丽玛·吐尔逊", 84), (1120, "ID 65322418650116792X", 60)):
        sheet.text(525, y, text, "han_hei", em, (20, 20, 20), anchor="m")
    doc = draw.Document("other_document", draw.with_alpha(np.array(sheet.array()), 1), [], 210)
    actor = scene.Actor(doc, 0, 9, scale=0.38, cx=0.5, cy=0.52, yaw=6, roll=3, entry="none", bare=True)
    path = tmp_path / "poster.jpg"
    make.still(scene.Scene(1280, 720, 25, 1, 5, "train", [actor], photos=False), path, at=0.4)
    records = [json.loads(line) for line in run("scan", path).stdout.splitlines()]
    assert [r["document"]["kind"] for r in records] == ["other_document"]
    assert "65322418650116792X" in [f["value"] for f in records[0]["fields"]]
