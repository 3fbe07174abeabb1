"""Every scenario of the nomination replayed through the real engine, database and queue."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from workflows.scenarios.play import play
from workflows.scenarios.script import read_script, scripts_of

FILES = scripts_of(Path(__file__).parents[2] / "bpmn" / "nomination_role")


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_is_told_is_what_happens(path: Path, demo_engine: Engine) -> None:
    assert play(demo_engine, read_script(path)) == ()
