"""Identity, machine-readable and case numbers: one by one, and by the million.

    >>> import pandas
    >>> import kualik.numbers as kn
    >>> frame = pandas.DataFrame({"id_number": ["11010519491231002X", "110105194912310020", None]})
    >>> bits = kn.check(frame["id_number"])          # a Series of reason bits; 0: nothing speaks against it
    >>> frame[(bits & kn.ERRORS != 0).fillna(False)]["id_number"].tolist()      # what cannot be a number
    ['110105194912310020']
    >>> kn.to_frame(frame["id_number"])["verdict"].tolist()     # and birth date, sex, region, reasons
    ['ok', 'error', None]

`check` takes a list of str, a NumPy array (S, U or object) or a pandas Series, without a Python loop and with the GIL released; bits 0-15 are
errors, bits 16-31 doubts (`reasons(bits)` names them). `check` takes texts as they stand; `parse_*` folds full-width digits, spaces and
Cyrillic Х and reports it as `normalised`; `fold=` changes either. `today` is the clock for ages and future dates (default: the day of the call).
"""
from __future__ import annotations

import datetime as _datetime

from kualik._core import numbers as _core

CaseNumber = _core.CaseNumber
Bin = _core.Bin
FoundNumber = _core.FoundNumber
Iin = _core.Iin
Mrz = _core.Mrz
MrzField = _core.MrzField
Reason = _core.Reason
Repair = _core.Repair
ResidentId = _core.ResidentId

ERRORS = 0x0000FFFF
DOUBTS = 0xFFFF0000

reasons = _core.reasons
check_char = _core.check_char
region_path = _core.region_path
regions_today = _core.regions_today
bulk_path = _core.bulk_path


def _packed(today):
    return _packed_date(_datetime.date.today() if today is None else today)


def _packed_date(date):
    if isinstance(date, str):
        date = _datetime.date.fromisoformat(date)
    return date.year * 10000 + date.month * 100 + date.day


def _text(text):
    # Said here, since the compiled part would print the value in its message, which may end up in a log.
    if not isinstance(text, (str, bytes)):
        lost = " (an integer has lost its zeros and its X)" if isinstance(text, int) else ""
        raise TypeError(f"a text is wanted, not {type(text).__name__}{lost}; for many use check")
    return text


def parse_resident_id(text, *, today=None, check_region=True, fold=None):
    """Takes a Chinese resident number apart: `.value` (or None), `.reasons`, `.ok`, `.possible`.

        >>> parsed = parse_resident_id("440524 18800101 0014", today="2026-01-01")
        >>> parsed.value.number, parsed.value.birth_date.year, parsed.value.sex, parsed.value.region
        ('440524188001010014', 1880, 'M', '广东省汕头市潮阳县')
        >>> parsed.reasons, parsed.ok, parsed.possible
        (('implausible_age', 'normalised'), False, True)
    """
    return _core.parse_resident_id(_text(text), _packed(today), check_region, fold)


def parse_iin(text, *, today=None, fold=None):
    """Takes an IIN of Kazakhstan apart. Its date is encoded, and need not be the birth date.

        >>> parse_iin("850615100126").value.encoded_date
        datetime.date(1885, 6, 15)
    """
    return _core.parse_iin(_text(text), _packed(today), True, fold)


def parse_bin(text, *, today=None, fold=None):
    """Takes a BIN of Kazakhstan apart.

        >>> parse_bin("940140000385").value.type, parse_bin("940140000380").reasons
        ('resident', ('bad_check_digit',))
    """
    return _core.parse_bin(_text(text), _packed(today), True, fold)


def parse_mrz(text, *, today=None, check_states=True, fold=None):
    """Takes a machine-readable zone apart; its lines are joined by a line break or by |.

        >>> zone = parse_mrz("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<|D231458907UTO7408122F1204159<<<<<<<6").value
        >>> zone.format, zone.surname, zone.given_names, [f.evidence for f in zone.fields if f.key == "birth_date"]
        ('TD2', 'ERIKSSON', 'ANNA MARIA', ['check_and_composite'])
    """
    return _core.parse_mrz(_text(text), _packed(today), check_states, fold)


def parse_case_number(text, *, today=None):
    """Takes the number of a court's, procuratorate's or police paper apart.

        >>> paper = parse_case_number("(2018) 新40刑初12号").value
        >>> paper.canonical, paper.court, paper.meaning
        ('（2018）新40刑初12号', '新疆维吾尔自治区高级人民法院伊犁哈萨克自治州分院', '刑事一审案件')
    """
    return _core.parse_case_number(_text(text), _packed(today), True, None)


def check(texts, kind="cn_id", *, today=None, check_region=True, fold=False, threads=1):
    """The reasons against each text as uint32 bits: a NumPy array, or for a Series a Series of UInt32 with its index, empty where it was empty.

    In a list or array, None and NaN give the bit of `not_found`. Texts are taken as they stand; with `fold` what people and spreadsheets
    do to them is read and said (`normalised`): full-width digits, blanks, hyphens, ="…", an apostrophe before. `kind`: cn_id, iin, bin, mrz, case_number, auto.

        >>> [reasons(int(b)) for b in check(["11010519491231002X", "110105194912310020", None])]
        [(), ('bad_check_digit',), ('not_found',)]
        >>> [reasons(int(b)) for b in check(['="11010519491231002X"', "'11010519491231002X"], fold=True)]
        [('normalised',), ('normalised',)]
    """
    series = _as_series(texts)
    if series is None:
        return _core.check(texts, kind, _packed(today), check_region, fold, threads)[0]
    import pandas

    bits, null = _core.check(_values(series), kind, _packed(today), check_region, fold, threads)
    return pandas.Series(pandas.arrays.IntegerArray(bits, null), index=series.index, name=series.name)


