"""kualik.names and the commands names and translit."""
import doctest

import pytest

pandas = pytest.importorskip("pandas")
names = pytest.importorskip("kualik.names")


def test_examples_of_the_docstrings_hold():
    outcome = doctest.testmod(names, optionflags=doctest.ELLIPSIS)
    assert outcome.attempted >= 12
    assert outcome.failed == 0


def test_series_keep_their_index_and_gaps_are_empty_names():
    left = pandas.Series(["努尔兰·巴合提", None, float("nan"), "王伟"], index=[5, 6, 7, 8])
    right = pandas.Series(["Нұрлан Бақыт", "Нұрлан", "Нұрлан", "Wang Wei"], index=[5, 6, 7, 8])
    scores = names.match(left, right)
    assert list(scores.index) == [5, 6, 7, 8]
    assert scores[5] > 0.9 and scores[8] > 0.9
    assert scores[6] == scores[7] == 0
    latin = names.transliterate(left, "pinyin")
    assert latin.tolist() == ["Nuerlan Baheti", "", "", "Wang Wei"]


def test_wrong_use_says_what_is_wrong():
    with pytest.raises(TypeError, match="search"):
        names.match("Нұрлан", ["Нұрлан"])
    with pytest.raises(ValueError, match="2 and 1"):
        names.match(["a", "b"], ["a"])
    with pytest.raises(ValueError, match="kk-Arab"):
        names.transliterate("Нұрлан", "klingon")
    with pytest.raises(ValueError):
        names.transliterate("Нұрлан", "auto")


def test_bulk_search_gives_a_list_for_each_query():
    index = names.Index(["Ерлан Серік", "努尔兰·巴合提", "Memet Tursun"])
    found = index.search(["Нұрлан Бақыт", "麦麦提·图尔荪", "xyz"], limit=1)
    assert [[h.row for h in hits] for hits in found] == [[1], [2], []]
    assert found[0][0].name == "努尔兰·巴合提"


def test_command_match(run):
    done = run("names", "match", "努尔兰·巴合提", "Нұрлан Бақытұлы")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("score,0.9")
    assert lines[2].startswith("努尔兰,Нұрлан,") and "parts table" in lines[2]


def test_command_search(run, tmp_path):
    table = tmp_path / "list.csv"
    table.write_text("no,name\n1,Ерлан Серік\n2,努尔兰·巴合提\n3,NUERLAN BAHETI\n", encoding="utf-8")
    done = run("names", "search", "Нұрлан Бақыт", "--in", table)
    assert done.returncode == 0, done.stderr
    rows = [line.split(",") for line in done.stdout.splitlines()]
    assert rows[0] == ["score", "row", "no", "name"]
    assert [row[2] for row in rows[1:3]] == ["2", "3"]
    missing = run("names", "search", "x", "--in", table, "--column", "nom")
    assert missing.returncode == 1
    assert "nom" in missing.stderr and "name" in missing.stderr


def test_command_search_finds_the_column(run, tmp_path):
    table = tmp_path / "list.txt"
    table.write_text("\ufeffНұрлан Бақыт\r\nАйдос Серік\r\n", encoding="utf-8")
    done = run("names", "search", "努尔兰·巴合提", "--in", table)
    assert done.stdout.splitlines()[1].endswith(",1,Нұрлан Бақыт"), done.stderr
    table.write_text("id;Фамилия;Имя\n1;Бақытов;Нұрлан\n", encoding="utf-8")
    done = run("names", "search", "努尔兰·巴合提", "--in", table)
    assert done.stdout.splitlines()[1].startswith("0.9")
    assert "Фамилия, Имя" in done.stderr
    done = run("names", "search", "Гүлнар", "--in", table)
    assert done.returncode == 0 and "none of 1 names" in done.stderr
    table.write_bytes("name\nНұрлан\n".encode("utf-16"))
    done = run("names", "search", "Гүлнар", "--in", table)
    assert done.returncode == 1 and "list.txt" in done.stderr and "UTF-16" in done.stderr
    assert run("names", "search", "", "--in", table).returncode == 2
    assert run("names", "match", "Нұрлан", "12").returncode == 2


def test_command_translit(run, tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("Нұрлан\nӘлі\n", encoding="utf-8")
    done = run("translit", "--to", "kk-Arab", words)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["نۇرلان", "ٴالى"]
    done = run("translit", "--to", "pinyin-passport", input="努尔兰·巴合提\n")
    assert done.stdout == "NUERLAN BAHETI\n"
    done = run("translit", "--to", "kk-Cyrl", "--all", input="ۇسەن\n")
    assert "Үсен" in done.stdout and "Ұсен" in done.stdout
    assert run("translit", "--to", "elvish", words).returncode == 2
    assert run("translit", "--to", "KK-ARAB", input="\ufeffНұрлан\n").stdout == "نۇرلان\n"
    assert "standard input" in run("translit", "--to", "kk-Arab", "Нұрлан").stderr


def test_chinese_characters_both_ways_in_both_languages(run):
    assert names.transliterate(["热依拉", "买买提·吐尔逊"], "ug-Latn") == ["Rahile", "Memet Tursun"]
    both = [text for text, _ in names.readings("Memet Tursun", "Hani", from_="ug-Latn", limit=4)]
    assert both[0] == "买买提·吐尔逊" and "麦麦提·图尔荪" in both
    assert "麦麦提·吐尔逊" not in both[:3]  # Nobody writes one part before and the other after 2002.
    scores = [score for _, score in names.readings("沙依木江", "ug-Latn")]
    assert scores == sorted(scores, reverse=True) and scores[0] < 1
    done = run("translit", "--from", "ug-Latn", "--to", "Hani", input="Memet\n")
    assert done.stdout == "买买提\n", done.stderr
    done = run("translit", "--from", "ru-Cyrl", "--to", "kk-Cyrl", input="Нурлан Бахыт\nГульнара\n")
    assert done.stdout.splitlines()[0] == "Нұрлан Бақыт", done.stderr


def test_long_lists_give_what_short_ones_do():
    people = [f"{given} {father}" for given in ("Ерлан", "Нұрлан", "Айгүл", "Memet", "Қайрат") for father in ("Серік", "Бақыт", "Мұрат")]
    people = (people * 1000)[:12000] + ["努尔兰·库尔曼哈孜"]  # Enough for several threads.
    hits = names.Index(people).search("Нұрлан Құрманғазы", limit=1)
    assert hits[0].row == 12000
    assert hits[0].score == pytest.approx(names.match("Нұрлан Құрманғазы", people[-1]).score)
