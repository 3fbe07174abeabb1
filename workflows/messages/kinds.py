"""What messages may come in, and what the data of each must hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from workflows.engine import EngineError
from workflows.engine.data import clean_mapping
from workflows.errors import Flaw, Invalid

Check = Callable[[Any], bool]
LONGEST = 2000
LARGEST_CENTS = 10**12
VERSIONED = re.compile(r"^(?P<name>[a-z][a-z0-9_.]*)\.v1$")


def _text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != "" and len(value) <= LONGEST and "\0" not in value


def _cents(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_CENTS


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 50


def _date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _day_or_moment(value: Any) -> bool:
    return _date(value) or _moment(value)


def _hour(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


ORDER: Mapping[str, Check] = {
    "prestataire": _text,
    "no_commande": _text,
    "beneficiaire": _text,
    "unite_budgetaire": _text,
    "subdivision?": _text,
    "nature": _text,
    "quantite": _count,
    "modele": _text,
    "prix_appareil_cents": _cents,
    "credit_cents": _cents,
}

KINDS: Mapping[str, Mapping[str, Check] | None] = {
    "prestataire.commande.soumise": ORDER,
    "prestataire.commande.confirmee": {"no_commande": _text, "prix_cents": _cents},
    "prestataire.commande.rejetee": {"no_commande": _text, "motif": _text},
    "prestataire.prix.modifie": {
        "no_commande": _text,
        "ancien_prix_cents": _cents,
        "nouveau_prix_cents": _cents,
        "motif": _text,
    },
    "arrivee.modifiee": {
        "date_entree?": _date,
        "heure_entree?": _hour,
        "superieur_matricule?": _text,
        "unite?": _text,
    },
    "arrivee.annulee": {"motif?": _text},
    "depart.modifie": {"t_effet": _day_or_moment, "dernier_jour?": _date},
    "depart.annule": {},
    "retour.confirme": {"date_retour": _day_or_moment},
    "absence.enregistree": {"matricule": _text, "du": _day_or_moment, "au": _day_or_moment},
    "connecteur.compte.etat": {"operation_id": _text, "systeme": _text, "etat": _text, "a": _moment},
    "sirh.embauche.confirmee": None,
    "sirh.depart.annonce": None,
    "sirh.superieur.modifie": None,
    "sirh.effectif.mensuel": None,
    "sga.formation.terminee": None,
    "sagir.n2.reponse": None,
    "prestataire.facture.deposee": None,
    "prestataire.portail.acces": None,
    "mcn.avis.publie": None,
    "paiement.recu": None,
}
"""Inbound types without ``.v1``; None: any object, the process that takes it says what it needs."""


def name_of(kind: str) -> str | None:
    """The name of an inbound type (``prestataire.prix.modifie.v1`` → without ``.v1``), None when there is none."""
    found = VERSIONED.match(kind)
    return found["name"] if found and found["name"] in KINDS else None


def check_data(name: str, data: Mapping[str, Any]) -> None:
    """Refuse data with a key missing, unknown or ill-shaped, saying which (``data.prix_cents``)."""
    _check_storable(data)
    shape = KINDS[name]
    if shape is None:
        return
    flaws: dict[str, tuple[Flaw, ...]] = {}
    checks = {key.removesuffix("?"): check for key, check in shape.items()}
    for key in data.keys() - checks.keys():
        flaws[f"data.{key}"] = (Flaw("message.unknown_key"),)
    for key, check in checks.items():
        if key not in data:
            if f"{key}?" not in shape:
                flaws[f"data.{key}"] = (Flaw("message.required"),)
        elif not check(data[key]):
            flaws[f"data.{key}"] = (Flaw("message.wrong_value"),)
    if flaws:
        raise Invalid("message.invalid", flaws)


def _check_storable(data: Mapping[str, Any]) -> None:
    """Refuse at the door what no case could hold: it would stop the case that takes it."""
    try:
        clean_mapping(data)
    except EngineError:
        raise Invalid("message.invalid", {"data": (Flaw("message.wrong_value"),)}) from None
