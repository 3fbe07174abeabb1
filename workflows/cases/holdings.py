"""What the person whom a case is about has in the systems, and what of it the case takes away (``[held]``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.cases.context import context_of
from workflows.cases.given import Given
from workflows.cases.models import Case
from workflows.catalog.edition import edition_of
from workflows.desk import Desk
from workflows.operations.departure.revoke import staying
from workflows.operations.departure.stock import leaving_codes, rows_of


@dataclass(frozen=True, slots=True)
class Holding:
    """An account in one system, the codes that it was granted, those of them that go, and whether it works now."""

    system: str
    account: str
    granted: tuple[str, ...]
    leaving: tuple[str, ...]
    works: bool


def holdings(desk: Desk, case: Case, systems: Sequence[str] = ()) -> tuple[Holding, ...]:
    """What the ledger of access has of the person, in some systems or in all."""
    edition = edition_of(desk.session, case.version_id)
    context = context_of(desk, edition, Given(desk, case), "", case.facts)
    inside = context.known("interne") is True
    found = []
    for row in rows_of(context):
        if not systems or row.system in systems:
            stays = staying(context, row)
            going = leaving_codes(context, row) if inside else [code for code in row.granted if code not in stays]
            works = row.state == "ACTIF"
            found.append(Holding(row.system, row.account, tuple(row.granted), tuple(going), works))
    return tuple(found)


def held_at(desk: Desk, case: Case, step: str) -> tuple[Holding, ...]:
    """What a step is about, as its process says (``[held]``); nothing for a step that it does not name."""
    told = edition_of(desk.session, case.version_id).about.get("held") or {}
    return holdings(desk, case, tuple(map(str, told[step]))) if step in told else ()
