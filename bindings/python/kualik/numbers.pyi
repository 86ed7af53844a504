import datetime
from typing import Any, Generic, Literal, Sequence, TypeVar, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

Kind = Literal["cn_id", "iin", "bin", "mrz", "case_number", "auto"]
Today = datetime.date | str | None
T = TypeVar("T")

ERRORS: int
DOUBTS: int

class Reason:
    name: str
    value: int

class _Checked(Generic[T]):
    @property
    def value(self) -> T | None: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...
    @property
    def bits(self) -> int: ...
    @property
    def ok(self) -> bool: ...
    @property
    def possible(self) -> bool: ...
    def __bool__(self) -> bool: ...

class ResidentId:
    number: str
    form: Literal["citizen18", "permit18", "citizen15", "foreigner18", "foreigner15"]
    region_code: int
    region: str
    birth_date: datetime.date | None
    sequence: int
    sex: Literal["M", "F", ""]
    nationality: str
    def format(self, grouped: bool = ...) -> str: ...
    def upgrades(self) -> list[str]: ...

class Iin:
    number: str
    encoded_date: datetime.date | None
    sex: Literal["M", "F", ""]
    serial: int
    second_pass: bool

class Bin:
    number: str
    year: int
    month: int
    type: str
    division: str

class MrzField:
    key: str
    raw: str
    value: str
    line: int
    begin: int
    end: int
    evidence: Literal["none", "check", "composite", "check_and_composite", "contradicted"]

class Mrz:
    format: Literal["TD1", "TD2", "TD3", "MRV-A", "MRV-B", "CN-permit"]
    text: str
    fields: list[MrzField]
    document_code: str
    issuing_state: str
    nationality: str
    document_number: str
    surname: str
    given_names: str
    names_truncated: bool
    birth_date: datetime.date | None
    expiry_date: datetime.date | None
    sex: Literal["M", "F", ""]
    optional_data: str
    optional_data2: str
    iin: str
    long_number: str

class CaseNumber:
    kind: Literal["court", "court_pre2016", "procuratorate", "police"]
    year: int
    issuer: str
    special: str
    type: str
    serial: str
    suffix: str
    canonical: str
    court: str | None
    meaning: str | None

class Repair:
    number: str
    score: float
    kind: str
    position: int
    reasons: tuple[str, ...]

class FoundNumber:
    kind: Literal["cn_id", "iin", "bin", "mrz", "case_number"]
    value: str
    start: int
    end: int
    reasons: tuple[str, ...]
    folded: tuple[Literal["width", "space", "hyphen", "line_break", "case"], ...]

def reasons(bits: int) -> tuple[str, ...]: ...
def check_char(body: str) -> str | None: ...
def region_path(code: int, year: int) -> str: ...
def regions_today(code: int, year: int = ...) -> list[tuple[int, bool]]: ...
def bulk_path() -> Literal["avx512", "avx2", "portable"]: ...
def parse_resident_id(text: str, *, today: Today = ..., check_region: bool = ..., fold: bool | None = ...) -> _Checked[ResidentId]: ...
def parse_iin(text: str, *, today: Today = ..., fold: bool | None = ...) -> _Checked[Iin]: ...
def parse_bin(text: str, *, today: Today = ..., fold: bool | None = ...) -> _Checked[Bin]: ...
def parse_mrz(text: str, *, today: Today = ..., check_states: bool = ..., fold: bool | None = ...) -> _Checked[Mrz]: ...
def parse_case_number(text: str, *, today: Today = ...) -> _Checked[CaseNumber]: ...
@overload
def check(texts: pd.Series[Any], kind: Kind = ..., *, today: Today = ..., check_region: bool = ..., fold: bool = ..., threads: int = ...) -> pd.Series[Any]: ...
@overload
def check(texts: Sequence[str | None] | npt.NDArray[Any], kind: Kind = ..., *, today: Today = ..., check_region: bool = ..., fold: bool = ..., threads: int = ...) -> npt.NDArray[np.uint32]: ...
def to_frame(texts: Any, *, today: Today = ..., check_region: bool = ..., fold: bool = ...) -> pd.DataFrame: ...
def explain(text: str, kind: Kind = ..., *, today: Today = ..., check_region: bool = ..., fold: bool = ...) -> list[str]: ...
def repair(text: str, *, limit: int = ..., today: Today = ..., birth_date: Today = ..., sex: Literal["M", "F", ""] = ...,
           region_code: int = ...) -> list[Repair]: ...
def completions(masked: str, *, today: Today = ...) -> tuple[int, int]: ...
def mask(text: str, keep: int = ...) -> str: ...
def find(text: str, *, today: Today = ..., check_region: bool = ...) -> list[FoundNumber]: ...
