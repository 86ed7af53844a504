"""The Python package: values, arrays, errors, stubs, threads."""
import ast
import doctest
import importlib
import inspect
import os
import pathlib
import pickle
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

import pytest

import kualik  # noqa: E402
np = pytest.importorskip("numpy")

import hostile_media  # noqa: E402
from conftest import TODAY  # noqa: E402

TEXT = "新疆维吾尔自治区伊宁县人民法院\n刑事判决书\n（2018）新4021刑初12号\n被告人阿迪力，男，1893年7月1日出生，维吾尔族。\n"


@pytest.fixture(scope="module")
def reader():
    return kualik.Reader(today=TODAY)


@pytest.fixture(scope="module")
def records(archive):
    return kualik.load(archive / "archive.sqlite")


def test_what_is_read_in_part_only_is_warned_of(reader, tmp_path):
    hostile_media.zeroed(tmp_path)
    clip = tmp_path / "any-zeroed.mp4"
    with pytest.warns(kualik.IncompleteWarning, match="10 of its frames could not be decoded"):
        assert reader.video(clip) == []
    lines, pictures, warning = reader.pack(clip)
    assert not lines and not pictures and warning.startswith("the video is damaged")
    kualik.Archive(tmp_path / "a.sqlite").add(clip, lines, pictures, warning)
    with sqlite3.connect(tmp_path / "a.sqlite") as db:
        assert db.execute("SELECT warning FROM source").fetchone() == (warning,)


def test_the_limit_of_pixels_can_be_changed():
    with pytest.raises(kualik.InputError, match="pixels"):
        kualik.Reader(max_pixels=10_000, today=TODAY).image(np.zeros((200, 100, 3), np.uint8))


def test_parse_gives_values_whose_repr_holds_no_value():
    (record,) = kualik.parse(TEXT, today=TODAY)
    assert record.kind == "court_document" and record.kind == kualik.Kind.court_document
    assert record["defendant"].value == "阿迪力"
    assert "阿迪力" not in repr(record) and "court_document" in repr(record)
    begin, end = record["case_number"].span
    assert TEXT[begin:end] == "（2018）新4021刑初12号"
    with pytest.raises(KeyError):
        record["no_such_key"]
    assert record.get("no_such_key") is None
    assert isinstance(record["defendant"].status, kualik.Status)


def test_spans_count_code_points_beyond_the_basic_plane():
    text = "😀 é\r\n" + TEXT
    (record,) = kualik.parse(text, today=TODAY)
    begin, end = record["defendant"].span
    assert text[begin:end] == "阿迪力"


def test_records_survive_pickle_and_json(records):
    for record in records:
        assert pickle.loads(pickle.dumps(record)) == record
        assert kualik.Record.from_json(record.to_json()) == record


def test_bad_json_is_a_value_error_naming_the_place():
    with pytest.raises(ValueError, match="schema"):
        kualik.Record.from_json('{"schema":"another"}')
    with pytest.raises(ValueError):
        kualik.Record.from_json("")


def test_reasons_have_the_bits_of_the_library():
    assert kualik.Reason.bad_length == 0 and kualik.Reason.unknown_region == 16 and kualik.Reason.period_mismatch == 31


def test_frames(records):
    pytest.importorskip("pandas")
    fields = kualik.to_frame(records)
    assert len(fields) == sum(len(r.fields) for r in records)
    documents = kualik.to_frame(records, "documents")
    assert set(documents["sha256"].str[:8]) == {"SHA-256:"}
    assert kualik.to_frame([]).empty
    with pytest.raises(ValueError):
        kualik.to_frame(records, "rows")


