"""Facts in words: answers and computed values of a case, under the words of the form that asked for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from webapp.pages import labels, saying
from webapp.pages.computed import COMPUTED, NATURES, ORIGINS, RANKS
from workflows.cases.models import Case
from workflows.catalog.edition import Edition, edition_of
from workflows.contracts.models import CatalogueItem
from workflows.desk import Desk
from workflows.forms import Field, Form
from workflows.people.models import Organisation, Person, Subdivision, Unit

DECISION = "decision"
HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
CATALOGUE = "catalogue:"
TIMED = Markup('<time datetime="{}" title="{}">{}</time>')
_shelf: dict[tuple[UUID, str, str], Form] = {}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a case: its key, what it is called, what it is (several lines for a list)."""

    key: str
    label: str
    said: tuple[str, ...]


class Facts:
    """What is known of one case, told in the reader's language."""

    def __init__(self, desk: Desk, case: Case, language: str) -> None:
        self.desk = desk
        self.case = case
        self.language = language
        self.edition = edition_of(desk.session, case.version_id)
        self.zone = ZoneInfo(desk.session.get_one(Organisation, case.organisation_id).timezone)

    def told(self, data: Mapping[str, Any], leave_out: Iterable[str] = ()) -> list[Fact]:
        """The data of the case: answers in the order of the forms, then what was computed."""
        left = set(leave_out)
        found: dict[str, Fact] = {}
        for name in self._forms():
            for field in form_in(self.edition, name, self.language).fields:
                told = field.key in data and field.key not in {*left, *found, *COMPUTED} and not field.process
                if told and _fits(field, data[field.key]):
                    said = self.answer(field, data[field.key])
                    if said:
                        found[field.key] = Fact(field.key, label_of(field), said)
        for key, (label, kind) in COMPUTED.items():
            empty: tuple[object, ...] = (None, "") if kind == "granted" else (None, "", [])
            if key not in found and key not in left and data.get(key) not in empty:
                said = self._computed(kind, data[key])
                if said:
                    found[key] = Fact(key, str(label), said)
        return list(found.values())

    def answers(self, name: str, answers: Mapping[str, Any]) -> list[Fact]:
        """The answers of one form, decisions included."""
        fields = form_in(self.edition, name, self.language).fields
        pairs = ((field, self.answer(field, answers[field.key])) for field in fields if field.key in answers)
        return [Fact(field.key, label_of(field), said) for field, said in pairs if said]

    def answer(self, field: Field, value: Any) -> tuple[str, ...]:
        """One answer, as people say it."""
        if value is None or value in ("", [], {}):
            return ()
        if field.kind == "list":
            rows = [self._together(field, row) for row in value]
            return tuple(row for row in rows if row)
        if field.kind == "group":
            return (self._together(field, value),)
        if isinstance(value, list):
            return tuple(said for one in value for said in self.answer(field, one))
        return (self._one(field, value),)

    def _one(self, field: Field, value: Any) -> str:
        if field.kind == "money":
            return saying.money(value, self.language) if isinstance(value, int) else str(value)
        if field.kind == "boolean":
            return str(_("Oui") if value is True else _("Non"))
        if field.kind == "file":
            return str(_("fichier joint"))
        if field.choices:
            return _option(field, str(value))
        if field.is_register or str(field.source or "").startswith(CATALOGUE):
            return self._registered(str(field.source), str(value))
        if field.kind in ("date", "moment", "instant"):
            return self._computed("date" if field.kind == "date" else "moment", value)[0]
        return saying.hour(time.fromisoformat(value), self.language) if _is_hour(value) else str(value)

    def _together(self, field: Field, row: Mapping[str, Any]) -> str:
        parts = [said for inner in field.fields if inner.key in row for said in self.answer(inner, row[inner.key])]
        return Markup(", ").join(parts)

    def _registered(self, source: str, code: str) -> str:
        session, own = self.desk.session, self.case.organisation_id
        if source == "persons":
            person = session.scalar(select(Person).where(Person.organisation_id == own, Person.code == code))
            return f"{person.name} ({code})" if person is not None else code
        if source in ("units", "subdivisions"):
            table = Unit if source == "units" else Subdivision
            name = session.scalar(select(table.name).where(table.organisation_id == own, table.code == code))
            return f"{code} — {name}" if name and name != code else code
        kind = "prestataire" if source == "providers" else source.partition(CATALOGUE)[2]
        if kind:
            label = CatalogueItem.label_en if self.language == "en" else CatalogueItem.label_fr
            same = (CatalogueItem.organisation_id == own, CatalogueItem.kind == kind)
            return session.scalar(select(label).where(*same, CatalogueItem.code == code)) or code
        return code

    def _computed(self, kind: str, value: Any) -> tuple[str, ...]:
        if kind == "money" and isinstance(value, int):
            return (saying.money(value, self.language),)
        if kind == "classe":
            return (labels.called(labels.CLASSES, str(value)),)
        if kind == "niveau":
            return (labels.called(labels.LEVELS, str(value)),)
        if kind == "failure":
            return (labels.called(labels.FAILURES, str(value)),)
        if kind == "rang" and isinstance(value, int):
            return (str(RANKS.get(value, value)),)
        if kind == "persons":
            return tuple(self._registered("persons", str(code)) for code in value)
        if kind == "granted":
            return tuple(self._registered(f"{CATALOGUE}responsabilite", str(one)) for one in value) or (_("aucune"),)
        if kind == "origin":
            return (str(ORIGINS[value]),) if value in ORIGINS else ()
        if kind == "nature":
            return (str(NATURES.get(value, value)),)
        if kind == "held":
            return (_("retenue jusqu’à la décision") if value else _("libérée"),)
        if kind in ("date", "moment"):
            return (self._dated(kind, str(value)),)
        return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)

    def _dated(self, kind: str, text: str) -> str:
        try:
            if kind == "date" or len(text) == 10:
                on, today = date.fromisoformat(text[:10]), self.desk.now.astimezone(self.zone).date()
                return TIMED.format(on, on, saying.day(on, today, self.language))
            at = datetime.fromisoformat(text)
            said = saying.moment(at, self.desk.now, self.zone, self.language)
            return TIMED.format(at.isoformat(), saying.exact(at, self.zone), said)
        except ValueError:
            return text

    def _forms(self) -> Sequence[str]:
        return list(dict.fromkeys((self.edition.about.get("forms") or {}).values()))


