"""The review page in headless Chromium: what it shows, what its keys do, and that its decisions come back."""
import html
import json
import re
import shutil
import subprocess

import pytest

from conftest import ROOT, TODAY

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browse(tmp_path_factory):
    program = shutil.which("chromium")
    if not program:
        pytest.skip("no chromium")

    def call(page, *flags):
        profile = tmp_path_factory.mktemp("profile")
        done = subprocess.run([program, *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()], capture_output=True, text=True, timeout=180)
        return done.stdout

    return call


@pytest.fixture(scope="module")
def page(run, archive, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    done = run("report", archive / "archive.sqlite", "--out", path)
    assert done.returncode == 0, done.stderr
    return path


def with_script(page, script, target):
    html = page.read_text(encoding="utf-8").replace("</body>", "<script>" + script + "</script></body>")
    target.write_text(html, encoding="utf-8")
    return target


def test_the_page_asks_for_nothing(page):
    html = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", html)
    assert "data:image/png;base64," in html and "data:image/jpeg;base64," in html


def test_it_shows_every_document_doubts_first(browse, page, archive):
    records = [json.loads(line) for line in (archive / "stdout.jsonl").read_text(encoding="utf-8").splitlines()]
    dom = browse(page, "--dump-dom")
    assert dom.count("<article") == len(records)
    ranks = [{"fails": 0, "doubtful": 1, "unchecked": 2, "passes": 3}[c] for c in re.findall(r'<article class="(\w+)"', dom)]
    assert ranks == sorted(ranks)
    for record in records:
        for field in record["fields"]:
            if field["key"] != "text" and field["value"].isalnum():
                assert field["value"] in dom


@pytest.mark.parametrize("language, word", [("ru", "Проверяющий"), ("kk", "Тексеруші"), ("zh", "审阅人"), ("en", "Reviewer")])
def test_languages(browse, page, tmp_path, language, word):
    script = f'document.getElementById("language").value="{language}";document.getElementById("language").dispatchEvent(new Event("change"));'
    assert f">{word}<" in browse(with_script(page, script, tmp_path / "page.html"), "--dump-dom")


def test_keys_decide_and_the_file_merges_back(browse, run, page, archive, tmp_path):
    script = """
    const press = (code) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {code, key: code, bubbles: true}));
    document.getElementById("reviewer").value = "Amina";
    document.querySelector("tr.field").focus();
    press("KeyA"); press("KeyJ"); press("KeyR"); press("KeyJ"); press("KeyE");
    const box = document.querySelector(".edit-box"); box.value = "typed <b>";
    box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
    const out = document.createElement("pre"); out.id = "exported"; out.textContent = btoa(unescape(encodeURIComponent(exportDecisions())));
    document.body.append(out);
    """
    import base64

    dom = browse(with_script(page, script, tmp_path / "page.html"), "--dump-dom")
    exported = base64.b64decode(re.search(r'<pre id="exported">([^<]*)</pre>', dom).group(1)).decode()
    decisions = json.loads(exported)["decisions"]
    assert [d["state"] for d in decisions] == ["accepted", "rejected", "edited"]
    file = tmp_path / "decisions.json"
    file.write_text(exported, encoding="utf-8")
    db = tmp_path / "copy.sqlite"
    shutil.copy(archive / "archive.sqlite", db)
    done = run("report", db, "--merge", file)
    assert done.returncode == 0 and "3 decisions merged" in done.stderr
    reviews = [f["review"] for line in run("export", db, "--format", "jsonl").stdout.splitlines() for f in json.loads(line)["fields"] if "review" in f]
    assert sorted(r["state"] for r in reviews) == ["accepted", "edited", "rejected"]
    assert {r["reviewer"] for r in reviews} == {"Amina"}
    assert [r["value"] for r in reviews if r["state"] == "edited"] == ["typed <b>"]
    folder = tmp_path / "out"
    shutil.copytree(archive / "out", folder)
    assert run("report", folder, "--merge", file).returncode == 0
    assert run("export", folder, "--format", "jsonl").stdout == run("export", db, "--format", "jsonl").stdout


def test_many_documents_are_spread_over_linked_pages(run, browse, tmp_path):
    """Doubts first over all pages; each page names the others and saves a file of its own."""
    lines = tmp_path / "records.jsonl"
    statuses = ["passes", "fails", "unchecked", "doubtful", "passes"]
    lines.write_text("".join(json.dumps({
        "schema": "kualik.record/1", "source": {"name": f"{i}.mp4", "sha256": f"{i:064x}"}, "document": {"kind": "passport"}, "checks": [],
        "fields": [{"key": "document_number", "value": f"N{i}", "status": status, "reasons": [], "alternatives": []}]}) + "\n"
        for i, status in enumerate(statuses)), encoding="utf-8")
    done = run("report", lines, "--out", tmp_path / "review.html", "--per-page", 2)
    pages = [tmp_path / name for name in ("review.html", "review-2.html", "review-3.html")]
    assert done.stdout.split() == [str(p) for p in pages] and done.returncode == 0
    shown = [browse(p, "--dump-dom") for p in pages]
    assert [re.findall(r'<article class="(\w+)"', dom) for dom in shown] == [["fails", "doubtful"], ["unchecked", "passes"], ["passes"]]
    assert re.findall(r'href="(review[^"]*)"', shown[1]) == ["review.html", "review-3.html"]
    assert "2 / 5" in shown[0] and 'id="no-pictures"' in shown[0] and not re.search(r'id="no-pictures"[^>]*hidden', shown[0])


def test_a_note_without_a_decision_comes_back(run, browse, archive, page, tmp_path):
    script = """
    const row = document.querySelector("tr.field");
    row.focus();
    row.dispatchEvent(new KeyboardEvent("keydown", {key: "n", code: "KeyN", bubbles: true}));
    const box = document.querySelector(".edit-box");
    box.value = "ask the family";
    box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
    const out = document.createElement("pre"); out.id = "exported"; out.textContent = exportDecisions();
    document.body.append(out);
    """
    dom = browse(with_script(page, script, tmp_path / "page.html"), "--dump-dom")
    file = tmp_path / "decisions.json"
    file.write_text(html.unescape(re.search(r'<pre id="exported">([^<]*)</pre>', dom).group(1)), encoding="utf-8")
    db = tmp_path / "copy.sqlite"
    shutil.copy(archive / "archive.sqlite", db)
    assert run("report", db, "--merge", file).returncode == 0
    (review,) = [f["review"] for line in run("export", db, "--format", "jsonl").stdout.splitlines() for f in json.loads(line)["fields"] if "review" in f]
    assert (review["state"], review["note"]) == ("unreviewed", "ask the family")


def test_all_that_can_stand_on_the_page_has_its_words():
    """Kinds, reasons and rules between fields; every label in all languages."""
    import kualik

    rows = [line.split("\t") for line in (ROOT / "src/desk/report/labels.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert rows[0] == ["id", "en", "ru", "kk", "zh"] and all(len(row) == 5 and all(row) for row in rows)
    words = {row[0] for row in rows}
    rules = {name for path in (ROOT / "src/documents").glob("checks*.cpp") for name in re.findall(r'report\(\s*"(\w+)"', path.read_text(encoding="utf-8"))}
    assert len(rules) > 15
    wanted = {f"reason_{r.name}" for r in kualik.Reason} | {f"kind_{k.value}" for k in kualik.Kind} | {f"status_{s.value}" for s in kualik.Status}
    wanted |= {f"verdict_{v.value}" for v in kualik.Verdict} | {f"rule_{name}" for name in rules if not name.endswith("_matches_mrz")}
    wanted |= {f"key_{key}" for row in re.findall(r"^\| `\w+` \| (.*) \|$", (ROOT / "docs/record.md").read_text(encoding="utf-8").split("## Kinds and keys")[1], re.M)
               for key in re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", re.sub(r"\(.*?\)", "", row)) if key not in ("person", "fields", "as", "above", "any", "number", "that", "parses")}
    # Details in whole phrases; what has a value behind or before is asked for by its words alone.
    for path in (ROOT / "src/documents").glob("*.cpp"):
        for literal in re.findall(r'"((?:[^"\\\n]|\\.)*)"', path.read_text(encoding="utf-8")):
            if re.fullmatch(r"[a-z][a-z ,'\-0-9]+", literal.strip("; ")) and " " in literal.strip("; "):
                wanted |= {"detail_" + re.sub(r"[,']", "", part).replace(" ", "_") for part in literal.strip("; ").split("; ")}
    assert not wanted - words


def test_details_are_said_in_the_language_of_the_page(run, browse, tmp_path):
    """Phrases, and phrases with a value behind; what has no words is given as it stands."""
    lines = tmp_path / "records.jsonl"
    details = ["fixed-term imprisonment; credited P14D", "code of 霍城县人民法院", "label misread; something new",
               "12 days early, as if days had been credited", "name was read with the help of what is known of it"]
    lines.write_text(json.dumps({
        "schema": "kualik.record/1", "source": {"name": "a.mp4", "sha256": "0" * 64}, "document": {"kind": "court_document"},
        "checks": [{"rule": "term_matches_dates", "verdict": "disagrees", "fields": ["sentence"], "detail": "off by 3 days"}],
        "fields": [{"key": "sentence", "value": "P3Y", "status": "passes", "reasons": [], "alternatives": [], "detail": d} for d in details]}) + "\n",
        encoding="utf-8")
    page = tmp_path / "page.html"
    assert run("report", lines, "--out", page).returncode == 0
    script = 'document.getElementById("language").value="ru";document.getElementById("language").dispatchEvent(new Event("change"));'
    dom = browse(with_script(page, script, tmp_path / "ru.html"), "--dump-dom")
    for said in ("лишение свободы на срок; зачтено: P14D", "указывает код: 霍城县人民法院", "с ошибкой; something new", "расхождение в днях: 3",
                 "12 дней раньше", "имя: прочитано с опорой"):
        assert said in dom, said


def test_bad_decisions_are_refused_by_name(run, archive, tmp_path):
    file = tmp_path / "decisions.json"
    file.write_text('{"schema":"kualik.review/1","decisions":[{"source_sha256":"x"}]}')
    done = run("report", archive / "archive.sqlite", "--merge", file)
    assert done.returncode == 1 and "decisions.json" in done.stderr and "decisions[0]" in done.stderr


def test_a_masked_page_holds_no_value(run, archive, tmp_path):
    page = tmp_path / "masked.html"
    assert run("report", archive / "archive.sqlite", "--out", page, "--redact").returncode == 0
    html = page.read_text(encoding="utf-8")
    assert "data:image" not in html.split('id="data"')[1].split("</script>")[0]
    for line in (archive / "stdout.jsonl").read_text(encoding="utf-8").splitlines():
        for field in json.loads(line)["fields"]:
            if field["key"] in ("id_number", "case_number", "birth_date", "address", "name"):
                assert field["value"] not in html


def test_it_prints(browse, page, tmp_path):
    pdf = tmp_path / "report.pdf"
    browse(page, f"--print-to-pdf={pdf}")
    assert pdf.read_bytes()[:4] == b"%PDF"
