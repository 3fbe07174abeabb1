"""What the values that a case works out are called, and in what words they are told."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

COMPUTED: Mapping[str, tuple[LazyString, str]] = {
    "origine": (_l("Origine"), "origin"),
    "commande_bloquee": (_l("Commande du portail"), "held"),
    "classe": (_l("Classement"), "classe"),
    "cout_net_cents": (_l("Coût net avant taxes"), "money"),
    "montant_ref_cents": (_l("Montant de référence, demandes apparentées comprises"), "money"),
    "cumul_avant_cents": (_l("Cumul de l'exercice avant cette demande"), "money"),
    "cumul_apres_cents": (_l("Cumul de l'exercice après cette demande"), "money"),
    "niveau": (_l("Signature requise"), "niveau"),
    "nb_signatures": (_l("Nombre de signatures"), "text"),
    "signataires": (_l("Signataires"), "persons"),
    "demandes_apparentees": (_l("Demandes apparentées"), "text"),
    "contrat": (_l("Contrat"), "text"),
    "prestataire_rang": (_l("Rang du prestataire"), "rang"),
    "fin_derogation": (_l("Fin de la dérogation"), "date"),
    "reevaluation_le": (_l("Réévaluation prévue"), "moment"),
    "signe_le": (_l("Signé le"), "moment"),
    "validite_commande": (_l("À commander avant le"), "moment"),
    "motifs_rejet": (_l("Rejets du prestataire"), "text"),
    "cout_final_cents": (_l("Coût final avant taxes"), "money"),
    "livraison_type": (_l("Message"), "text"),
    "livraison_essais": (_l("Nombre d’essais"), "text"),
    "livraison_statut": (_l("Réponse de l’autre système"), "text"),
    "livraison_echec": (_l("Dernier échec"), "failure"),
    "frais_annulation_cents": (_l("Frais d’annulation"), "money"),
    "t_revocation": (_l("Fin des accès"), "moment"),
    "libelle_technique": (_l("Nature"), "nature"),
    "responsabilites_approuvees": (_l("Responsabilités approuvées"), "granted"),
}
"""Computed values worth a line, in the order of reading; the others stay in the journal."""
NATURES: Mapping[object, LazyString] = {
    "Retrait définitif": _l("Retrait définitif"),
    "Suspension temporaire": _l("Suspension temporaire"),
    "Changement de droits": _l("Changement de droits"),
}
RANKS: Mapping[int, LazyString] = {
    0: _l("hors contrat"),
    1: _l("premier rang"),
    2: _l("second rang"),
}
ORIGINS: Mapping[object, LazyString] = {
    "DOSSIER": _l("ouverte par un autre dossier"),
    "PORTAIL": _l("commande passée au portail du prestataire"),
}
