"""What the data of a message, or what a person tells when starting a process, must hold: one check a key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from workflows.cases.shapes import FARTHEST, Shape, day, flag, hour, moment, number, one_of, text
from workflows.desk import Desk
from workflows.engine import EngineError
from workflows.engine.data import clean_mapping
from workflows.errors import Flaw, Invalid
from workflows.people.models import Person, Unit

HIRING: Shape = {
    "matricule?": number,
    "prenom": text,
    "nom": text,
    "nom_usuel?": text,
    "type_lien": one_of(
        "REGULIER", "OCCASIONNEL", "REMPLACEMENT", "PRET_SERVICE", "STAGIAIRE", "ETUDIANT", "CONTRACTUEL_EXTERNE"
    ),
    "date_entree": day,
    "heure_entree?": hour,
    "date_fin_prevue?": day,
    "unite": text,
    "superieur_matricule?": number,
    "no_poste?": text,
    "est_gestionnaire?": flag,
    "lieu?": text,
    "teletravail?": one_of("NON", "HYBRIDE", "COMPLET"),
    "organisme_provenance?": text,
    "antecedents?": one_of("NON_REQUIS", "EN_COURS", "FAVORABLE", "DEFAVORABLE"),
    "adaptation_poste?": flag,
    "courriel_prearrivee?": text,
}
"""What is told of someone who is hired."""
CHANGE: Shape = {"date_entree?": day, "heure_entree?": hour, "superieur_matricule?": text, "unite?": text}
"""What is told of an arrival that changes."""
WITHDRAWAL: Shape = {"motif?": text}
"""What is told of an arrival that is cancelled."""
NAMING: Shape = {
    "action?": one_of("NOMMER", "REVOQUER", "SUSPENDRE", "SUBSTITUER", "PROLONGER"),
    "role?": text,
    "personne?": text,
    "portee_type?": one_of("ORG", "SUB", "SEC", "MODULE"),
    "portee_code?": text,
    "attribution?": text,
}
"""What is told of a nomination that begins: all of it may be left to the proposal."""
LEAVING: Shape = {
    "matricule": number,
    "type_depart?": one_of(
        "DEMISSION",
        "RETRAITE",
        "FIN_CONTRAT",
        "FIN_STAGE",
        "MUTATION_EXTERNE",
        "MUTATION_INTERNE",
        "CONGE_LONGUE_DUREE",
        "PRET_SERVICE_SORTANT",
        "CONGEDIEMENT",
        "SUSPENSION",
        "ABANDON_POSTE",
        "DECES",
    ),
    "dernier_jour?": day,
    "t_effet?": moment,
    "date_retour_prevue?": day,
    "risque_eleve?": flag,
    "motif_risque?": one_of("ACCES_PRIVILEGIES", "LITIGE", "INCIDENT_EN_COURS", "AUTRE"),
    "employe_informe?": flag,
    "organisme_destination?": text,
    "acces_pendant_conges?": flag,
    "unite_destination?": text,
    "superieur_destination?": text,
}
"""What is told of someone who leaves: who, and as much of what and when as is known."""
OTHER_DAY: Shape = {"t_effet": moment, "dernier_jour?": day}
"""What is told of a departure whose day changes."""
LEAVES, OLDEST, LATEST = "sirh.depart.annonce", timedelta(days=30), timedelta(days=365)
"""The message that says that someone leaves; how long ago, and how far ahead, a person may tell it."""
ASKS_SOMETHING = frozenset({"arrivee.modifiee"})
"""Messages that say nothing when they bring nothing."""
TOLD: Mapping[str, Shape] = {
    "sirh.embauche.confirmee": HIRING,
    "arrivee.modifiee": CHANGE,
    "arrivee.annulee": WITHDRAWAL,
    "nomination.lancee": NAMING,
    "sirh.depart.annonce": LEAVING,
    "depart.modifie": OTHER_DAY,
    "depart.annule": {"motif?": one_of("RETRACTATION", "ERREUR_D_IDENTITE")},
    "depart.executer": {},
}
"""What a person may tell, when starting a process or acting on a case, by the message whose keys these are."""


def check_told(message: str, data: Mapping[str, Any], now: datetime) -> None:
    """Refuse what a person tells of a new case with a key missing, unknown or ill-shaped, saying which."""
    check_storable(data)
    check_shape(TOLD[message], data)
    check_near(data, now)
    if message == LEAVES:
        _check_leaving(data, now)


def _check_leaving(data: Mapping[str, Any], now: datetime) -> None:
    """Refuse what the file of a departure would refuse: an effect long past, a last day too far ahead (F-D1)."""
    flaws: dict[str, tuple[Flaw, ...]] = {}
    effect, last = data.get("t_effet"), data.get("dernier_jour")
    if effect and datetime.fromisoformat(str(effect)).date() < (now - OLDEST).date():
        flaws["data.t_effet"] = (Flaw("form.effect_too_old"),)
    if last and date.fromisoformat(str(last)) > (now + LATEST).date():
        flaws["data.dernier_jour"] = (Flaw("form.too_far"),)
    if flaws:
        raise Invalid("message.invalid", flaws)


def check_near(data: Mapping[str, Any], now: datetime) -> None:
    """Refuse a date more than ten years away: no calendar of an organisation goes so far."""
    flaws: dict[str, tuple[Flaw, ...]] = {}
    for key, value in data.items():
        if day(value) and abs((date.fromisoformat(value) - now.date()).days) > FARTHEST:
            flaws[f"data.{key}"] = (Flaw("message.wrong_value"),)
    if flaws:
        raise Invalid("message.invalid", flaws)


def check_known(desk: Desk, data: Mapping[str, Any]) -> None:
    """Refuse a change that names a unit or a superior that the organisation does not have."""
    flaws: dict[str, tuple[Flaw, ...]] = {}
    own = desk.actor.organisation_id
    unit, above = data.get("unite"), data.get("superieur_matricule")
    active = (Unit.organisation_id == own, Unit.code == unit, Unit.active.is_(True))
    if unit is not None and desk.session.scalar(select(Unit.id).where(*active)) is None:
        flaws["data.unite"] = (Flaw("form.unknown_reference", value=unit),)
    same = (Person.organisation_id == own, Person.matricule == above)
    if above is not None and desk.session.scalar(select(Person.id).where(*same)) is None:
        flaws["data.superieur_matricule"] = (Flaw("form.unknown_reference", value=above),)
    if flaws:
        raise Invalid("message.invalid", flaws)


def check_shape(shape: Shape, data: Mapping[str, Any]) -> None:
    """Refuse data with a key missing, unknown or ill-shaped, saying which (``data.prix_cents``)."""
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


def check_storable(data: Mapping[str, Any]) -> None:
    """Refuse at the door what no case could hold: it would stop the case that takes it."""
    try:
        clean_mapping(data)
    except EngineError:
        raise Invalid("message.invalid", {"data": (Flaw("message.wrong_value"),)}) from None
