"""What x264 leaves of the last of a few frames, through x264_sheet.c (compiled once into a folder of its own)."""
import ctypes
import functools
import os
import pathlib
import subprocess
import tempfile

import numpy as np

SOURCE = pathlib.Path(__file__).resolve().with_suffix(".c")
# Video of limited range, as web video is: black is 16, white 235.
NARROW = np.round(16 + np.arange(256) * 219 / 255).astype(np.uint8)
WIDE = np.clip(np.round((np.arange(256.0) - 16) * 255 / 219), 0, 255).astype(np.uint8)


@functools.lru_cache(None)
def library():
    """The compiled helper; KUALIK_X264_SHEET names one that was built elsewhere."""
    path = os.environ.get("KUALIK_X264_SHEET")
    if not path:
        path = pathlib.Path(tempfile.mkdtemp(prefix="kualik-x264-")) / "x264_sheet.so"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", str(SOURCE), "-o", str(path), "-lx264"], check=True)
    function = ctypes.CDLL(str(path)).x264_sheet
    function.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_float, ctypes.c_void_p]
    return function


def last_frame(frames, crf):
    """frames: gray uint8 pictures of one size with even sides, in order. Gives the last one as a decoder shows it."""
    stack = NARROW[np.stack(frames)]
    n, h, w = stack.shape
    out = np.empty((h, w), np.uint8)
    if library()(stack.ctypes.data, n, w, h, crf, out.ctypes.data) != 0:
        raise RuntimeError("x264 refused a sheet")
    return WIDE[out]
