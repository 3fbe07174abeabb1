"""Who may put an end to a running case: one table of a pure question, deny by default."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from workflows.desk import Actor, ActorKind, system_actor
from workflows.errors import Refusal
from workflows.people.cancellation import CancelFacts, may_cancel

BODY, ME, YOU, CHIEF, UNIT = uuid4(), uuid4(), uuid4(), uuid4(), uuid4()
BEFORE, AFTER = frozenset({"requester", "GEST"}), frozenset({"RCELL"})
INBOX = "OP-DEMO/RCELL"

TABLE = [
    ("whoever asked, before the order", {}, {}, True),
    ("whoever asked, after the order", {}, {"allowed": AFTER}, False),
    ("someone else", {"id": YOU}, {}, False),
    ("nobody asked, and nobody is known", {"id": None}, {"requester_id": None}, False),
    ("the superior of the beneficiary", {"id": CHIEF, "hands": (CHIEF,)}, {}, True),
    ("who stands in for the superior", {"id": YOU, "hands": (YOU, CHIEF)}, {}, True),
    ("the superior, after the order", {"id": CHIEF, "hands": (CHIEF,)}, {"allowed": AFTER}, False),
    (
        "GEST of a unit that it concerns",
        {"id": YOU, "roles": frozenset({"GEST"}), "units": frozenset({UNIT})},
        {"units": frozenset({UNIT})},
        True,
    ),
    ("GEST of another unit", {"id": YOU, "roles": frozenset({"GEST"}), "units": frozenset({uuid4()})}, {}, False),
    (
        "RCELL of its inbox, after the order",
        {"id": YOU, "queues": (INBOX,)},
        {"allowed": AFTER, "queues": (INBOX,)},
        True,
    ),
    (
        "RCELL of another inbox",
        {"id": YOU, "queues": ("OP-DEMO/RCELL/SF-200",)},
        {"allowed": AFTER, "queues": (INBOX,)},
        False,
    ),
    ("RCELL, before the order", {"id": YOU, "queues": (INBOX,)}, {}, False),
    ("another body", {"organisation_id": uuid4()}, {}, False),
]


def asked(actor: dict[str, object], facts: dict[str, object]) -> tuple[Actor, CancelFacts]:
    person = Actor(ActorKind.PERSON, BODY, ME, "U01", "Usager", hands=(ME,))
    known = CancelFacts(BODY, ME, CHIEF, BEFORE)
    return replace(person, **actor), replace(known, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(("story", "actor", "facts", "may"), TABLE, ids=[row[0] for row in TABLE])
def test_who_may_cancel(story: str, actor: dict[str, object], facts: dict[str, object], may: bool) -> None:
    assert may_cancel(*asked(actor, facts)) is may, story


def test_a_refusal_says_that_it_is_not_theirs() -> None:
    with pytest.raises(Refusal, match=r"case\.cancel_not_yours"):
        may_cancel(*asked({"id": YOU}, {}), refuse=True)


def test_the_house_itself_never_cancels() -> None:
    assert not may_cancel(system_actor(BODY), asked({}, {})[1])
