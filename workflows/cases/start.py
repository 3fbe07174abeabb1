"""Starting a case: its number, its first run to where someone is asked something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workflows.cases.about import About
from workflows.cases.access import allow_start
from workflows.cases.commands import StartCase
from workflows.cases.given import Given
from workflows.cases.incident import Move, or_stop
from workflows.cases.link import link_cases
from workflows.cases.models import Case, CaseState
from workflows.cases.number import next_number
from workflows.cases.record import record
from workflows.cases.services import CaseServices
from workflows.cases.told import check_told
from workflows.catalog.edition import Edition, current_edition, editions_started_by
from workflows.desk import ActorKind, Desk
from workflows.engine import begin
from workflows.errors import Flaw, Forbidden, Invalid, Missing
from workflows.journal.write import note
from workflows.people.hierarchy import line_above
from workflows.people.models import Organisation, Person, Unit


def start_case(desk: Desk, command: StartCase) -> Case:
    """Start a process for the actor; its first task opens at once."""
    edition = current_edition(desk.session, command.process)
    allow_start(desk, About(edition.about))
    told = About(edition.about).told
    if command.data and told is None:
        raise Invalid("form.invalid", {key: (Flaw("field.unknown"),) for key in command.data})
    if command.data and told is not None:
        check_told(told, command.data, desk.now)
        _not_about_oneself(desk, edition, command.data)
        _within_reach(desk, edition, command.data)
    return _begin(desk, edition, None, command.data)


def _not_about_oneself(desk: Desk, edition: Edition, told: Mapping[str, Any]) -> None:
    """Refuse what the person concerned has no task of (SOD-09), whether or not a case is open about them already."""
    person = desk.session.get(Person, desk.actor.id)
    mine = person is not None and person.matricule is not None and told.get("matricule") == person.matricule
    if mine and About(edition.about).beneficiary_takes is not None:
        raise Forbidden("sod.SOD-09", rule="SOD-09")


def _within_reach(desk: Desk, edition: Edition, told: Mapping[str, Any]) -> None:
    """Refuse what is not this person's to tell: of another's unit, or answers that only some roles may give."""
    flaws: dict[str, tuple[Flaw, ...]] = {}
    about = About(edition.about)
    scopes = {scope for role, scope in about.starters.items() if role in desk.actor.roles}
    if "ORG" not in scopes and not _in_line(desk, told):
        flaws["data.unite" if "unite" in told else "data.matricule"] = (Flaw("form.beneficiary"),)
    if about.toml["told"].get("by_any_starter") is not True:
        form = edition.form(str(about.toml["told"]["form"]))
        for key in told:
            asked = form.field(key)
            if asked is not None and asked.seen_by and not desk.actor.roles & set(asked.seen_by):
                flaws[f"data.{key}"] = (Flaw("message.unknown_key"),)
    if flaws:
        raise Invalid("message.invalid", flaws)


def _in_line(desk: Desk, told: Mapping[str, Any]) -> bool:
    """Whether what is told is of the actor's own units, or of someone who reports to the actor, directly or not.

    Never of someone above, whatever units the actor answers for; who stands in for a manager has the manager's line.
    """
    own, session = desk.actor.organisation_id, desk.session
    if "matricule" in told and "unite" not in told:
        same = (Person.organisation_id == own, Person.matricule == str(told["matricule"]))
        person = session.scalar(select(Person).where(*same))
        return person is not None and bool(set(line_above(session, person)) & set(desk.actor.hands))
    unit = select(Unit.id).where(Unit.organisation_id == own, Unit.code == told.get("unite"))
    return session.scalar(unit) in desk.actor.units


def started_by(desk: Desk, name: str) -> Edition:
    """The process that a message starts; ``Missing`` when there is none."""
    editions = editions_started_by(desk.session, name)
    if not editions:
        raise Missing("message.starts_nothing", name=name)
    return editions[0]


def start_by_message(desk: Desk, name: str, data: Mapping[str, Any], origin: Case | None = None) -> Case:
    """Start the process that a message starts; ``Missing`` when there is none.

    A case that another opens (``origin``) is linked to it and, until it says otherwise, about the same person and unit.
    """
    return _begin(desk, started_by(desk, name), Opening(name, data, origin))


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case begins when no person starts it: by which message, with what, from which other case."""

    message: str
    data: Mapping[str, Any]
    origin: Case | None = None

    @property
    def inherited(self) -> dict[str, Any]:
        """What the case takes over from the one that opens it."""
        keys = ("beneficiary_id", "unit_id", "subdivision", "subject")
        return {key: getattr(self.origin, key) for key in keys} if self.origin is not None else {}


def _begin(desk: Desk, edition: Edition, opening: Opening | None, told: Mapping[str, Any] | None = None) -> Case:
    message = opening.message if opening is not None else None
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
    case = Case(
        organisation_id=organisation.id,
        number=next_number(desk.session, organisation, About(edition.about).prefix, desk.now),
        process=edition.key,
        version_id=edition.id,
        state=CaseState.RUNNING,
        requester_id=desk.actor.id if desk.actor.kind is ActorKind.PERSON else None,
        facts={},
        engine_state=b"",
        created_at=desk.now,
        **(opening.inherited if opening is not None else {}),
    )
    desk.session.add(case)
    desk.session.flush()
    note(desk, "case.started", case=case, process=edition.key, version=edition.number, message=message)
    given = Given(desk, case)
    if opening is not None:
        given.write(edition.blueprint.first_step(message), opening.data, None)
        if opening.origin is not None:
            link_cases(desk, opening.origin, case)
    elif told:
        given.write(edition.blueprint.first_step(None), told, desk.actor.id)
    services = CaseServices(desk, edition, given)
    with or_stop(desk, case, None, Move("start", asked=message is None)):
        record(desk, services, begin(edition.blueprint, services, {}, message))
    return case
