"""The data of a case, flat, as much of it as a reader may see (privacy classes of domain rule B.0.7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from workflows.cases.given import Given
from workflows.cases.models import Case
from workflows.cases.sight import took_part
from workflows.catalog.edition import Edition, edition_of
from workflows.desk import ActorKind, Desk
from workflows.forms import Field
from workflows.journal.write import note

STEPS: Mapping[str, tuple[str, ...]] = {"derogation_cellulaire": ("R05", "R08")}
"""The steps whose answers make a case's data; of a process that is not named, all of them."""
OTHER = "AUTRE"


def data_of(desk: Desk, case: Case, whole: bool, given: Given | None = None) -> dict[str, Any]:
    """Answers and facts by key; what is too private for the reader is left out, or told as « Autre »."""
    edition = edition_of(desk.session, case.version_id)
    given = given or Given(desk, case)
    entitled = whole and _has_part(desk, case)
    seen: dict[str, Any] = {}
    sensitive: list[str] = []
    for step, answers in _answers(case, given).items():
        for key, value in answers.items():
            field = _field(edition, step, key)
            level = field.privacy_of(value) if field is not None else "RP0"
            if level == "RP2" and entitled:
                sensitive.append(key)
            elif level == "RP2" and field is not None:
                value = _told_as_other(field, value)
            if level == "RP0" or (whole and value is not None):
                seen[key] = value
    seen.update(case.facts)
    _journal(desk, case, sensitive)
    return seen


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


def _journal(desk: Desk, case: Case, sensitive: list[str]) -> None:
    """Each view of a sensitive answer is written down, except by the person it is about."""
    if sensitive and desk.actor.id not in (case.requester_id, case.beneficiary_id):
        note(desk, "sensitive.viewed", case=case, keys=sorted(set(sensitive)))
