"""The scene maker's truth is true, and the accuracy benchmark scores what it claims to score."""
import copy
import datetime
import json
import pathlib
import subprocess
import sys

import pytest

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")
pytest.importorskip("PIL")
pytest.importorskip("fontTools")

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "accuracy"), str(ROOT / "tests" / "python")]

import fake_scanner  # noqa: E402
import score as scoring  # noqa: E402
import table  # noqa: E402
from scenes import bend, draw, make, motion, scene, split, tiers, values  # noqa: E402
from scenes.documents import mrz  # noqa: E402

HAVE_FONTS = bool(split.font_files("han_hei", "measure") and split.font_files("ocr_b", "measure") and split.font_files("han_song", "measure"))
needs_fonts = pytest.mark.skipif(not HAVE_FONTS, reason="fonts of scripts/packages-bench.txt are not installed")
TESTIMONY = ROOT / "examples" / "testimony.truth.json"


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014", "654023188506150134", "654123187203090243"])
def test_check_digit_of_printed_and_invented_numbers(number):
    assert values.check_digit(number[:17]) == number[17]


@pytest.mark.parametrize("number, digit", [("01061510326", "5"), ("08061517824", "6"), ("43061529617", None)])
def test_iin_digit(number, digit):
    assert values.iin_digit(number) == digit


def test_mrz_of_the_icao_specimen():
    lines = mrz.td3("UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", "UTO", datetime.date(1974, 8, 12), "F", datetime.date(2012, 4, 15), "ZE184226B")
    assert lines[0] == "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
    assert lines[1] == "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_han_dates_and_terms():
    assert values.han_date(datetime.date(2018, 5, 31)) == "二〇一八年五月三十一日"
    assert values.add_term(datetime.date(2018, 3, 1), 10, 0) == datetime.date(2028, 2, 29)
    assert values.add_term(datetime.date(2017, 11, 20), 3, 6) == datetime.date(2021, 5, 19)


def test_births_are_nobodys_unless_asked_for():
    v = values.Values(np.random.default_rng(1))
    people = [v.person() for _ in range(60)]
    assert all(1850 <= p.birth.year <= 1899 for p in people)
    assert all(p.id_number[6:14] == f"{p.birth:%Y%m%d}" and int(p.id_number[16]) % 2 == (p.sex == "M") for p in people)
    assert any("·" in p.name for p in people) and all(2 <= len(p.name) <= 15 for p in people)


def test_split_keeps_training_and_measuring_apart():
    for role in ("han_hei", "han_song", "han_kai", "cyrillic", "latin_sans"):
        assert not set(split.font_files(role, "train")) & set(split.font_files(role, "measure")), role
    assert not set(split.photos("train")) & set(split.photos("measure"))
    assert split.side("tune") == "train"
    with pytest.raises(ValueError, match="split"):
        split.side("test")


@needs_fonts
def test_parts_of_a_sheet_are_documents_of_their_own(tmp_path):
    image = np.full((300, 210, 4), 255, np.uint8)
    fields = [draw.Field("name", "甲", [[40, 30, 20, 6]]), draw.Field("valid_from", "2001-01-01", [[60, 180, 30, 6]])]
    doc = draw.Document("copy", image, fields, 210, parts=[draw.Part("cn_id_portrait", [30, 20, 90, 60], [0]), draw.Part("cn_id_emblem", [30, 150, 90, 60], [1])])
    actor = scene.Actor(doc, 0, 9, scale=0.4, cx=0.5, cy=0.5, entry="none", bare=True, wander=0, swing=0, tremble=0)
    told = make.clip(scene.Scene(320, 240, 10, 0.4, 3, "train", [actor], speaker=False, photos=False, shake=0, uneven=0, noise=0), tmp_path / "a.mp4")
    upper, lower = told["documents"]
    assert (upper["kind"], lower["kind"]) == ("cn_id_portrait", "cn_id_emblem")
    assert [f["key"] for f in upper["fields"]] == ["name"] and [f["key"] for f in lower["fields"]] == ["valid_from"]
    assert upper["fields"][0]["boxes"][0] == pytest.approx([10 / 90, 10 / 60, 20 / 90, 6 / 60], abs=1e-3)
    a, b = np.array(upper["frames"][0]["quad"]), np.array(lower["frames"][0]["quad"])
    assert np.linalg.norm(a[1] - a[0]) == pytest.approx(0.4 * 320 * 90 / 210, abs=1.5)
    assert (b - a)[:, 1] == pytest.approx(130 / 60 * np.linalg.norm(a[3] - a[0]), abs=1.5)


