"""The parts of an installation: each finds what it stands on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from webapp.cli.parts import web
from webapp.cli.place import Embedded, wait_for
from webapp.cli.run import WELCOME


def test_the_web_application_makes_the_home_that_it_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "somewhere" / "new"
    monkeypatch.setenv("PARCOURS_HOME", str(home))
    command = web("127.0.0.1", 8000).command
    assert home.is_dir()
    assert command[command.index("--chdir") + 1] == str(home)


def test_the_embedded_database_starts_in_a_home_with_spaces_and_accents(tmp_path: Path) -> None:
    embedded = Embedded(tmp_path / "dossier été, neuf 100 %")
    try:
        wait_for(embedded.url)
        assert embedded.is_alive()
    finally:
        embedded.leave()


def test_the_welcome_names_people_as_the_demonstration_does() -> None:
    demo = (Path(__file__).parents[3] / "workflows/demo/data/organisation.yaml").read_text(encoding="utf-8")
    named = re.findall(r"^ +([PU]\d\d)  (\S+) (\S+),", WELCOME, re.MULTILINE)
    assert len(named) == 6
    assert [one for one in named if f"[{', '.join(one)}," not in demo] == []
