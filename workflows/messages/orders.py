"""An order placed in a provider's portal: what it must name, and the case it may already belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select

from workflows.cases.models import Case, CaseAnswers
from workflows.catalog.edition import Edition
from workflows.desk import Desk
from workflows.errors import Flaw, Invalid
from workflows.operations.asked import ANALYSIS
from workflows.operations.provider import BY_PORTAL
from workflows.operations.provider import ORDER as BY_HOUSE
from workflows.people.directory import person_by_reference
from workflows.people.models import Organisation, Subdivision, Unit
from workflows.people.roles import works
from workflows.people.settings import setting

ORDER = "prestataire.commande.soumise"
REQUEST = "R05"
BEARING = (BY_PORTAL, BY_HOUSE)
"""The steps whose answers bear the number of an order: it came by the portal, or was placed there (R30)."""
ORDERED: ColumnElement[str] = literal_column("(case_answers.answers ->> 'no_commande')")
"""Written as the index of it is, so that every plan may use that."""


def case_of_order(desk: Desk, correlation: str | None, data: Mapping[str, Any]) -> Case | None:
    """The case that an order belongs to: the one it names, else the one that bears this very order, ended or not.

    An order that came by the portal and one that the house placed there bear one and the same number: neither opens a
    second case, however often it is told, and by however many at once.
    """
    own = select(Case).where(Case.organisation_id == desk.actor.organisation_id)
    named = desk.session.scalar(own.where(Case.number == correlation)) if correlation is not None else None
    if named is not None:
        return named
    provider, number = str(data["prestataire"]), str(data["no_commande"])
    _one_at_a_time(desk, provider, number)
    bearing = select(CaseAnswers.case_id, CaseAnswers.step, CaseAnswers.answers).where(ORDERED.is_not(None))
    bearing = bearing.where(CaseAnswers.step.in_(BEARING), ORDERED == number).order_by(CaseAnswers.case_id)
    ids = [row.case_id for row in desk.session.execute(bearing) if _provider(desk, row) == provider]
    found = desk.session.scalars(own.where(Case.id.in_(ids)).order_by(Case.ended_at.is_not(None), Case.id))
    return found.first()


def _one_at_a_time(desk: Desk, provider: str, number: str) -> None:
    """Two messages about one order stand in line: the second finds the case that the first opened."""
    name = f"order:{desk.actor.organisation_id}:{provider}:{number}"
    desk.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _provider(desk: Desk, row: Any) -> str | None:
    """With whom the order of some answers was placed: an order made from the house says it in its analysis."""
    if row.step == BY_PORTAL:
        return row.answers.get("prestataire")  # type: ignore[no-any-return]
    analysis = desk.session.get(CaseAnswers, (row.case_id, ANALYSIS))
    return analysis.answers.get("prestataire") if analysis is not None else None


def check_order(desk: Desk, edition: Edition, data: Mapping[str, Any]) -> None:
    """Refuse an order that names a person, a unit, a subdivision or a need that the body does not know."""
    organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
    person = person_by_reference(desk.session, data["beneficiaire"], organisation.id)
    flaws: dict[str, tuple[Flaw, ...]] = {}
    if person is None or person.central or not works(person, desk.now):
        flaws["data.beneficiaire"] = (Flaw("form.unknown_person", value=data["beneficiaire"]),)
    if not _is_unit(desk, organisation, data["unite_budgetaire"]):
        flaws["data.unite_budgetaire"] = (Flaw("form.unknown_unit", value=data["unite_budgetaire"]),)
    if data["nature"] not in _natures(edition):
        flaws["data.nature"] = (Flaw("form.choice"),)
    flaws |= _subdivision_flaw(desk, organisation, data.get("subdivision"))
    if data["credit_cents"] > data["prix_appareil_cents"]:
        flaws["data.credit_cents"] = (Flaw("message.wrong_value"),)
    if flaws:
        raise Invalid("message.invalid", flaws)


def _is_unit(desk: Desk, organisation: Organisation, code: str) -> bool:
    same = (Unit.organisation_id == organisation.id, Unit.code == code, Unit.active.is_(True))
    return desk.session.scalar(select(Unit.id).where(*same)) is not None


def _natures(edition: Edition) -> frozenset[str]:
    """What a request may be about, as the form that people fill in has it."""
    field = edition.form(edition.about["forms"][REQUEST]).field("nature")
    return frozenset(field.choices) if field is not None else frozenset()


def _subdivision_flaw(desk: Desk, organisation: Organisation, code: str | None) -> dict[str, tuple[Flaw, ...]]:
    if code is None:
        needed = setting(organisation, "intrl_portee") == "SUBDIVISION"
        return {"data.subdivision": (Flaw("message.required"),)} if needed else {}
    same = (Subdivision.organisation_id == organisation.id, Subdivision.code == code)
    known = desk.session.scalar(select(Subdivision.id).where(*same)) is not None
    return {} if known else {"data.subdivision": (Flaw("message.wrong_value"),)}
