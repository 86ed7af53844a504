"""Reading pictures, videos and texts."""
from __future__ import annotations

import dataclasses
import os
import warnings
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple, Union

from . import _core
from .progress import bar
from .records import Record, Records

Path = Union[str, "os.PathLike[str]"]


class IncompleteWarning(UserWarning):
    """A file could be read in part only; the message names it and the cause. Its records stand all the same."""


def _records(result: Any, name: str) -> Records:
    lines, crops, thumbnails, warning = result
    if warning:
        warnings.warn(f"{name}: {warning}", IncompleteWarning, stacklevel=3)
    by_record: Dict[int, Dict[int, Any]] = {}
    for record, field, array in crops:
        by_record.setdefault(record, {})[field] = array
    return Records(
        dataclasses.replace(Record.from_json(line), crops=by_record.get(i, {}), thumbnail=thumbnails[i] if i < len(thumbnails) else None)
        for i, line in enumerate(lines)
    )


class Reader:
    """Finds and reads documents. Loads its engines once; use one Reader per thread (several run side by side, the GIL is free meanwhile).

    threads: readings of one file run on so many threads; the result is the same for any number.
    crops: keep the picture of every field for display (``record.crops[i]``).
    today: ISO date that ages and future dates are judged by; None: the system's.
    tessdata: folder of Tesseract's language data.
    readers: ``name=DIR`` of further CTC line models in ONNX.
    max_duration_s: stop reading a video after so many seconds; 0: read it all.
    max_pixels: larger frames and images are refused, by their header alone where it says the size.

    >>> Reader(threads=2)
    kualik.Reader(threads=2)
    >>> Reader().video("no-such-file.mp4")
    Traceback (most recent call last):
    ...
    kualik._core.InputError: no-such-file.mp4: no such file
    """

    def __init__(
        self,
        threads: int = 1,
        *,
        crops: bool = True,
        today: Optional[str] = None,
        tessdata: Optional[Path] = None,
        readers: Iterable[str] = (),
        max_duration_s: float = 0.0,
        max_pixels: int = 100_000_000,
    ) -> None:
        self._options = (threads, crops, today or "", os.fspath(tessdata) if tessdata else "", list(readers), max_duration_s, max_pixels)
        self._core = _core.Reader(*self._options)

    def __repr__(self) -> str:
        return f"kualik.Reader(threads={self._options[0]})"

    def video(self, path: Path, *, progress: Union[bool, Callable[[float, float], object]] = False) -> Records:
        """Reads a video (or image) file. ``progress``: True for a bar (tqdm), or a function of the share done and the position in seconds.

        Raises kualik.InputError naming the file and the cause; warns (kualik.IncompleteWarning) of a video that is cut short or damaged.
        """
        name = os.fspath(path)
        if progress is True:
            with bar(total=100, desc=os.path.basename(name), unit="%") as shown:
                result = self._core.file(name, lambda share, position: shown.update(max(0, int(100 * share) - shown.n)))
                shown.update(100 - shown.n)
            return _records(result, name)
        return _records(self._core.file(name, progress or None), name)

    file = video

    def pack(self, path: Path) -> Tuple[List[str], List[Tuple[str, bytes]], str]:
        """Reads a file into what ``Archive.add`` takes: lines of JSON, the pictures that they name (path, bytes), and what kept
        it from being read whole.

        Plain values, so that one machine can read what another writes down (examples/dask_batch.py).

        >>> Reader().pack("no-such-file.mp4")
        Traceback (most recent call last):
        ...
        kualik._core.InputError: no-such-file.mp4: no such file
        """
        return self._core.pack(os.fspath(path))

    def image(self, array: Any, *, name: str = "", order: str = "bgr") -> Records:
        """Reads an image: an array of dtype uint8 and shape (h, w), (h, w, 3) or (h, w, 4), with any strides, or the path of a file.

        order: "bgr" as OpenCV gives it, or "rgb" as Pillow and matplotlib do.

        >>> import numpy
        >>> Reader(today="2026-01-01").image(numpy.full((120, 160), 200, numpy.uint8))
        []
        >>> Reader(today="2026-01-01").image(numpy.zeros((120, 160), numpy.float32))
        Traceback (most recent call last):
        ...
        TypeError: an image is an array of dtype uint8 and shape (height, width) or (height, width, 1, 3 or 4), not dtype float32 and shape (120, 160)
        """
        if isinstance(array, (str, os.PathLike)):
            return self.video(array)
        import numpy

        if order not in ("bgr", "rgb"):
            raise ValueError("order is 'bgr' or 'rgb'")
        array = numpy.asarray(array)
        if order == "rgb" and array.ndim == 3 and array.shape[2] >= 3:
            array = array[:, :, [2, 1, 0]]
        return _records(self._core.image(array, name), name)


def parse(text: str, *, name: str = "", today: Optional[str] = None) -> Records:
    """Finds documents and their fields in a typed transcript, subtitles or OCR text. Spans are places in ``text``.

    >>> text = "姓名 阿依古丽 性别 女 民族 维吾尔 出生 1893年7月1日"
    >>> all(text[f.span[0]:f.span[1]] for r in parse(text, today="2026-01-01") for f in r if f.span)
    True
    """
    if not isinstance(text, str):
        raise TypeError(f"text is a str, not {type(text).__name__}")
    try:
        lines: List[str] = _core.parse(text, name, today or "")
    except RuntimeError as fault:
        raise ValueError(str(fault)) from None
    return Records(Record.from_json(line) for line in lines)
