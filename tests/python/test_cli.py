"""The program as a user meets it: inputs good and bad, formats, exit codes, archives that survive a kill."""
import csv
import hashlib
import io
import json
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import time

import pytest

from conftest import ROOT, TODAY

TEXT = "新疆维吾尔自治区伊宁县人民法院\n刑事判决书\n（2018）新4021刑初12号\n被告人阿迪力，男，1893年7月1日出生，维吾尔族。\n"


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_bad_inputs_give_one_line_each_and_the_rest_is_done(run, blank_clips, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(blank_clips / "clip1.mp4", folder / "good.mp4")
    (folder / "text.mp4").write_text("this is a text\n" * 50)
    (folder / "zero.mp4").write_bytes(b"")
    whole = (blank_clips / "clip2.mp4").read_bytes()
    (folder / "cut.mp4").write_bytes(whole[: len(whole) // 3])
    subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "color=size=8x8,format=rgb24,crop=1:1", "-frames:v", "1", folder / "pixel.png"],
                   check=True)
    empty = tmp_path / "empty"
    empty.mkdir()
    done = run("scan", folder, tmp_path / "missing.mp4", empty, "--db", tmp_path / "a.sqlite")
    assert done.returncode == 1
    bad = ("text.mp4", "zero.mp4", "cut.mp4", "pixel.png", "missing.mp4", "empty")
    for name in bad:
        assert len([line for line in done.stderr.splitlines() if name + ":" in line]) == 1, (name, done.stderr)
    *causes, summary = done.stderr.splitlines()
    assert len(causes) == len(bad) and summary.startswith("kualik: 1 files read, 0 documents, 6 failed")
    db = sqlite3.connect(tmp_path / "a.sqlite")
    assert [name for (name,) in db.execute("SELECT name FROM source")] == ["good.mp4"]
    assert db.execute("SELECT count(*) FROM failure").fetchone()[0] == 5
    again = run("scan", "--db", tmp_path / "a.sqlite", "--retry-failed")
    assert again.returncode == 1
    assert db.execute("SELECT min(tries), max(tries) FROM failure").fetchone() == (2, 2)
    # What was mended is read, and no longer listed.
    (folder / "zero.mp4").write_bytes(whole)
    run("scan", "--db", tmp_path / "a.sqlite", "--retry-failed")
    assert {pathlib.Path(p).name for (p,) in db.execute("SELECT path FROM failure")} == {"text.mp4", "cut.mp4", "pixel.png", "missing.mp4"}
    assert {name for (name,) in db.execute("SELECT name FROM source")} == {"good.mp4", "zero.mp4"}


@pytest.mark.parametrize("threads", [1, 3])
def test_a_copy_of_a_bad_file_is_bad_as_well(run, tmp_path, threads):
    for name in ("a.mp4", "b.mp4", "c.mp4"):
        (tmp_path / name).write_text("no video")
    done = run("scan", tmp_path, "--db", tmp_path / "x.sqlite", "--threads", threads)
    assert done.returncode == 1
    for name in ("a.mp4", "b.mp4", "c.mp4"):
        assert sum(name + ":" in line for line in done.stderr.splitlines()) == 1, done.stderr
    assert "3 failed" in done.stderr and "passed over" not in done.stderr
    assert sqlite3.connect(tmp_path / "x.sqlite").execute("SELECT count(*) FROM failure").fetchone()[0] == 3


def test_a_video_cut_short_is_told_and_noted(run, tmp_path):
    whole = tmp_path / "whole.mkv"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10:duration=4", "-pix_fmt", "yuv420p", whole],
                   check=True)
    cut = tmp_path / "cut.mkv"
    data = whole.read_bytes()
    cut.write_bytes(data[: len(data) * 2 // 3])
    done = run("scan", cut, "--db", tmp_path / "a.sqlite")
    assert done.returncode == 1 and sum("cut.mkv:" in line for line in done.stderr.splitlines()) == 1, done.stderr
    (warning,) = sqlite3.connect(tmp_path / "a.sqlite").execute("SELECT warning FROM source").fetchone()
    assert warning and warning in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [[], ["scan"], ["nonsense"], ["scan", "x.mp4", "--format", "xml"], ["scan", "x.mp4", "--resume"], ["scan", "x.mp4", "--crops"],
     ["scan", "x.mp4", "--threads", "0"], ["report"], ["redact", "x.mp4"]],
)
def test_wrong_use_is_exit_2(run, arguments):
    assert run(*arguments).returncode == 2


def test_a_file_in_the_place_of_a_command_is_named(run):
    done = run("a.mp4")
    assert done.returncode == 2 and 'no command "a.mp4"' in done.stderr and "scan" in done.stderr and len(done.stderr.splitlines()) == 1


def test_missing_file_is_exit_1_and_stdout_stays_empty(run, tmp_path):
    done = run("scan", tmp_path / "none.mp4")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "no such file" in done.stderr


def test_scan_resumes_and_knows_content_under_another_name(run, blank_clips, tmp_path):
    folder = tmp_path / "clips"
    shutil.copytree(blank_clips, folder)
    db_path = tmp_path / "a.sqlite"
    assert run("scan", folder, "--db", db_path, "--threads", 2).returncode == 0
    shutil.copy(folder / "clip3.mp4", folder / "renamed.mp4")
    done = run("scan", folder, "--db", db_path, "--resume")
    assert done.returncode == 0
    assert "0 files read" in done.stderr and "11 passed over" in done.stderr
    db = sqlite3.connect(db_path)
    assert db.execute("SELECT count(*) FROM source").fetchone()[0] == 10
    assert {p for (p,) in db.execute("SELECT name FROM source_name GROUP BY name")} >= {"clip3.mp4", "renamed.mp4"}


def test_a_killed_batch_loses_no_finished_video(program, blank_clips, tmp_path):
    db_path = tmp_path / "a.sqlite"
    chance = random.Random(7)
    for _ in range(6):
        child = subprocess.Popen([program, "scan", str(blank_clips), "--db", str(db_path), "--resume"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.02, 0.6))
        child.send_signal(signal.SIGKILL)
        child.wait()
        if db_path.exists() and db_path.stat().st_size:
            db = sqlite3.connect(db_path)
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            counted = db.execute(
                "SELECT count(*) FROM source WHERE documents<>(SELECT count(*) FROM document WHERE document.source=source.sha256)").fetchone()[0] \
                if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] else 0
            assert counted == 0
            db.close()
    done = subprocess.run([program, "scan", str(blank_clips), "--db", str(db_path), "--resume"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert sqlite3.connect(db_path).execute("SELECT count(*) FROM source").fetchone()[0] == 10


def test_ctrl_c_stops_cleanly(program, testimony, tmp_path):
    child = subprocess.Popen([program, "scan", str(testimony), str(testimony), "--db", str(tmp_path / "a.sqlite")],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not (tmp_path / "a.sqlite").exists() and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.5)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    if child.returncode == 0:
        pytest.skip("the scan was faster than the signal")
    assert child.returncode == 130, err
    assert "stopped" in err
    # What was finished before the signal is there whole; what was in work is not there at all.
    kept = sqlite3.connect(tmp_path / "a.sqlite").execute("SELECT count(*) FROM source").fetchone()[0]
    assert kept == (1 if out.strip() else 0)


def test_two_runs_and_four_threads_give_the_same_bytes(run, archive, testimony, glimpse):
    again = run("scan", testimony, "--threads", 4, "--today", TODAY)
    first = lines((archive / "stdout.jsonl").read_text(encoding="utf-8"))
    second = lines(again.stdout)
    for record in first:  # the first run kept crops
        record["document"].pop("thumbnail", None)
        record["document"].pop("thumbnail_sha256", None)
        record["document"].pop("thumbnail_area", None)
        for field in record["fields"]:
            if "evidence" in field:
                field["evidence"].pop("crop", None)
                field["evidence"].pop("crop_sha256", None)
    assert second == first
    one, four = (run("scan", glimpse, "--threads", n, "--today", TODAY).stdout for n in (1, 4))
    assert one and one == four


def test_processors_of_three_kinds(run, glimpse):
    """OpenCV without AVX-512: the same bytes. Without AVX2 it rounds as on an old processor: a card's values and statuses are the same (docs/record.md)."""
    kinds = ["", "AVX512_SKX", "AVX512_SKX,AVX2,FMA3,FP16,AVX"]
    avx512, avx2, portable = (run("scan", glimpse, "--today", TODAY, env={**os.environ, "OPENCV_CPU_DISABLE": k}).stdout for k in kinds)
    assert avx512 and avx512 == avx2
    new, old = lines(avx2), lines(portable)

    def same(a, b, path=""):
        assert type(a) is type(b), path
        if isinstance(a, dict):
            assert a.keys() == b.keys(), path
            for key in a:
                if key != "alternatives":  # Those hardly seen may come and go.
                    same(a[key], b[key], f"{path}/{key}")
        elif isinstance(a, list):
            assert len(a) == len(b), path
            for i, (x, y) in enumerate(zip(a, b)):
                same(x, y, f"{path}/{i}")
        elif isinstance(a, float):
            assert abs(a - b) <= (2 if "quad" in path or "area" in path else 0.05), (path, a, b)
        else:
            assert a == b, path

    same(new, old)


def test_the_archive_gives_the_same_lines_wherever_it_lies(run, archive):
    stdout = (archive / "stdout.jsonl").read_text(encoding="utf-8")
    assert stdout.count("\n") >= 1
    for place in ("archive.sqlite", "out", "stdout.jsonl"):
        assert run("export", archive / place, "--format", "jsonl").stdout == stdout


def test_outputs_belong_to_the_owner_alone_and_stand_in_the_manifest(archive):
    found = [p for p in archive.rglob("*") if p.name not in ("stdout.jsonl", "stderr.txt")]
    for path in found:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    manifest_path = next(archive.rglob("manifest.json"))
    manifest = json.loads(manifest_path.read_text())
    listed = {d["path"]: d["sha256"] for d in manifest["derivatives"]}
    files = {str(p.relative_to(archive / "out")) for p in (archive / "out").rglob("*") if p.is_file()} - {str(manifest_path.relative_to(archive / "out"))}
    assert set(listed) == files
    for path, digest in listed.items():
        assert digest == "SHA-256:" + hashlib.sha256((archive / "out" / path).read_bytes()).hexdigest()


def test_the_source_is_not_touched(run, blank_clips, tmp_path):
    copy = tmp_path / "a.mp4"
    shutil.copy(blank_clips / "clip0.mp4", copy)
    copy.chmod(0o444)
    before = (copy.read_bytes(), copy.stat().st_mtime_ns)
    assert run("scan", copy, "--db", tmp_path / "a.sqlite").returncode == 0
    assert (copy.read_bytes(), copy.stat().st_mtime_ns) == before


def test_columns_of_the_archive_are_carried_through(run, glimpse, tmp_path):
    table = tmp_path / "list.csv"
    table.write_text(f'path,entry_no,village\n"{glimpse}",4711,"Қараой, «А»"\n', encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(run("scan", "--list", table, "--format", "documents", "--today", TODAY).stdout)))
    assert rows and {(r["entry_no"], r["village"]) for r in rows} == {("4711", "Қараой, «А»")}
    bad = tmp_path / "bad.csv"
    bad.write_text("file\nx\n")
    done = run("scan", "--list", bad)
    assert done.returncode != 0 and "path" in done.stderr


def test_every_entry_that_cites_a_video_gets_its_rows(run, glimpse, tmp_path):
    table = tmp_path / "list.csv"
    twin = tmp_path / "twin.mp4"
    shutil.copy(glimpse, twin)
    table.write_text(f"path,entry_no,village\n{glimpse},12,A\n{glimpse},88,B\n{twin},99,B\n", encoding="utf-8")
    db = tmp_path / "a.sqlite"
    done = run("scan", "--list", table, "--db", db, "--today", TODAY)
    assert done.returncode == 0 and "1 files read" in done.stderr and "2 passed over" in done.stderr
    rows = list(csv.DictReader(io.StringIO(run("export", db, "--format", "documents").stdout)))
    assert [(r["entry_no"], r["village"]) for r in rows] == [("12", "A"), ("88", "B"), ("99", "B")]
    (record,) = lines(run("export", db, "--format", "jsonl").stdout)
    assert record["catalogue"] == {"entry_no": "12 | 88 | 99", "columns": {"village": "A | B"}}


def test_parse_gives_spans_in_code_points(run):
    done = run("parse", "--today", TODAY, input=TEXT.replace("\n", "\r\n"))
    text = TEXT.replace("\n", "\r\n")
    records = lines(done.stdout)
    assert records and records[0]["document"]["kind"] == "court_document"
    fields = {f["key"]: f for f in records[0]["fields"] if "span" in f}
    begin, end = fields["case_number"]["span"]
    assert text[begin:end] == "（2018）新4021刑初12号"
    begin, end = fields["defendant"]["span"]
    assert text[begin:end] == "阿迪力"


def test_parse_refuses_texts_beyond_the_limit(run, tmp_path):
    file = tmp_path / "long.txt"
    file.write_text("a" * 3000 + "\n" + TEXT, encoding="utf-8")
    allowed = run("parse", "--max-size", "1MiB", "--today", TODAY, file)
    assert allowed.returncode == 0 and allowed.stdout
    for size in ("2000", "2KiB"):
        done = run("parse", "--max-size", size, file)
        assert done.returncode == 1 and not done.stdout
        assert "long.txt: a text of more than 20" in done.stderr and "--max-size" in done.stderr
        assert run("parse", "--max-size", size, input=file.read_text(encoding="utf-8")).returncode == 1


def test_parse_refuses_other_encodings(run, tmp_path):
    file = tmp_path / "gbk.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    done = run("parse", file)
    assert done.returncode == 1 and "UTF-8" in done.stderr and done.stderr.count("\n") == 1


def test_masked_output_holds_no_value(run):
    plain = run("parse", "--today", TODAY, input=TEXT).stdout
    masked = run("parse", "--redact", "--today", TODAY, input=TEXT).stdout
    for secret in ("阿迪力", "1893", "4021", "12号", "伊宁县"):
        assert secret in plain
        assert secret not in masked


def test_no_value_in_messages(archive):
    said = (archive / "stderr.txt").read_text(encoding="utf-8")
    for record in lines((archive / "stdout.jsonl").read_text(encoding="utf-8")):
        for field in record["fields"]:
            if len(field["value"]) > 3:
                assert field["value"] not in said


def test_a_full_disk_is_an_error_and_no_half_result(run, archive):
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    with open("/dev/full", "w") as full:
        done = subprocess.run([os.environ["KUALIK_PROGRAM"], "export", str(archive / "archive.sqlite"), "--format", "csv"], stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and "stdout takes no more" in done.stderr


def test_a_read_only_target_is_an_error(run, blank_clips, tmp_path):
    done = run("scan", blank_clips / "clip0.mp4", "--db", "/proc/none/a.sqlite")
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "/proc/none/a.sqlite" in done.stderr


def test_csv_has_one_row_a_field(run, archive):
    records = lines((archive / "stdout.jsonl").read_text(encoding="utf-8"))
    rows = list(csv.DictReader(io.StringIO(run("export", archive / "archive.sqlite", "--format", "csv").stdout)))
    fields = [f for r in records for f in r["fields"] if f["key"] != "text"]
    assert [r["value"] for r in rows if r["key"] != "text"] == [f["value"] for f in fields]
    assert all(r["sha256"].startswith("SHA-256:") for r in rows)


def test_the_redacted_copy_shows_our_reader_nothing(run, archive, testimony, tmp_path):
    copy = tmp_path / "copy.mp4"
    done = run("redact", testimony, "--out", copy)
    assert done.returncode == 0, done.stderr
    private = {f["value"] for r in lines((archive / "stdout.jsonl").read_text(encoding="utf-8")) for f in r["fields"]
               if f["key"] not in ("sex", "ethnicity", "title", "charge", "sentence", "text") and len(f["value"]) >= 2}
    assert private
    seen = run("scan", copy, "--today", TODAY)
    read = {f["value"] for r in lines(seen.stdout) for f in r["fields"]}
    assert not private & read
    assert stat.S_IMODE(pathlib.Path(copy).stat().st_mode) == 0o600
    manifest = json.loads(pathlib.Path(f"{copy}.manifest.json").read_text(encoding="utf-8"))
    assert manifest["source"]["sha256"] == "SHA-256:" + hashlib.sha256(pathlib.Path(testimony).read_bytes()).hexdigest()
    assert [(d["path"], d["sha256"]) for d in manifest["derivatives"]] == [("copy.mp4", "SHA-256:" + hashlib.sha256(copy.read_bytes()).hexdigest())]
    probe = subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(copy)], capture_output=True, text=True)
    info = json.loads(probe.stdout)
    assert [s["codec_type"] for s in info["streams"]] == ["video"], "the sound is dropped unless it is asked for"
    assert not {"title", "comment", "location", "creation_time"} & set(info["format"].get("tags", {}))