@pytest.mark.parametrize(
    "array, error, words",
    [
        (np.zeros((40, 60, 3), np.float32), TypeError, ["float32", "(40, 60, 3)"]),
        (np.zeros((40, 60, 3), np.uint16), TypeError, ["uint16"]),
        (np.zeros(2400, np.uint8), TypeError, ["(2400,)"]),
        (np.zeros((40, 60, 2), np.uint8), TypeError, ["(40, 60, 2)"]),
        (np.zeros((0, 60, 3), np.uint8), ValueError, ["(0, 60, 3)"]),
    ],
)
def test_wrong_arrays_are_refused_by_name(reader, array, error, words):
    with pytest.raises(error) as caught:
        reader.image(array)
    for word in words:
        assert word in str(caught.value)


def test_strides_are_honoured(reader):
    picture = np.full((200, 300, 3), 90, np.uint8)
    picture[40:160:3] = 200
    wide = np.zeros((200, 400, 3), np.uint8)
    wide[:, 50:350] = picture
    before = picture.copy()
    expected = [r.to_json() for r in reader.image(picture)]
    assert (picture == before).all()  # The caller's picture is read, never written.
    for view in (wide[:, 50:350], np.asfortranarray(picture), picture[::-1][::-1], picture[:, ::-1].copy()[:, ::-1]):
        assert [r.to_json() for r in reader.image(view)] == expected


def test_a_bad_file_is_an_input_error_naming_it(reader, tmp_path):
    bad = tmp_path / "bad.mp4"
    bad.write_text("text")
    with pytest.raises(kualik.InputError, match="bad.mp4"):
        reader.video(bad)
    with pytest.raises(ValueError):
        reader.video(tmp_path / "none.mp4")


def test_an_exception_in_progress_comes_out_as_it_is(reader, testimony):
    def progress(share, position):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        reader.video(testimony, progress=progress)


