"""Checking a plan before it rules: its file, its period beside the others, its people, its table, its levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from workflows.catalog.edition import current_edition
from workflows.decisions import DecisionError, Definitions, Table, read_dmn
from workflows.decisions.analysis import Finding, analyse, compared
from workflows.delegation.ceilings import check_ceilings
from workflows.delegation.draft import LEVELS, Draft, DraftEntry, PlanFiles
from workflows.delegation.levels import check_levels
from workflows.delegation.read import read_plan
from workflows.delegation.thresholds import KEY, table_of
from workflows.delegation.validity import Term, at_home, check_validity, published, said, term_of
from workflows.delegation.wording import problem
from workflows.desk import Desk
from workflows.engine import Problem
from workflows.people.directory import organisation_by_code, person_by_code
from workflows.people.models import Organisation, Person, RoleAssignment, Unit
from workflows.people.roles import SIGNATORY, employed, works

PROCESS = "derogation_cellulaire"


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan that was checked: whose, what it says, its signing table, and every problem, errors and warnings."""

    problems: tuple[Problem, ...]
    organisation: Organisation | None = None
    draft: Draft | None = None
    term: Term | None = None
    table: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing keeps it from being published."""
        return not any(one.severity == "error" for one in self.problems)


def check_plan(desk: Desk, files: PlanFiles) -> Checked:
    """Check a plan's file against what the body is: everything that is wrong with it at once, each with its line."""
    draft, problems = read_plan(files.text)
    if draft is None:
        return Checked(problems)
    organisation = organisation_by_code(desk.session, draft.organisation)
    if organisation is None:
        return Checked(
            (problem("plan.unknown_organisation", draft.line("organisme"), organisation=draft.organisation),)
        )
    if desk.actor.organisation_id not in (None, organisation.id):
        named = {"organisation": draft.organisation}
        return Checked((problem("plan.other_organisation", draft.line("organisme"), **named),))
    term = term_of(draft, organisation)
    known = published(desk.session, organisation)
    found = [*check_validity(draft, term, known, desk.now, organisation.timezone)]
    holders = dict(_holders(desk, organisation, draft, found))
    found += _periods(draft, term, organisation)
    table = _table(desk, draft, files, found)
    found += _roles(desk, organisation, draft, holders)
    if draft.thresholds is not None:
        found += check_ceilings(draft, draft.thresholds, holders)
    levels = _levels(table, draft) if table is not None else ()
    found += check_levels(desk.session, organisation, draft, levels, holders)
    return Checked(tuple(found), organisation, draft, term, table)


def _holders(desk: Desk, organisation: Organisation, draft: Draft, found: list[Problem]) -> Iterator[tuple[str, UUID]]:
    """By entry, who it stands for now; what it names and nobody knows is a problem."""
    units = {
        unit.code: unit
        for unit in desk.session.scalars(select(Unit).where(Unit.organisation_id == organisation.id, Unit.active))
    }
    for entry in draft.entries:
        for code in entry.sectors or ():
            if code not in units:
                found.append(problem("plan.unknown_unit", entry.line("secteurs"), entry.code, unit=code))
        holder = _holder(desk, organisation, entry, units, found)
        if holder is not None:
            yield entry.code, holder


def _holder(
    desk: Desk, organisation: Organisation, entry: DraftEntry, units: dict[str, Unit], found: list[Problem]
) -> UUID | None:
    if entry.person is not None:
        person = person_by_code(desk.session, entry.person, organisation.id)
        if person is None or person.central:
            found.append(problem("plan.unknown_person", entry.line("personne"), entry.code, person=entry.person))
            return None
        if not works(person, desk.now):
            found.append(problem("plan.not_there", entry.line("personne"), entry.code, person=entry.person))
        return person.id
    unit = units.get(str(entry.head_of))
    if unit is None:
        found.append(problem("plan.unknown_unit", entry.line("titulaire_de"), entry.code, unit=entry.head_of))
        return None
    if unit.head_id is None:
        found.append(problem("plan.no_head", entry.line("titulaire_de"), entry.code, unit=unit.code))
    return unit.head_id


def _periods(draft: Draft, term: Term, organisation: Organisation) -> Iterator[Problem]:
    """An entry lives within its plan."""
    for entry in draft.entries:
        starts, ends = at_home(entry.starts, organisation), at_home(entry.ends, organisation)
        early = starts is not None and (starts < term.starts or (term.ends is not None and starts >= term.ends))
        late = ends is not None and (ends <= term.starts or (term.ends is not None and ends > term.ends))
        if early or late:
            zone = organisation.timezone
            told = {"since": said(term.starts, zone), "until": said(term.ends, zone)}
            yield problem("plan.entry_outside", entry.line("du" if early else "au"), entry.code, **told)


def _roles(desk: Desk, organisation: Organisation, draft: Draft, holders: dict[str, UUID]) -> Iterator[Problem]:
    """Entries without the role, and the role without an entry (CARD-07)."""
    held = (
        select(Person.id, Person.code)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(RoleAssignment.organisation_id == organisation.id, RoleAssignment.role == SIGNATORY)
        .where(RoleAssignment.state == "ACTIVE", employed(desk.now))
    )
    signatories = {row.id: row.code for row in desk.session.execute(held)}
    for entry in draft.entries:
        if entry.code in holders and holders[entry.code] not in signatories:
            named = entry.person or f"{entry.head_of}"
            yield problem("plan.not_signatory", entry.line(), entry.code, person=named)
    for person_id, code in sorted(signatories.items(), key=lambda pair: pair[1]):
        if person_id not in holders.values():
            yield problem("plan.unlinked_signatory", draft.line("entrees"), person=code)


def _table(desk: Desk, draft: Draft, files: PlanFiles, found: list[Problem]) -> str | None:
    """The signing table as DMN, once it can stand in for the process's own."""
    if draft.thresholds is not None:
        return table_of(draft.thresholds, draft.version)
    line = draft.line("table")
    if files.table is None:
        found.append(problem("plan.table_missing", line, table=draft.table))
        return None
    try:
        own = read_dmn(files.table.encode())
    except DecisionError as error:
        words = {language: f"{draft.table} : {error.sentence(language)}" for language in ("fr", "en")}
        found.append(Problem(error.code, "error", None, line, words))
        return None
    for one in _findings(desk, own):
        words = {language: f"{draft.table}:{one.line or ''} {one.sentence(language)}" for language in ("fr", "en")}
        found.append(Problem(one.code, one.severity, one.where, line, words))
    return files.table


def _findings(desk: Desk, own: Definitions) -> tuple[Finding, ...]:
    default = current_edition(desk.session, PROCESS).table(KEY)
    decision = own.find(KEY)
    logic = decision.logic if decision is not None else None
    found = compared(own, read_dmn(default.encode()), KEY) if default is not None else ()
    return (*found, *(analyse(logic) if isinstance(logic, Table) else ()))


def _levels(table: str, draft: Draft) -> tuple[str, ...]:
    """The levels that a table asks for, as it spells them out."""
    if draft.thresholds is not None:
        return tuple(draft.thresholds.amounts)
    return tuple(level for level in LEVELS if f'"{level}"' in table)
