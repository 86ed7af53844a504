"""Whole archives: batches into a database, loading them again, the review page, redacted copies."""
from __future__ import annotations

import dataclasses
import datetime
import os
from typing import Any, Callable, Iterable, List, Optional, Tuple, Union

from . import _core
from .progress import bar
from .records import Record, Records

Path = Union[str, "os.PathLike[str]"]


@dataclasses.dataclass(frozen=True)
class ScanSummary:
    """Counts of a batch; (path, cause) for each file that could not be read, and for each that could not be read whole."""

    read: int
    skipped: int
    documents: int
    failures: List[Tuple[str, str]]
    warnings: List[Tuple[str, str]] = dataclasses.field(default_factory=list)


def scan(
    paths: Union[Path, Iterable[Path]] = (),
    *,
    table: Optional[Path] = None,
    database: Optional[Path] = None,
    folder: Optional[Path] = None,
    crops: bool = False,
    threads: int = 1,
    resume: bool = True,
    retry_failed: bool = False,
    progress: Union[bool, Callable[[float, int, int], object]] = False,
    today: Optional[str] = None,
) -> ScanSummary:
    """Scans files and folders into a SQLite database, an output folder, or both.

    Each source is one transaction, told by the hash of its content: calling this again, from another process too, reads only what is new.

    table: CSV file with a column ``path``, optionally ``entry_no``, and free columns that are carried through.
    retry_failed: only what failed before (all of it, if no paths are given); needs ``database``.
    progress: True for a bar with the time left (tqdm), or a function of the share done, files done and files in all. An exception in it ends
        the run; what was finished until then stays.

    >>> scan("videos/")
    Traceback (most recent call last):
    ...
    ValueError: give database=, folder= or both
    """
    if database is None and folder is None:
        raise ValueError("give database=, folder= or both")
    if retry_failed and database is None:
        raise ValueError("retry_failed needs database=")
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]

    def run(step: Optional[Callable[[float, int, int], object]]) -> Any:
        return _core.scan(
            [os.fspath(p) for p in paths],
            os.fspath(database) if database else "",
            os.fspath(folder) if folder else "",
            crops,
            threads,
            resume and database is not None,
            today or "",
            os.fspath(table) if table else "",
            retry_failed,
            datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            step,
        )

    if progress is True:
        with bar(total=100, unit="%", bar_format="{l_bar}{bar}| {postfix} [{elapsed}<{remaining}]") as shown:

            def step(share: float, done: int, every: int) -> None:
                shown.set_postfix_str(f"{done}/{every} files", refresh=False)
                shown.update(max(0.0, 100 * share - shown.n))

            return ScanSummary(**run(step))
    return ScanSummary(**run(progress or None))


def load(path: Path) -> Records:
    """All records of a database, an output folder of ``kualik scan --out``, or a file of JSON Lines, with the decisions of reviewers.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
    ...     _ = file.write('{"schema":"kualik.record/1","source":{"name":"a.mp4"},"document":{"kind":"passport"},"fields":[],"checks":[]}\\n')
    ...     file.flush()
    ...     load(file.name)
    [<kualik.Record passport in 'a.mp4', 0 fields>]
    """
    return Records(Record.from_json(line) for line in _core.load(os.fspath(path)))


def report(path: Path, page: Path, *, mask: bool = False, per_page: int = 200) -> List[str]:
    """Writes the review page (HTML, mode 0600) for what ``load`` takes, and gives its path.

    With more than ``per_page`` documents further pages stand beside it (``review-2.html`` …), doubts first over all of them; 0: one page.

    >>> import pathlib, tempfile
    >>> from . import parse
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = pathlib.Path(folder, "records.jsonl")
    ...     _ = lines.write_text(parse("公民身份号码 650102189307010018").to_json_lines(), encoding="utf-8")
    ...     [pathlib.Path(page).name for page in report(lines, pathlib.Path(folder, "review.html"))]
    ['review.html']
    """
    return _core.report(os.fspath(path), os.fspath(page), mask, per_page)


