"""The record format as Python values: frozen dataclasses made from a line of JSON (docs/record.md)."""
from __future__ import annotations

import dataclasses
import enum
import json
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple

from . import _core

Point = Tuple[float, float]
Quad = Tuple[Point, Point, Point, Point]


class Status(str, enum.Enum):
    """What can be said of a reading as a whole. ``passes`` is not a proof."""

    passes = "passes"
    doubtful = "doubtful"
    fails = "fails"
    unchecked = "unchecked"

    __str__ = str.__str__


class Verdict(str, enum.Enum):
    """How a cross-check between fields ended."""

    agrees = "agrees"
    disagrees = "disagrees"
    cannot_tell = "cannot_tell"

    __str__ = str.__str__


Kind = enum.Enum("Kind", {name: name for name in _core.kind_names()}, type=str, module=__name__)  # type: ignore[misc]
Kind.__doc__ = "The kind of a document."
Reason = enum.IntEnum("Reason", dict(_core.reason_names()), module=__name__)  # type: ignore[misc]
Reason.__doc__ = "What speaks against a value; the number is its bit. Bits 0-15 are errors, 16-31 doubts."


@dataclasses.dataclass(frozen=True)
class Source:
    name: str = ""
    sha256: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    fps: float = 0.0
    duration_s: float = 0.0


@dataclasses.dataclass(frozen=True)
class Document:
    """Where and how surely a document was seen. Quads are source pixels, clockwise from the document's own top left."""

    kind: str
    score: float = 0.0
    first_seen_s: float = 0.0
    last_seen_s: float = 0.0
    frames_seen: int = 0
    frames_read: int = 0
    rotation: int = 0
    mirrored: bool = False
    quad: Optional[Quad] = None
    quad_frame: int = 0
    quad_time_s: float = 0.0
    thumbnail: str = ""
    thumbnail_sha256: str = ""
    thumbnail_area: Optional[Tuple[float, float, float, float]] = None


@dataclasses.dataclass(frozen=True)
class Alternative:
    value: str
    confidence: float


@dataclasses.dataclass(frozen=True)
class Evidence:
    """Where a value was seen."""

    frame: int = 0
    time_s: float = 0.0
    quad: Optional[Quad] = None
    crop: str = ""
    crop_sha256: str = ""


@dataclasses.dataclass(frozen=True)
class Review:
    """What a reviewer decided; the value that was read stays as it is."""

    state: str
    value: str = ""
    reviewer: str = ""
    note: str = ""
    reviewed_at: str = ""


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a document as read."""

    key: str
    value: str
    raw: str = ""
    script: str = ""
    confidence: float = 0.0
    status: Status = Status.unchecked
    reasons: Tuple[Reason, ...] = ()
    agree: int = 0
    seen: int = 0
    subject: int = 0
    detail: str = ""
    alternatives: Tuple[Alternative, ...] = ()
    evidence: Optional[Evidence] = None
    span: Optional[Tuple[int, int]] = None
    review: Optional[Review] = None

    @property
    def doubtful(self) -> bool:
        """The status is ``doubtful`` or ``fails``."""
        return self.status in (Status.doubtful, Status.fails)

    @property
    def decided(self) -> bool:
        """A reviewer accepted, edited or rejected it; a note alone decides nothing."""
        return self.review is not None and self.review.state != "unreviewed"


@dataclasses.dataclass(frozen=True)
class Check:
    """A rule between fields."""

    rule: str
    verdict: Verdict
    fields: Tuple[str, ...] = ()
    subject: int = 0
    detail: str = ""


@dataclasses.dataclass(frozen=True)
class Model:
    name: str
    sha256: str


@dataclasses.dataclass(frozen=True)
class Engine:
    kualik: str = ""
    tesseract: str = ""
    models: Tuple[Model, ...] = ()


@dataclasses.dataclass(frozen=True)
class Catalogue:
    """The archive's own columns."""

    entry_no: str = ""
    columns: Dict[str, str] = dataclasses.field(default_factory=dict)


def _quad(points: Any) -> Optional[Quad]:
    return tuple((float(x), float(y)) for x, y in points) if points else None  # type: ignore[return-value]


def _known(cls: type, values: Dict[str, Any]) -> Dict[str, Any]:
    names = {f.name for f in dataclasses.fields(cls)}
    return {k: v for k, v in values.items() if k in names}


def _field(raw: Dict[str, Any]) -> Field:
    values = _known(Field, raw)
    values["status"] = Status(raw["status"])
    values["reasons"] = tuple(Reason[name] for name in raw["reasons"])
    values["alternatives"] = tuple(Alternative(**a) for a in raw["alternatives"])
    if "evidence" in raw:
        values["evidence"] = Evidence(**{**raw["evidence"], "quad": _quad(raw["evidence"].get("quad"))})
    if "span" in raw:
        values["span"] = tuple(raw["span"])
    if "review" in raw:
        values["review"] = Review(**raw["review"])
    return Field(**values)


