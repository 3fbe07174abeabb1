"""What a case says goes on its way: a message to the case that waits for it, a signal to every case that awaits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workflows.cases.about import About
from workflows.cases.models import Case
from workflows.cases.sensitive import outward
from workflows.catalog.edition import edition_of
from workflows.database import new_id
from workflows.deliveries.catalogue import leaves
from workflows.deliveries.publish import publish
from workflows.desk import Desk
from workflows.engine import Thrown
from workflows.journal.write import note
from workflows.operations.outward import carried
from workflows.queue import defer

HAND_OVER = "hand_over"
BROADCAST = "broadcast"


def say(desk: Desk, case: Case, thrown: Sequence[Thrown], also: Sequence[Thrown] = ()) -> None:
    """Write down what a run of the engine has sent, and put in the queue what is for other cases.

    A message without a correlation is for nobody in the house: it goes to whoever outside subscribed to it. Each of the
    others has an id that nobody can guess, kept by its job. ``also`` is what the house tells of the case besides.
    """
    for one in thrown:
        signal = one.kind == "signal"
        note(desk, "signal.sent" if signal else "message.sent", case=case, step=one.step, name=one.name)
        if not signal and one.correlation is None:
            continue
        said = {"name": one.name, "data": dict(one.payload), "source": f"urn:parcours:case:{case.number}"}
        where: dict[str, Any] = {"organisation_id": str(case.organisation_id), "case_id": str(case.id)}
        where["said"] = {**said, "id": str(new_id())}
        if signal:
            defer(desk.session, BROADCAST, **where)
        else:
            defer(desk.session, HAND_OVER, correlation=one.correlation, **where)
    outward = [one for one in thrown if one.kind == "message" and one.correlation is None and leaves(one.name)]
    if outward:
        inside = About(edition_of(desk.session, case.version_id).about).inside
        outward = [_filled(desk, case, one) for one in outward if one.name not in inside]
    if outward or also:
        publish(desk, case, [*outward, *also])


def _filled(desk: Desk, case: Case, said: Thrown) -> Thrown:
    """A message with what it carries of the case, but what only some roles read; what the drawing gives stands over."""
    return replace(said, payload=outward(desk, case, {**carried(desk.session, case, said.name), **said.payload}))
