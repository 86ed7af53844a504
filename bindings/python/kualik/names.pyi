from dataclasses import dataclass
from typing import Any, Iterable, List, Tuple, overload

import pandas

@dataclass(frozen=True)
class MatchReason:
    a: str
    b: str
    score: float
    basis: str
    detail: str

@dataclass(frozen=True)
class Match:
    score: float
    reasons: Tuple[MatchReason, ...]

@dataclass(frozen=True)
class Hit:
    row: int
    name: str
    score: float

@dataclass(frozen=True)
class Part:
    text: str
    role: str
    stem: str
    suffix: str

@dataclass(frozen=True)
class Restored:
    text: str
    score: float
    changed: bool
    known: bool

@overload
def match(a: str, b: str, *, use_tables: bool = True) -> Match: ...
@overload
def match(a: pandas.Series, b: Iterable[Any], *, use_tables: bool = True) -> pandas.Series: ...
@overload
def match(a: Iterable[Any], b: Iterable[Any], *, use_tables: bool = True) -> List[float]: ...

class Index:
    def __init__(self, names: Iterable[Any], *, use_tables: bool = True) -> None: ...
    def __len__(self) -> int: ...
    @overload
    def search(self, query: str, *, limit: int = 10, min_score: float = 0.6) -> List[Hit]: ...
    @overload
    def search(self, query: Iterable[Any], *, limit: int = 10, min_score: float = 0.6) -> List[List[Hit]]: ...

def search(query: str, names: Iterable[Any], *, limit: int = 10, min_score: float = 0.6) -> List[Hit]: ...
@overload
def transliterate(text: str, to: str, *, from_: str = "auto", capitalise: bool = True) -> str: ...
@overload
def transliterate(text: pandas.Series, to: str, *, from_: str = "auto", capitalise: bool = True) -> pandas.Series: ...
@overload
def transliterate(text: Iterable[Any], to: str, *, from_: str = "auto", capitalise: bool = True) -> List[str]: ...
def readings(word: str, to: str, *, from_: str = "auto", limit: int = 8) -> List[Tuple[str, float]]: ...
def split(name: str) -> List[Part]: ...
def skeleton(name: str) -> str: ...
def restore_kazakh_letters(word: str, *, limit: int = 8) -> List[Restored]: ...
