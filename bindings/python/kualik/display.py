"""Records in a notebook: crop beside value, doubts marked. Everything that comes from a document is escaped."""
from __future__ import annotations

import base64
import html
import struct
import zlib
from typing import Any, Iterable

from .records import Record, Status

_COLOURS = {Status.fails: "#a4161a", Status.doubtful: "#9a5b00", Status.passes: "#1b6e3c", Status.unchecked: "#4a5568"}
_MARKS = {Status.fails: "✗", Status.doubtful: "?", Status.passes: "✓", Status.unchecked: "–"}


def png(array: Any) -> bytes:
    """An array of dtype uint8, grey or BGR, as a PNG file; the standard library alone.

    >>> import numpy
    >>> png(numpy.zeros((4, 6), numpy.uint8))[:4]
    b'\\x89PNG'
    """
    import numpy

    array = numpy.asarray(array, dtype=numpy.uint8)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    colour = array.ndim == 3
    if colour:
        array = array[:, :, 2::-1]
    height, width = array.shape[:2]
    rows = b"".join(b"\0" + numpy.ascontiguousarray(row).tobytes() for row in array)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2 if colour else 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b"")


def _picture(array: Any, style: str) -> str:
    if array is None or not getattr(array, "size", 0):
        return ""
    return f'<img style="{style}" src="data:image/png;base64,{base64.b64encode(png(array)).decode()}">'


def record_html(record: Record) -> str:
    """One record as a table of its fields, the doubtful ones first."""
    e = html.escape
    rows = []
    order = sorted(range(len(record.fields)), key=lambda i: (not record.fields[i].doubtful, i))
    for i in order:
        f = record.fields[i]
        if f.key == "text":
            continue
        reasons = ", ".join(r.name.replace("_", " ") for r in f.reasons)
        others = "; ".join(f"{a.value} ({a.confidence:.3f})" for a in f.alternatives if a.value != f.value)
        subject = f" [{f.subject}]" if f.subject else ""
        note = "".join(f'<div style="color:#5b6470;font-size:85%">{e(text)}</div>' for text in (f.raw if f.raw != f.value else "", others) if text)
        rows.append(
            f'<tr><td style="text-align:left">{e(f.key)}{subject}</td>'
            f"<td>{_picture(record.crops.get(i), 'max-height:42px;max-width:260px')}</td>"
            f'<td style="text-align:left"><b>{e(f.value)}</b>{note}</td>'
            f'<td style="text-align:left;color:{_COLOURS[f.status]}">{_MARKS[f.status]} {f.status.value}</td>'
            f'<td>{f.confidence:.2f}</td><td style="text-align:left;color:#5b6470">{e(reasons)}</td></tr>'
        )
    d = record.document
    when = f", {d.first_seen_s:.1f}–{d.last_seen_s:.1f} s" if d.frames_seen else ""
    checks = "".join(f'<div style="color:#a4161a">{e(c.rule)} disagrees {e(c.detail)}</div>' for c in record.checks if c.verdict == "disagrees")
    return (
        f'<div style="margin:.4em 0 1em"><div><b>{e(record.kind)}</b> in {e(record.source.name)}{when}, score {d.score:.2f}</div>'
        f"{_picture(record.thumbnail, 'max-height:160px')}<table>{''.join(rows)}</table>{checks}</div>"
    )


def records_html(records: Iterable[Record], limit: int = 50) -> str:
    """Several records, at most ``limit``."""
    records = list(records)
    more = f"<div>… and {len(records) - limit} more</div>" if len(records) > limit else ""
    return "".join(record_html(r) for r in records[:limit]) + more or "<div>no documents</div>"