def to_frame(texts, *, today=None, check_region=True, fold=False):
    """What the texts say as resident numbers: input, verdict (ok, doubt, error), reasons, value, form, birth_date, sex, region_code, region.

    `value` is empty where an error stands; the other columns hold what could be read.

        >>> to_frame(["11010519491231002X"])[["verdict", "sex", "region"]].values.tolist()
        [['ok', 'F', '北京市朝阳区']]
    """
    import numpy
    import pandas

    series = _as_series(texts)
    values = _values(series) if series is not None else numpy.asarray(texts, dtype=object)
    if values.dtype.kind == "S":
        values = numpy.char.decode(values, "utf-8", "replace")
    texts = values.astype(object).tolist()
    packed = _packed(today)
    bits, null = _core.check(texts, "cn_id", packed, check_region, fold, 1)
    columns = _core.resident_columns(texts, bits, packed, check_region, fold)
    verdict = numpy.select([null, bits & ERRORS != 0, bits != 0], [None, "error", "doubt"], "ok")
    kinds, places = numpy.unique(bits, return_inverse=True)
    words = numpy.array([" ".join(reasons(int(b))) for b in kinds], dtype=object)
    return pandas.DataFrame(
        {
            "input": texts,
            "verdict": verdict,
            "reasons": words[places] if len(bits) else [],
            "value": columns["value"],
            "form": columns["form"],
            "birth_date": columns["birth_date"].view("datetime64[D]").astype("datetime64[ns]"),
            "sex": columns["sex"],
            "region_code": columns["region_code"],
            "region": columns["region"],
        },
        index=None if series is None else series.index,
    )


def explain(text, kind="cn_id", *, today=None, check_region=True, fold=False):
    """Why `check` flags a text, one sentence a reason; an empty list if nothing speaks against it.

        >>> explain("44O524188001010014", today="2026-01-01")[0]
        'character 3 is the letter O, no digit'
    """
    return _core.explain(_text(text), kind, _packed(today), check_region, fold)


def repair(text, *, limit=10, today=None, birth_date=None, sex="", region_code=0):
    """Candidates for a damaged resident number, best first. Nothing is ever repaired silently: these are proposals with scores.

    What is known of the holder from elsewhere, such as what is printed beside the number, settles most cases: `birth_date` (a date or
    "1880-01-01"), `sex` ("M" or "F"), `region_code` (six digits; 440000 if only the province is known). It weighs and does not exclude.

        >>> [r.number for r in repair("440524188001010044", birth_date="1880-01-01", sex="M", today="2026-01-01")][0]
        '440524188001010014'
    """
    if sex not in ("", "M", "F"):
        raise ValueError("sex: expected 'M', 'F' or ''")
    return _core.repair(_text(text), limit, _packed(today), _packed_date(birth_date) if birth_date else 0, sex, region_code)


def completions(masked, *, today=None):
    """How many numbers a masked one (`*` where hidden) can stand for: with a known region, and with any.

        >>> completions("44052418800101****", today="2000-01-01")
        (1000, 1000)
    """
    return _core.completions(_text(masked), _packed(today))


def mask(text, keep=6):
    """Hides a number for publication; at most the six digits of the region stay.

        >>> mask("440524188001010014"), mask("440524188001010014", keep=2)
        ('440524************', '44****************')
    """
    return _core.mask(_text(text), keep)


def find(text, *, today=None, check_region=True):
    """The numbers in running text, typed or read by OCR, in order: `.kind`, `.value`, `.start` and `.end` in `text`, `.reasons`, `.folded`.

    Reads through full-width digits, Cyrillic Х, spaces, hyphens and one line break inside a number; `folded` says what was passed over.

        >>> text = "身份证号：４４０５２４ 18800101-0014，案号（2018）新40刑初12号"
        >>> for n in find(text, today="2026-01-01"):
        ...     print(n.kind, n.value, repr(text[n.start:n.end]), n.folded)
        cn_id 440524188001010014 '４４０５２４ 18800101-0014' ('width', 'space', 'hyphen')
        case_number （2018）新40刑初12号 '（2018）新40刑初12号' ()
    """
    return _core.find(_text(text), _packed(today), check_region)


def _as_series(texts):
    # Without importing pandas for those who do not use it. Iterating over these gives the names of their columns.
    if isinstance(texts, dict) or type(texts).__name__ == "DataFrame":
        raise TypeError(f'a {type(texts).__name__}: choose a column, as table["id_number"]')
    return texts if type(texts).__name__ == "Series" and hasattr(texts, "to_numpy") else None


def _values(series):
    return series.to_numpy(dtype=object)
