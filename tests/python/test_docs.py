"""What the documents show works: links lead somewhere, commands and options exist, the short Python program runs."""
import contextlib
import io
import re
import shlex

import pytest

from conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "src/README.md", ROOT / "data/README.md"])


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.S | re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_commands_and_options_exist(run):
    helps = {}
    seen = 0
    for page in PAGES:
        for line in (line for block in blocks(page, "sh") for line in block.replace("\\\n", " ").splitlines()):
            words = shlex.split(line, comments=True)
            if "kualik" not in words:
                continue
            at = words.index("kualik") + 1
            command = tuple(words[at : at + (2 if words[at] == "names" else 1)])  # `names` has commands of its own.
            if command not in helps:
                done = run(*command, "--help")
                assert done.returncode == 0, (page, line)
                helps[command] = done.stdout
            for word in words:
                if word.startswith("--"):
                    assert re.search(rf"(^|[ ,]){re.escape(word.split('=')[0])}\b", helps[command], re.M), (page.name, line, word)
            seen += 1
    assert seen > 10


def test_the_python_lines_of_the_readme_run(glimpse):
    pytest.importorskip("pandas")
    pytest.importorskip("tqdm")
    (program,) = blocks(ROOT / "README.md", "python")
    assert len([line for line in program.splitlines() if line.strip()]) <= 6
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(program.replace("examples/testimony.mp4", str(glimpse)), "README.md", "exec"), {})  # the shorter clip of the tests
    assert "cn_id_portrait" in shown.getvalue() and "id_number" in shown.getvalue()


def test_the_cpp_program_of_the_page_is_the_example():
    """The one of the README is built by tests/install."""
    program = blocks(ROOT / "docs/cpp.md", "cpp")[0]
    example = (ROOT / "examples/read_file.cpp").read_text(encoding="utf-8").split("\n", 1)[1]
    assert program == example
    (short,) = blocks(ROOT / "README.md", "cpp")
    assert len(short.strip().splitlines()) <= 12
