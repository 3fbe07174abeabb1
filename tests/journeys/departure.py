"""A departure from hand to hand (DEP-01, DEP-04): what the personnel system announces, and what each person answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.browser.serving import Installation
from tests.journeys.arrival import tell

LEAVES = "sirh.depart.annonce"
DECLARED: Mapping[str, Any] = {
    "matricule": "U01",
    "type_depart": "DEMISSION",
    "t_effet": "2026-12-18T16:30",
    "dernier_jour": "2026-12-18",
    "risque_eleve": False,
    "employe_informe": True,
}
"""What human resources declare of U01, who resigns."""
HANDOVER: Mapping[str, Any] = {
    "successeur_approbations": "P09",
    "transfert_documents": True,
    "biens_connus": "Portable",
}
GOODS: Mapping[str, Any] = {"biens": "Portable", "documents_transferes": True, "contenu_personnel_retire": True}
LINE: Mapping[str, Any] = {
    "no_ligne": "+14185550101",
    "action": "RESILIER",
    "appareil_recu": True,
    "effacement": "FAIT",
}
BACK: Mapping[str, Any] = {"biens.0.bien": "PORTABLE", "biens.0.etat": "RENDU"}
CLOSED: Mapping[str, Any] = {
    "comptes_depenses_regles": True,
    "avances_reglees": True,
    "entrevue_depart": "FAITE",
}
DISMISSED: Mapping[str, Any] = {
    "matricule": "201950",
    "type_depart": "CONGEDIEMENT",
    "t_effet": "2026-12-12T14:00:00-05:00",
    "employe_informe": False,
}


def announce(installation: Installation, leaving: Mapping[str, Any]) -> str:
    """The personnel system tells that someone leaves, signed, over HTTP; gives the id of the case that it opened."""
    return tell(installation, LEAVES, leaving, f"depart-{leaving['matricule']}")
