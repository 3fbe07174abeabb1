"""Goods that come back or do not, and what a lost device means for personal information (D31 to D34)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from workflows.accesses.ledger import disable
from workflows.errors import Flaw, Invalid
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import Aside, OperationContext
from workflows.operations.departure.leaver import GOODS
from workflows.operations.departure.stock import DEVICE, LINE, rows_of
from workflows.operations.lines import SEVERAL
from workflows.privacy.register import assess, enter

PHONE, LAPTOP = "CELLULAIRE", "PORTABLE"
MISSING = "MANQUANT"
WIPED = "EFFACE_A_DISTANCE"
INCIDENT = Aside(
    "D34P", "RPRP", "Évaluer l'incident de confidentialité", "Assess the confidentiality incident", "F-D34P"
)
ASSESSED_WITHIN = timedelta(hours=24)


def note_goods(context: OperationContext) -> Mapping[str, object]:
    """Note what is missing, and whose work that is: mobile goods RCELL's, the others TI's (D31)."""
    rows = context.given(GOODS).get("biens") or ()
    missing = sorted({str(one["bien"]) for one in rows if one.get("etat") == MISSING})
    if any(one["bien"] == PHONE and one.get("etat") == "RENDU" for one in rows):
        for row in rows_of(context):
            if row.system == DEVICE:
                disable(context.desk, context.case, row)
    return {
        "biens_manquants": missing,
        "bien_manquant": bool(missing),
        "manque_cellulaire": PHONE in missing,
        "manque_autre": bool(set(missing) - {PHONE}),
    }


def keep_mobile(context: OperationContext) -> Mapping[str, object]:
    """Keep what was done about a mobile device that did not come back (D33)."""
    return _treated(context, "cellulaire")


def keep_other(context: OperationContext) -> Mapping[str, object]:
    """Keep what was done about other goods that did not come back (D33)."""
    return _treated(context, "autre")


def _treated(context: OperationContext, which: str) -> dict[str, object]:
    said = dict(context.given("D33"))
    return {f"bien_{which}": {key: said.get(key) for key in ("action", "efface", "chiffre", "valeur_cents")}}


def judge(context: OperationContext) -> Mapping[str, object]:
    """Say whether personal information may be at stake: a lost device that is not encrypted, or not wiped (D34).

    Source: Act respecting Access to documents held by public bodies, sections 63.8 to 63.11 (confidentiality
    incidents). A mobile phone carries the security profile, so it is taken for encrypted unless someone says otherwise.
    """
    missing = context.case.facts.get("biens_manquants") or ()
    phone = dict(context.case.facts.get("bien_cellulaire") or {})
    laptop = dict(context.case.facts.get("bien_autre") or {})
    wiped_before = context.given("D25").get("effacement") == "FAIT"
    exposed = [
        one
        for one, safe in (
            (PHONE, phone.get("chiffre") is not False and (wiped_before or _wiped(phone))),
            (LAPTOP, laptop.get("chiffre") is True and _wiped(laptop)),
        )
        if one in missing and not safe
    ]
    return {"incident": bool(exposed), "biens_exposes": exposed}


def _wiped(said: Mapping[str, object]) -> bool:
    return said.get("efface") is True or said.get("action") == WIPED


def report(context: OperationContext) -> Mapping[str, object]:
    """Hand the incident over to the privacy officer, at once and at any hour; the departure does not wait (D34)."""
    goods = context.case.facts.get("biens_exposes") or ()
    enter(context.desk, context.case, context.case.beneficiary_id, goods)
    context.ask_aside(INCIDENT, context.desk.now + ASSESSED_WITHIN, "ESC-S")
    return {"incident_ouvert": True}


def assess_incident(context: OperationContext, completion: Completion) -> Effect:
    """Write in the register what the privacy officer concluded (D34P); the departure may have ended before."""
    said = completion.answers
    assess(context.desk, context.case, str(said["evaluation"]), said["risque_prejudice"] is True)
    context.case.facts = {**context.case.facts, "incident_ouvert": False}
    return Effect()


def check_line(context: OperationContext, completion: Completion) -> Effect:
    """Refuse a line that the person does not have: what was taken back is what the ledger says (D25)."""
    own = {number for row in rows_of(context) if row.system == LINE for number in row.account.split(SEVERAL)}
    if own and completion.answers.get("no_ligne") not in own:
        raise Invalid("form.invalid", {"no_ligne": (Flaw("departure.other_line", lines=", ".join(sorted(own))),)})
    return Effect()
