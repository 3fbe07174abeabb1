"""Files are examined in a child: it is bounded, it may die, it may be late, and the house goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.workflows.engine.lint.hostile import GOOD
from workflows.catalog.apart import Apart

SLOW = "import workflows.catalog.apart_child as child; child.limit(); "


@pytest.fixture
def apart() -> Iterator[Apart]:
    """A child of this test's own."""
    one = Apart()
    yield one
    one.end()


def test_a_file_is_examined_as_it_would_be_here(apart: Apart) -> None:
    assert apart.file("a.bpmn", GOOD) == ()
    (found,) = apart.file("a.bpmn", GOOD.replace(b"serviceTask", b"task"))
    assert (found.code, found.element, found.severity, found.line) == ("engine.task_without_kind", "x", "error", 1)


def test_a_folder_is_examined_as_a_whole(apart: Apart) -> None:
    found = apart.folder({"process.toml": b'key = "m"', "process.bpmn": GOOD}, frozenset({"other"}))
    assert [one.code for one in found["process.bpmn"]] == ["operation.unknown"]


def test_a_child_that_is_late_is_ended_and_the_next_file_is_looked_at(apart: Apart) -> None:
    apart.seconds = 0.01
    (found,) = apart.file("a.bpmn", GOOD)
    assert (found.code, found.severity, found.line) == ("process.check_stopped", "error", 1)
    apart.seconds = 30.0
    assert apart.file("a.bpmn", GOOD) == ()


def test_a_child_that_died_is_followed_by_another(apart: Apart) -> None:
    assert apart.file("a.bpmn", GOOD) == ()
    child = apart._child
    assert child is not None
    child.kill()
    child.wait()
    assert apart.file("a.bpmn", GOOD) == ()


def test_a_job_that_the_child_cannot_read_ends_it_and_nothing_else(apart: Apart) -> None:
    assert apart._ask({"files": 7, "operations": None}) is None
    assert apart.file("a.bpmn", GOOD) == ()


@pytest.mark.parametrize("hurts", ["bytearray(3 * 1024**3)", "open('/tmp/parcours-never', 'wb').write(b'x' * 10**6)"])
def test_the_child_takes_no_more_memory_than_it_may_and_writes_no_file(hurts: str) -> None:
    done = subprocess.run([sys.executable, "-c", SLOW + hurts], capture_output=True, check=False)
    assert done.returncode != 0


def test_the_child_knows_nothing_of_the_house_s_secrets(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    assert apart.file("a.bpmn", GOOD) == ()
    child = apart._child
    assert child is not None
    with open(f"/proc/{child.pid}/environ", "rb") as surroundings:
        assert b"secret" not in surroundings.read()
