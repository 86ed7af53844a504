"""Nothing leaves the machine, nothing is written but where it was asked for, and masked results cannot be joined back."""
import base64
import json
import os
import pathlib
import re
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import time

import pytest

from conftest import TODAY

TEXT = "新疆维吾尔自治区伊宁县人民法院\n刑事判决书\n（2018）新4021刑初12号\n被告人阿迪力，男，1893年7月1日出生，维吾尔族，公民身份号码654121189307010056。\n"


@pytest.fixture(scope="module")
def traced(tmp_path_factory):
    """Runs a command and gives its system calls that concern networks and files; the tracer's own file lies outside what it writes."""
    if not shutil.which("strace") or subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        pytest.skip("no strace, or it may not trace here")
    logs = tmp_path_factory.mktemp("traces")

    def call(*command, **options):
        log = logs / f"{len(list(logs.iterdir()))}.txt"
        traced_calls = "trace=%network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,execve"
        done = subprocess.run(["strace", "-f", "-qq", "-y", "-e", "signal=none", "-e", traced_calls, "-o", log, *map(str, command)], capture_output=True,
                              text=True, timeout=600, **options)
        return done, log.read_text(errors="replace").splitlines()

    return call


def written(calls, folder):
    """Files opened for writing, made, renamed or removed, but for devices; relative ones lie in `folder`."""
    found = set()
    for line in calls:
        if "= -1 " in line:
            continue
        name = re.search(r"\b(open|openat|creat|mkdir|mkdirat|rename\w*|link\w*|symlink\w*|unlink\w*)\(", line)
        if not name or (name[1].startswith("open") and not re.search(r"O_WRONLY|O_RDWR|O_CREAT", line)):
            continue
        for path in re.findall(r'"([^"]*)"', line):
            if not path.startswith(("/dev/", "/proc/self/", "/memfd")):
                found.add(os.path.normpath(os.path.join(folder, path)))
    return found


