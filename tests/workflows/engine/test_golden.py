"""States that earlier releases have written are taken up by this one, at every position of a walk, and go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.workflows.engine.drawn import Case
from tests.workflows.engine.golden.walk import HERE, LAST, MOVES, a_house, move, the_model, walked
from workflows.engine import EngineError, begin, codec, resume
from workflows.engine.codec import READABLE, VERSION

KEPT = sorted(HERE.glob("v*/*.state"))
ALL = (*MOVES, *LAST)


def test_every_form_that_can_be_read_has_its_states() -> None:
    assert {path.parent.name for path in KEPT} == {f"v{version}" for version in READABLE}
    assert len(KEPT) == len(ALL) * len(READABLE)
    assert VERSION == max(READABLE)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_case_begun_by_an_earlier_release_goes_on(path: Path) -> None:
    case = Case(the_model(), a_house())
    start = int(path.stem)
    for text in [one for one in ALL[:start] if one.startswith("wait")]:
        move(case, text)
    case.at = resume(case.model, path.read_bytes(), case.house).view()
    for text in ALL[start:]:
        move(case, text)
    assert (case.at.ended, case.at.end, case.waits) == (True, "good", [])
    assert case.at.data == {
        "n": 2,
        "list": [1, 2, 3],
        "several": {str(item): {"by": "several"} for item in range(3)},
        **{step: {"by": step} for step in ("in", "a", "y", "x", "remind")},
        "yes": {"price": 1},
    }


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_state_of_an_earlier_release_shows_what_this_one_shows_there(path: Path) -> None:
    now = next(at for number, at in walked() if number == int(path.stem))
    then = resume(the_model(), path.read_bytes(), a_house()).view()
    assert sorted((one.step, str(one.item)) for one in then.open) == sorted(
        (one.step, str(one.item)) for one in now.open
    )
    assert sorted((one.step, str(one.due_at)) for one in then.waits) == sorted(
        (one.step, str(one.due_at)) for one in now.waits
    )


SOUND = [path.read_bytes() for path in KEPT]
LATEST = [path.read_bytes() for path in KEPT if path.parent.name == f"v{VERSION}"]


def taken_up(raw: bytes) -> bool:
    """Whether bytes are a state; when they are not they are refused, and nothing else comes out."""
    try:
        resume(the_model(), raw, a_house())
    except EngineError as refusal:
        return refusal.code not in {"engine.state_broken", "engine.state_version"}
    return True


@settings(max_examples=300, deadline=None)
@given(some.sampled_from(LATEST), some.data())
def test_a_state_with_a_byte_gone_wrong_is_refused_or_says_the_same(raw: bytes, drawn: some.DataObject) -> None:
    at = drawn.draw(some.integers(8, len(raw) - 1))
    other = drawn.draw(some.integers(0, 255).filter(lambda byte: byte != raw[at]))
    changed = raw[:at] + bytes([other]) + raw[at + 1 :]
    assert not taken_up(changed) or zstandard.decompress(changed) == zstandard.decompress(raw)
    assert not taken_up(raw[:at])


def scrambled(value: object, drawn: some.DataObject) -> object:
    """A value with one of its parts replaced by something else."""
    if isinstance(value, list) and value and drawn.draw(some.integers(0, 9)):
        at = drawn.draw(some.integers(0, len(value) - 1))
        return [*value[:at], scrambled(value[at], drawn), *value[at + 1 :]]
    if isinstance(value, dict) and value and drawn.draw(some.booleans()):
        key = drawn.draw(some.sampled_from(sorted(value)))
        return {**value, key: scrambled(value[key], drawn)}
    strange = (None, True, 0, -1, 10**18, "", "nobody", [], [[]], {}, {"typename": 1}, "00" * 16)
    return drawn.draw(some.sampled_from(strange))


@settings(max_examples=400, deadline=None)
@given(some.sampled_from(SOUND), some.data())
def test_a_state_in_which_something_else_stands_is_refused_or_is_one(raw: bytes, drawn: some.DataObject) -> None:
    state = scrambled(orjson.loads(zstandard.decompress(raw)), drawn)
    assert taken_up(zstandard.compress(orjson.dumps(state))) in (True, False)


def _opened(raw: bytes) -> list[Any]:
    return list(orjson.loads(zstandard.decompress(raw)))


def _twice(state: list[Any]) -> None:
    rows = state[3]
    rows.append([rows[0][0], 0, *rows[-1][2:]])


def _owned_twice(state: list[Any]) -> None:
    state[4].append(state[4][0])


def _miscounted(state: list[Any]) -> None:
    state[3][-1][5] = {"gone": "2"}


def _misnamed(state: list[Any]) -> None:
    state[3][-1][5] = {"by": ["x"]}


def _no_dictionary(state: list[Any]) -> None:
    state[3][-1][5] = [1]


@pytest.mark.parametrize("spoil", [_twice, _owned_twice, _miscounted, _misnamed, _no_dictionary])
def test_a_state_that_contradicts_itself_is_refused(spoil: Callable[[list[Any]], None]) -> None:
    state = next(opened for opened in map(_opened, LATEST) if opened[4])
    spoil(state)
    with pytest.raises(EngineError, match="state_broken"):
        resume(the_model(), zstandard.compress(orjson.dumps(state)), a_house())


def test_a_state_that_could_not_be_taken_up_again_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "LARGEST", 100)
    with pytest.raises(EngineError, match="state_too_large"):
        begin(the_model(), a_house(), {})


def test_a_state_that_would_fill_the_memory_is_refused() -> None:
    bomb = zstandard.ZstdCompressor().compress(b"[" + b"0," * 40_000_000 + b"0]")
    assert len(bomb) < 20_000
    with pytest.raises(EngineError, match="state_broken"):
        resume(the_model(), bomb, a_house())
