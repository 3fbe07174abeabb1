"""The data of a case, flat, as much of it as a reader may see (privacy classes)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workflows.cases.discretion import without
from workflows.cases.given import Given
from workflows.cases.models import Case
from workflows.cases.sensitive import private_of
from workflows.cases.sight import took_part
from workflows.catalog.edition import Edition, edition_of
from workflows.desk import ActorKind, Desk
from workflows.forms import Field
from workflows.journal.write import note

STEPS: Mapping[str, tuple[str, ...]] = {
    "derogation_cellulaire": ("R05", "R08"),
    "arrivee_employe": ("A04", "A08"),
}
"""The steps whose answers make a case's data; of a process that is not named, all of them."""
UNTOLD = frozenset({"prealables", "activation_limitee", "reste_a_activer"})
"""Facts that would tell what a sensitive answer says."""
OTHER = "AUTRE"
Answer = tuple[str, Field | None, Any]
"""The key of an answer, its question (None when no form asks it), what was said."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form of a task asks and holds already; ``mine``: the reader is one of those who may answer it."""

    answers: Iterable[Answer] = ()
    mine: bool = False


NOTHING = Asked()


def data_of(desk: Desk, case: Case, whole: bool, given: Given | None = None, asked: Asked = NOTHING) -> dict[str, Any]:
    """Answers and facts by key, then what a form asks; what is too private for the reader is left out, or « Autre »."""
    edition = edition_of(desk.session, case.version_id)
    steps = _answers(case, given or Given(desk, case)).items()
    answers = [(key, _field(edition, step, key), value) for step, said in steps for key, value in said.items()]
    private, also = private_of(desk, case), list(asked.answers)
    read = private.seen.keys if private.open else frozenset(key for key, *_ in also if asked.mine)
    sieve = Sieve(whole, whole and _has_part(desk, case), desk.actor.roles, private.seen.keys, read)
    facts = {key: value for key, value in case.facts.items() if key not in UNTOLD}
    seen = {**sieve.through(answers), **sieve.through((key, None, said) for key, said in facts.items())}
    seen |= sieve.through(also)
    _journal(desk, case, sieve)
    return without(desk, seen)


@dataclass(slots=True)
class Sieve:
    """What of some answers a reader may see; it remembers the sensitive ones that it let through.

    ``private``: the keys that only some roles read; ``read``: those of them that this reader may.
    """

    whole: bool
    entitled: bool
    roles: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()
    sensitive: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)

    def through(self, answers: Iterable[Answer]) -> dict[str, Any]:
        """The answers that the reader may see, as the reader may see them."""
        seen: dict[str, Any] = {}
        for key, question, value in answers:
            if key in self.private:
                if key in self.read and value is not None:
                    seen[key] = value
                    self.shown.add(key)
                continue
            level = question.privacy_of(value) if question is not None else "RP0"
            if level == "RP2" and question is not None and self._may_read(question):
                self.sensitive.add(key)
            elif level == "RP2" and question is not None:
                value = _told_as_other(question, value)
            if level == "RP0" or (self.whole and value is not None):
                seen[key] = value
        return seen

    def _may_read(self, question: Field) -> bool:
        """Whether the reader may read a sensitive answer: by role where the question names roles, else by part."""
        return bool(self.roles & set(question.seen_by)) if question.seen_by else self.entitled


def _answers(case: Case, given: Given) -> dict[str, dict[str, Any]]:
    everything = given.all()
    wanted = STEPS.get(case.process)
    return everything if wanted is None else {step: everything[step] for step in wanted if step in everything}


def _field(edition: Edition, step: str, key: str) -> Field | None:
    name = (edition.about.get("forms") or {}).get(step)
    return edition.form(name).field(key) if name else None


def _told_as_other(field: Field, value: Any) -> Any:
    """Choices that say too much become « Autre »; any other sensitive answer is not told at all."""
    if not field.choices or field.privacy == "RP2":
        return None
    chosen = value if isinstance(value, list) else [value]
    told = [OTHER if field.choices.get(one) == "RP2" else one for one in chosen]
    kept = list(dict.fromkeys(told))
    return kept if isinstance(value, list) else kept[0]


def _has_part(desk: Desk, case: Case) -> bool:
    """Whether the reader asked for it, benefits from it, or has or had one of its tasks."""
    if desk.actor.kind is not ActorKind.PERSON:
        return False
    part = select(Case.id).where(Case.id == case.id, Case.id.in_(took_part(desk.actor)))
    return desk.session.scalar(part) is not None


def _journal(desk: Desk, case: Case, sieve: Sieve) -> None:
    """Each view of a sensitive answer is written down, except by the person it is about or who gave it."""
    told = sieve.shown if desk.actor.id != case.beneficiary_id else set()
    if desk.actor.id not in (case.requester_id, case.beneficiary_id):
        told = told | sieve.sensitive
    if told and desk.actor.kind is ActorKind.PERSON:
        note(desk, "sensitive.viewed", case=case, keys=sorted(told))