def _plain(width=320, height=240, **kw):
    """A scene with one plain red sheet without hands, light or noise."""
    image = np.zeros((200, 320, 4), np.uint8)
    image[..., 2], image[..., 3] = 255, 255
    doc = draw.Document("cn_id_portrait", image, [draw.Field("name", "甲", [[10, 10, 100, 30]])], 85.6)
    actor = scene.Actor(doc, 0, 9, scale=0.5, cx=0.45, cy=0.5, yaw=20, roll=8, entry="none", bare=True, wander=0, swing=0, tremble=0)
    return scene.Scene(width, height, 10, 0.4, 3, "train", [actor], **{**dict(speaker=False, photos=False, shake=0, uneven=0, noise=0), **kw})


@needs_fonts
@pytest.mark.parametrize("kw", [{}, {"mirrored": True}, {"frame_turn": 90}, {"frame_turn": 180}, {"frame_turn": 270, "mirrored": True}])
def test_quad_of_the_truth_lies_on_the_drawn_document(kw):
    renderer = scene.Renderer(_plain(**kw))
    image = renderer.frame(2)
    assert image.shape[1::-1] == renderer.size
    _, quad, visible, seen = renderer.cast[0]["frames"][0]
    drawn = (image[..., 2] > 200) & (image[..., 1] < 60)
    wanted = np.zeros(drawn.shape, np.uint8)
    cv2.fillPoly(wanted, [np.int32(np.round(quad))], 1)
    agree = (drawn & (wanted > 0)).sum() / (drawn | (wanted > 0)).sum()
    assert agree > 0.97 and visible == pytest.approx(1) and seen == [True]


@needs_fonts
def test_a_sheet_bent_by_nothing_is_the_flat_one():
    flat, bent = scene.Renderer(_plain()), _plain()
    bent.actors[0].bend = bend.Bend(30.0, np.array([0.3, 0.6]), np.zeros(3))
    bent = scene.Renderer(bent)
    a, b = flat.frame(2).astype(int), bent.frame(2).astype(int)
    assert np.abs(a - b).mean() < 0.5
    assert bent.cast[0]["frames"][0][1] == pytest.approx(flat.cast[0]["frames"][0][1], abs=1e-6)


@pytest.mark.parametrize("family", ["sines", "walk"])
def test_bent_paper_keeps_its_lengths(family):
    pose = dict(cx=0.5, cy=0.5, scale=0.02, yaw=0, pitch=0, roll=0)      # far away: no perspective
    for seed in range(12):
        bent = bend.draw(np.random.default_rng(seed), family)
        sheet = bend.Sheet(bent, 210, 297, 1000, 1000, pose, 1.0)
        steps = np.diff(sheet.edges)
        assert (steps > 0).all() and len(bent.turns) == len(steps)
        # seen from the front each strip is shortened by its own angle and by nothing else
        at = (sheet.edges[:, None] * sheet.along + [0.5, 0.5 * 297 / 210]) * 210
        seen = np.hypot(*np.diff(sheet.project(at), axis=0).T) / 20
        assert seen == pytest.approx(steps * np.cos(np.radians(bent.turns)), abs=0.003)
        assert sheet.project([[105, 148.5]])[0] == pytest.approx([500, 500], abs=0.3)


@needs_fonts
def test_the_same_seed_gives_the_same_frames():
    a, b = (scene.Renderer(_plain(noise=3, photos=False)) for _ in range(2))
    assert all(np.array_equal(a.frame(i), b.frame(i)) for i in range(3))


