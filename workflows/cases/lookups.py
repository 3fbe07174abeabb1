"""What a form may look up while it is checked: persons, units, providers, the case's own files and related cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import select

from workflows.cases.about import About
from workflows.cases.details import Attachment
from workflows.cases.given import Given
from workflows.cases.models import Case
from workflows.cases.related import may_set_apart
from workflows.catalog.edition import edition_of
from workflows.contracts.models import Contract
from workflows.contracts.queries import (
    catalogue,
    contract_in_force,
    contract_named,
    is_in_force,
    last_day,
    rank_of,
)
from workflows.desk import Desk
from workflows.people.appointing import MODULES
from workflows.people.delegation import entries_in_force
from workflows.people.directory import person_by_code
from workflows.people.hierarchy import is_subordinate, superior_of
from workflows.people.models import Organisation, Person, Subdivision, Unit

CATALOGUE = "catalogue:"
"""What a source that is a part of the organisation's catalogue begins with."""
Known = Mapping[str, object] | None


class Registers:
    """The registers of one case's organisation, as the person who answers may use them."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self.desk = desk
        self.case = case
        self.about = About(edition_of(desk.session, case.version_id).about)
        self._by_source: Mapping[str, Callable[[str], Known]] = {
            "persons": self._person,
            "units": self._unit,
            "subdivisions": self._subdivision,
            "providers": self._provider,
            "contracts": self._contract,
            "files": self._file,
            "related": self._related,
            "scopes": self._part,
            "entries": self._entry,
        }

    def look_up(self, source: str, code: str) -> Known:
        """What a register knows of a code; None for a code that may not be chosen there."""
        if source.startswith(CATALOGUE):
            return self._item(source.removeprefix(CATALOGUE), code)
        ask = self._by_source.get(source)
        return ask(code) if ask is not None else None

    def _person(self, code: str) -> Known:
        person = person_by_code(self.desk.session, code, self.case.organisation_id)
        if person is None or (person.employed_until is not None and person.employed_until <= self.desk.now):
            return None
        superior = superior_of(self.desk.session, person)
        return {
            "superieur": superior.code if superior is not None else None,
            "central": person.central,
            "matricule": person.matricule,
            "permis": self._may_ask_for(person),
        }

    def _may_ask_for(self, person: Person) -> bool:
        """Whether the person who answers may make this request for someone: for himself, his line, or anyone."""
        scopes = {scope for role, scope in self.about.starters.items() if role in self.desk.actor.roles}
        if person.central and not self.about.central_may_start:
            return False
        if "ORG" in scopes or (person.id == self.desk.actor.id and "SELF" in scopes):
            return True
        asker = self.desk.session.get(Person, self.desk.actor.id)
        return "LINE" in scopes and asker is not None and is_subordinate(self.desk.session, person, of=asker)

    def _unit(self, code: str) -> Known:
        same = (Unit.organisation_id == self.case.organisation_id, Unit.code == code, Unit.active.is_(True))
        name = self.desk.session.scalar(select(Unit.name).where(*same))
        return {"nom": name} if name is not None else None

    def _subdivision(self, code: str) -> Known:
        same = (Subdivision.organisation_id == self.case.organisation_id, Subdivision.code == code)
        name = self.desk.session.scalar(select(Subdivision.name).where(*same))
        return {"nom": name} if name is not None else None

    def _part(self, code: str) -> Known:
        """A part of the body within which a role may be given: a subdivision, a unit, a module."""
        return self._subdivision(code) or self._unit(code) or ({"nom": code} if code in MODULES else None)

    def _entry(self, code: str) -> Known:
        """An entry of the delegation plan in force."""
        live = entries_in_force(self.desk.session, self.case.organisation_id, self.desk.now)
        return next(({"niveau": entry.level} for entry in live if entry.code == code), None)

    def _provider(self, code: str) -> Known:
        items = catalogue(self.desk.session, self.case.organisation_id, "prestataire")
        contract = self._own_contract()
        if code not in {item.code for item in items} and (contract is None or code not in contract.ranks):
            return None
        end = last_day(contract, self._organisation().timezone) if contract is not None else None
        rank = rank_of(contract, code) if contract is not None else 0
        return {"rang": rank, "fin": end.isoformat() if end is not None else None}

    def _item(self, kind: str, code: str) -> Known:
        items = catalogue(self.desk.session, self.case.organisation_id, kind)
        return next((item.details for item in items if item.code == code), None)

    def _own_contract(self) -> Contract | None:
        """The case's contract, else the one in force."""
        session, organisation_id = self.desk.session, self.case.organisation_id
        code = self.case.facts.get("contrat")
        found = contract_named(session, organisation_id, code) if code else None
        return found or contract_in_force(session, organisation_id, self.desk.now)

    def _contract(self, code: str) -> Known:
        found = contract_named(self.desk.session, self.case.organisation_id, code)
        return {"titre": found.title} if found is not None and is_in_force(found, self.desk.now) else None

    def _file(self, code: str) -> Known:
        try:
            file_id = UUID(code)
        except ValueError:
            return None
        own = select(Attachment.filename).where(Attachment.id == file_id, Attachment.case_id == self.case.id)
        name = self.desk.session.scalar(own)
        return {"nom": name} if name is not None else None

    def _related(self, code: str) -> Known:
        return {} if code in may_set_apart(Given(self.desk, self.case)) else None

    def _organisation(self) -> Organisation:
        return self.desk.session.get_one(Organisation, self.case.organisation_id)
