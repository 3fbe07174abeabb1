"""``parcours plan``: the example of the documentation is checked, published and listed; errors have their place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from webapp.cli import parcours
from workflows.errors import Invalid

GUIDE = Path(__file__).parents[3] / "bpmn" / "README.md"
Run = Callable[..., Result]


@pytest.fixture
def run(demo_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on OP-DEMO."""
    monkeypatch.setenv("DATABASE_URL", demo_url)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    return lambda *words: CliRunner().invoke(parcours, words)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The plan of the documentation, as a file."""
    found = re.search(r"```yaml plan\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    file = tmp_path / "plan.yaml"
    file.write_text(found[1], encoding="utf-8")
    return file


def test_the_example_is_checked_published_and_listed(run: Run, example: Path) -> None:
    shown = json.loads(run("plan", "check", str(example), "--json").stdout)
    assert (shown["ok"], {one["severity"] for one in shown["problems"]}) == (True, {"warning"})
    published = run("plan", "publish", str(example), "--json")
    assert (published.exit_code, json.loads(published.stdout)["version"]) == (0, "PD-2027-06")
    listed = {row["version"]: row for row in json.loads(run("plan", "list", "--json").stdout)}
    assert listed["PD-2027-04"]["until"] == listed["PD-2027-06"]["from"] == "2027-06-01T00:00:00-04:00"


def test_errors_have_a_line_a_sentence_and_an_exit_code(run: Run, example: Path) -> None:
    example.write_text(example.read_text().replace("personne: P32", "personne: P99"), encoding="utf-8")
    found = run("plan", "check", str(example))
    assert found.exit_code == 1
    assert re.search(r"plan\.yaml:7 \(DL-1\) : La personne « P99 » n'existe pas\.", found.stderr)
    refused = run("plan", "publish", str(example))
    assert isinstance(refused.exception, Invalid)
    assert "P99" in refused.stderr
    assert [row["version"] for row in json.loads(run("plan", "list", "--json").stdout)] == ["PD-2026-04", "PD-2027-04"]


@pytest.mark.parametrize("text", ["", "- a", "plan: [", "plan: \x00", "a: &a [*a]", "plan: é" * 200_000])
def test_what_is_no_plan_is_told_and_never_crashes(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "plan.yaml"
    file.write_bytes(text.encode())
    found = run("plan", "check", str(file), "--json")
    assert (found.exit_code, json.loads(found.stdout)["ok"]) == (1, False)
