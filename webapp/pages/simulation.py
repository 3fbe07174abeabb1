"""The simulation: move the clock, and play the provider; neither exists on a real installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug import Response

from webapp.desk import open_desk
from webapp.extensions import db
from webapp.pages.door import go, go_back, page, say_it, told
from webapp.pages.frame import frame
from webapp.pages.saying import cents_of
from workflows.calendars.queries import calendar_of
from workflows.cases.details import Wait
from workflows.cases.given import Given
from workflows.cases.models import Case
from workflows.cases.sight import seen_by
from workflows.clock import is_simulated
from workflows.desk import Desk
from workflows.errors import Forbidden, Invalid, Missing, Refusal
from workflows.messages.receive import receive_message
from workflows.people.accounts import Integration
from workflows.people.directory import integration_actor
from workflows.people.integrations import create_integration
from workflows.people.models import Organisation
from workflows.worker.clock import move_clock as move

ACCOUNT = "Prestataire simulé"
CONFIRMED = "prestataire.commande.confirmee"
CHANGED = "prestataire.prix.modifie"
REJECTED = "prestataire.commande.rejetee"
FIXED = {"1h": timedelta(hours=1), "7j": timedelta(days=7), "30j": timedelta(days=30)}
BUSINESS = {"7ho": timedelta(hours=7), "14ho": timedelta(hours=14)}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for its provider: the order, the price that was announced."""

    number: str
    subject: str
    order: str
    cents: int
    kinds: frozenset[str]


def move_clock() -> Response:
    """Move the clock forward, by a span or to an instant."""
    with open_desk() as desk:
        _in_demonstration(desk)
        try:
            target = _target(desk)
        except ValueError:
            say_it(_("Cet instant ne peut pas être lu. Choisissez une date et une heure."), "bad")
            return go_back(request.form.get("retour"), "inbox")
    try:
        move(db.engine, target)
    except Refusal as refusal:
        say_it(told(refusal), "bad")
    return go_back(request.form.get("retour"), "inbox")


def show_provider() -> Response:
    """The orders that wait for the provider's answer."""
    with open_desk() as desk:
        _in_demonstration(desk)
        waiting = _waiting(desk)
    return page("provider.html", waiting=waiting)


def answer_order() -> Response:
    """Answer an order as the provider would: a signed message, without the network."""
    with open_desk() as desk:
        _in_demonstration(desk)
        organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
        account = _account(desk, organisation)
        sender = desk.acting_as(integration_actor(desk.session, account))
        number = request.form.get("dossier", "")
        one = next((each for each in _waiting(desk) if each.number == number), None)
        if one is None:
            raise Missing("case.unknown")
        kind = request.form.get("message", CONFIRMED)
        receive_message(sender, _event(organisation, one, kind))
    say_it(_("Le message du prestataire est livré au dossier %(number)s.", number=number))
    return go("case", ref=number)


def _in_demonstration(desk: Desk) -> None:
    if not is_simulated(desk.session):
        raise Missing("clock.not_simulated")
    if not desk.actor.demo:
        raise Forbidden("clock.not_allowed")


def _target(desk: Desk) -> datetime:
    instant = request.form.get("instant", "").strip()
    if instant:
        return datetime.fromisoformat(instant).replace(tzinfo=ZoneInfo(str(frame().zone)))
    span = request.form.get("de", "1h")
    if span in BUSINESS:
        organisation = desk.session.get_one(Organisation, desk.actor.organisation_id)
        return calendar_of(desk.session, organisation).add(desk.now, BUSINESS[span])
    return desk.now + FIXED.get(span, timedelta(hours=1))


def _waiting(desk: Desk) -> list[Waiting]:
    """The cases that the reader sees and that wait for a message of the provider."""
    query = select(Wait.name, Case).join(Case, Case.id == Wait.case_id)
    query = query.where(Wait.kind == "message", Wait.name.startswith("prestataire."), seen_by(desk))
    kinds: dict[Case, set[str]] = {}
    for name, case in desk.session.execute(query.order_by(Case.id)):
        kinds.setdefault(case, set()).add(name)
    return [_order(desk, case, frozenset(names)) for case, names in kinds.items()]


def _order(desk: Desk, case: Case, kinds: frozenset[str]) -> Waiting:
    given = Given(desk, case)
    order, analysis = given.answers("R30") or {}, given.answers("R08") or {}
    cents = analysis.get("prix_appareil_cents") or order.get("prix_confirme_cents") or 0
    return Waiting(case.number, case.subject, str(order.get("no_commande") or ""), int(cents), kinds)


def _account(desk: Desk, organisation: Organisation) -> Integration:
    query = select(Integration).where(Integration.organisation_id == organisation.id, Integration.name == ACCOUNT)
    return desk.session.scalar(query) or create_integration(desk.session, organisation, ACCOUNT)


def _event(organisation: Organisation, one: Waiting, kind: str) -> dict[str, object]:
    if kind not in one.kinds:
        raise Invalid("field.value")
    cents = cents_of(request.form.get("prix", "") or "0")
    price = cents if isinstance(cents, int) else one.cents
    reason = _("Simulé")
    data: dict[str, dict[str, object]] = {
        CONFIRMED: {"no_commande": one.order, "prix_cents": price},
        CHANGED: {
            "no_commande": one.order,
            "ancien_prix_cents": one.cents,
            "nouveau_prix_cents": price,
            "motif": reason,
        },
        REJECTED: {"no_commande": one.order, "motif": reason},
    }
    return {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": "urn:parcours:simulation",
        "type": f"{kind}.v1",
        "organisme": organisation.code,
        "correlationid": one.number,
        "data": data[kind],
    }
