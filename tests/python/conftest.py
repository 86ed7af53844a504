"""Fixtures of the tests that use the built program (KUALIK_PROGRAM) and package (PYTHONPATH)."""
import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TODAY = "2026-01-01"


@pytest.fixture(scope="session")
def program():
    path = os.environ.get("KUALIK_PROGRAM")
    if not path:
        pytest.skip("KUALIK_PROGRAM names no program")
    return path


@pytest.fixture(scope="session")
def run(program):
    def call(*arguments, **options):
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=600, **options)

    return call


def of_the_card(path, seconds):
    """A piece of the example in which the card is held still."""
    if not shutil.which("ffmpeg"):
        pytest.skip("no ffmpeg")
    subprocess.run(["ffmpeg", "-loglevel", "error", "-ss", "3.2", "-t", str(seconds), "-i", ROOT / "examples/testimony.mp4", "-metadata", "title=a title",
                    "-crf", "16", "-pix_fmt", "yuv420p", path], check=True)
    return path


@pytest.fixture(scope="session")
def testimony(tmp_path_factory):
    """A second: the card is followed, several sights of it are read."""
    return of_the_card(tmp_path_factory.mktemp("testimony") / "testimony.mp4", 1.0)


@pytest.fixture(scope="session")
def glimpse(tmp_path_factory):
    """Two frames, of which one is read, for tests that ask for a document but not for how it was read."""
    return of_the_card(tmp_path_factory.mktemp("glimpse") / "glimpse.mp4", 0.08)


@pytest.fixture(scope="session")
def archive(run, testimony, tmp_path_factory):
    """The example testimony, scanned once: database, output folder and the lines on stdout."""
    folder = tmp_path_factory.mktemp("archive")
    done = run("scan", testimony, "--db", folder / "archive.sqlite", "--out", folder / "out", "--crops", "--today", TODAY)
    assert done.returncode == 0, done.stderr
    (folder / "stdout.jsonl").write_text(done.stdout, encoding="utf-8")
    (folder / "stderr.txt").write_text(done.stderr, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def blank_clips(tmp_path_factory):
    """Ten clips of half a second that show no document, each with other content."""
    if not shutil.which("ffmpeg"):
        pytest.skip("no ffmpeg")
    folder = tmp_path_factory.mktemp("clips")
    for i in range(10):
        subprocess.run(
            ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", f"color=c=0x{i * 20:02x}5060:size=320x180:rate=10:duration=0.5",
             "-pix_fmt", "yuv420p", folder / f"clip{i}.mp4"],
            check=True,
        )
    return folder
