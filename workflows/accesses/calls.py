"""Asking a system's connector to make or enable an access: one call, told again under one id until it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.accesses.ledger import disable, enable
from workflows.accesses.models import Access
from workflows.database import Base, new_id, one_of
from workflows.desk import Desk
from workflows.journal.write import OfCase, note
from workflows.people.models import Organisation
from workflows.people.settings import setting
from workflows.queue import defer

CALL = "call_connector"
NONE = "-"
"""What stands in a setting for a system without a connector."""


class CallState(StrEnum):
    """Where a call stands: asked, answered well, or failed for good."""

    ASKED = "DEMANDEE"
    DONE = "FAITE"
    FAILED = "ECHEC"


class Operation(StrEnum):
    """What a connector is asked: make an account or take up an old one, both disabled; enable one, or disable one."""

    CREATE = "CREER"
    REOPEN = "REACTIVER"
    ENABLE = "ACTIVER"
    DISABLE = "DESACTIVER"


WELL = {
    Operation.CREATE: "DESACTIVE",
    Operation.REOPEN: "DESACTIVE",
    Operation.ENABLE: "ACTIF",
    Operation.DISABLE: "DESACTIVE",
}
"""The state that each is answered well with; an account that is made already enabled is none (A20)."""
MAKING = (Operation.CREATE, Operation.REOPEN)


class ConnectorCall(Base):
    """One request to a system's connector; its id is the idempotency key, and what the answer names."""

    __tablename__ = "connector_calls"
    __table_args__ = (
        Index(None, "case_id"),
        CheckConstraint(one_of("state", CallState), name="state"),
        CheckConstraint(one_of("operation", Operation), name="operation"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    access_id: Mapped[UUID] = mapped_column(ForeignKey("accesses.id"))
    case_id: Mapped[UUID]
    operation: Mapped[str] = mapped_column(default=Operation.ENABLE)
    live: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    state: Mapped[str] = mapped_column(default=CallState.ASKED)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Connector:
    """Where a system's connector listens."""

    url: str
    secret: str


def connector_of(organisation: Organisation, system: str, operation: str = Operation.ENABLE) -> Connector | None:
    """A system's connector for what is asked of it, None when the organisation has none."""
    what = f"creation_{system.lower()}" if operation in MAKING else system.lower()
    url = str(setting(organisation, f"connecteur_{what}"))
    return Connector(url, str(setting(organisation, "connecteur_secret"))) if url not in ("", NONE) else None


def ask(
    desk: Desk, case: OfCase, row: Access, live: list[str], operation: Operation = Operation.ENABLE
) -> ConnectorCall:
    """Ask a connector to make or to enable an access; the request leaves once this is committed."""
    call = ConnectorCall(access_id=row.id, case_id=case.id, operation=operation, live=list(live), asked_at=desk.now)
    desk.session.add(call)
    desk.session.flush()
    note(desk, "connector.asked", case=case, system=row.system, operation=str(call.id), what=operation)
    defer(desk.session, CALL, call_id=str(call.id))
    return call


def last_calls(
    session: Session, case_id: UUID, operations: Sequence[str] = (Operation.ENABLE,)
) -> dict[UUID, ConnectorCall]:
    """The last call of a case for each access, of those that ask for one of these."""
    mine = (ConnectorCall.case_id == case_id, ConnectorCall.operation.in_(operations))
    rows = session.scalars(select(ConnectorCall).where(*mine).order_by(ConnectorCall.id))
    return {row.access_id: row for row in rows}


def call_named(session: Session, organisation_id: UUID | None, operation_id: object) -> ConnectorCall | None:
    """The request of this organisation that an answer names, None when it names none."""
    try:
        named = UUID(str(operation_id))
    except ValueError:
        return None
    own = select(ConnectorCall).join(Access, Access.id == ConnectorCall.access_id)
    return session.scalar(own.where(ConnectorCall.id == named, Access.organisation_id == organisation_id))


def answer(desk: Desk, case: OfCase, call: ConnectorCall, state: str) -> None:
    """Take a connector's answer, once: a late or second one changes nothing."""
    if call.state != CallState.ASKED:
        return
    row = desk.session.get_one(Access, call.access_id, with_for_update=True)
    well = state == WELL[Operation(call.operation)]
    call.state, call.answered_at = CallState.DONE if well else CallState.FAILED, desk.now
    note(desk, "connector.answered", case=case, system=row.system, operation=str(call.id), state=state)
    if well and call.operation == Operation.ENABLE:
        enable(desk, case, row, call.live)
    if well and call.operation == Operation.DISABLE:
        disable(desk, case, row)
