"""``parcours calendar``: the proposal of a year, reviewed in a file, published and listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from webapp.cli import parcours
from workflows.errors import Invalid

Run = Callable[..., Result]
OF = ("--organisation", "OP-DEMO")


@pytest.fixture
def run(demo_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on OP-DEMO."""
    monkeypatch.setenv("DATABASE_URL", demo_url)
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    return lambda *words: CliRunner().invoke(parcours, words)


def test_a_proposal_is_reviewed_in_a_file_then_published(run: Run, tmp_path: Path) -> None:
    proposed = json.loads(run("calendar", "propose", "2028", "--json").stdout)
    early = {"date": "2028-12-21", "name": "Fermeture hâtive", "openings": [["08:30", "12:00"]]}
    file = tmp_path / "jours.json"
    file.write_text(json.dumps([*proposed[1:], early]))
    assert run("calendar", "publish", "2028", str(file), *OF).exit_code == 0
    listed = json.loads(run("calendar", "list", "2028", *OF, "--json").stdout)
    assert [day["date"] for day in listed] == sorted([*(day["date"] for day in proposed[1:]), "2028-12-21"])
    assert (
        "2028-12-21  tous          08:30-12:00               Fermeture hâtive"
        in run("calendar", "list", "2028", *OF).stdout
    )


def test_the_file_may_be_yaml(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "jours.yaml"
    file.write_text("- date: 2028-01-03\n  name: Jour de l'an\n  calendar: CAL_TEL\n")
    published = json.loads(run("calendar", "publish", "2028", str(file), *OF, "--json").stdout)
    assert [(day["date"], day["calendar"], day["openings"]) for day in published] == [("2028-01-03", "CAL_TEL", [])]


@pytest.mark.parametrize(
    "text",
    [
        *("", "3", "{}", "a: 1", "- 1", "- [", "\x00"),
        *("- date: demain\n  name: x", "- date: 2027-01-04", "- {date: 2027-01-04, name: x, openings: 3}"),
    ],
)
def test_what_is_no_list_of_days_is_told_and_publishes_nothing(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "jours.yaml"
    file.write_bytes(text.encode())
    answer = run("calendar", "publish", "2027", str(file), *OF)
    assert (answer.exit_code, isinstance(answer.exception, Invalid)) == (1, True)
    assert len(json.loads(run("calendar", "list", "2027", *OF, "--json").stdout)) == 13


def test_a_day_of_another_year_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "jours.yaml"
    file.write_text("- {date: 2028-01-03, name: x}")
    answer = run("calendar", "publish", "2027", str(file), *OF)
    assert isinstance(answer.exception, Invalid)
    assert list(answer.exception.fields) == ["0.on"]
