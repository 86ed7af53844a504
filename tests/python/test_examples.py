"""The notebooks run from top to bottom; the Dask example does the work of a scan, also with a worker killed."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from conftest import ROOT, TODAY

import kualik


@pytest.mark.parametrize("name", ["folder_to_table", "messy_column"])
def test_notebooks_run(name, glimpse, tmp_path, monkeypatch):
    nbformat = pytest.importorskip("nbformat")
    execute = pytest.importorskip("nbconvert.preprocessors")
    pytest.importorskip("ipykernel")
    pytest.importorskip("matplotlib")
    if name == "messy_column" and not hasattr(kualik, "numbers"):
        pytest.skip("the number layer is not bound")
    videos = tmp_path / "videos"
    videos.mkdir()
    shutil.copy(glimpse, videos / "testimony.mp4")
    monkeypatch.setenv("KUALIK_VIDEOS", str(videos))
    notebook = nbformat.read(ROOT / "examples" / f"{name}.ipynb", as_version=4)
    execute.ExecutePreprocessor(timeout=900, kernel_name="python3").preprocess(notebook, {"metadata": {"path": str(tmp_path)}})
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error"]
    assert any("image/png" in o.get("data", {}) for o in outputs), "a plot is shown"


def test_notebooks_are_stored_without_outputs():
    for path in (ROOT / "examples").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            assert not cell.get("outputs"), path


def start_dask(folder, database, *options):
    return subprocess.Popen([sys.executable, str(ROOT / "examples/dask_batch.py"), str(folder), "--database", str(database), "--workers", "2", "--today", TODAY, *options],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end_of(child, seconds=120):
    """What it said on stderr; it is not waited for longer than that, and its workers end with it."""
    try:
        return child.communicate(timeout=seconds)[1]
    except subprocess.TimeoutExpired:
        for pid in workers_of(child):
            os.kill(pid, signal.SIGKILL)
        child.kill()
        raise


def workers_of(child):
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(entry.read_text().rsplit(")", 1)[1].split()[1]) == child.pid and b"dask_worker" in (entry.parent / "cmdline").read_bytes():
                found.append(int(entry.parent.name))
        except (OSError, ValueError):
            continue
    return sorted(found)


def rows(database, table):
    try:
        return sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    except sqlite3.OperationalError:  # not there yet
        return 0


def wait_for(what, child):
    end = time.monotonic() + 60
    while time.monotonic() < end and child.poll() is None:
        if found := what():
            return found
        time.sleep(0.02)
    raise AssertionError("the run ended, or stood still, before there was anything to kill")


def test_dask_survives_killed_workers(blank_clips, tmp_path):
    """One worker is killed while it starts, another in the middle of the run."""
    pytest.importorskip("distributed")
    folder = tmp_path / "clips"
    shutil.copytree(blank_clips, folder)
    (folder / "bad.mp4").write_text("no video")
    shutil.copy(folder / "clip0.mp4", folder / "twin.mp4")
    database = tmp_path / "a.sqlite"
    child = start_dask(folder, database)
    first = wait_for(lambda: workers_of(child), child)[0]
    time.sleep(0.4)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: rows(database, "source"), child)
    for pid in workers_of(child):  # all of them: whoever holds a file, loses it
        os.kill(pid, signal.SIGKILL)
    err = end_of(child)
    assert child.returncode == 1 and "bad.mp4" in err, err[-2000:]
    assert (rows(database, "source"), rows(database, "failure")) == (10, 1)
    assert {"clip0.mp4", "twin.mp4"} <= {name for (name,) in sqlite3.connect(database).execute("SELECT name FROM source_name")}
    again = start_dask(folder, database, "--workers", "1")
    assert "0 files read, 1 failed" in end_of(again), "only the bad file is tried again"


def test_dask_brings_the_records_of_a_scan_and_their_pictures(run, archive, testimony, tmp_path):
    pytest.importorskip("distributed")
    database = tmp_path / "a.sqlite"
    done = subprocess.run([sys.executable, str(ROOT / "examples/dask_batch.py"), str(testimony.parent), "--database", str(database), "--workers", "1",
                           "--today", TODAY, "--crops"], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert run("export", database, "--format", "jsonl").stdout == (archive / "stdout.jsonl").read_text(encoding="utf-8")
    pictures = "SELECT path, sha256, bytes FROM picture ORDER BY path"
    assert sqlite3.connect(database).execute(pictures).fetchall() == sqlite3.connect(archive / "archive.sqlite").execute(pictures).fetchall()


def test_pip_builds_the_package_without_network(tmp_path):
    """In the folder that was built already; KUALIK_TEST_PIP=1 builds from nothing, which takes minutes."""
    built = pathlib.Path(kualik.__file__).parents[3]
    environment = dict(os.environ)
    if not os.environ.get("KUALIK_TEST_PIP"):
        assert (built / "CMakeCache.txt").exists()
        environment["KUALIK_BUILD_DIR"] = str(built)
    target = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "pip", "install", "--no-build-isolation", "--no-deps", "--no-index", "--no-cache-dir", "--target", str(target),
                    str(ROOT / "bindings/python")], check=True, timeout=3600, env=environment)
    assert {"py.typed", "_core.pyi", "numbers.pyi", "names.pyi", "__init__.py"} <= {p.name for p in (target / "kualik").iterdir()}
    done = subprocess.run([sys.executable, "-c", "import kualik; print(kualik.__file__)"], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(target)})
    assert str(target) in done.stdout