@dataclasses.dataclass(frozen=True, repr=False)
class Record:
    """One document sighted in a source, or found in a text.

    >>> record = Record.from_json('{"schema":"kualik.record/1","source":{"name":"a.mp4"},"document":{"kind":"passport"},"fields":[],"checks":[]}')
    >>> record
    <kualik.Record passport in 'a.mp4', 0 fields>
    >>> Record.from_json(record.to_json()) == record
    True
    """

    source: Source
    document: Document
    fields: Tuple[Field, ...] = ()
    checks: Tuple[Check, ...] = ()
    catalogue: Catalogue = dataclasses.field(default_factory=Catalogue)
    engine: Engine = dataclasses.field(default_factory=Engine)
    json: str = dataclasses.field(default="", compare=False)
    crops: Dict[int, Any] = dataclasses.field(default_factory=dict, compare=False)
    thumbnail: Any = dataclasses.field(default=None, compare=False)

    @classmethod
    def from_json(cls, line: str) -> "Record":
        """Reads one line of JSON; raises ValueError naming the fault's place."""
        try:
            line = _core.normalise(line)
        except RuntimeError as fault:
            raise ValueError(str(fault)) from None
        raw = json.loads(line)
        document = dict(raw["document"])
        document["quad"] = _quad(document.get("quad"))
        if "thumbnail_area" in document:
            document["thumbnail_area"] = tuple(document["thumbnail_area"])
        engine = raw.get("engine", {})
        return cls(
            source=Source(**_known(Source, raw["source"])),
            document=Document(**_known(Document, document)),
            fields=tuple(_field(f) for f in raw["fields"]),
            checks=tuple(
                Check(c["rule"], Verdict(c["verdict"]), tuple(c["fields"]), c.get("subject", 0), c.get("detail", "")) for c in raw["checks"]
            ),
            catalogue=Catalogue(**raw["catalogue"]) if "catalogue" in raw else Catalogue(),
            engine=Engine(engine.get("kualik", ""), engine.get("tesseract", ""), tuple(Model(**m) for m in engine.get("models", ()))),
            json=line,
        )

    def to_json(self) -> str:
        """The line of JSON this record came from."""
        return self.json

    @property
    def kind(self) -> str:
        return self.document.kind

    def __getitem__(self, key: str) -> Field:
        """The first field of this key; KeyError if the document has none.

        >>> from . import parse
        >>> (record,) = parse("刑事判决书 被告人张三，男，1893年7月1日出生，汉族。", today="2026-01-01")
        >>> record["birth_date"].value, "iin" in record, record.get("iin")
        ('1893-07-01', False, None)
        """
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)

    def get(self, key: str, subject: int = 0) -> Optional[Field]:
        """The field of this key (of this subject, if given), or None."""
        for field in self.fields:
            if field.key == key and subject in (0, field.subject):
                return field
        return None

    def __contains__(self, key: object) -> bool:
        return any(field.key == key for field in self.fields)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @property
    def doubts(self) -> Tuple[Field, ...]:
        """The fields to look at: doubtful or failing, and not yet decided by a reviewer."""
        return tuple(f for f in self.fields if f.doubtful and not f.decided)

    def masked(self) -> "Record":
        """A copy with private values masked.

        >>> from . import parse
        >>> (record,) = parse("刑事判决书 被告人张三，男，1893年7月1日出生，汉族。", today="2026-01-01")
        >>> record.masked()["defendant"].value
        '***'
        """
        return Record.from_json(_core.mask(self.json))

    def __repr__(self) -> str:
        # No values: a repr ends up in logs and tracebacks.
        doubts = f", {len(self.doubts)} doubtful" if self.doubts else ""
        return f"<kualik.Record {self.kind} in {self.source.name!r}, {len(self.fields)} fields{doubts}>"

    def _repr_html_(self) -> str:
        from .display import record_html

        return record_html(self)

    def __reduce__(self) -> Any:
        return _rebuild, (self.json, self.crops, self.thumbnail)


def _rebuild(line: str, crops: Dict[int, Any], thumbnail: Any) -> Record:
    return dataclasses.replace(Record.from_json(line), crops=crops, thumbnail=thumbnail)


class Records(List[Record]):
    """A list of records that shows itself in a notebook.

    >>> Records()._repr_html_()
    '<div>no documents</div>'
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        super().__init__(records)

    def to_json_lines(self) -> str:
        """One line a record, each ended by a line feed."""
        return "".join(record.to_json() + "\n" for record in self)

    def _repr_html_(self) -> str:
        from .display import records_html

        return records_html(self)
