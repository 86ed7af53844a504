"""Records into pandas."""
from __future__ import annotations

from typing import Any, Dict, Iterable, List, Tuple

from .records import Record


def to_frame(records: Iterable[Record], shape: str = "fields") -> Any:
    """A pandas.DataFrame: one row a field (``shape="fields"``), or one row a document and subject (``shape="documents"``).

    Hashes have the form SHA-256:<hex>; the archive's free columns follow the fixed ones. In ``documents`` a reviewer's edit stands in the
    place of what was read, and what a reviewer rejected is left out.

    >>> from . import parse
    >>> records = parse("刑事判决书 被告人张三，男，1893年7月1日出生，汉族。", today="2026-01-01")
    >>> to_frame(records).query("key == 'birth_date'").value.item()
    '1893-07-01'
    >>> to_frame(records, "documents").shape[0]
    1
    """
    import pandas

    if shape not in ("fields", "documents"):
        raise ValueError("shape is 'fields' or 'documents'")
    records = list(records)
    numbers = _numbers(records)
    make = _field_rows if shape == "fields" else _document_rows
    rows = [row for record, number in zip(records, numbers) for row in make(record, number)]
    frame = pandas.DataFrame(rows, columns=None if rows else _FIXED + (_FIELD if shape == "fields" else []))
    for column in ("subject", "agree", "seen", "frame"):
        if column in frame:
            frame[column] = frame[column].astype("Int64")
    return frame


_FIXED = ["source", "sha256", "entry_no", "document", "kind", "document_score"]
_FIELD = ["key", "subject", "value", "raw", "script", "confidence", "status", "reasons", "agree", "seen", "frame", "time_s", "review_state", "reviewed_value", "reviewer", "note"]


def _numbers(records: List[Record]) -> List[int]:
    seen: Dict[Tuple[str, str], int] = {}
    out = []
    for record in records:
        key = (record.source.sha256, record.source.name)
        seen[key] = seen.get(key, 0) + 1
        out.append(seen[key])
    return out


def _fixed(record: Record, number: int) -> Dict[str, Any]:
    return {
        "source": record.source.name,
        "sha256": "SHA-256:" + record.source.sha256 if record.source.sha256 else "",
        "entry_no": record.catalogue.entry_no,
        "document": number,
        "kind": record.kind,
        "document_score": record.document.score,
    }


def _field_rows(record: Record, number: int) -> List[Dict[str, Any]]:
    return [
        {
            **_fixed(record, number),
            "key": f.key,
            "subject": f.subject or None,
            "value": f.value,
            "raw": f.raw,
            "script": f.script,
            "confidence": f.confidence,
            "status": f.status.value,
            "reasons": " ".join(r.name for r in f.reasons),
            "agree": f.agree,
            "seen": f.seen,
            "frame": f.evidence.frame if f.evidence else None,
            "time_s": f.evidence.time_s if f.evidence else None,
            "review_state": f.review.state if f.review else "unreviewed",
            "reviewed_value": f.review.value if f.review else "",
            "reviewer": f.review.reviewer if f.review else "",
            "note": f.review.note if f.review else "",
            **record.catalogue.columns,
        }
        for f in record.fields
    ]


def _document_rows(record: Record, number: int) -> List[Dict[str, Any]]:
    subjects = sorted({f.subject for f in record.fields if f.subject}) or [0]
    rows = []
    for subject in subjects:
        mine = [f for f in record.fields if f.subject in (0, subject)]
        row: Dict[str, Any] = {
            **_fixed(record, number),
            "subject": subject or None,
            "first_seen_s": record.document.first_seen_s,
            "last_seen_s": record.document.last_seen_s,
            "doubtful_keys": " ".join(f.key for f in mine if f.doubtful and not f.decided),
        }
        for f in mine:
            value = f.value
            if f.review is not None and f.review.state == "edited":
                value = f.review.value
            if f.review is not None and f.review.state == "rejected":
                continue
            row[f.key] = f"{row[f.key]} | {value}" if f.key in row else value
        row.update(record.catalogue.columns)
        rows.append(row)
    return rows