def test_no_network_call_and_no_file_but_where_it_was_asked_for(program, traced, glimpse, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "numbers.csv").write_text("id_number\n440524188001010014\n")
    runs = [
        ("scan", glimpse, "--db", out / "a.sqlite", "--out", out / "files", "--crops", "--today", TODAY),
        ("report", out / "a.sqlite", "--out", out / "page.html"),
        ("export", out / "a.sqlite", "--format", "csv"),
        ("redact", glimpse, "--out", out / "copy.mp4"),
        ("parse", tmp_path / "a.txt"),
        ("check", tmp_path / "numbers.csv"),
    ]
    for run in runs:
        done, calls = traced(program, *run, cwd=tmp_path, env={**os.environ, "TMPDIR": str(temporary)})
        assert done.returncode == 0, (run[0], done.stderr)
        assert not [line for line in calls if re.search(r"AF_INET6?|AF_PACKET|AF_NETLINK", line)], run[0]
        outside = {p for p in written(calls, tmp_path) if not pathlib.Path(p).is_relative_to(out)}
        assert not outside, (run[0], outside)
    assert not list(temporary.iterdir())
    left = {p.name for p in out.iterdir()}
    assert left == {"a.sqlite", "files", "page.html", "copy.mp4", "copy.mp4.manifest.json"}, "temporary files are removed"
    for path in out.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_package_opens_no_network(traced, tmp_path):
    code = f"import kualik, kualik.numbers, kualik.names; kualik.parse({TEXT!r}); kualik.Reader(threads=1); kualik.numbers.check(['440524188001010014'])"
    done, calls = traced(sys.executable, "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not [line for line in calls if re.search(r"AF_INET6?|AF_PACKET", line)]


def test_masked_texts_of_two_people_are_the_same_bytes(run, tmp_path):
    """What differs between two persons alone is not in the masked result: no value, length, place, hash, size or name of a file."""
    others = [TEXT, TEXT.replace("阿迪力", "阿卜杜热合曼·玉素甫"), TEXT.replace("1893年7月1日", "1894年12月11日").replace("654121189307010056", "654121189412110016"),
              TEXT.replace("1893年7月1日", "1894年12月11日").replace("654121189307010056", "65412118941211069X")]
    masked = []
    for i, text in enumerate(others):
        file = tmp_path / f"Қараой {i}.txt"
        file.write_text(text, encoding="utf-8")
        masked.append([run("parse", file, "--redact", "--today", TODAY, "--format", f).stdout for f in ("jsonl", "csv", "documents", "table")])
    assert masked[0][0].count("\n") == 1 and json.loads(masked[0][0])["fields"]
    assert masked[0] == masked[1] == masked[2] == masked[3]
    assert "Қараой" not in "".join(masked[0])


def test_no_value_in_messages_whatever_the_input(run, tmp_path):
    """Broken tables, lists and decisions: the messages name lines and causes, and hold nothing of what stands there."""
    secret = "440524188001010014"
    broken = {
        "open.csv": f'name,id_number\n"{secret},{secret}\n{secret}\n',
        "wide.csv": f"a;b\n{secret}\n",
        "head.csv": f"{secret}x,{secret}y\n",
        "list.csv": f"path\n{secret}.mp4,{secret},\n",
        "bad.jsonl": f'{{"schema":"kualik.review/1","decisions":[{{"value":"{secret}"\n',
        "text.srt": f"1\n00:00:{secret} --> {secret}\n{secret}\n",
    }
    for name, text in broken.items():
        (tmp_path / name).write_text(text)
    calls = [("check", tmp_path / n) for n in ("open.csv", "wide.csv", "head.csv")]
    calls += [("check", tmp_path / "wide.csv", "--column", "id_number"), ("scan", "--list", tmp_path / "list.csv"), ("parse", tmp_path / "text.srt"),
              ("report", tmp_path / "bad.jsonl", "--out", tmp_path / "page.html"), ("export", tmp_path / "bad.jsonl")]
    for call in calls:
        done = run(*call)
        for line in done.stderr.splitlines():
            # A file that does not exist is named as it was asked for.
            assert secret not in line or f"{secret}.mp4" in line, (call[0], line)


def test_a_crash_leaves_no_core_file(program):
    unlimited = lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("no core files here anyway")
    with subprocess.Popen([program, "check", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, preexec_fn=unlimited) as child:
        for _ in range(100):  # Until it waits for its input.
            limits = pathlib.Path(f"/proc/{child.pid}/limits").read_text()
            if re.search(r"Max core file size +0 ", limits):
                break
            time.sleep(0.1)
        child.kill()
    assert re.search(r"Max core file size +0 ", limits), limits


def limited(bytes_most):
    def call():
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_most, bytes_most))
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # As on a full disk: the call fails, no signal comes.

    return call


@pytest.mark.parametrize("room", [20_000, 60_000, 150_000])
def test_a_target_that_fills_up_loses_nothing_that_was_written(program, blank_clips, glimpse, tmp_path, room):
    database = tmp_path / "a.sqlite"
    clip = blank_clips / "clip0.mp4"
    assert subprocess.run([program, "scan", clip, "--db", database, "--today", TODAY], capture_output=True).returncode == 0
    full = subprocess.run([program, "scan", glimpse, *sorted(blank_clips.iterdir()), "--db", database, "--resume", "--out", tmp_path / "out", "--crops",
                           "--today", TODAY], capture_output=True, text=True, preexec_fn=limited(room), timeout=600)
    assert full.returncode == 1, full.stderr
    assert re.search(r"full|too large|no space|takes no more|disk|written", full.stderr, re.I), full.stderr
    db = sqlite3.connect(database)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert "clip0.mp4" in {name for (name,) in db.execute("SELECT name FROM source")}
    halves = db.execute("SELECT count(*) FROM source WHERE documents <> (SELECT count(*) FROM document WHERE document.source = source.sha256)")
    assert halves.fetchone()[0] == 0
    db.close()
    done = subprocess.run([program, "scan", glimpse, blank_clips, "--db", database, "--resume", "--out", tmp_path / "out", "--crops", "--today", TODAY],
                          capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert sqlite3.connect(database).execute("SELECT count(*) FROM source").fetchone()[0] == 11


def test_a_folder_that_takes_nothing_is_named(run, blank_clips, tmp_path):
    if os.geteuid() == 0:
        folder = pathlib.Path("/proc/self")  # Root may write to any folder with a mode; not there.
    else:
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o500)
    for arguments in (("scan", blank_clips / "clip0.mp4", "--out", folder / "out", "--crops"), ("scan", blank_clips / "clip0.mp4", "--db", folder / "a.sqlite"),
                      ("redact", blank_clips / "clip0.mp4", "--out", folder / "copy.mp4")):
        done = run(*arguments)
        assert done.returncode == 1 and str(folder) in done.stderr and len(done.stderr.splitlines()) <= 2, (arguments[0], done.stderr)


