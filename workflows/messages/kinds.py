"""What messages may come in, and what the data of each must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workflows.cases.shapes import Check, cents, count, day_or_moment, moment, text, texts
from workflows.cases.told import CHANGE, HIRING, LEAVING, OTHER_DAY, WITHDRAWAL, check_shape, check_storable

VERSIONED = re.compile(r"^(?P<name>[a-z][a-z0-9_.]*)\.v1$")


ORDER: Mapping[str, Check] = {
    "prestataire": text,
    "no_commande": text,
    "beneficiaire": text,
    "unite_budgetaire": text,
    "subdivision?": text,
    "nature": text,
    "quantite": count,
    "modele": text,
    "prix_appareil_cents": cents,
    "credit_cents": cents,
}

KINDS: Mapping[str, Mapping[str, Check] | None] = {
    "prestataire.commande.soumise": ORDER,
    "prestataire.commande.confirmee": {"no_commande": text, "prix_cents": cents},
    "prestataire.commande.rejetee": {"no_commande": text, "motif": text},
    "prestataire.prix.modifie": {
        "no_commande": text,
        "ancien_prix_cents": cents,
        "nouveau_prix_cents": cents,
        "motif": text,
    },
    "arrivee.modifiee": CHANGE,
    "arrivee.annulee": WITHDRAWAL,
    "depart.modifie": OTHER_DAY,
    "depart.annule": {},
    "retour.confirme": {"date_retour": day_or_moment},
    "absence.enregistree": {"matricule": text, "du": day_or_moment, "au": day_or_moment},
    "connecteur.compte.etat": {
        "operation_id": text,
        "systeme": text,
        "etat": text,
        "a": moment,
        "compte?": text,
        "acces?": texts,
    },
    "sirh.embauche.confirmee": HIRING,
    "sirh.depart.annonce": LEAVING,
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
    check_storable(data)
    shape = KINDS[name]
    if shape is None:
        return
    check_shape(shape, data)


UNSTORED: Mapping[str, frozenset[str]] = {
    "sirh.embauche.confirmee": frozenset({"antecedents", "adaptation_poste", "courriel_prearrivee"}),
    "sirh.depart.annonce": frozenset({"type_depart", "risque_eleve", "motif_risque", "employe_informe"}),
}
"""What a message may tell its case and is not kept with it: sensitive answers (RP2), and what is erased in the end."""


def storable(name: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """A message as it is kept: without what belongs in the file alone, where each reading is written down."""
    data = body.get("data")
    if name not in UNSTORED or not isinstance(data, Mapping):
        return dict(body)
    return {**body, "data": {key: value for key, value in data.items() if key not in UNSTORED[name]}}