def test_first_arrays_of_several_threads_at_once():
    """NumPy is loaded with the package: loading it at the first array let two threads wait for each other for ever."""
    program = """
import os, sys, threading
sys.setswitchinterval(1e-6)
import kualik
start = threading.Barrier(4)
def first():
    start.wait()
    kualik.numbers.check(["11010519491231002X"])
threads = [threading.Thread(target=first, daemon=True) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join(20)
os._exit(any(thread.is_alive() for thread in threads))
"""
    assert subprocess.run([sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                          timeout=100).returncode == 0


def test_one_reader_in_two_threads_is_refused(reader, testimony):
    started = threading.Event()
    stop = threading.Event()

    class Stopped(Exception):
        pass

    def progress(share, position):
        started.set()
        if stop.is_set():
            raise Stopped

    def work():
        with pytest.raises(Stopped):
            reader.video(testimony, progress=progress)

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(120)
    with pytest.raises(RuntimeError, match="another thread"):
        reader.image(np.zeros((20, 20, 3), np.uint8))
    stop.set()
    thread.join()


def test_a_batch_tells_its_progress_and_retries_what_failed(blank_clips, tmp_path):
    folder = tmp_path / "clips"
    shutil.copytree(blank_clips, folder)
    (folder / "bad.mp4").write_text("no video")
    told = []
    database = tmp_path / "a.sqlite"
    summary = kualik.scan(folder, database=database, progress=lambda *step: told.append(step), today=TODAY)
    assert (summary.read, summary.documents, [pathlib.Path(p).name for p, _ in summary.failures]) == (10, 0, ["bad.mp4"])
    shares = [share for share, _, _ in told]
    assert shares == sorted(shares) and told[-1] == (1.0, 11, 11)
    again = kualik.scan(database=database, retry_failed=True, today=TODAY)
    assert (again.read, again.skipped, len(again.failures)) == (0, 0, 1)

    def stop(share, done, every):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        kualik.scan(folder, database=tmp_path / "b.sqlite", progress=stop, today=TODAY)
    with pytest.raises(ValueError, match="retry_failed"):
        kualik.scan(folder=tmp_path / "out", retry_failed=True)


def test_columns_of_the_archive_come_into_pandas(glimpse, tmp_path):
    pytest.importorskip("pandas")
    table = tmp_path / "entries.csv"
    table.write_text(f"path,entry_no,village\n{glimpse},4711,Қараой\n", encoding="utf-8")
    kualik.scan(table=table, database=tmp_path / "a.sqlite", today=TODAY)
    frame = kualik.to_frame(kualik.load(tmp_path / "a.sqlite"), "documents")
    assert set(frame.entry_no) == {"4711"} and set(frame.village) == {"Қараой"}


def test_the_gil_is_free_during_work(glimpse):
    """Another Python thread goes on counting while a Reader works."""
    ticks = 0
    done = threading.Event()

    def work():
        kualik.Reader(today=TODAY).video(glimpse)
        done.set()

    thread = threading.Thread(target=work)
    thread.start()
    begin = time.monotonic()
    while not done.is_set() and time.monotonic() - begin < 300:
        time.sleep(0.01)
        ticks += 1
    thread.join()
    assert ticks > 5


def test_a_notebook_shows_crops_and_escapes(reader, glimpse):
    records = reader.video(glimpse)
    assert records and "data:image/png;base64," in records._repr_html_()
    hostile = kualik.Record.from_json(
        '{"schema":"kualik.record/1","source":{"name":"<script>"},"document":{"kind":"passport"},"fields":[{"key":"name","value":"<img onerror=x>",'
        '"status":"fails","reasons":[],"alternatives":[]}],"checks":[]}'
    )
    assert "<script>" not in hostile._repr_html_() and "<img onerror" not in hostile._repr_html_()


def test_docstring_examples_hold():
    for name in ("kualik", "kualik.records", "kualik.reader", "kualik.frame", "kualik.archive", "kualik.display", "kualik.progress"):
        result = doctest.testmod(importlib.import_module(name))
        assert result.failed == 0 and result.attempted > 0, name


def test_every_function_shows_an_example():
    """Of the package itself; numbers and names have tests of their own. What only holds values needs none."""
    for name in kualik.__all__:
        value = getattr(kualik, name)
        if inspect.isfunction(value) or (inspect.isclass(value) and name in ("Archive", "Reader", "Record", "Records")):
            text = value.__doc__ + "".join(m.__doc__ or "" for m in vars(value).values() if inspect.isfunction(m)) if inspect.isclass(value) else value.__doc__
            assert ">>>" in text, name


def stub_names(stub):
    out = {}
    for node in ast.parse(stub.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            out[node.name] = node
        elif isinstance(node, ast.AnnAssign):
            out[node.target.id] = node
    return out


def test_stubs_name_what_the_modules_hold():
    folder = pathlib.Path(kualik.__file__).parent
    assert (folder / "py.typed").exists()
    core = importlib.import_module("kualik._core")
    stub = stub_names(folder / "_core.pyi")
    bound_elsewhere = {n for n in vars(core) if n in ("numbers", "names")}
    public = {n for n in vars(core) if not n.startswith("__") or n == "__version__"} - bound_elsewhere
    missing = {n for n in public - set(stub) if getattr(getattr(core, n), "__module__", "") in ("kualik._core", None, "")}
    topics = {n for p in folder.glob("*.pyi") for n in stub_names(p)}
    assert not missing - topics, f"not in any stub: {sorted(missing - topics)}"
    assert set(stub) <= public, f"in the stub only: {sorted(set(stub) - public)}"
    for name, node in stub.items():
        if isinstance(node, ast.FunctionDef):
            documented = (getattr(core, name).__doc__ or "").split(")")[0]
            for argument in node.args.args:
                assert argument.arg + ":" in documented, (name, argument.arg)


def test_every_public_name_has_a_docstring_and_annotations():
    for name in kualik.__all__:
        value = getattr(kualik, name)
        if inspect.isfunction(value):
            assert value.__doc__, name
            signature = inspect.signature(value)
            assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values()), name
            assert signature.return_annotation is not inspect.Signature.empty, name
