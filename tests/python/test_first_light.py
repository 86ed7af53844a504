"""The example video from end to end: both documents found, what is printed on them read, each value with its place, against the truth."""
import json

import pytest

from conftest import ROOT, TODAY

numpy = pytest.importorskip("numpy")

COURT_KEYS = ("court", "title", "case_number", "defendant", "id_number")
# A judgment says these in what is charged, in what is found and in what is ruled; the truth holds one of the places.
SAID_AGAIN = ("charge", "defendant", "court", "prosecutor")


@pytest.fixture(scope="module")
def truth():
    documents = json.loads((ROOT / "examples/testimony.truth.json").read_text(encoding="utf-8"))["documents"]
    return {d["kind"]: d for d in documents}


@pytest.fixture(scope="module")
def records(run):
    done = run("scan", ROOT / "examples/testimony.mp4", "--threads", 2, "--today", TODAY)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return {r["document"]["kind"]: r for r in map(json.loads, done.stdout.splitlines())}


def test_both_documents_are_found_and_nothing_else(records, truth):
    assert set(records) == set(truth)
    for kind, record in records.items():
        seen = record["document"]
        assert truth[kind]["first_seen_s"] - 0.5 <= seen["first_seen_s"] < seen["last_seen_s"] <= truth[kind]["last_seen_s"] + 0.5
        assert (seen["rotation"], seen["mirrored"]) == (0, False)


@pytest.mark.parametrize("kind, keys", [("cn_id_portrait", None), ("court_document", COURT_KEYS)])
def test_what_is_printed_is_read(records, truth, kind, keys):
    printed = {f["key"]: f["value"] for f in truth[kind]["fields"]}
    read = {f["key"]: f["value"] for f in records[kind]["fields"]}
    for key in keys or printed:
        assert read.get(key) == printed[key], key


def test_no_wrong_value_passes(records, truth):
    for kind, record in records.items():
        printed = {f["key"]: f["value"] for f in truth[kind]["fields"]}
        wrong = [f["key"] for f in record["fields"] if f["key"] in printed and f["value"] != printed[f["key"]] and f["status"] == "passes"]
        assert not wrong


def outline_at(document, frame):
    """The document's true outline; its frames may be fewer than the video's, so the nearest one."""
    return min(document["frames"], key=lambda f: abs(f["frame"] - frame))["quad"]


def homography(quad):
    """The unit square onto a quad."""
    rows = []
    for (u, v), (x, y) in zip([(0, 0), (1, 0), (1, 1), (0, 1)], quad):
        rows += [[u, v, 1, 0, 0, 0, -x * u, -x * v], [0, 0, 0, u, v, 1, -y * u, -y * v]]
    return numpy.append(numpy.linalg.solve(numpy.array(rows, float), numpy.array(quad, float).reshape(8)), 1).reshape(3, 3)


def test_each_value_says_where_it_was_seen(records, truth):
    """Frame, time, quad, score, status and reasons; the quad lies on the printed field."""
    for kind, record in records.items():
        boxes = {f["key"]: f["boxes"] for f in truth[kind]["fields"]}
        width, height = record["source"]["width"], record["source"]["height"]
        for field in record["fields"]:
            if field["key"] == "text":
                continue
            assert 0 <= field["confidence"] <= 1 and field["status"] in ("passes", "doubtful", "fails", "unchecked")
            assert isinstance(field["reasons"], list) and field["agree"] <= field["seen"]
            place = field["evidence"]
            assert place["time_s"] == pytest.approx(place["frame"] / record["source"]["fps"], abs=0.021)
            assert record["document"]["first_seen_s"] <= place["time_s"] <= record["document"]["last_seen_s"]
            centre = numpy.mean(place["quad"], axis=0)
            assert 0 <= centre[0] < width and 0 <= centre[1] < height
            if field["key"] not in boxes:
                continue
            onto = numpy.linalg.inv(homography(outline_at(truth[kind], place["frame"])))
            corners = numpy.array([onto @ [x, y, 1] for x, y in place["quad"]])
            seen = (corners[:, :2] / corners[:, 2:]).T  # u and v of the corners, on the paper
            left, top, right, bottom = (f(c) for f, c in zip((min, min, max, max), zip(*[(b[0], b[1], b[0] + b[2], b[1] + b[3]) for b in boxes[field["key"]]])))
            if kind == "court_document" and field["key"] in SAID_AGAIN:
                left, top, right, bottom = 0, 0, 1, 1
            # The quad may take in the words before the value (剥夺政治权利二年), or only one of its lines: the middle of one lies in the other.
            for (low, high), begin, end in zip(((s.min(), s.max()) for s in seen), (left, top), (right, bottom)):
                assert begin - 0.05 <= (low + high) / 2 <= end + 0.05 or low <= (begin + end) / 2 <= high, field["key"]