def form_in(edition: Edition, name: str, language: str) -> Form:
    """A form of a version, worded in one language; read once."""
    key = (edition.id, name, language)
    if key not in _shelf:
        _shelf[key] = Form.load(edition.form(name).in_language(language))
    return _shelf[key]


def decisions(edition: Edition, language: str) -> dict[str, str]:
    """What the decisions that a process's forms offer are called there (``PRESENT``: « Présent »)."""
    names = dict.fromkeys((edition.about.get("forms") or {}).values())
    asked = (form_in(edition, name, language).field(DECISION) for name in names)
    return {code: _option(field, code) for field in asked if field is not None for code in (*field.choices,)}


def label_of(field: Field) -> str:
    """What a question is called."""
    return str(field.component.get("label") or field.key)


def _fits(field: Field, value: Any) -> bool:
    """Whether a value is an answer to this question, and not to another form's of the same key (``biens``)."""
    rows = isinstance(value, list) and any(isinstance(one, Mapping) for one in value)
    return rows is (field.kind == "list") or value in (None, [])


def _is_hour(value: Any) -> bool:
    """Whether an answer is an hour of the day as forms ask it (``08:30``)."""
    return isinstance(value, str) and HOUR.fullmatch(value) is not None


def _option(field: Field, code: str) -> str:
    for each in field.component.get("values", ()):
        if each["value"] == code:
            return str(each.get("label", code))
    return code
