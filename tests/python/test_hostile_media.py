"""Broken, odd and malicious media: records or one clear line for each file, in bounded memory and time, and the rest goes on.

Of the stills, which cost half a second each to read, only some are taken (all are decoded by tests/fuzz/media_fuzz, whose corpus holds each
form); KUALIK_LONG_TESTS=1 takes them all.
"""
import json
import os
import pathlib
import re
import subprocess
import time

import pytest

import hostile_media

MOST_MEMORY = 1 << 30  # Bytes; reading two ordinary files side by side takes 0.4 GiB.
ALWAYS = r"bad-|good-(alpha|cmyk|exif|16-bit.png|animated.png|16-bit-transparent|interlaced)|good-video-named|any-cut-6.jpg|any-cut-[1-9].png|any-cut-[15].webp|any-flipped-0.jpg"
STILLS = {".jpg", ".png", ".bmp", ".tif", ".webp"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for path in hostile_media.make(folder):
        if path.suffix in STILLS and not re.match(ALWAYS, path.name) and not os.environ.get("KUALIK_LONG_TESTS"):
            path.unlink()
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def scanned(program, files, tmp_path_factory):
    """Everything in one run; also what it took."""
    out = tmp_path_factory.mktemp("scanned")
    begun = time.monotonic()
    with open(out / "out", "w") as stdout, open(out / "err", "w") as stderr:
        child = subprocess.Popen([program, "scan", files[0].parent, "--threads", "2", "--today", "2026-01-01"], stdout=stdout, stderr=stderr)
        _, status, used = os.wait4(child.pid, 0)
    return {"code": os.waitstatus_to_exitcode(status), "lines": (out / "err").read_text().splitlines(), "memory": used.ru_maxrss * 1024,
            "seconds": time.monotonic() - begun}


def test_each_file_gives_records_or_one_line(scanned, files):
    assert scanned["code"] == 1
    *lines, last = scanned["lines"]
    assert all(line.startswith("kualik: ") for line in scanned["lines"]), "libraries talk to stderr"
    named = [pathlib.Path(line.split(": ")[1]).name for line in lines]
    assert len(named) == len(set(named)), "more than one line for a file"
    of_cut_video = {"good-rate-slow.mkv"}  # Its one frame in a thousand seconds is told as a gap at the end.
    for path in files:
        if path.name.startswith("bad-"):
            assert path.name in named, "nothing was said of it"
        if path.name.startswith("good-"):
            assert path.name not in set(named) - of_cut_video, [line for line in lines if path.name in line]
    assert re.match(r"kualik: \d+ files read, \d+ documents, \d+ failed", last)


def test_causes_are_named(scanned):
    said = {pathlib.Path(line.split(": ")[1]).name: line.split(": ", 2)[2] for line in scanned["lines"][:-1]}
    assert "60000 x 60000 pixels" in said["bad-bomb-60000.png"] and "limit" in said["bad-bomb-60000.png"]
    for name in ("bad-bomb.jpg", "bad-bomb.gif", "bad-bomb.bmp"):
        assert said[name].startswith("too large"), name
    assert "empty" in said["bad-empty.mp4"] and "text" in said["bad-text-named.mp4"] and "text" in said["bad-list-named.mp4"]
    assert "moov" in said["any-cut-5.mp4"] and "cut short" in said["any-cut-6.jpg"]
    assert "no video stream" in said["bad-sound-alone.mp4"] and "animated WebP" in said["bad-animated.webp"]
    assert "too small" in said["bad-one-pixel.png"]
    assert "gives no size" in said["bad-hidden-size.png"] and said["bad-tile.tif"].startswith("too large: 16000 x 16000")
    assert "more than 100 scans" in said["bad-scans.jpg"] and "more samples than" in said["bad-samples-of-one-size.mp4"]
    assert "no video stream" in said["bad-subtitles-alone.mkv"]
    # Which bits a processor's encoder wrote there decides whether a frame is lost as well.
    assert re.fullmatch(r"the video is damaged: (\d+ of its frames could not be decoded, \d+ more|.*\d+ of its frames could be decoded) only in part",
                        said["bad-patched.mp4"])
    assert said["bad-two-videos.mkv"] == "the file holds 2 videos, of which one was read"
    assert said["any-zeroed.mp4"] == "the video is damaged: 10 of its frames could not be decoded, 1 more only in part"


def test_memory_and_time_are_bounded(scanned, files):
    assert scanned["memory"] < MOST_MEMORY
    assert scanned["seconds"] < 5 * len(files)


def test_names_cannot_forge_lines_and_pipes_are_not_waited_for(run, tmp_path):
    forged = tmp_path / "a\nkualik: all is well.mp4"
    forged.write_bytes(b"no video")
    pipe = tmp_path / "pipe.mp4"
    os.mkfifo(pipe)
    done = run("scan", forged, pipe, "/dev/zero", tmp_path / "none.mp4")
    lines = done.stderr.splitlines()
    assert done.returncode == 1 and len(lines) == 5 and not any(line.startswith("kualik: all is well") for line in lines)
    assert sum("not a regular file" in line for line in lines) == 2


def test_a_video_that_grows_is_read_in_its_largest_size(run, testimony, tmp_path):
    """A recorded call begins small; the card that is held up later is read, and covered, where it stands."""
    ffmpeg = ["ffmpeg", "-loglevel", "error", "-i", testimony, "-an", "-c:v", "libx264", "-crf", "16", "-pix_fmt", "yuv420p"]
    subprocess.run([*ffmpeg, "-vf", "crop=iw/4:ih/4:0:0,scale=320:180", "-frames:v", "10", tmp_path / "small.ts"], check=True)
    subprocess.run([*ffmpeg, tmp_path / "large.ts"], check=True)
    call = tmp_path / "call.ts"
    call.write_bytes((tmp_path / "small.ts").read_bytes() + (tmp_path / "large.ts").read_bytes())
    done = run("scan", call, "--today", "2026-01-01")
    assert done.returncode == 0, done.stderr
    record, = map(json.loads, done.stdout.splitlines())
    assert (record["source"]["width"], record["source"]["height"]) == (1280, 720)
    alone = json.loads(run("scan", testimony, "--today", "2026-01-01").stdout)
    number = {r["source"]["name"]: next(f["value"] for f in r["fields"] if f["key"] == "id_number") for r in (record, alone)}
    assert len(set(number.values())) == 1
    assert run("redact", call, "--out", tmp_path / "copy.mp4").returncode == 0
    assert "id_number" not in run("scan", tmp_path / "copy.mp4", "--today", "2026-01-01").stdout
