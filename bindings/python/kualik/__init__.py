"""Testimony videos into checked, citable records.

>>> import kualik
>>> records = kualik.parse("刑事判决书 被告人张三，男，1893年7月1日出生，汉族。", today="2026-01-01")
>>> kualik.to_frame(records).columns[:3].tolist()
['source', 'sha256', 'entry_no']

Reading pictures and videos needs a Reader; it loads its engines once:

    reader = kualik.Reader(threads=2)
    records = reader.video("testimony.mp4", progress=True)

Works offline and never writes to its sources. A status of ``passes`` is not a proof: look at the evidence.
"""
from . import names, numbers
from ._core import InputError, __version__
from .archive import Archive, ScanSummary, load, media, merge, redact, report, scan, sha256_file
from .frame import to_frame
from .reader import IncompleteWarning, Reader, parse
from .records import (
    Alternative,
    Catalogue,
    Check,
    Document,
    Engine,
    Evidence,
    Field,
    Kind,
    Model,
    Reason,
    Record,
    Records,
    Review,
    Source,
    Status,
    Verdict,
)

__all__ = [
    "Alternative",
    "Archive",
    "Catalogue",
    "Check",
    "Document",
    "Engine",
    "Evidence",
    "Field",
    "IncompleteWarning",
    "InputError",
    "Kind",
    "Model",
    "Reader",
    "Reason",
    "Record",
    "Records",
    "Review",
    "ScanSummary",
    "Source",
    "Status",
    "Verdict",
    "__version__",
    "load",
    "media",
    "merge",
    "names",
    "numbers",
    "parse",
    "redact",
    "report",
    "scan",
    "sha256_file",
    "to_frame",
]
