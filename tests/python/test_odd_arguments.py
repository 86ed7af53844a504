"""Whatever is handed to the package: an answer or a Python exception that says what is wrong, never a process that dies."""
import os
import subprocess
import sys

import pytest

numpy = pytest.importorskip("numpy")

# Every public function and class with each odd value in each of its first places; what raises must be an ordinary error.
CALLS = r"""
import faulthandler, inspect, os, sys, warnings
import numpy as np
import kualik, kualik.names, kualik.numbers
faulthandler.enable()
warnings.simplefilter("ignore")
class Odd:
    def __str__(self): raise KeyError("no text")
    __repr__ = __str__
    def __len__(self): return -1
    def __iter__(self): raise KeyError("no items")
    def __fspath__(self): return b"\xff"
class Shrinks(list):
    def __getitem__(self, i):
        self.clear()
        raise IndexError
values = [None, True, -1, 0, 2**31, 2**63, 2**80, float("nan"), float("inf"), "", "a", "\0", "\ud800", "\U0010ffff" * 3, "9" * 3000, "440524188001010014",
          b"", b"\xff\xfe", [], [None], ["a", 1, None, b"\xff"], [[["a"]]], Shrinks(["a"] * 9), (), {}, {"a": 1}, {1, 2}, object, Odd(), os.devnull, "no-such-file", ".",
          lambda *a: 1 / 0, np.zeros(0), np.zeros((0, 0, 3), np.uint8), np.zeros((2, 2, 7), np.uint8), np.zeros((3, 4), np.float64), np.zeros((1, 1), np.uint8),
          np.zeros((8, 8, 3), np.uint8)[::-1, ::2], np.array(["\ud800", ""], object), np.array(["a" * 40]),
          np.array([b"4" * 18] * 3)[::-1], np.array([b"", b"\0\xff"]), np.array(["NaT"], "datetime64[s]"), np.array([1 + 2j]), np.zeros(3, [("a", "i4")]),
          np.ma.masked_array(["440524188001010014"], [True])]
ordinary = (TypeError, ValueError, OverflowError, RuntimeError, OSError, KeyError, IndexError, AttributeError, ZeroDivisionError, LookupError, MemoryError, ImportError)
calls = faults = 0
def tried(what, f, *arguments, **named):
    global calls, faults
    calls += 1
    try:
        f(*arguments, **named)
    except SystemError as fault:
        faults += 1
        print(what, "gives SystemError", fault)
    except ordinary:
        pass
# What takes a path and fills it, or reads engines anew, is tried apart below.
apart = {"Reader", "scan", "report", "merge", "redact"}
for module in (kualik, kualik.numbers, kualik.names, kualik._core):
    for name, f in sorted(vars(module).items()):
        if name.startswith("_") or name in apart or not callable(f) or getattr(f, "__module__", "").split(".")[0] != "kualik": continue
        if inspect.isclass(f) and issubclass(f, Warning): continue
        for i, value in enumerate(values):
            tried(f"{module.__name__}.{name} of value {i}", f, value)
            tried(f"{module.__name__}.{name} of value {i} twice", f, value, value)
            tried(f"{module.__name__}.{name} of a text and value {i}", f, "440524188001010014", value)
reader = kualik.Reader()
tried("an image without end", reader.image, np.broadcast_to(np.uint8(0), (900000, 900000)))
for i, value in enumerate(values):
    for f in ("video", "image", "__call__"):
        if hasattr(reader, f): tried(f"Reader.{f} of value {i}", getattr(reader, f), value)
    tried(f"Reader.video of nothing, progress {i}", lambda: reader.video("no-such-file", progress=value))
    if i % 4 != 0: continue  # Engines are loaded for what follows.
    for key in ("threads", "today", "tessdata", "readers", "max_duration_s", "max_pixels"):
        # A value that a reader takes costs its engines; only those that should be refused are of interest.
        if value is None or value is True or (key != "threads" and isinstance(value, (int, float))): continue
        tried(f"Reader({key}=value {i})", lambda: kualik.Reader(**{key: value}))
    for f in (kualik.scan, kualik.load, kualik.Archive, lambda v: kualik.report(v, "page.html"), lambda v: kualik.merge(v, v), lambda v: kualik.redact(v, "copy.mp4")):
        if not (isinstance(value, str) and value == "."): tried(f"archive functions of value {i}", f, value)
print(calls, "calls", faults, "faults")
sys.exit(faults != 0)
"""


def test_odd_arguments_never_end_the_process(tmp_path):
    pytest.importorskip("kualik")
    done = subprocess.run([sys.executable, "-X", "dev", "-c", CALLS], capture_output=True, text=True, timeout=300, cwd=tmp_path, env={**os.environ})
    assert done.returncode == 0, (done.returncode, done.stdout[-2000:], done.stderr[-4000:])
    calls = int(done.stdout.split()[-4])
    assert calls > 3000


THREADS = r"""
import resource
import numpy as np
import kualik.numbers
numbers = np.full(3_000_000, b"440524188001010014")
expected = kualik.numbers.check(numbers[:10], today="2026-11-26")[0]
room = int(next(l for l in open("/proc/self/status") if l.startswith("VmSize")).split()[1]) * 1024 + 60_000_000
resource.setrlimit(resource.RLIMIT_AS, (room, room))
assert (kualik.numbers.check(numbers, today="2026-11-26", threads=40) == expected).all()
"""


def test_threads_that_the_system_does_not_give_are_done_without(tmp_path):
    """40 threads want 320 MB of stacks where 60 are left."""
    pytest.importorskip("kualik.numbers")
    done = subprocess.run([sys.executable, "-c", THREADS], capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
