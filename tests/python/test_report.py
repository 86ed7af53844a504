"""The review page in headless Chromium: what it shows, what its keys do, and that its decisions come back."""
import json
import re
import shutil
import subprocess

import pytest

from conftest import TODAY

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
