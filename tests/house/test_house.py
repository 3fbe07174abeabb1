"""The building guarded: small rooms, one direction, coded refusals with words, one clock, no stranger inside."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.reading import ROOT, refusal_codes, sources, told, tree
from webapp.words import SENTENCES, has_words

LONGEST_FILE = 230
LONGEST_TEST = 300
LONGEST_FUNCTION = 30
MOST_PARAMETERS = 5
PLAIN_NAMES = re.compile(r"(Service|Manager|Helper|Utils?)$")


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function's body takes, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    named = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return len([name for name in named if name not in ("self", "cls")])


def test_files_say_one_thing() -> None:
    long = {told(path): len(path.read_text().splitlines()) for path in sources("workflows", "webapp")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FILE} == {}


def test_tests_stay_readable() -> None:
    long = {told(path): len(path.read_text().splitlines()) for path in sources("tests")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_TEST} == {}


def test_functions_are_short_and_take_few_things() -> None:
    found = [
        (told(path), one.name, _statements(one), _parameters(one))
        for path in sources("workflows", "webapp")
        for one in _functions(path)
    ]
    assert [one for one in found if one[2] > LONGEST_FUNCTION or one[3] > MOST_PARAMETERS] == []


def test_nothing_is_named_after_a_pattern() -> None:
    classes = [
        (told(path), node.name)
        for path in sources("workflows", "webapp")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    ]
    assert [one for one in classes if PLAIN_NAMES.search(one[1])] == []
    assert [told(path) for path in sources("workflows", "webapp") if path.stem in ("utils", "helpers", "common")] == []


def test_what_is_public_opens_with_a_sentence() -> None:
    bare = []
    for path in sources("workflows", "webapp"):
        module = tree(path)
        if path.read_text().strip() and not ast.get_docstring(module):
            bare.append(told(path))
        for node in module.body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and not ast.get_docstring(node):
                bare.append(f"{told(path)}:{node.name}")
    assert bare == []


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    mute = {code: where for code, where in refusal_codes().items() if not has_words(code)}
    assert mute == {}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_written_in_both_languages(code: str) -> None:
    sentence = SENTENCES[code]
    assert sentence.fr
    assert sentence.en
    assert set(re.findall(r"{(\w+)}", sentence.fr)) == set(re.findall(r"{(\w+)}", sentence.en))


def test_everything_is_caught_in_two_places_at_most() -> None:
    wide = [
        (told(path), node.lineno)
        for path in sources("workflows", "webapp")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception")
    ]
    assert len(wide) <= 2, wide


def test_only_the_clock_reads_the_wall() -> None:
    asking = re.compile(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(")
    found = [told(path) for path in sources("workflows", "webapp") if asking.search(path.read_text())]
    assert [name for name in found if name != "workflows/clock.py"] == []


def test_the_domain_knows_no_web() -> None:
    names = re.compile(r"^\s*(from|import) (flask|webapp|marshmallow|werkzeug)", re.MULTILINE)
    assert [told(path) for path in sources("workflows") if names.search(path.read_text())] == []


def test_only_the_engine_knows_its_guest() -> None:
    names = re.compile(r"^\s*(from|import) SpiffWorkflow", re.MULTILINE)
    found = [told(path) for path in sources("workflows", "webapp") if names.search(path.read_text())]
    assert [name for name in found if not name.startswith("workflows/engine/")] == []


def test_imports_stand_at_the_top() -> None:
    hidden = [
        (told(path), node.lineno)
        for path in sources("workflows", "webapp")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and node.col_offset > 0
    ]
    assert hidden == []


def test_verbs_never_commit() -> None:
    found = [told(path) for path in sources("workflows") if re.search(r"\bsession\.commit\(", path.read_text())]
    allowed = ("workflows/desk.py", "workflows/worker/", "workflows/demo/", "workflows/scenarios/")
    assert [name for name in found if not name.startswith(allowed)] == []


def test_the_house_does_not_speak_of_where_it_was_built() -> None:
    here = re.compile(
        "/work" + "/|/tmp/" + "probe|shared" + "/(domain|contract|house)|" + "proto" + "types/|domain" + " rule"
    )
    written = [*sources("workflows", "webapp", "tests"), *sorted((ROOT / "bpmn").rglob("*.md"))]
    assert [told(path) for path in written if here.search(path.read_text())] == []


def test_rooms_look_downward_only() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run([str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-3000:]
