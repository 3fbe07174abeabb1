"""The desk, opened for a request: the door's session, the actor it let in, the product's present instant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import g

from webapp.extensions import db
from webapp.identity import current_actor, present
from workflows.desk import Desk, at_desk


@contextmanager
def open_desk(*, reauthenticated: str | None = None) -> Iterator[Desk]:
    """Work at the reader's desk: one commit when the block ends well, one rollback otherwise.

    A signature guard that refuses and routes (``errors.Routed``) commits its routing, then raises.
    """
    desk = Desk(db.session(), current_actor(), present(), reauthenticated)
    try:
        with at_desk(desk):
            yield desk
    finally:
        g.pop("present", None)
