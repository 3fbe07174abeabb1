"""Who may sign an act of some kind now, and why, and why not the others: asked of the rules, without a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from workflows.cases.above import first_above
from workflows.cases.decide import evaluate
from workflows.cases.models import Case
from workflows.catalog.edition import current_edition
from workflows.contracts.weigh import Request, Terms, weigh
from workflows.database import new_id
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.people.directory import person_by_code
from workflows.people.models import Organisation, Person, Unit
from workflows.people.settings import setting
from workflows.signatures.bench import Place, read_bench, subordinates
from workflows.signatures.matter import Bench, Due, Eligible, Matter, Resolution
from workflows.signatures.signatories import dues_of, resolve

PROCESS = "derogation_cellulaire"
RULE = "TD_SIGNATURE"


@dataclass(frozen=True, slots=True)
class Asked:
    """An act that nobody asked for yet: its type, its budget unit, its amount, whom it is for."""

    type: str
    unit: Unit
    cents: int
    beneficiary: Person | None


def who_signs(desk: Desk, given: Mapping[str, Any]) -> dict[str, Any]:
    """The level that the plan asks for, and everyone it knows, with what lets or keeps them (``reason``).

    Raises ``Invalid`` for a unit or a person whom the body does not know.
    """
    asked = _asked(desk, given)
    rule = signing_rule(desk, asked)
    level = int(str(rule.get("niveau", "N0")).removeprefix("N") or 0)
    dues = dues_of(level, int(rule.get("nb_signatures") or 1)) if 1 <= level <= 4 else ()
    bench = read_bench(desk.session, Place(asked.unit.organisation_id, asked.unit.id), desk.now)
    matter = _matter(desk, asked, bench)
    names = {one.id: one for one in desk.session.scalars(select(Person).where(Person.id.in_(list(bench.codes))))}
    items = [row for due in dues for row in _rows(resolve(matter, bench, due), bench, names)]
    kept = {key: rule.get(key) for key in ("niveau", "nb_signatures", "regle", "plan")}
    return {**kept, "items": items, "next": None}


def signing_rule(desk: Desk, asked: Asked) -> Mapping[str, Any]:
    """What the signing table in force asks for this amount, with the unit's year as it stands."""
    organisation = desk.session.get_one(Organisation, asked.unit.organisation_id)
    request = Request(new_id(), "", organisation.id, asked.unit.id, desk.now)
    weight = weigh(desk.session, request, asked.cents, Terms(desk.now, organisation.timezone, 0))
    derogation = asked.type != "APPAREIL"
    data = {
        "requiert": derogation or asked.cents > 0,
        "derog": derogation,
        "montant_ref_cents": asked.cents,
        "cumul_apres_cents": weight.after_cents,
    }
    edition = current_edition(desk.session, PROCESS)
    return evaluate(desk, Case(organisation_id=organisation.id), edition, RULE, data).values


def _asked(desk: Desk, given: Mapping[str, Any]) -> Asked:
    organisation_id = desk.actor.organisation_id
    query = select(Unit).where(Unit.organisation_id == organisation_id, Unit.code == given["unite"], Unit.active)
    unit = desk.session.scalar(query)
    if unit is None:
        raise Invalid("request.invalid", {"unite": (Flaw("form.unknown_unit"),)})
    code = given["beneficiaire"]
    beneficiary = person_by_code(desk.session, code, organisation_id) if code else None
    if code and beneficiary is None:
        raise Invalid("request.invalid", {"beneficiaire": (Flaw("form.unknown_person"),)})
    return Asked(given["type"], unit, given["montant_cents"], beneficiary)


def _matter(desk: Desk, asked: Asked, bench: Bench) -> Matter:
    """Nobody asked yet: whoever is above the beneficiary would confirm the need or ask, and signs neither way."""
    beneficiary_id = asked.beneficiary.id if asked.beneficiary else None
    organisation = desk.session.get_one(Organisation, asked.unit.organisation_id)
    above = first_above(desk, Case(beneficiary_id=beneficiary_id))
    return Matter(
        types=frozenset({asked.type}),
        unit=asked.unit.code,
        cents=asked.cents,
        beneficiary_id=beneficiary_id,
        handled={"R07": above.acting.id} if above is not None else {},
        below=subordinates(desk.session, beneficiary_id, bench),
        gest_may_sign=bool(setting(organisation, "gest_peut_signer")),
    )


def _rows(found: Resolution, bench: Bench, names: Mapping[UUID, Person]) -> Iterator[dict[str, Any]]:
    for one in found.eligible:
        person = names[one.person_id]
        yield _may(found.due, one, bench) | {"person": person.code, "name": person.name}
    for person_id, kept in sorted(found.kept.items(), key=lambda pair: bench.codes[pair[0]]):
        person = names[person_id]
        place = {"position": found.due.position, "may_sign": False, "niveau": f"N{kept.level}", "reason": kept.reason}
        yield place | {"person": person.code, "name": person.name}


def _may(due: Due, one: Eligible, bench: Bench) -> dict[str, Any]:
    ground = one.ground
    standin = ground.standin
    return {
        "position": due.position,
        "may_sign": True,
        "niveau": f"N{ground.entry.level}",
        "entree": ground.entry.code,
        "fonction": ground.entry.function,
        "qualite": "SUBSTITUT" if standin else "TITULAIRE",
        "titulaire": bench.codes.get(standin.titulaire_id) if standin else None,
        "plafond_cents": ground.ceiling_cents,
        "valid_until": ground.until,
    }
