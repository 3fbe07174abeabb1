"""The state of a case beside the engine's own: walked at random, both give back the very tokens they were given."""

from __future__ import annotations

from hypothesis import given, settings

from tests.bpmn.test_derogation_random import MOVES, SEVERAL, moved
from tests.bpmn.told import READ, Told
from tests.workflows.engine.oracle import image, through_the_engine
from workflows.engine import begin, resume
from workflows.engine.codec import dump, load
from workflows.engine.live import Live


def judged(live: Live) -> None:
    """Compare what comes back from each codec, with the other and with what went in."""
    theirs, ours = through_the_engine(live, READ), load(READ, dump(live), live.services)
    assert image(ours) == image(theirs) == image(live)
    assert list(ours.subprocesses) == list(theirs.subprocesses)


@settings(max_examples=40, deadline=None)
@given(MOVES)
def test_a_state_gives_back_what_the_engine_s_own_serializer_does(moves: list[tuple[int, str]]) -> None:
    house = Told()
    house.told.update(SEVERAL)
    at = begin(READ, house, {})
    run = resume(READ, at.state, house)
    judged(run.live)
    for pick, decision in moves:
        found = moved(run, at, house, pick, decision)
        if isinstance(found, str):
            return
        at = found
        judged(run.live)
        if at.ended or not (at.open or at.waits):
            return