@needs_fonts
@pytest.mark.parametrize("tier", sorted(tiers.table()))
def test_every_tier_builds_the_scene_its_row_says(tier):
    row = tiers.table()[tier]
    built, crf, again = tiers.scene(tier, "tune", 0)
    kinds = [a.doc.kind for a in built.actors if a.doc.genuine]
    assert len(kinds) == {"sequential": 2, "together": 2, "nothing": 0}.get(row["special"], 1)
    assert set(kinds) <= set(row["documents"].split(","))
    assert built.mirrored == (row["special"] == "mirrored")
    assert row["special"] != "turned" or built.frame_turn or built.actors[0].turn
    assert 23 <= crf <= 34 and (again is None) == (row["again"] == "-" or "," in row["again"] and again is None)
    same, _, _ = tiers.scene(tier, "tune", 0)
    assert [a.doc.fields for a in same.actors] == [a.doc.fields for a in built.actors]
    other, _, _ = tiers.scene(tier, "tune", 1)
    assert other.seed != built.seed


@needs_fonts
def test_a_still_has_its_truth_at_frame_zero(tmp_path):
    truth = make.still(_plain(), tmp_path / "a.jpg")
    assert cv2.imread(str(tmp_path / "a.jpg")).shape == (240, 320, 3)
    assert [f["frame"] for f in truth["documents"][0]["frames"]] == [0]
    assert json.loads((tmp_path / "a.truth.json").read_text(encoding="utf-8")) == truth


def test_perspective_is_that_of_a_pinhole():
    pose = dict(cx=0.5, cy=0.5, scale=0.5, yaw=0, pitch=0, roll=0)
    corners = motion.project(motion.homography(200, 100, 400, 300, pose), np.float64([[0, 0], [200, 0], [200, 100], [0, 100]]))
    assert np.allclose(corners, [[100, 100], [300, 100], [300, 200], [100, 200]])
    tilted = motion.project(motion.homography(200, 100, 400, 300, {**pose, "yaw": 40}), np.float64([[0, 0], [200, 0], [200, 100], [0, 100]]))
    left, right = np.hypot(*(tilted[3] - tilted[0])), np.hypot(*(tilted[2] - tilted[1]))
    assert abs(left - right) > 10                       # one side is nearer


@needs_fonts
@pytest.mark.parametrize("name", sorted(tiers.MAKERS))
def test_every_kind_is_drawn_with_boxes_inside_it(name):
    doc = dict(tiers.one_of_each("measure", 5))[name]
    h, w = doc.image.shape[:2]
    assert doc.kind == name and len(doc.fields) + len(doc.lines) >= 3
    for f in doc.fields + doc.lines:
        assert f.value and f.boxes
        for x, y, bw, bh in f.boxes:
            assert -2 <= x and x + bw <= w * 1.02 and -2 <= y and y + bh <= h * 1.02, (f.key, f.boxes)


def test_example_clip_holds_nobodys_number():
    truth = json.loads(TESTIMONY.read_text(encoding="utf-8"))
    assert [d["kind"] for d in truth["documents"]] == ["cn_id_portrait", "court_document"]
    numbers = [f["value"] for d in truth["documents"] for f in d["fields"] if f["key"] == "id_number"]
    assert len(numbers) == 2
    for n in numbers:
        assert values.check_digit(n[:17]) == n[17] and 1850 <= int(n[6:10]) <= 1899
    assert (ROOT / "examples" / "testimony.mp4").stat().st_size < 2_000_000


# Scoring

def _fake():
    return fake_scanner.record


def _truth():
    return json.loads(TESTIMONY.read_text(encoding="utf-8"))


def test_perfect_records_score_full_marks():
    truth = _truth()
    out = scoring.score(truth, [_fake()(d, "perfect") for d in truth["documents"]])
    fig = table.figures(out)
    assert fig["documents_found"][0] == fig["id_exact"][0] == fig["fields_exact"][0] == fig["name_exact"][0] == 1.0
    assert fig["cer"][0] == 0 and fig["wrong_passes"][0] == 0 and fig["spurious"][0] == 0
    assert fig["document_iou"][0] == pytest.approx(1, abs=1e-4) and fig["orientation_right"][0] == 1
    assert fig["ece"][0] == pytest.approx(0.05) and fig["right_at_0.9"] == (1.0, fig["fields_exact"][1])


def test_a_wrong_number_that_passes_is_counted():
    truth = _truth()
    fig = table.figures(scoring.score(truth, [_fake()(d, "corrupt") for d in truth["documents"]]))
    assert fig["id_exact"] == (0.0, 2) and fig["wrong_id_passes"][0] == 2 and 0.8 < fig["fields_exact"][0] < 1
    assert 0 < fig["cer"][0] < 0.05


