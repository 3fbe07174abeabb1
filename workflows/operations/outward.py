"""What a message that leaves the house carries of the case's facts and evidence, besides what the drawing gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from workflows.operations.context import CaseLike
from workflows.people.models import Organisation
from workflows.signatures.act import live_act
from workflows.signatures.evidence import evidence_of

Content = Callable[[Session, CaseLike], Mapping[str, Any]]
AMOUNTS = ("classe", "derog_reseau", "derog_techno", "cout_net_cents", "montant_ref_cents")
RULE = ("plan", "regle", "niveau", "acte_sha256")
MONEY: Mapping[str, Any] = {"devise": "CAD", "taxes_incluses": False}


def carried(session: Session, case: CaseLike, message: str) -> Mapping[str, Any]:
    """What a message carries of the case, persons by reference; nothing for one that only names it."""
    content = CONTENTS.get(message)
    return content(session, case) if content is not None else {}


def _to_sign(session: Session, case: CaseLike) -> Mapping[str, Any]:
    """What is to be signed, under which rule, how often, until when."""
    return {
        **_judged(case),
        "nb_signatures": case.facts.get("nb_signatures"),
        "expire_le": case.facts.get("expiration"),
    }


def _signed(session: Session, case: CaseLike) -> Mapping[str, Any]:
    """What was signed, by whom, under which rule, and until when it may be ordered."""
    act = live_act(session, case.id)
    records = [row.record for row in evidence_of(session, case.id) if act is not None and row.act_id == act.id]
    given = {
        "signatures": [_signature(record) for record in records],
        "valide_jusqu_au": _local_day(session, case, case.facts.get("validite_commande")),
        "exercice": case.facts.get("exercice"),
    }
    return {**_judged(case), "acte_sha256": act.sha256 if act is not None else None, **given}


def _judged(case: CaseLike) -> dict[str, Any]:
    return {**{key: case.facts.get(key) for key in AMOUNTS}, **MONEY, **{key: case.facts.get(key) for key in RULE}}


def _signature(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "personne_ref": record["personne"],
        "qualite": record["qualite"],
        "titulaire_ref": record["titulaire"],
        "entree": record["entree"],
        "a": record["a"],
    }


def _local_day(session: Session, case: CaseLike, moment: object) -> str | None:
    if not isinstance(moment, str):
        return None
    zone = ZoneInfo(session.get_one(Organisation, case.organisation_id).timezone)
    return datetime.fromisoformat(moment).astimezone(zone).date().isoformat()


CONTENTS: Mapping[str, Content] = {
    "derogation.signature_requise": _to_sign,
    "derogation.signee": _signed,
}
