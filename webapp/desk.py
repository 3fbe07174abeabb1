"""The desk, opened for a request: the door's session, the actor it let in, the product's present instant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from webapp.extensions import db
from webapp.identity import current_actor
from workflows.clock import business_now
from workflows.desk import Desk, at_desk


@contextmanager
def open_desk(*, reauthenticated: str | None = None) -> Iterator[Desk]:
    """Work at the reader's desk: one commit when the block ends well, one rollback otherwise.

    A signature guard that refuses and routes (``errors.Routed``) commits its routing, then raises.
    """
    session = db.session()
    desk = Desk(session, current_actor(), business_now(session), reauthenticated)
    with at_desk(desk):
        yield desk
