"""Whole archives: batches into a database, loading them again, the review page, redacted copies."""
from __future__ import annotations

import dataclasses
import os
from typing import Iterable, List, Optional, Tuple, Union

from . import _core
from .records import Record, Records

Path = Union[str, "os.PathLike[str]"]


@dataclasses.dataclass(frozen=True)
class ScanSummary:
    """Counts of a batch, and (path, cause) for each file that could not be read."""

    read: int
    skipped: int
    documents: int
    failures: List[Tuple[str, str]]


def scan(
    paths: Union[Path, Iterable[Path]],
    *,
    database: Optional[Path] = None,
    folder: Optional[Path] = None,
    crops: bool = False,
    threads: int = 1,
    resume: bool = True,
    today: Optional[str] = None,
) -> ScanSummary:
    """Scans files and folders into a SQLite database, an output folder, or both.

    Each source is one transaction, told by the hash of its content: calling this again, from another process too, reads only what is new.
    """
    if database is None and folder is None:
        raise ValueError("give database=, folder= or both")
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    result = _core.scan(
        [os.fspath(p) for p in paths],
        os.fspath(database) if database else "",
        os.fspath(folder) if folder else "",
        crops,
        threads,
        resume and database is not None,
        today or "",
    )
    return ScanSummary(**result)


def load(path: Path) -> Records:
    """All records of a database, an output folder of ``kualik scan --out``, or a file of JSON Lines, with the decisions of reviewers."""
    return Records(Record.from_json(line) for line in _core.load(os.fspath(path)))


def report(path: Path, page: Path, *, mask: bool = False) -> None:
    """Writes the review page (one HTML file, mode 0600) for what ``load`` takes."""
    text = _core.report(os.fspath(path), mask)
    with open(os.open(page, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.write(text)


def redact(source: Path, copy: Path, *, keys: Iterable[str] = (), keep_audio: bool = False) -> str:
    """Writes a copy of a video with boxes over its documents (or over the fields of ``keys``); gives the copy's SHA-256."""
    return _core.redact(os.fspath(source), os.fspath(copy), list(keys), keep_audio)


class Archive:
    """A SQLite archive, for programs that read on other machines and write here. One thread at a time; one transaction a source."""

    def __init__(self, path: Path) -> None:
        self._core = _core.Archive(os.fspath(path))

    def has(self, sha256: str) -> bool:
        """Whether a source of this content (64 hex digits) is there, whatever its name."""
        return self._core.has(sha256)

    def add(self, path: Path, lines: Iterable[str]) -> None:
        """Writes the records (lines of JSON) of the file at ``path``, replacing earlier ones of the same content."""
        self._core.add(os.fspath(path), list(lines))

    def add_failure(self, path: Path, cause: str, sha256: str = "") -> None:
        """Notes that a file could not be read."""
        self._core.add_failure(os.fspath(path), sha256, cause)

    def failures(self) -> List[Tuple[str, str, int]]:
        """(path, cause, tries) of each file that could not be read."""
        return self._core.failures()


def media(folder: Path) -> List[str]:
    """Videos and images in a folder, by ending or first bytes, sorted; results of earlier scans are passed over."""
    return _core.media(os.fspath(folder))


def sha256_file(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    return _core.sha256_file(os.fspath(path))
