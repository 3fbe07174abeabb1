"""A task, opened on a page: its questions with what they hold, the facts that help, who acted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.pages.act import ActShown, act_shown
from webapp.pages.concerned import is_concerned, is_own_task, own_facts, own_view
from webapp.pages.facts import Fact, Facts, decisions, label_of
from webapp.pages.forms.ask import Around, Flaws, questions_of
from webapp.pages.forms.asked import Questions
from webapp.pages.forms.options import Choices
from webapp.pages.forms.rows import rows_from_facts
from webapp.pages.rights import held_facts
from webapp.words import reader_language, say
from workflows.cases.answers import context_for, shown_values
from workflows.cases.given import Given
from workflows.cases.holdings import held_at
from workflows.cases.read_task import task_view
from workflows.cases.sensitive import private_of
from workflows.cases.sight import sees_whole
from workflows.cases.store import Held, look_at_task
from workflows.cases.views import StepRow, TaskView
from workflows.desk import Desk
from workflows.errors import Missing
from workflows.forms import Form
from workflows.people.models import Person

SIGNING = frozenset({"SIGNER", "SIGNER_DIRIGEANT", "ACCEPTER"})
"""The decisions that ask for the password."""
SPOKEN = ("motif_decision", "reponse", "commentaire", "justification", "conditions", "ecart", "motif")
HOUSE = "SYS"
MENDING = frozenset({"N05"})
"""Steps that mend what a rule blocks."""


@dataclass(frozen=True, slots=True)
class Said:
    """What someone did before, and what that person said."""

    step: StepRow
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Entered:
    """What the reader has entered so far: values by key, what is wrong with them, the list that wants a row more."""

    values: Mapping[str, Any] = field(default_factory=dict)
    flaws: Flaws = field(default_factory=dict)
    more: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that a task's page shows."""

    view: TaskView
    questions: Questions | None
    facts: Sequence[Fact]
    before: Sequence[Said]
    act: ActShown | None
    signs: bool
    signed: bool
    """Whether the form itself is a signature, whatever is decided in it."""
    number: str
    process: str
    whole: bool
    """Whether the parts of the case are open to the reader, who is not only the person whom it is about."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    obstacles: Sequence[str] = ()
    """The rules that block what is proposed, in words."""
    held: Sequence[Fact] = ()
    """What the person whom the case is about has, of what the task takes away."""
    kept: Sequence[Fact] = ()
    """What the reader had entered in a task that can no longer be answered, so that nothing is lost."""


def form_on(view: TaskView) -> Form | None:
    """The form of a task as its reader sees it."""
    return Form.load(view.form) if view.form is not None else None


def open_task(desk: Desk, task_id: UUID, entered: Entered | None = None) -> Opened:
    """One task with everything around it, in the reader's language; to whom the case is about, only their own."""
    language = reader_language()
    view = task_view(desk, task_id, language)
    held = look_at_task(desk, task_id)
    mine = is_concerned(desk, held.case)
    if mine and not is_own_task(desk, view):
        raise Missing("task.unknown")
    view = own_view(desk, view) if mine else view
    given = Given(desk, held.case)
    told = Facts(desk, held.case, language)
    questions = _questions(desk, held, view, given, entered or Entered()) if "complete" in view.may else None
    form = form_on(view)
    kept = _kept(told, form, entered) if questions is None and entered is not None else ()
    return Opened(
        view=view,
        questions=questions,
        facts=own_facts(desk, held.case, language)
        if mine
        else told.told(view.shown, leave_out=_asked_again(form, held, given)),
        before=_before(desk, held, view, given),
        act=act_shown(desk, held, view, told) if view.signature is not None else None,
        signs=form is not None and (form.is_signed or any(SIGNING & set(one.choices) for one in form.fields)),
        signed=form is not None and form.is_signed,
        number=view.row.case.number,
        process=view.row.case.process,
        whole=not mine,
        outcomes=decisions(told.edition, language),
        kept=kept,
        held=_held(desk, held, view),
        obstacles=_obstacles(view) if "complete" in view.may else (),
    )


def _held(desk: Desk, held: Held, view: TaskView) -> list[Fact]:
    """What there is to take away, for who has or may have the task, or sees the whole case."""
    if not (view.may & {"complete", "claim"} or sees_whole(desk, held.case)):
        return []
    return held_facts(desk, held.case.organisation_id, held_at(desk, held.case, view.row.step))


def _obstacles(view: TaskView) -> tuple[str, ...]:
    """The rules that block a proposal, for who is asked to mend it."""
    found = view.shown.get("violations") if view.row.step in MENDING else None
    rules = [one for one in found or () if one.get("bloque")]
    return tuple(say(f"card.{one['regle']}", reader_language(), {"nom": one.get("nom")}) for one in rules)


def _questions(desk: Desk, held: Held, view: TaskView, given: Given, entered: Entered) -> Questions | None:
    form = form_on(view)
    if form is None:
        return None
    shown = shown_values(form, held.task, given)
    defaults = {one.key: one.default for one in form.fields if one.default is not None}
    values = {**defaults, **shown, **rows_from_facts(form, held.case.facts), **(view.draft or {}), **entered.values}
    context = context_for(desk, held.task, form, given)
    around = Around(
        choices=Choices(desk, held.case, reader_language()),
        files=view.files,
        flaws=entered.flaws,
        hidden=form.hidden(values, context),
        more=entered.more,
    )
    return questions_of(form, values, around)


def _kept(told: Facts, form: Form | None, entered: Entered) -> list[Fact]:
    """What was entered, in words."""
    fields = [one for one in form.fields if one.key in entered.values] if form is not None else []
    pairs = [(one, told.answer(one, entered.values[one.key])) for one in fields]
    return [Fact(one.key, label_of(one), said) for one, said in pairs if said]


def _asked_again(form: Form | None, held: Held, given: Given) -> list[str]:
    """What the form itself holds already needs not be told beside it."""
    return list(shown_values(form, held.task, given)) if form is not None else []


def _before(desk: Desk, held: Held, view: TaskView, given: Given) -> list[Said]:
    """The people who acted before, in order, with their words for who may read them."""
    acted = [row for row in view.before if row.by != HOUSE and row.title]
    whole, kept = sees_whole(desk, held.case), private_of(desk, held.case).shut
    names = _names(desk, {row.by for row in acted})
    last = {row.step: place for place, row in enumerate(acted)}
    return [
        Said(row, names.get(row.by, row.by), _words(given, row.step, kept) if whole and last[row.step] == place else "")
        for place, row in enumerate(acted)
    ]


def _words(given: Given, step: str, kept: frozenset[str]) -> str:
    answers = given.answers(step) or {}
    return next((str(answers[key]) for key in SPOKEN if answers.get(key) and key not in kept), "")


def _names(desk: Desk, codes: set[str]) -> dict[str, str]:
    own = Person.organisation_id == desk.actor.organisation_id
    return {one.code: one.name for one in desk.session.scalars(select(Person).where(own, Person.code.in_(codes)))}
