"""The parts of a case's page, one address each: its steps, drawing, forms, files, journal, linked cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from webapp.pages.facts import Facts, form_in
from webapp.words import reader_language
from workflows.cases.about import About
from workflows.cases.given import Given
from workflows.cases.models import Case
from workflows.cases.read_case import history
from workflows.cases.views import CaseView, StepRow
from workflows.catalog.edition import Edition
from workflows.desk import Desk
from workflows.journal.kinds import KINDS
from workflows.people.models import Person

PARTS: Mapping[str, LazyString] = {
    "etapes": _l("Étapes"),
    "diagramme": _l("Diagramme"),
    "formulaires": _l("Formulaires"),
    "fichiers": _l("Fichiers"),
    "journal": _l("Journal"),
    "lies": _l("Dossiers liés"),
}
OWN = frozenset({"etapes"})
"""The parts that are open to the person whom a case is about, where its process keeps the rest for the others."""
Shown = dict[str, Any]


def _steps(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    return {"passed": [row for row in passed if row.title]}


def _diagram(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    now: dict[str, int] = {}
    for task in view.row.open_tasks:
        now[task.step] = now.get(task.step, 0) + 1
    for wait in view.waiting:
        if wait.step not in now:
            now[wait.step] = 1
    done = {row.step: 1 for row in passed if row.step not in now}
    return {"passed": [row for row in passed if row.title], "drawn": {"done": done, "now": now}}


def _forms(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    """Every form that was answered, for who sees the whole case; the case's own data for the others."""
    told_of = Facts(desk, case, reader_language())
    edition = told_of.edition
    if view.reduced:
        return {"answered": [], "computed": told_of.told(view.data)}
    answers = Given(desk, case).all()
    answered = []
    for step, name in (edition.about.get("forms") or {}).items():
        if step in answers:
            allowed = _allowed(answers[step], view.data, edition, name)
            answered.append((step, told_of.answers(name, allowed)))
    return {"answered": answered, "computed": told_of.told(view.data, leave_out=_asked(edition))}


def _allowed(answers: Mapping[str, Any], data: Mapping[str, Any], edition: Edition, name: str) -> Mapping[str, Any]:
    """The answers of a form; of sensitive ones, what the case's data lets this reader see."""
    levels = form_in(edition, name, reader_language()).privacy(answers)
    sensitive = {key for key, level in levels.items() if level == "RP2"} | About(edition.about).seen.keys
    return {key: data.get(key) if key in sensitive else value for key, value in answers.items()}


def _asked(edition: Edition) -> set[str]:
    names = set((edition.about.get("forms") or {}).values())
    return {field.key for name in names for field in edition.form(name).fields}


def _files(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    return {}


def _journal(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    """A page of the journal, in words."""
    if view.reduced:
        return {"entries": (), "next": None}
    found = history(desk, str(case.id), 50, request.args.get("suite") or None)
    english = reader_language() == "en"
    entries = [(row, _kind(row.kind, english)) for row in found.items]
    return {"entries": entries, "next": found.next, "people": people_of(desk, {row.by for row in found.items})}


def _kind(code: str, english: bool) -> str:
    kind = KINDS.get(code)
    return code if kind is None else kind.en if english else kind.fr


def _links(desk: Desk, case: Case, view: CaseView, passed: Sequence[StepRow]) -> Shown:
    return {}


def people_of(desk: Desk, codes: set[str]) -> dict[str, str]:
    """The names of some persons by their code, the house's own among them."""
    own = Person.organisation_id == desk.actor.organisation_id
    found = desk.session.scalars(select(Person).where(own, Person.code.in_(codes)))
    return {one.code: one.name for one in found} | {"SYS": "Parcours"}


PART: Mapping[str, Callable[[Desk, Case, CaseView, Sequence[StepRow]], Shown]] = {
    "etapes": _steps,
    "diagramme": _diagram,
    "formulaires": _forms,
    "fichiers": _files,
    "journal": _journal,
    "lies": _links,
}
