"""Checking what was answered against the version's form, in the case's own context."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.cases.beside import FORMS
from workflows.cases.given import Given
from workflows.cases.lookups import Registers
from workflows.cases.models import Case, Task
from workflows.cases.related import COMPUTED
from workflows.catalog.edition import Edition
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.forms import Form, FormContext
from workflows.people.models import Organisation, Person
from workflows.people.settings import setting

KNOWN_SETTINGS = ("intrl_portee",)


def check_answers(
    desk: Desk, task: Task, edition: Edition, given: Given, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The answers as the form takes them, and what of them steers the case; ``Invalid`` says what is wrong."""
    form = form_of(task, edition)
    if form is None:
        if answers:
            raise Invalid("form.invalid", {key: (Flaw("field.unknown"),) for key in answers})
        return {}, {}
    checked = form.check(answers, context_for(desk, task, form, given))
    return checked, form.process_values(checked)


def form_of(task: Task, edition: Edition) -> Form | None:
    """The form of a task, None for a task that only asks to be confirmed."""
    if task.form is None:
        return None
    return FORMS.get(task.form) or edition.form(task.form)


def context_for(desk: Desk, task: Task, form: Form, given: Given) -> FormContext:
    """Where a form is answered: the moment, the values it shows, the registers and what expressions may read."""
    organisation = desk.session.get_one(Organisation, given.case.organisation_id)
    registers = Registers(desk, given.case)
    return FormContext(
        now=desk.now,
        language=desk.actor.language,
        shown=shown_values(form, task, given),
        lookups=registers.look_up,
        known=known_values(desk, organisation, given),
        zone=organisation.timezone,
    )


def shown_values(form: Form, task: Task, given: Given) -> dict[str, Any]:
    """The values that a form shows by its own keys: worked out now, given there before (no decision), else facts."""
    before, facts = given.answers(task.step) or {}, given.case.facts
    keys = [field.key for field in form.fields if not field.process]
    known = {key: before[key] if key in before else facts[key] for key in keys if key in before or key in facts}
    return {**known, **{key: COMPUTED[key](given) for key in keys if key in COMPUTED}}


def known_values(desk: Desk, organisation: Organisation, given: Given) -> dict[str, Any]:
    """What expressions may read: each step's answers by its number, the case's facts, and a few more names."""
    case: Case = given.case
    requester = desk.session.get(Person, case.requester_id) if case.requester_id is not None else None
    settings = {key: setting(organisation, key) for key in KNOWN_SETTINGS}
    more = {"demandeur": requester.code if requester is not None else None, **settings}
    return {**case.facts, **given.all(), **more}
