"""kualik.numbers from Python: the same bits by every way in, nulls and index kept, faults named."""
import csv
import doctest
import pathlib

import numpy as np
import pandas as pd
import pytest

import kualik.numbers as kn

TODAY = "2026-11-23"
TABLE = pathlib.Path(__file__).parents[1] / "numbers" / "resident_vectors.tsv"


def vectors():
    with open(TABLE, encoding="utf-8") as lines:
        rows = csv.DictReader((l for l in lines if not l.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(r["number"], r["reasons"]) for r in rows]


def test_every_way_in_gives_the_documented_reasons():
    texts = [n for n, _ in vectors()]
    expected = [tuple(r.split()) if r != "-" else () for _, r in vectors()]
    ways = {
        "list": texts,
        "tuple": tuple(texts),
        "U": np.array(texts),
        "object": np.array(texts, dtype=object),
        "S": np.array([t.encode() for t in texts]),
    }
    for way, column in ways.items():
        bits = kn.check(column, today=TODAY)
        assert bits.dtype == np.uint32
        assert [kn.reasons(int(b)) for b in bits] == expected, way


def test_strides_are_honoured():
    texts = np.array([n for n, _ in vectors()], dtype="U24")
    whole = kn.check(texts, today=TODAY)
    assert (kn.check(texts[::-2], today=TODAY) == whole[::-2]).all()
    raw = np.array([n.encode() for n, _ in vectors()], dtype="S18")
    assert (kn.check(raw[1::3], today=TODAY) == kn.check(raw, today=TODAY)[1::3]).all()


def test_series_keeps_index_and_nulls():
    series = pd.Series(["440524188001010014", None, "440524188001010015", float("nan")], index=list("abcd"), name="id")
    bits = kn.check(series, today=TODAY)
    assert list(bits.index) == list("abcd") and bits.name == "id" and str(bits.dtype) == "UInt32"
    assert list(bits.isna()) == [False, True, False, True]
    assert kn.reasons(int(bits["c"])) == ("bad_check_digit", "implausible_age")


def test_frame_says_what_the_numbers_say():
    frame = kn.to_frame(pd.Series(["11010519491231002X", "440524188001010015", None], index=[5, 6, 7]), today=TODAY)
    assert list(frame.index) == [5, 6, 7]
    assert frame.loc[5, "verdict"] == "ok" and frame.loc[5, "region"] == "北京市朝阳区" and frame.loc[5, "sex"] == "F"
    assert frame.loc[5, "birth_date"] == pd.Timestamp(1949, 12, 31)
    assert frame.loc[6, "verdict"] == "error" and frame.loc[6, "value"] is None
    assert frame.loc[7, "verdict"] is None
    assert len(kn.to_frame([])) == 0


@pytest.mark.parametrize("wrong", [[440524188001010014], np.zeros(3), "440524188001010014", np.zeros((2, 2), dtype="S18")])
def test_wrong_use_is_named(wrong):
    with pytest.raises((TypeError, ValueError)):
        kn.check(wrong)


def test_tables_are_refused_by_name():
    pd = pytest.importorskip("pandas")
    for table in (pd.DataFrame({"id": ["11010519491231002X"]}), {"id": ["11010519491231002X"]}):
        for call in (kn.check, kn.to_frame):
            with pytest.raises(TypeError, match=f"{type(table).__name__}: choose a column"):
                call(table)


def test_parsers():
    got = kn.parse_resident_id("44０524 18800101001４", today=TODAY)
    assert got.value.number == "440524188001010014" and "normalised" in got.reasons and got and not got.ok
    assert "440524" in repr(got.value) and "0014" not in repr(got.value)
    assert kn.parse_iin("850615100126").value.encoded_date.isoformat() == "1885-06-15"
    assert kn.parse_case_number("(2018)新40刑初12号").value.canonical == "（2018）新40刑初12号"
    mrz = kn.parse_mrz("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<|D231458907UTO7408122F1204159<<<<<<<6").value
    assert mrz.surname == "ERIKSSON" and {f.key: f.evidence for f in mrz.fields}["names"] == "none"
    assert kn.repair("44O524188001010014")[0].number == "440524188001010014"
    # What stands beside the number settles which digit was wrong.
    for damaged, truth in (("440524188001010044", "440524188001010014"), ("440524188001020014", "440524188001010014")):
        assert kn.repair(damaged, birth_date="1880-01-01", sex="M", region_code=440524, today=TODAY)[0].number == truth
    with pytest.raises(ValueError):
        kn.repair("440524188001010044", sex="male")
    assert kn.completions("110105194912310***") == (100, 100)
    assert kn.mask("440524188001010014") == "440524************"
    assert kn.check(["850615100126", "(2018)新40刑初12号"], kind="auto").tolist()[1] == 0


def test_differences_from_python_stdnum_are_argued():
    """Each row of the table on which the two disagree says why; the rows on which they agree keep the comparison honest."""
    ric = pytest.importorskip("stdnum.cn.ric")
    from stdnum.exceptions import ValidationError

    rows = [line.split("\t") for line in TABLE.with_name("odd_vectors.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    agreed = 0
    for text, parse, _, documented, argument in rows:
        try:
            ric.validate(text)
            said = "valid"
        except ValidationError as fault:
            said = type(fault).__name__
        assert said == documented, text
        refused = any(kn.Reason.__members__[r].value < 16 for r in parse.split() if r != "-")
        agreed += refused == (said != "valid")
        assert refused == (said != "valid") or argument, text
    assert agreed > 15


def test_docstring_examples_hold():
    outcome = doctest.testmod(kn)
    assert outcome.failed == 0 and outcome.attempted > 15


def test_numbers_found_in_running_text():
    text = "\U0001f600 ИИН 850615100126, KAZ110090123105; 44052418800101XXXX,\n11010519491231002х (2018)新40刑初12号"
    found = kn.find(text, today=TODAY)
    assert [(n.kind, n.value) for n in found] == [
        ("iin", "850615100126"), ("cn_id", "KAZ110090123105"), ("cn_id", "44052418800101****"),
        ("cn_id", "11010519491231002X"), ("case_number", "（2018）新40刑初12号")]
    assert [text[n.start:n.end] for n in found] == [
        "850615100126", "KAZ110090123105", "44052418800101XXXX", "11010519491231002х", "(2018)新40刑初12号"]
    assert "masked" in found[2].reasons and "normalised" in found[3].reasons
    assert "850615" not in repr(found)


def test_what_is_no_text_is_refused_without_its_value():
    for parse in (kn.parse_resident_id, kn.parse_iin, kn.parse_bin, kn.parse_mrz, kn.parse_case_number, kn.explain, kn.repair,
                  kn.completions, kn.mask, kn.find):
        with pytest.raises(TypeError, match="not int") as fault:
            parse(440524188001010014)
        assert "440524" not in str(fault.value), parse


def test_explain_says_why():
    assert kn.explain("11010519491231002X") == []
    assert kn.explain("110105194912310020", today=TODAY) == [
        "the last character does not follow from the others (they would give X): one of them is wrong"
    ]
    assert kn.explain("850615100127", kind="iin") and kn.explain("x", kind="auto")
    with pytest.raises(ValueError, match="cn_id, iin"):
        kn.explain("1", kind="passport")
