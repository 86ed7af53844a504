"""The notebooks run from top to bottom; the Dask example does the work of a scan, also with a worker killed."""
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

from conftest import ROOT, TODAY

import kualik


@pytest.mark.parametrize("name", ["folder_to_table", "messy_column"])
def test_notebooks_run(name, testimony, tmp_path, monkeypatch):
    nbformat = pytest.importorskip("nbformat")
    execute = pytest.importorskip("nbconvert.preprocessors")
    pytest.importorskip("ipykernel")
    pytest.importorskip("matplotlib")
    if name == "messy_column" and not hasattr(kualik, "numbers"):
        pytest.skip("the number layer is not bound")
    videos = tmp_path / "videos"
    videos.mkdir()
    shutil.copy(testimony, videos / "testimony.mp4")
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


def start_dask(folder, database):
    return subprocess.Popen([sys.executable, str(ROOT / "examples/dask_batch.py"), str(folder), "--database", str(database), "--workers", "2", "--today", TODAY],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_dask_survives_a_killed_worker(blank_clips, tmp_path):
    pytest.importorskip("distributed")
    folder = tmp_path / "clips"
    shutil.copytree(blank_clips, folder)
    (folder / "bad.mp4").write_text("no video")
    shutil.copy(folder / "clip0.mp4", folder / "twin.mp4")
    database = tmp_path / "a.sqlite"
    child = start_dask(folder, database)
    killed = []

    def kill_one():
        # A worker is a grandchild whose command line names the nanny's spawn.
        end = time.monotonic() + 60
        while time.monotonic() < end and not killed:
            for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
                try:
                    pid, parent = int(entry.parent.name), int(entry.read_text().rsplit(")", 1)[1].split()[1])
                    if parent == child.pid and b"spawn_main" in (entry.parent / "cmdline").read_bytes():
                        time.sleep(1.0)
                        os.kill(pid, signal.SIGKILL)
                        killed.append(pid)
                        return
                except (OSError, ValueError):
                    continue
            time.sleep(0.05)

    thread = threading.Thread(target=kill_one)
    thread.start()
    _, err = child.communicate(timeout=600)
    thread.join()
    assert killed, "no worker was found to kill"
    assert child.returncode == 1 and "bad.mp4" in err, err[-2000:]
    db = sqlite3.connect(database)
    assert db.execute("SELECT count(*) FROM source").fetchone()[0] == 10
    assert db.execute("SELECT count(*) FROM failure").fetchone()[0] == 1
    assert {"clip0.mp4", "twin.mp4"} <= {name for (name,) in db.execute("SELECT name FROM source_name")}
    again = start_dask(folder, database)
    _, err = again.communicate(timeout=600)
    assert "0 files read, 1 failed" in err, "only the bad file is tried again"


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