LINE = {"schema": "kualik.record/1", "source": {"name": "a.mp4", "sha256": "5" * 64, "size": 1, "width": 9, "height": 9, "fps": 25.0, "duration_s": 1.0},
        "document": {"kind": "other_document", "score": 0.5, "first_seen_s": 0.0, "last_seen_s": 0.0, "frames_seen": 1, "frames_read": 1, "rotation": 0, "mirrored": False},
        "fields": [{"key": "name", "value": "x", "raw": "x", "script": "Latn", "confidence": 0.5, "status": "unchecked", "reasons": [], "agree": 1, "seen": 1, "alternatives": [],
                    "evidence": {"frame": 3, "time_s": 0.1, "quad": [[0, 0], [1, 0], [1, 1], [0, 1]], "crop": "a.mp4.d/1.png", "crop_sha256": "0" * 64}}],
        "checks": [], "engine": {"kualik": "0.1.0", "tesseract": "", "models": []}}


def test_a_folder_handed_on_shows_no_file_from_elsewhere(run, tmp_path):
    """A crop that is a link out of the folder, or a path that leaves it, is left out of the page."""
    elsewhere = tmp_path / "elsewhere.png"
    elsewhere.write_bytes(b"\x89PNG of somebody else")
    folder = tmp_path / "handed on"
    (folder / "a.mp4.d").mkdir(parents=True)
    shown = base64.b64encode(elsewhere.read_bytes()).decode()
    for crop, link in (("a.mp4.d/1.png", elsewhere), ("../elsewhere.png", None), (str(elsewhere), None), ("a.mp4.d/1.png", None)):
        line = json.loads(json.dumps(LINE))
        line["fields"][0]["evidence"]["crop"] = crop
        (folder / "a.mp4.d" / "records.jsonl").write_text(json.dumps(line) + "\n")
        place = folder / "a.mp4.d" / "1.png"
        place.unlink(missing_ok=True)
        own = link is None and not pathlib.Path(crop).is_absolute() and ".." not in crop
        if link:
            place.symlink_to(link)
        elif own:
            place.write_bytes(elsewhere.read_bytes())
        done = run("report", folder, "--out", tmp_path / "page.html")
        assert done.returncode == 0, done.stderr
        assert (shown in (tmp_path / "page.html").read_text()) == own, crop


def test_a_pipe_for_an_archive_is_refused_and_not_waited_for(program, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder" / "a.d").mkdir(parents=True)
    os.mkfifo(tmp_path / "folder" / "a.d" / "records.jsonl")
    for archive in ("pipe", "folder"):
        done = subprocess.run([program, "export", tmp_path / archive], capture_output=True, text=True, timeout=20)
        assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and archive in done.stderr


def test_a_write_protected_archive_is_read(program, run, tmp_path):
    """Evidence is kept on media that take no writing: rows and page are made of it, a scan into it is refused in one line."""
    medium = tmp_path / "medium"
    medium.mkdir()
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    archive = medium / "a.sqlite"
    assert run("scan", tmp_path / "a.jpg", "--db", archive).returncode == 1 and archive.exists()

    def protected(*arguments):
        if os.geteuid() != 0:
            archive.chmod(0o400)
            medium.chmod(0o500)
            return run(*arguments)
        mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" || exit 99; exec "$@"'
        return subprocess.run(["unshare", "-m", "sh", "-c", mount, medium, program, *map(str, arguments)], capture_output=True, text=True, timeout=60)

    done = protected("export", archive)
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip("nothing can be mounted here")
    assert done.returncode == 0 and done.stdout.startswith("source,"), done.stderr
    assert protected("report", archive, "--out", tmp_path / "page.html").returncode == 0
    done = protected("scan", tmp_path / "a.jpg", "--db", archive)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "a.sqlite" in done.stderr, done.stderr
    medium.chmod(0o700)
