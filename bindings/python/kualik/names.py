"""One person's name in four scripts.

>>> from kualik import names
>>> names.match("努尔兰·巴合提", "Нұрлан Бақытұлы").score > 0.9
True
>>> names.transliterate("Нұрлан", "kk-Arab")
'نۇرلان'

Bulk: ``match`` takes two lists or Series of the same length, ``transliterate`` a list or Series, ``search`` a list to search in; for
many queries make an ``Index`` once. A score says how well two spellings can be one name, not that they are one person.
Spellings: kk-Cyrl, kk-Arab, kk-Latn, bgn, icao, ru-Cyrl, ru-Latn, ug-Arab, ug-Latn, pinyin, Hani.
"""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, List, Sequence, Tuple

from . import _core

__all__ = ["Hit", "Index", "Match", "MatchReason", "Part", "Restored", "match", "readings", "restore_kazakh_letters", "search", "skeleton", "split", "transliterate"]


@dataclass(frozen=True)
class MatchReason:
    """A part of one name beside a part of the other, or what speaks against the two being one name.

    ``basis`` says by what they fit (same, parts table, Uyghur parts table, Chinese readings, pinyin in Russian letters, sounds, initial,
    joined) or what does not: differs, missing, order (given and father's name change places), sex (-ұлы beside -қызы).
    """

    a: str
    b: str
    score: float
    basis: str
    detail: str


@dataclass(frozen=True)
class Match:
    """Score 0..1 and the reasons."""

    score: float
    reasons: Tuple[MatchReason, ...]


@dataclass(frozen=True)
class Hit:
    """A row of a list: its place from 0, its name, and the score."""

    row: int
    name: str
    score: float


@dataclass(frozen=True)
class Part:
    """A part of a name; ``role`` is given, father or surname."""

    text: str
    role: str
    stem: str
    suffix: str


@dataclass(frozen=True)
class Restored:
    """A candidate for a misread word; ``changed`` must be shown as a repair."""

    text: str
    score: float
    changed: bool
    known: bool


def _strings(values: Iterable[Any]) -> List[str]:
    # None, NaN and pandas.NA, the gaps of a column, are empty names.
    return [v if isinstance(v, str) else "" if str(v) in ("None", "nan", "<NA>") else str(v) for v in values]


def _like(values: Any, made: Sequence[Any]) -> Any:
    index = getattr(values, "index", None)
    if index is not None and not callable(index):  # a Series
        import pandas

        return pandas.Series(list(made), index=index)
    return list(made)


def match(a: Any, b: Any, *, use_tables: bool = True) -> Any:
    """How well two names fit; two lists or Series give a list or Series of scores.

    >>> m = match("NUERLAN", "Нұрлан Бақытұлы")
    >>> [(r.a, r.b, r.basis) for r in m.reasons]
    [('NUERLAN', 'Нұрлан', 'sounds'), ('', 'Бақытұлы', 'missing')]
    >>> [round(s) for s in match(["王伟", "王伟"], ["Wang Wei", "Нұрлан Бақыт"])]
    [1, 0]
    """
    if isinstance(a, str) and isinstance(b, str):
        score, reasons = _core.names_match(a, b, use_tables)
        return Match(score, tuple(MatchReason(*r) for r in reasons))
    if isinstance(a, str) or isinstance(b, str):
        raise TypeError("match takes two names or two lists of names; to look one name up in a list use search")
    return _like(a, _core.names_match_many(_strings(a), _strings(b), use_tables))


class Index:
    """A list of names made searchable: some 15 µs a name to build, some 10 ms a search in 100,000 names. Immutable.

    >>> index = Index(["Ерлан Серік", "努尔兰·巴合提", "NUERLAN BAHETI"])
    >>> sorted(h.row for h in index.search("Нұрлан Бақытұлы"))
    [1, 2]
    """

    def __init__(self, names: Iterable[Any], *, use_tables: bool = True) -> None:
        self._names = _strings(names)
        self._index = _core.NameIndex(self._names, use_tables)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<kualik.names.Index of {len(self)} names>"

    def search(self, query: Any, *, limit: int = 10, min_score: float = 0.6) -> Any:
        """Rows that fit a name, best first; a list or Series of queries gives a list of such lists."""
        one = isinstance(query, str)
        found = self._index.search_many([query] if one else _strings(query), limit, min_score)
        hits = [[Hit(row, self._names[row], score) for row, score in rows] for rows in found]
        return hits[0] if one else hits


def search(query: str, names: Iterable[Any], *, limit: int = 10, min_score: float = 0.6) -> List[Hit]:
    """The names of a list that fit a name, best first. For more than one query make an ``Index``.

    >>> search("Memet Tursun", ["麦麦提·图尔荪", "王伟", "买买提·吐尔逊"])[0].score > 0.9
    True
    """
    return list(Index(names).search(query, limit=limit, min_score=min_score))


def transliterate(text: Any, to: str, *, from_: str = "auto", capitalise: bool = True) -> Any:
    """The best reading of a text, or of every text of a list or Series, in another spelling.

    >>> transliterate(["努尔兰·巴合提", "阿不都热合曼"], "pinyin")
    ['Nuerlan Baheti', 'Abudureheman']
    >>> transliterate("ٴالى", "kk-Cyrl")
    'Әлі'
    """
    if isinstance(text, str):
        return _core.names_transliterate_many([text], to, from_, capitalise)[0]
    return _like(text, _core.names_transliterate_many(_strings(text), to, from_, capitalise))


def readings(word: str, to: str, *, from_: str = "auto", limit: int = 8) -> List[Tuple[str, float]]:
    """All readings with their scores, best first.

    >>> readings("Нұрлан", "Hani")[0][0]
    '努尔兰'
    >>> readings("阿卜杜热合曼", "ug-Latn")[0][0], readings("Memet", "Hani", from_="ug-Latn")[1][0]
    ('Abdurahman', '麦麦提')
    >>> readings("Бахыт", "kk-Cyrl", from_="ru-Cyrl")[0][0]
    'Бақыт'
    """
    return list(_core.names_readings(word, to, from_, limit))


def split(name: str) -> List[Part]:
    """Parts of a name with their roles.

    >>> [(p.stem, p.role) for p in split("努尔兰巴合提")]
    [('努尔兰', 'given'), ('巴合提', 'father')]
    """
    return [Part(*p) for p in _core.names_split(name)]


def skeleton(name: str) -> str:
    """The phonetic skeleton, a key for grouping.

    >>> skeleton("Нұрлан") == skeleton("努尔兰") == skeleton("NUERLAN")
    True
    """
    return _core.names_skeleton(name)


def restore_kazakh_letters(word: str, *, limit: int = 8) -> List[Restored]:
    """Candidates for a word whose Kazakh letters a reader may have confused; the word as read is among them.

    >>> restore_kazakh_letters("Кайрат")[0]
    Restored(text='Қайрат', score=..., changed=True, known=True)
    """
    return [Restored(*r) for r in _core.names_restore(word, limit)]
