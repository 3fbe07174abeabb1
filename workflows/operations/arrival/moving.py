"""An arrival that a change of unit opens: the file is known already, so the needs come first (D61 to A08)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.operations.arrival.employee import employee_of, unit_of
from workflows.operations.context import OperationContext
from workflows.people.models import Person

OPENED = "A01b"


def moving(context: OperationContext) -> Mapping[str, Any]:
    """What the departure from the old unit told, as a file; nothing when the arrival was opened otherwise.

    Without a new unit, or a superior there, RH completes the file as for any arrival (``dossier_pret`` is no).
    """
    told, person = context.answers(OPENED), employee_of(context)
    if not told or person is None:
        return {}
    context.save_answers(OPENED, {})
    unit = unit_of(context, told.get("unite")) if told.get("unite") else None
    head = context.desk.session.get(Person, unit.head_id) if unit is not None and unit.head_id is not None else None
    above = told.get("superieur") or (head.code if head is not None and head.id != person.id else None)
    ready = unit is not None and above is not None
    file = {
        "matricule": person.matricule,
        "prenom": person.first_name,
        "nom": person.last_name,
        "nom_usuel": person.usual_name,
        "type_lien": "REGULIER",
        "date_entree": told.get("date_entree"),
        "heure_entree": "08:30",
        "unite": unit.code if unit is not None else None,
        "superieur": above,
        "no_poste": told.get("no_poste") or person.position_no or "À préciser",
        "est_gestionnaire": False,
        "antecedents": "NON_REQUIS",
    }
    return {**{key: value for key, value in file.items() if value is not None}, "dossier_pret": ready}
