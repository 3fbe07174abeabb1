"""What a position needs: taken up, fitted to the profile, sorted by owner, and what rules and owners leave of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflows.contracts.queries import catalogue
from workflows.notices.tell import tell
from workflows.operations.arrival.employee import NEEDS, WORK, work_of
from workflows.operations.arrival.exceptions import codes, exceptions_left
from workflows.operations.context import OperationContext
from workflows.people.models import Person

CARDS = frozenset({"CARTE_D_ACCES", "CLE"})
SECURITY = "CSEC"
"""Who approves privileged IT access, which belongs to no module."""
MODULES = ("RF", "RM", "RH")
APPROVING = frozenset({"RF", "RM"})
"""The modules in which an approval chain is kept."""
NARROW = frozenset({"CONTRACTUEL_EXTERNE", "STAGIAIRE", "ETUDIANT"})
"""Employment links that have no self-service beyond their profile."""
MOST_RETURNS = 3


def take_up(context: OperationContext) -> Mapping[str, object]:
    """Take up what the manager asks for, for the rules and the owners to look at (A08)."""
    asked = context.given(NEEDS)
    kept = {key: list(asked.get(key) or ()) for key in ("responsabilites", "acces_ti", "libre_service", "groupes_avis")}
    before = work_of(context)
    context.save_answers(WORK, {**kept, "retours": before.get("retours", 0), "exceptions": []})
    return {
        **flags(context),
        "carte_ou_cle": bool(CARDS & set(asked.get("equipements") or ())),
        "besoin_cellulaire": asked.get("besoin_cellulaire") is True,
        "groupes_avis": kept["groupes_avis"],
    }


def fit_profile(context: OperationContext) -> Mapping[str, object]:
    """Fit what is asked to the profile of the employment link: an external contractor has no LSH (A09)."""
    work = work_of(context)
    base = context.known("acces_base") or []
    if context.known("type_lien") in NARROW:
        work["libre_service"] = [code for code in work["libre_service"] if code in base]
        context.save_answers(WORK, work)
    approving = any(one["module"] in APPROVING for one in work["responsabilites"])
    return {
        "chaine_approbation": bool(context.known("chaine_profil")) or approving,
        "codes_sagir": codes(work),
        "libre_service_accorde": work["libre_service"],
        "acces_base": base,
    }


def flags(context: OperationContext) -> dict[str, object]:
    """Whether anything asked is special or privileged, and the codes that are to be granted."""
    work = work_of(context)
    responsibilities = [str(one["code"]) for one in work.get("responsabilites") or ()]
    privileged = _privileged(context, "responsabilite", responsibilities) or _privileged(
        context, "acces_ti", work.get("acces_ti") or ()
    )
    base, approving = (
        context.known("chaine_profil"),
        any(one["module"] in APPROVING for one in work.get("responsabilites") or ()),
    )
    return {
        **({} if base is None else {"chaine_approbation": bool(base) or approving}),
        "specialise": bool(responsibilities),
        "privilegie": privileged,
        "responsabilites_approuvees": responsibilities,
    }


def sort_by_owner(context: OperationContext) -> Mapping[str, object]:
    """Say who approves what: the owner of each module concerned, security for privileged IT access (A15)."""
    work = work_of(context)
    owners = [module for module in MODULES if any(one["module"] == module for one in work["responsabilites"])]
    if _privileged(context, "acces_ti", work["acces_ti"]):
        owners.append(SECURITY)
    return {"nb_approbations": len(owners), "proprietaires": owners}


def settle(context: OperationContext) -> Mapping[str, object]:
    """Apply what the owners answered: refused items go, a return goes back, the fourth goes to security (A15)."""
    given = context.data.get("A15")
    answers: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    owners: list[str] = context.case.facts.get("proprietaires") or []
    said = {owners[int(place)]: one.get("decision") for place, one in answers.items() if int(place) < len(owners)}
    refused = [owner for owner, decision in said.items() if decision == "REFUSER"]
    for owner in refused:
        drop(context, owner)
    if refused:
        manager = context.actors(NEEDS)
        person = context.desk.session.get(Person, manager) if manager is not None else None
        tell(context.desk, "arrival.refused", [person] if person is not None else [], context.case, "A15")
    if "RETOURNER" in said.values():
        return _returned(context)
    return {"suite_approbation": "CONTINUER", **exceptions_left(context), **flags(context)}


def _returned(context: OperationContext) -> Mapping[str, object]:
    work = work_of(context)
    work["retours"] = int(work.get("retours") or 0) + 1
    work["arbitrage"] = work["retours"] > MOST_RETURNS
    context.save_answers(WORK, work)
    return {"suite_approbation": "ARBITRER" if work["arbitrage"] else "RETOURNER", **flags(context)}


def drop(context: OperationContext, owner: str) -> None:
    """Take away what an owner refuses."""
    work = work_of(context)
    if owner == SECURITY:
        bad = set(_privileged_codes(context, "acces_ti"))
        work["acces_ti"] = [code for code in work["acces_ti"] if code not in bad]
    else:
        work["responsabilites"] = [one for one in work["responsabilites"] if one["module"] != owner]
    context.save_answers(WORK, work)


def _privileged(context: OperationContext, kind: str, found: Iterable[str]) -> bool:
    return bool(set(_privileged_codes(context, kind)) & set(found))


def _privileged_codes(context: OperationContext, kind: str) -> list[str]:
    items = catalogue(context.desk.session, context.case.organisation_id, kind)
    return [item.code for item in items if item.details.get("privilegie")]
