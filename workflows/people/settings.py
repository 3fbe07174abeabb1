"""An organisation's settings: the keys that exist, their defaults, and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import Flaw, Invalid, Missing
from workflows.people.models import Organisation

DEFAULTS: Mapping[str, Any] = {
    "libelle_fournisseur_central": "MCN",
    "libelle_formation": "Formation SAGIR",
    "jour_ouvrable_ho": 7,
    "intrl_portee": "ORGANISATION",
    "gest_peut_signer": False,
    "frais_comptes": ["APPAREIL", "PENALITE", "ACCESSOIRE_OBLIGATOIRE", "ACTIVATION"],
    "fenetre_apparentees_jours": 30,
    "validite_commande_jours": 90,
    "expiration_signature_jours": 30,
    "tolerance_prix_pct": 0,
    "delai_signature_ho": [7, 14, 28],
    "membre_regroupement": True,
    "livraison_adresses_privees": False,
    "suspendre_si_non_signe": False,
    "delai_immediat_min": 60,
    "delai_urgent_h": 4,
    "delai_deces_h": 24,
    "maintien_lsh_conge": False,
    "connecteur_sagir": "-",
    "connecteur_creation_sagir": "-",
    "connecteur_reseau": "-",
    "connecteur_badge": "-",
    "connecteur_secret": "-",
    "connecteur_delai_s": 10,
    "aide_telephone": "418 528-0880, poste 3212",
    "aide_courriel": "dgsoa@mcn.gouv.qc.ca",
}
SECRET = frozenset({"connecteur_secret"})
"""Settings that are set and never shown."""
HIDDEN = "***"
CHOICES: Mapping[str, frozenset[str]] = {
    "intrl_portee": frozenset({"ORGANISATION", "SUBDIVISION"}),
    "frais_comptes": frozenset({"APPAREIL", "PENALITE", "ACCESSOIRE_OBLIGATOIRE", "ACTIVATION"}),
}


def setting(organisation: Organisation, key: str) -> Any:
    """A setting's value: the organisation's own, else the default; raises ``Missing("setting.unknown")``."""
    if key not in DEFAULTS:
        raise Missing("setting.unknown", key=key)
    return organisation.settings.get(key, DEFAULTS[key])


def set_setting(organisation: Organisation, key: str, value: Any) -> None:
    """Give a setting a value of its own; raises ``Missing("setting.unknown")`` or ``Invalid("setting.invalid")``."""
    if key not in DEFAULTS:
        raise Missing("setting.unknown", key=key)
    if not _fits(key, value):
        raise Invalid("setting.invalid", {"value": (Flaw("setting.invalid", key=key),)}, key=key)
    organisation.settings = {**organisation.settings, key: value}


def _fits(key: str, value: Any) -> bool:
    default = DEFAULTS[key]
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int):
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100_000
    if isinstance(default, str):
        return isinstance(value, str) and 0 < len(value) <= 200 and value in CHOICES.get(key, {value})
    numbers = all(isinstance(one, int) and not isinstance(one, bool) and one > 0 for one in default)
    if not isinstance(value, list):
        return False
    if numbers:
        right = all(isinstance(one, int) and not isinstance(one, bool) and one > 0 for one in value)
        return right and len(value) == len(default) and value == sorted(value)
    return all(isinstance(one, str) and one in CHOICES[key] for one in value) and len(set(value)) == len(value)
