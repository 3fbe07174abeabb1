"""Whatever a file holds, the linter answers with sentences and places: never a crash, a hang, or its own insides."""

from __future__ import annotations

import os
import re
from pathlib import Path
from time import monotonic

import pytest

from tests.workflows.engine.lint.hostile import HOSTILE
from workflows.catalog.apart import APART
from workflows.engine import Problem

INSIDES = re.compile(
    r"0x[0-9a-f]{6}|Traceback|<Element|Error\(|\bNoneType\b|lxml\.|<string>|SpiffWorkflow|\.py\b|passwd:|root:"
)
KIT = "PARCOURS_MIWG"
"""Names a folder with the reference files of the BPMN Model Interchange Working Group, where there is one."""


def answered(name: str, source: bytes) -> tuple[Problem, ...]:
    """What is said of a file, by the child that looks at such files."""
    begun = monotonic()
    found = APART.file(f"{name}.bpmn", source)
    assert monotonic() - begun < APART.seconds
    for one in found:
        assert one.line is not None
        assert one.line >= 1
        assert set(one.message) == {"fr", "en"}
        assert all(text and len(text) < 1000 and not INSIDES.search(text) for text in one.message.values())
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_hurt_gets_a_sentence_with_a_place(name: str) -> None:
    found = answered(name, HOSTILE[name])
    assert any(one.severity == "error" for one in found)
    assert not any(one.code == "process.check_stopped" for one in found)


def test_the_reference_files_of_the_standard_each_get_a_sentence_or_pass() -> None:
    folder = os.environ.get(KIT)
    for path in sorted(Path(folder).glob("*.bpmn")) if folder else ():
        assert all(one.code.startswith(("engine.", "process.")) for one in answered(path.stem, path.read_bytes()))
