"""A short run of each target, always the same, and everything that once broke one."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.targets import TARGETS, Target

TURNS = {"feel": 1500, "tables": 60, "drawings": 60, "states": 300}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_what_once_broke_a_target_breaks_it_no_more(target: Target) -> None:
    for path in target.kept:
        target.holds(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_changed_inputs_break_nothing(target: Target) -> None:
    chance, seeds = Random(20261207), target.seeds()
    assert seeds
    for _ in range(TURNS[target.name]):
        target.holds(target.drawn(chance, seeds))
