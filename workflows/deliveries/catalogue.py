"""The types of messages that may leave the house; any other stays within."""

from __future__ import annotations

VERSION = ".v1"
CREATED, LATE, FAILED = "tache.creee", "tache.en_retard", "instance.en_erreur"
OF_ANY_CASE = frozenset({CREATED, LATE, FAILED})
"""What the house tells of every case: by its number alone, whoever it is about."""
OUTBOUND: tuple[str, ...] = (
    "arrivee.demarree",
    "acces.active",
    "arrivee.terminee",
    "arrivee.annulation.terminee",
    "depart.demarre",
    "acces.revoque",
    "acces.residuel",
    "depart.termine",
    "depart.retour.termine",
    "depart.transfert",
    "incident.confidentialite.signale",
    "derogation.signature_requise",
    "derogation.signee",
    "derogation.refusee",
    "derogation.expiree",
    "derogation.realisee",
    "ligne.imputee",
    "role.active",
    "role.termine",
    "mcn.repondant.modifie",
    "formation.parcours.termine",
    "avis.diffuse",
    "facturation.facture.emise",
    "facturation.ajustement.emis",
    "revue.acces.terminee",
    CREATED,
    LATE,
    FAILED,
)


def name_of(kind: str) -> str:
    """A type's name, whether it was written with its version or without."""
    return kind.removesuffix(VERSION)


def leaves(kind: str) -> bool:
    """Whether a type may leave the house."""
    return name_of(kind) in OUTBOUND