def test_doubtful_wrong_values_are_no_wrong_passes():
    truth = _truth()
    records = [_fake()(d, "corrupt") for d in truth["documents"]]
    for r in records:
        for f in r["fields"]:
            f["status"] = "doubtful"
    assert table.figures(scoring.score(truth, records))["wrong_passes"][0] == 0


def test_missing_spurious_repeated_and_wrong_kind():
    truth = _truth()
    good = [_fake()(d, "perfect") for d in truth["documents"]]
    assert table.figures(scoring.score(truth, []))["documents_found"] == (0.0, 2)
    assert table.figures(scoring.score(truth, []))["cer"][0] == 1.0
    again = scoring.score(truth, good + [copy.deepcopy(good[0])])
    assert again.repeated == 1 and not again.spurious
    ghost = copy.deepcopy(good[0])
    ghost["document"].update(kind="passport")
    out = scoring.score(truth, good + [ghost])
    assert out.wrong_kind == [("cn_id_portrait", "passport")]
    ghost["document"].update(first_seen_s=500.0, last_seen_s=501.0)
    out = scoring.score(truth, good + [ghost])
    assert out.spurious == ["passport"]


def test_values_that_were_never_in_view_are_not_asked_for():
    truth = _truth()
    for f in truth["documents"][0]["fields"]:
        f["in_view_frames"] = 0
    assert {kind for kind, *_ in scoring.score(truth, []).fields} == {"court_document"}


def test_calibration_error():
    ece, high, n, _ = scoring.calibration([(0.95, True)] * 9 + [(0.95, False)] + [(0.55, True)] * 5 + [(0.55, False)] * 5)
    assert ece == pytest.approx(0.05) and high == pytest.approx(0.9) and n == 10


@pytest.mark.parametrize("lines, text, edits", [
    ([("被告人王勇，男", True), ("汉族。", True)], "被告人王勇，男\n汉族。", 0),
    ([("被告人王勇，男", True), ("汉族。", True)], "被告人 王勇,男 汉旅", 2),         # widths and blanks aside: a character and a stop
    ([("被告人王勇，男", False), ("汉族。", True)], "汉族。", 0),                     # what was not shown may be left out
    ([("被告人王勇，男", False), ("汉族。", True)], "被舌人王勇，男汉族。", 0),         # or read, whatever it says
    ([("被告人王勇，男", False), ("汉族。", True)], "被告人王勇，男汉族。印章", 2),     # but nothing else
    ([("被告人王勇，男", True), ("汉族。", True)], "", 10), ([("汉族。", False)], "汉族。", 0)])
def test_edits_of_a_page(lines, text, edits):
    shown = sum(len(line) for line, seen in lines if seen)
    assert scoring.page_edits(lines, text) == (edits, shown)


def test_overlap_of_quads():
    square = [[0, 0], [10, 0], [10, 10], [0, 10]]
    assert scoring.iou(square, [[5, 0], [15, 0], [15, 10], [5, 10]]) == pytest.approx(1 / 3)
    assert scoring.iou(square, square[::-1]) == pytest.approx(1)


@needs_fonts
def test_the_command_end_to_end(tmp_path):
    """A small clip is made, scanned by a stand-in, and scored."""
    def run(mode, *more):
        command = [sys.executable, str(ROOT / "benchmarks" / "accuracy" / "run.py"), "--kualik", f"{sys.executable} {ROOT}/tests/python/fake_scanner.py {mode}",
                   "--seeds", "tune", "--tiers", "brutal", "--clips", "1", "--cache", str(tmp_path), "--no-stock", "--jobs", "1", "--out", str(tmp_path / mode), *more]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        lines = (tmp_path / mode / "table.tsv").read_text(encoding="utf-8").splitlines()
        return {(r[0], r[3]): r[4] for r in (line.split("\t") for line in lines[1:]) if not r[1]}
    perfect, ghost, silent = run("perfect"), run("ghost"), run("silent")
    assert float(perfect["brutal", "documents_found"]) == float(perfect["brutal", "fields_exact"]) == 1
    assert float(ghost["brutal", "spurious"]) == 1 and float(perfect["brutal", "spurious"]) == 0
    assert float(silent["brutal", "documents_found"]) == 0
