"""The act as a signatory reads it before signing: what for, for whom, how much, under which ceilings and opinions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from webapp.pages.ceilings import ceilings_of
from webapp.pages.facts import Fact, Facts
from webapp.words import reader_language, say
from workflows.cases.store import Held
from workflows.cases.views import SignatureView, TaskView
from workflows.desk import Desk
from workflows.people.directory import person_by_code

WIDTH = 600
"""Of the bar, in units of its drawing."""
REST = frozenset(
    {"montants", "avis", "apparentees", "deliees", "delegation", "classement", "version", "organisme", "dossier"}
    | {"objet", "demandeur", "beneficiaire", "unite", "classe", "subdivision"}
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A ceiling on the bar: how much, and where."""

    cents: int
    x: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The year of a budget unit as a bar: what was bound before, what this adds, the ceilings of the plan."""

    before_cents: int
    after_cents: int
    before: int
    added: int
    marks: tuple[Mark, ...]
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class ActShown:
    """The act in parts, the order in which it is read."""

    signature: SignatureView
    content: Mapping[str, Any]
    facts: Sequence[Fact]
    bar: Bar | None
    replaced: str | None
    """The name of whom the reader would sign for, when standing in for someone."""

    @property
    def alert(self) -> str | None:
        """The sentence of the rule that speaks against the reader's signing, who must then say why."""
        rule = self.signature.alert
        return say(f"sod.{rule}", reader_language()) if rule is not None else None

    @property
    def opinions(self) -> Sequence[Mapping[str, Any]]:
        """The opinions given."""
        return tuple(self.content.get("avis") or ())

    @property
    def against(self) -> Sequence[Mapping[str, Any]]:
        """The unfavourable ones, which are set apart."""
        return tuple(one for one in self.opinions if one.get("avis") == "DEFAVORABLE")


def act_shown(desk: Desk, held: Held, view: TaskView, told: Facts) -> ActShown | None:
    """The act of a signature task."""
    if view.signature is None:
        return None
    content = view.signature.act
    plain = {key: _plain(value) for key, value in content.items() if key not in REST}
    replaced = _name(desk, view.signature.titulaire)
    return ActShown(view.signature, content, told.told(plain), _bar(desk, held, content), replaced)


def _name(desk: Desk, code: str | None) -> str | None:
    person = person_by_code(desk.session, code, desk.actor.organisation_id) if code is not None else None
    return person.name if person is not None else code


def _plain(value: Any) -> Any:
    """Files of the act by their names; anything else as it is."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping) and "sha256" in value[0]:
        return [one["nom"] for one in value]
    return value


def _bar(desk: Desk, held: Held, content: Mapping[str, Any]) -> Bar | None:
    amounts = content.get("montants") or {}
    before, after = amounts.get("cumul_avant_cents"), amounts.get("cumul_apres_cents")
    if not isinstance(before, int) or not isinstance(after, int):
        return None
    plan = str((content.get("delegation") or {}).get("plan") or "")
    ceilings = ceilings_of(desk.session, held.case.organisation_id, plan)
    near = [one for one in ceilings if one <= max(after, 1) * 4] or list(ceilings[:1])
    whole = max([after, *near[-1:]], default=after) * 1.05 or 1
    start, end = _place(before, whole), _place(after, whole)
    marks = tuple(Mark(one, _place(one, whole)) for one in near)
    return Bar(before, after, start, max(end - start, 2 if after > before else 0), marks)


def _place(cents: int, whole: float) -> int:
    return round(cents / whole * WIDTH)
