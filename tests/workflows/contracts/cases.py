"""Cases that no engine runs, for what is only about their money and their acts."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOON
from workflows.cases.models import Case
from workflows.catalog.models import ProcessVersion
from workflows.contracts.weigh import Request, Terms
from workflows.people.models import Organisation, Unit

ZONE = "America/Toronto"
COUNTED = frozenset({"APPAREIL", "PENALITE", "ACCESSOIRE_OBLIGATOIRE", "ACTIVATION"})
_numbers = itertools.count(1)


def a_version(session: Session) -> ProcessVersion:
    """A version of a process that nothing runs."""
    found = session.scalar(select(ProcessVersion))
    if found is None:
        found = ProcessVersion(
            key="derogation_cellulaire",
            version=1,
            checksum="",
            sources={},
            about={},
            blueprint=b"",
            published_at=NOON,
        )
        session.add(found)
        session.flush()
    return found


def a_case(session: Session, organisation: Organisation, **more: Any) -> Case:
    """A case that no engine runs."""
    number = f"DER-2026-{next(_numbers):06d}"
    given = {"process": "derogation_cellulaire", "created_at": NOON, "engine_state": b"", **more}
    case = Case(organisation_id=organisation.id, number=number, version_id=a_version(session).id, facts={}, **given)
    session.add(case)
    session.flush()
    return case


def a_request(case: Case, unit: Unit, age: datetime = NOON) -> Request:
    """What a unit sees of a case."""
    return Request(case.id, case.number, case.organisation_id, unit.id, age)


def terms(at: datetime = NOON, *unlinked: str) -> Terms:
    """The usual terms."""
    return Terms(at, ZONE, 30, frozenset(unlinked))
