"""A departure whose accounts connectors disable: real servers on this machine, and what they say afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.arriving import tell
from tests.bpmn.connecting import SECRET
from tests.bpmn.leaving import announced
from tests.bpmn.living import Life, Request
from tests.workflows.cases.test_media import PDF
from tests.workflows.deliveries.receiver import Receiver, receiving
from workflows.accesses.calls import ConnectorCall
from workflows.accesses.models import Access
from workflows.cases.attach import attach_file
from workflows.cases.commands import AttachFile
from workflows.people.models import Organisation
from workflows.people.settings import set_setting
from workflows.worker.run import do_jobs

ALL = ("SAGIR", "RESEAU", "BADGE")
INSTANT, LATER = "2026-12-18T16:30-05:00", "2026-12-18T17:30-05:00"
REFERENCE = "E-201950"


@contextmanager
def connectors(life: Life, systems: tuple[str, ...] = ALL) -> Iterator[Receiver]:
    """One server that is the connector of these systems."""
    with receiving() as receiver:
        with Session(life.engine) as session, session.begin():
            organisation = session.scalars(select(Organisation).where(Organisation.code == "OP-DEMO")).one()
            named = {system.lower(): receiver.url for system in systems}
            for key, value in {**named, "secret": SECRET, "delai_s": 1}.items():
                set_setting(organisation, f"connecteur_{key}", value)
        yield receiver


def at_once(life: Life, **changes: Any) -> Request:
    """U02 is dismissed now: the connectors are asked at once."""
    said = {"type_depart": "CONGEDIEMENT", "t_effet": "2026-12-07T09:00:00-05:00", "dernier_jour": None}
    leaving = announced(life, **{**said, "employe_informe": False, **changes})
    do_jobs(life.engine)
    return leaving


def calls(life: Life) -> dict[str, ConnectorCall]:
    """What each system's connector was asked last."""
    with Session(life.engine, expire_on_commit=False) as session:
        rows = session.execute(
            select(Access.system, ConnectorCall)
            .join(Access, Access.id == ConnectorCall.access_id)
            .order_by(ConnectorCall.id)
        )
        return {row[0]: row[1] for row in rows}


def say(life: Life, system: str, state: str, a: str = "2026-12-07T14:00:10Z", **more: Any) -> str:
    """What becomes of what a connector says of a system."""
    named = more.pop("operation_id", None) or str(calls(life)[system].id)
    told = {"operation_id": named, "systeme": system, "etat": state, "a": a}
    return tell(life, "connecteur.compte.etat", {**told, **more}, REFERENCE).status


def heard(receiver: Receiver) -> list[tuple[str, str, str]]:
    """What a connector was asked: the operation, the system, the person."""
    bodies = [json.loads(one.body) for one in receiver.received]
    return sorted((body["operation"], body["systeme"], body["employe_ref"]) for body in bodies)


def proof(leaving: Request, who: str) -> list[str]:
    """A file that someone joins to the case."""
    with leaving.life.desk(who) as desk:
        return [str(attach_file(desk, AttachFile(leaving.number, "preuve.pdf", PDF)).id)]


def steps(leaving: Request) -> list[str]:
    """The works of the revocation, its proof and its corrections that are open."""
    return sorted(step for step, *_ in leaving.open if step in ("D21", "D23", "D24", "D28", "D30"))
