"""Calling a system's connector: the request leaves outside any transaction; a failure for good is told the case."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.accesses.calls import CallState, Connector, ConnectorCall, Operation, connector_of
from workflows.accesses.models import Access
from workflows.cases.deliver import ANSWER, awaited_by, deliver_message
from workflows.cases.details import Wait
from workflows.clock import wall_now
from workflows.deliveries.send import Letter, send
from workflows.desk import Desk
from workflows.journal.seal import plain
from workflows.people.models import Organisation, Person
from workflows.people.settings import setting
from workflows.worker.outbound import OpenDesk


class NotTaken(Exception):
    """A connector did not take the request: it is asked again later."""


def call(open_desk: OpenDesk, call_id: UUID, last: bool) -> None:
    """Send a request to its connector; raises ``NotTaken`` to be tried again, and on the ``last`` try gives up."""
    with open_desk(None) as desk:
        letter, seconds = _letter(desk, call_id)
    if letter is None:
        return
    outcome = send(letter, wall_now(), timeout=seconds)
    if outcome.status is not None and 200 <= outcome.status < 300:
        return
    if not last:
        raise NotTaken(outcome.error or str(outcome.status))
    _give_up(open_desk, call_id)


def _letter(desk: Desk, call_id: UUID) -> tuple[Letter | None, float]:
    row = desk.session.get(ConnectorCall, call_id)
    if row is None or row.state != CallState.ASKED:
        return None, 0.0
    access = desk.session.get_one(Access, row.access_id)
    waits = select(Wait.case_id).where(Wait.case_id == row.case_id, Wait.kind == "message", Wait.name == ANSWER)
    elsewhere = row.operation == Operation.ENABLE and access.case_id != row.case_id
    if elsewhere or desk.session.scalar(waits.limit(1)) is None:
        return None, 0.0
    organisation = desk.session.get_one(Organisation, access.organisation_id)
    connector = connector_of(organisation, access.system, row.operation)
    if connector is None:
        return None, 0.0
    return _written(connector, row, access, _reference(desk, access)), float(
        setting(organisation, "connecteur_delai_s")
    )


def _reference(desk: Desk, access: Access) -> str:
    """How messages name the person of an access."""
    person = desk.session.get_one(Person, access.person_id)
    return f"E-{person.matricule}" if person.matricule else person.code


def _written(connector: Connector, row: ConnectorCall, access: Access, reference: str) -> Letter:
    body = {
        "operation_id": str(row.id),
        "operation": row.operation,
        "employe_ref": reference,
        "systeme": access.system,
        "compte": access.account,
        "acces": list(row.live),
        **({"fin": plain(access.ends_at)} if access.ends_at is not None else {}),
    }
    return Letter(connector.url, str(row.id), json.dumps(body), connector.secret, private=True)


def _give_up(open_desk: OpenDesk, call_id: UUID) -> None:
    """Tell the case that the connector failed, as the connector itself would have."""
    with open_desk(None) as desk:
        row = desk.session.get_one(ConnectorCall, call_id)
        access = desk.session.get_one(Access, row.access_id)
        organisation_id, case_id, reference = access.organisation_id, row.case_id, _reference(desk, access)
        told: dict[str, Any] = {"operation_id": str(row.id), "systeme": access.system, "etat": "ECHEC"}
    with open_desk(organisation_id) as desk:
        awaited = awaited_by(desk, ANSWER, reference, told)
        if awaited is not None and awaited.case.id == case_id:
            source = "urn:parcours:connecteur"
            deliver_message(desk, awaited, {**told, "a": plain(desk.now)}, source=source, id=str(call_id))
