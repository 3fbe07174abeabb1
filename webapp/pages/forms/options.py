"""What a question may be answered with, when the answers lie in a register: persons, units, providers …"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import or_, select

from webapp.pages.forms.asked import Option
from webapp.pages.rights import right_words
from workflows.cases.given import Given
from workflows.cases.holdings import holdings
from workflows.cases.lookups import Registers
from workflows.cases.models import Case
from workflows.cases.related import may_set_apart
from workflows.contracts.models import Contract
from workflows.contracts.queries import catalogue, contracts_in_force
from workflows.desk import Desk
from workflows.forms import Field
from workflows.people.appointing import MODULES
from workflows.people.delegation import entries_in_force
from workflows.people.models import Organisation, Person, Subdivision, Unit

CATALOGUE = "catalogue:"
HELD = "held"
"""What the person whom the case is about was granted."""
REQUESTED = "unite_budgetaire"
"""The one question of a unit whose usual answer is that of whoever asks."""
LONGEST = 300
"""Beyond so many persons a list is no help: the code is typed."""
Pair = tuple[str, str]


class Choices:
    """The registers that one case's questions choose from, in the reader's language."""

    def __init__(self, desk: Desk, case: Case, language: str) -> None:
        self.desk = desk
        self.case = case
        self.language = language
        self.registers = Registers(desk, case)
        self._by_source: Mapping[str, Callable[[Field], Iterable[Pair]]] = {
            "persons": self._persons,
            "units": self._units,
            "subdivisions": self._subdivisions,
            "providers": self._providers,
            "contracts": self._contracts,
            "related": self._related,
            "scopes": self._parts,
            "entries": self._entries,
        }

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's clocks."""
        return ZoneInfo(self.desk.session.get_one(Organisation, self.case.organisation_id).timezone)

    def of(self, field: Field) -> tuple[Option, ...]:
        """The choices of a question that asks for a code of a register; none when its code is to be typed."""
        source = str(field.source)
        if source.startswith(CATALOGUE):
            return tuple(Option(code, label) for code, label in self._catalogue(source.removeprefix(CATALOGUE)))
        ask = self._by_source.get(source)
        return tuple(Option(code, label) for code, label in ask(field)) if ask is not None else ()

    def suggested(self, field: Field) -> tuple[Option, ...]:
        """What a free answer may be, by way of suggestion."""
        return tuple(Option(one.label, one.label) for one in self.proposed(field))

    def proposed(self, field: Field) -> tuple[Option, ...]:
        """The items of a catalogue that a question proposes (``suggest``), though others may be answered."""
        wanted = str((field.component.get("properties") or {}).get("suggest", ""))
        if wanted == HELD:
            codes = [code for one in holdings(self.desk, self.case, ("SAGIR", "RESEAU")) for code in one.granted]
            return tuple(map(Option, codes, right_words(self.desk, self.case.organisation_id, codes)))
        if not wanted.startswith(CATALOGUE):
            return ()
        return tuple(Option(code, label) for code, label in self._catalogue(wanted.removeprefix(CATALOGUE)))

    def usual(self, field: Field) -> str | None:
        """What is most often answered, proposed where nothing is answered yet: the case's unit, the requester's own."""
        if field.kind != "unit" or not field.required:
            return None
        if self.case.unit_id is not None:
            return self.desk.session.get_one(Unit, self.case.unit_id).code
        if field.key != REQUESTED:
            return None
        asker = self.desk.session.get(Person, self.case.requester_id) if self.case.requester_id is not None else None
        unit = self.desk.session.get(Unit, asker.unit_id) if asker is not None and asker.unit_id is not None else None
        return unit.code if unit is not None else None

    def _persons(self, field: Field) -> Iterable[Pair]:
        now = self.desk.now
        query = select(Person).where(
            Person.organisation_id == self.case.organisation_id,
            or_(Person.employed_until.is_(None), Person.employed_until > now),
        )
        people = self.desk.session.scalars(query.order_by(Person.last_name, Person.code).limit(LONGEST + 1)).all()
        if len(people) > LONGEST:
            return []
        if "permis" in (field.conditions.invalid or ""):
            people = [one for one in people if self._permitted(one.code)]
        pairs = [(one.code, f"{_listed(one)} ({one.code})") for one in people]
        return sorted(pairs, key=lambda pair: _alphabetical(pair[1]))

    def _permitted(self, code: str) -> bool:
        known = self.registers.look_up("persons", code)
        return known is not None and bool(known.get("permis"))

    def _units(self, field: Field) -> Iterable[Pair]:
        query = select(Unit).where(Unit.organisation_id == self.case.organisation_id, Unit.active.is_(True))
        return [(one.code, _named(one)) for one in self.desk.session.scalars(query.order_by(Unit.code))]

    def _subdivisions(self, field: Field) -> Iterable[Pair]:
        query = select(Subdivision).where(Subdivision.organisation_id == self.case.organisation_id)
        return [(one.code, _named(one)) for one in self.desk.session.scalars(query.order_by(Subdivision.code))]

    def _parts(self, field: Field) -> Iterable[Pair]:
        modules = [(code, _("Module %(code)s", code=code)) for code in MODULES]
        return [*self._subdivisions(field), *self._units(field), *modules]

    def _entries(self, field: Field) -> Iterable[Pair]:
        live = entries_in_force(self.desk.session, self.case.organisation_id, self.desk.now)
        held = [(one, self.desk.session.get_one(Person, one.person_id)) for one in live]
        return [(one.code, f"{one.code} — {person.name}, {one.function}") for one, person in held]

    def _providers(self, field: Field) -> Iterable[Pair]:
        return self._catalogue("prestataire")

    def _contracts(self, field: Field) -> Iterable[Pair]:
        found: Iterable[Contract] = contracts_in_force(self.desk.session, self.case.organisation_id, self.desk.now)
        return [(one.code, f"{one.code} — {one.title}") for one in found]

    def _related(self, field: Field) -> Iterable[Pair]:
        return [(number, number) for number in may_set_apart(Given(self.desk, self.case))]

    def _catalogue(self, kind: str) -> list[Pair]:
        items = catalogue(self.desk.session, self.case.organisation_id, kind)
        return [(one.code, one.label_en if self.language == "en" else one.label_fr) for one in items]


def _named(row: Any) -> str:
    return f"{row.code} — {row.name}" if row.name and row.name != row.code else str(row.code)


def _listed(person: Person) -> str:
    """How a list of persons names one: by the usual name, else last name first."""
    return person.usual_name or f"{person.last_name}, {person.first_name}"


def _alphabetical(name: str) -> str:
    """A name as a French list sorts it: É beside E."""
    return "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))