def shown_pixels(copy, truth, first):
    """Of each document: frames in which a pixel of a field with a known place is not covered, by the scene's own record of places; `first` is the
    copy's first frame in the scene."""
    np = pytest.importorskip("numpy")
    width, height = truth["source"]["width"], truth["source"]["height"]
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", copy, "-f", "rawvideo", "-pix_fmt", "gray", "-"], capture_output=True, check=True).stdout
    frames = np.frombuffer(raw, np.uint8).reshape(-1, height, width)
    open_frames = []
    for document in truth["documents"]:
        for seen in document["frames"]:
            if not first <= seen["frame"] < first + len(frames):
                continue
            # The plane of the document to the frame: four corners give the homography.
            source, rows = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], float), []
            for (x, y), (u, v) in zip(source, seen["quad"]):
                rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
            plane = np.append(np.linalg.solve(np.array(rows), np.array(seen["quad"]).ravel()), 1).reshape(3, 3)
            for field in document["fields"]:
                for x, y, w, h in field.get("boxes", []):
                    at = np.array([[x + w * i / 12, y + h * k / 4, 1] for i in range(13) for k in range(5)]) @ plane.T
                    u, v = (at[:, :2] / at[:, 2:]).round().astype(int).T
                    inside = (u >= 0) & (u < width) & (v >= 0) & (v < height)
                    if (frames[seen["frame"] - first][v[inside], u[inside]] > 40).any():
                        open_frames.append((document["kind"], field["key"], seen["frame"]))
    return open_frames