def merge(path: Path, decisions: Path) -> Tuple[int, int, int]:
    """Merges ``decisions.json``, as the review page saved it, into a database or an output folder.

    Gives three counts: merged; stale (another value stands there by now); unknown (no such field here). Raises ValueError for a bad file.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Archive(pathlib.Path(folder, "archive.sqlite"))
    ...     decisions = pathlib.Path(folder, "decisions.json")
    ...     _ = decisions.write_text('{"schema":"kualik.review/1","decisions":[]}', encoding="utf-8")
    ...     merge(pathlib.Path(folder, "archive.sqlite"), decisions)
    (0, 0, 0)
    """
    with open(os.fspath(decisions), encoding="utf-8") as file:
        text = file.read()
    try:
        return _core.merge(os.fspath(path), text)
    except RuntimeError as fault:
        raise ValueError(f"{os.fspath(decisions)}: {fault}") from None


def redact(source: Path, copy: Path, *, keys: Iterable[str] = (), keep_audio: bool = False) -> str:
    """Writes a copy of a video or image with boxes over its documents (or over the fields of ``keys``); gives the copy's SHA-256.

    Metadata are gone; the sound is dropped unless ``keep_audio``. Videos need the program ffmpeg.

    >>> import pathlib, tempfile
    >>> from .display import png
    >>> import numpy
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source, copy = pathlib.Path(folder, "a.png"), pathlib.Path(folder, "copy.png")
    ...     _ = source.write_bytes(png(numpy.full((120, 160, 3), 200, numpy.uint8)))
    ...     digest = redact(source, copy)
    ...     digest == sha256_file(copy)
    True
    """
    return _core.redact(os.fspath(source), os.fspath(copy), list(keys), keep_audio)


class Archive:
    """A SQLite archive, for programs that read on other machines and write here. One thread at a time; one transaction a source.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     archive = Archive(pathlib.Path(folder, "archive.sqlite"))
    ...     archive.add_failure("a.mp4", "the file is empty")
    ...     archive.failures(), archive.has("0" * 64)
    ([('a.mp4', 'the file is empty', 1)], False)
    """

    def __init__(self, path: Path) -> None:
        self._core = _core.Archive(os.fspath(path))

    def has(self, sha256: str) -> bool:
        """Whether a source of this content (64 hex digits) is there, whatever its name."""
        return self._core.has(sha256)

    def add(self, path: Path, lines: Iterable[str], pictures: Iterable[Tuple[str, bytes]] = (), warning: str = "") -> None:
        """Writes the records (lines of JSON) of the file at ``path`` and their pictures, replacing earlier ones of the same content.

        warning: what kept the file from being read whole.
        """
        self._core.add(os.fspath(path), list(lines), list(pictures), warning)

    def add_name(self, path: Path, sha256: str) -> None:
        """Notes that a source which is there was met under a further name."""
        self._core.add_name(os.fspath(path), sha256)

    def add_failure(self, path: Path, cause: str, sha256: str = "") -> None:
        """Notes that a file could not be read."""
        self._core.add_failure(os.fspath(path), sha256, cause)

    def failures(self) -> List[Tuple[str, str, int]]:
        """(path, cause, tries) of each file that could not be read."""
        return self._core.failures()


def media(folder: Path) -> List[str]:
    """Videos and images in a folder, by ending or first bytes, sorted; results of earlier scans are passed over.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for name in ("b.MP4", "a.jpg", "notes.txt"):
    ...         pathlib.Path(folder, name).touch()
    ...     [pathlib.Path(path).name for path in media(folder)]
    ['a.jpg', 'b.MP4']
    """
    return _core.media(os.fspath(folder))


def sha256_file(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits.

    >>> len(sha256_file(__file__))
    64
    """
    return _core.sha256_file(os.fspath(path))
