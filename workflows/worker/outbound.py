"""Sending what waits to leave: a short transaction before, another after, and none while the receiver is waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from workflows.cases.letters import write_outcome
from workflows.clock import wall_now
from workflows.deliveries.attempt import InHand, next_head, take
from workflows.deliveries.models import Lane
from workflows.deliveries.send import send
from workflows.desk import Desk

OpenDesk = Callable[[UUID | None], AbstractContextManager[Desk]]
"""Opens a desk of the house in an organisation, at the product's instant; leaving it well commits."""

LINES = 2
"""How many messages a worker sends at once: receivers that hang must leave hands for timers and the rest."""
_lines = threading.BoundedSemaphore(LINES)


@contextmanager
def a_line() -> Iterator[bool]:
    """Take one of the lines to the outside, and give it back; whether one was free."""
    free = _lines.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            _lines.release()


def attempt(open_desk: OpenDesk, lane: Lane) -> bool:
    """Try the first delivery of a lane, if it is due and nobody else is at it; whether it was tried."""
    with open_desk(lane.organisation_id) as desk:
        held = take(desk, lane)
    return held is not None and finish(open_desk, lane, held)


def finish(open_desk: OpenDesk, lane: Lane, held: InHand) -> bool:
    """Send what was taken in hand, with nothing open meanwhile, and write what came of it."""
    outcome = send(held.letter, wall_now())
    with open_desk(lane.organisation_id) as desk:
        write_outcome(desk, held, outcome)
    return True


def attempt_next(open_desk: OpenDesk) -> bool:
    """Try the delivery that has been due for the longest; False when none is."""
    with open_desk(None) as desk:
        found = next_head(desk.session, desk.now)
    return found is not None and attempt(open_desk, found[1])