def test_every_field_is_covered_in_every_frame(run, tmp_path):
    """Also while the document comes into sight, when a frame held still can be read by a person."""
    truth = json.loads((ROOT / "examples/testimony.truth.json").read_text(encoding="utf-8"))
    clip, copy = tmp_path / "clip.mp4", tmp_path / "copy.mp4"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-ss", "2", "-t", "1.8", "-i", ROOT / "examples/testimony.mp4", "-crf", "16", clip], check=True)
    assert run("redact", clip, "--out", copy).returncode == 0
    assert not shown_pixels(copy, truth, 50)
    assert len(shown_pixels(clip, truth, 50)) > 100, "the test sees what is open"


def test_chosen_keys_alone_are_covered(run, archive, testimony, tmp_path):
    """With --keys the chosen values cannot be read from the copy, and the others still can."""
    copy = tmp_path / "copy.mp4"
    done = run("redact", testimony, "--out", copy, "--keys", "id_number,address,birth_date,name")
    assert done.returncode == 0, done.stderr
    before = {f["key"]: f["value"] for r in lines((archive / "stdout.jsonl").read_text(encoding="utf-8")) for f in r["fields"]}
    read = "\n".join(v for r in lines(run("scan", copy, "--today", TODAY).stdout) for f in r["fields"]
                     for v in (f["value"], f["raw"], *(a["value"] for a in f["alternatives"])))
    for key in ("id_number", "address", "birth_date", "name"):
        assert before[key] not in read, key
    number = before["id_number"]
    assert not [number[i:i + 6] for i in range(13) if number[i:i + 6] in read], "a piece of the number"
