"""« Commencer »: what one may start, and what a process asks before it begins (who leaves, and when)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import request
from sqlalchemy import select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.pages.door import flaws_told, go, page
from webapp.pages.facts import form_in
from webapp.pages.forms.ask import Around, questions_of
from webapp.pages.forms.options import Choices, Pair
from webapp.pages.forms.posted import answers_of, is_blank
from webapp.pages.frame import frame
from webapp.pages.moments import on_clocks
from webapp.words import reader_language
from workflows.cases.about import About
from workflows.cases.access import allow_start
from workflows.cases.commands import StartCase
from workflows.cases.models import Case
from workflows.cases.read_case import case_view
from workflows.cases.start import start_case
from workflows.cases.startable import processes
from workflows.catalog.edition import Edition, current_edition
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid, Missing
from workflows.forms import Field, Form
from workflows.forms.field import Conditions
from workflows.people.directory import person_by_code
from workflows.people.models import Person

Answers = dict[str, Any]


def show_start() -> Response:
    """What I may start."""
    with open_desk() as desk:
        found = [row for row in processes(desk) if row.may_start]
    return page("start.html", processes=found, language=reader_language())


def ask_start(key: str) -> Response:
    """What a process asks before it begins."""
    return _asked(key, {}, {})


def do_start(key: str) -> Response:
    """Start a process, and land in its first task when it is mine; what is refused is said beside its question."""
    answers: Answers = {}
    try:
        with open_desk() as desk:
            form = _form(current_edition(desk.session, key))
            if form is not None:
                answers |= answers_of(form.fields, request.form)
            case = start_case(desk, StartCase(key, _told(desk, form, answers)))
            view = case_view(desk, str(case.id))
    except Invalid as refusal:
        return _asked(key, answers, flaws_told(refusal))
    mine = [task for task in view.row.open_tasks if task.assignee is None or task.assignee.code == desk.actor.code]
    if mine:
        return go("task", task_id=mine[0].id)
    return go("case", ref=view.row.number)


def _form(edition: Edition) -> Form | None:
    """The questions of a process's own form that are asked before it begins (``[told] asks``); None when none is."""
    told = edition.about.get("told") or {}
    asks = [str(key) for key in told.get("asks") or ()]
    if not asks:
        return None
    form = form_in(edition, str(told["form"]), reader_language())
    found = {one.key: one for one in form.fields if one.key in asks}
    first = asks[0]
    fields = tuple(
        replace(found[key], readonly=False, required=key == first, conditions=Conditions(), default=None)
        for key in asks
    )
    return replace(form, fields=fields, schema={})


def _told(desk: Desk, form: Form | None, answers: Mapping[str, Any]) -> Answers:
    """What was answered, as the message that starts the process has it: employee numbers, instants with an offset."""
    fields = form.fields if form is not None else ()
    missing = [one.key for one in fields if one.required and is_blank(answers.get(one.key))]
    if missing:
        raise Invalid("message.invalid", {key: (Flaw("form.required"),) for key in missing})
    said = {one.key: one for one in fields if not is_blank(answers.get(one.key))}
    return {key: _as_told(desk, one, answers[key]) for key, one in said.items()}


def _as_told(desk: Desk, field: Field, value: Any) -> Any:
    if field.kind == "person":
        person = person_by_code(desk.session, str(value), desk.actor.organisation_id)
        return person.matricule if person is not None and person.matricule else value
    return on_clocks(str(value), frame().zone) if field.kind == "instant" else value


def _asked(key: str, answers: Answers, flaws: Mapping[str, str]) -> Response:
    with open_desk() as desk:
        edition = current_edition(desk.session, key)
        about = About(edition.about)
        allow_start(desk, about)
        form = _form(edition)
        if form is None:
            raise Missing("http.404")
        case = Case(
            organisation_id=desk.actor.organisation_id, requester_id=desk.actor.id, process=key, version_id=edition.id
        )
        around = Around(Reach(desk, case, reader_language()), flaws={name: [said] for name, said in flaws.items()})
        questions = questions_of(form, answers, around)
    told = edition.about["told"]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if flaws else HTTPStatus.OK
    words = {one: str(told.get(f"{one}_{reader_language()}") or "") for one in ("title", "lead")}
    return page("start_one.html", status, key=key, process=about.title(reader_language()), asked=questions, **words)


class Reach(Choices):
    """The registers that a start chooses from: of persons, those for whom the actor may start the process."""

    def _persons(self, field: Field) -> Iterable[Pair]:
        pairs = list(super()._persons(field))
        starters = About(current_edition(self.desk.session, self.case.process).about).starters
        scopes = {scope for role, scope in starters.items() if role in self.desk.actor.roles}
        if "ORG" in scopes:
            return pairs
        near = select(Person.code).where(
            Person.organisation_id == self.case.organisation_id, Person.unit_id.in_(self.desk.actor.units)
        )
        codes = set(self.desk.session.scalars(near))
        return [pair for pair in pairs if pair[0] in codes]
