"""The simulation's clock: where it stands, and moving it forward."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from webapp.api.door import Room, persons_only
from webapp.api.schemas.people import ClockOut
from webapp.api.schemas.shapes import In, instant
from webapp.extensions import db
from workflows.clock import business_now, is_simulated
from workflows.desk import Desk
from workflows.errors import Forbidden, Missing
from workflows.worker.clock import move_clock

room = Room("simulation", "The simulation's clock; 404 on the wall clock.")


class ClockIn(In):
    """The instant to move to, with its offset."""

    now = instant(required=True)


@room.route("/simulation/clock")
@room.reads(ClockOut)
def show_clock(desk: Desk) -> Any:
    """Where the clock stands."""
    _in_simulation(desk)
    return {"now": desk.now}


@room.route("/simulation/clock", methods=["PUT"])
@persons_only
@room.arguments(ClockIn)
@room.writes(ClockOut)
def move(desk: Desk, asked: dict[str, datetime]) -> Any:
    """Move the clock forward: everything that falls due on the way fires, in order, before this answers."""
    _in_simulation(desk)
    if not desk.actor.demo:
        raise Forbidden("clock.not_allowed")
    move_clock(db.engine, asked["now"])
    return {"now": business_now(desk.session)}


def _in_simulation(desk: Desk) -> None:
    if not is_simulated(desk.session):
        raise Missing("clock.not_simulated")
