"""What codes of the domain are called on pages: roles, states, levels, decisions."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

ROLES: Mapping[str, LazyString] = {
    "INTRL": _l("Interlocuteur"),
    "RCELL": _l("Représentant cellulaire"),
    "MANDA": _l("Mandataire"),
    "MANDA_S": _l("Substitut du mandataire"),
    "GAPCO": _l("Gestionnaire chargé de l'application du contrat"),
    "FACTU": _l("Responsable de la facturation"),
    "DERO": _l("Responsable des dérogations"),
    "DIR": _l("Dirigeant de l'organisme"),
    "GEST": _l("Gestionnaire"),
    "EMPLO": _l("Employé"),
    "RH": _l("Conseiller en ressources humaines"),
    "PILOT": _l("Pilote sécurité SAGIR"),
    "PILFM": _l("Pilote RF-RM"),
    "PROP": _l("Propriétaire de module"),
    "TI": _l("Technicien TI"),
    "SECPH": _l("Sécurité physique"),
    "CSEC": _l("Responsable de la sécurité de l'information"),
    "RPRP": _l("Responsable de la protection des renseignements personnels"),
    "FORMA": _l("Responsable de la formation"),
    "AVIS": _l("Diffuseur d'avis"),
    "AGCA": _l("Agent du centre d'assistance SAGIR"),
    "SUPCA": _l("Superviseur du centre d'assistance"),
    "RSECT": _l("Responsable sectoriel"),
    "FINMC": _l("Agent de facturation du ministère"),
    "CONC": _l("Concepteur de processus"),
    "EXPL": _l("Exploitant"),
    "AUDIT": _l("Vérificateur"),
    "ADMIN": _l("Administrateur de la plateforme"),
    "SYS": _l("Parcours"),
}
TASK_STATES: Mapping[str, LazyString] = {
    "DISPONIBLE": _l("À prendre en charge"),
    "PRISE_EN_CHARGE": _l("Prise en charge"),
    "RETOURNEE": _l("Retournée pour précisions"),
    "TERMINEE": _l("Terminée"),
    "ANNULEE": _l("Annulée"),
}
CASE_STATES: Mapping[str, LazyString] = {
    "EN_COURS": _l("En cours"),
    "EN_ATTENTE": _l("En attente"),
    "SUSPENDUE": _l("Suspendu"),
    "EN_ERREUR": _l("En erreur"),
    "TERMINEE": _l("Terminé"),
    "ANNULEE": _l("Annulé"),
}
LEVELS: Mapping[str, LazyString] = {
    "N0": _l("Aucune signature requise"),
    "N1": _l("Chef de service (N1)"),
    "N2": _l("Directeur (N2)"),
    "N3": _l("Directeur général (N3)"),
    "N4": _l("Directeur général et sous-ministre adjoint, signatures conjointes (N4)"),
    "N5": _l("Hors du plan de délégation (N5)"),
}
CLASSES: Mapping[str, LazyString] = {
    "STANDARD": _l("Standard, sans dérogation"),
    "TECHNOLOGIQUE": _l("Dérogation technologique"),
    "RESEAU": _l("Dérogation de réseau"),
    "MIXTE": _l("Dérogation de réseau et technologique"),
    "HORS_CONTRAT": _l("Hors contrat-cadre"),
}
OUTCOMES: Mapping[str, LazyString] = {
    "CONFIRMER": _l("Besoin confirmé"),
    "REFUSER": _l("Refusé"),
    "RETOURNER": _l("Retourné pour précisions"),
    "ANALYSER": _l("Analyse faite"),
    "SIGNER": _l("Signé"),
    "SE_RECUSER": _l("Récusation"),
    "FAVORABLE": _l("Favorable"),
    "FAVORABLE_AVEC_CONDITIONS": _l("Favorable avec conditions"),
    "DEFAVORABLE": _l("Défavorable"),
    "RATTACHER": _l("Rattaché à un contrat"),
    "FERMER": _l("Dossier fermé"),
    "DESIGNER": _l("Signataire désigné"),
    "NOMMER": _l("Nomination demandée"),
    "APPROUVER": _l("Approuvé"),
    "ACCEPTER": _l("Accepté"),
    "REMPLACER": _l("Remplacement"),
    "CHANGER_PORTEE": _l("Portée changée"),
    "CORRIGER": _l("Proposition corrigée"),
    "INTERIM": _l("Intérim confié au dirigeant"),
    "SIGNER_DIRIGEANT": _l("Signé à titre de dirigeant"),
    "AUTORISER_HORS_SYSTEME": _l("Autorisé hors système"),
    "LEVER_AVIS": _l("Avis levé"),
    "REMETTRE": _l("Remis en route"),
    "ABANDONNER": _l("Abandonné"),
}
FAILURES: Mapping[str, LazyString] = {
    "refused": _l("Message refusé"),
    "timeout": _l("Aucune réponse à temps"),
    "unreachable": _l("Système inaccessible"),
    "tls": _l("Certificat refusé"),
    "unresolved": _l("Nom introuvable"),
    "private": _l("Adresse d’un réseau privé"),
    "insecure": _l("Adresse sans chiffrement"),
    "address": _l("Adresse illisible"),
    "ended": _l("Abonnement terminé"),
}
QUALITIES: Mapping[str, LazyString] = {
    "TITULAIRE": _l("titulaire"),
    "SUBSTITUT": _l("substitut"),
    "DIRIGEANT": _l("dirigeant de l'organisme"),
    "PERSONNE_NOMMEE": _l("personne nommée"),
}
CALENDARS: Mapping[str, LazyString] = {
    "CAL_ORG": _l("Bureaux de l’organisme"),
    "CAL_TEL": _l("Téléphone"),
    "CAL_TEL_CSPQ": _l("Téléphone de l’ancien centre d’assistance"),
    "CAL_24_7": _l("En ligne"),
}
WHYS: Mapping[str, LazyString] = {
    "LOI": _l("Férié au Québec"),
    "FONCTION_PUBLIQUE": _l("Chômé dans la fonction publique"),
    "REPORT": _l("Reporté d’une fin de semaine"),
    "PERSONNE": _l("Ajouté par une personne"),
}


SYSTEMS: Mapping[str, LazyString] = {
    "SAGIR": _l("Usager SAGIR"),
    "RESEAU": _l("Réseau, courriel et accès à distance"),
    "BADGE": _l("Carte d’accès"),
    "CHAINE": _l("Chaîne d’approbation"),
    "LIGNE": _l("Ligne cellulaire"),
    "APPAREIL": _l("Appareil cellulaire"),
}
RIGHTS: Mapping[str, LazyString] = {
    "LSCD": _l("LSCD, comptes de dépenses"),
    "LSA": _l("LSA, approvisionnement"),
    "LSH": _l("LSH, ressources humaines"),
    "APPROBATION": _l("Approbation"),
}


def called(table: Mapping[str, LazyString], code: str | None) -> str:
    """What a code is called; the code itself when it has no name."""
    if code is None:
        return ""
    return str(table.get(code, code))
