"""An arrival from hand to hand (ARR-01): what the personnel system announces, and what each person answers."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from standardwebhooks import Webhook

from tests.browser.serving import Installation
from tests.journeys.reader import PASSWORD, Reader
from workflows.clock import wall_now

People = Callable[[str], Reader]
Answers = Mapping[str, Any]
ANNOUNCED = "2026-11-23T09:15-05:00"
HIRED = "sirh.embauche.confirmee"
EMMA: Answers = {
    "matricule": "204118",
    "prenom": "Emma",
    "nom": "Gauthier",
    "type_lien": "REGULIER",
    "date_entree": "2026-12-07",
    "heure_entree": "08:30",
    "unite": "SOE",
    "superieur_matricule": "100208",
    "no_poste": "SOE-014",
    "est_gestionnaire": False,
}
LONG: Answers = {
    **EMMA,
    "matricule": "204777",
    "prenom": "Anne-Marguerite-Éléonore",
    "nom": "de La Bruère-Saint-Jean-sur-Richelieu-Tremblay",
    "no_poste": "SOE-077",
    "date_entree": "2027-01-11",
}
"""Someone whose name is as long as names get."""
FILE: Answers = {"lieu": "SIEGE", "teletravail": "HYBRIDE", "antecedents": "FAVORABLE"}
NEEDS: Answers = {
    "libre_service": ("LSCD", "LSH"),
    "equipements": ("PORTABLE", "CARTE_D_ACCES"),
    "besoin_cellulaire": False,
}
USER: Answers = {"code_usager": "GAUTE", "compte_desactive": True, "mode_remise_initiale": "EN_MAIN_PROPRE"}
DESK: Answers = {
    "compte_reseau": "egauthier",
    "courriel": "emma.gauthier@op-demo.example",
    "amf_exigee": True,
    "chiffrement": True,
}
CARD: Answers = {"no_carte": "C-1042"}
THERE: Answers = {"decision": "PRESENT", "identite_verifiee": True}
COMMITTED: Answers = {
    "politique_securite_lue": True,
    "appareils_mobiles_lue": True,
    "discretion_reconnue": True,
    "mot_de_passe": PASSWORD,
}
RECEIVED: Answers = {"mot_de_passe_change": True, "amf_activee": True, "biens_recus": "Portable"}


def announce(installation: Installation, person: Answers, key: str = "1") -> str:
    """The personnel system tells of a hiring, signed, over HTTP; gives the id of the case that it opened."""
    return tell(installation, HIRED, person, key)


def tell(installation: Installation, kind: str, person: Answers, key: str) -> str:
    """The personnel system tells something of someone, signed, over HTTP; gives the id of the case that it opened."""
    address, secret = installation.account(f"SIRH {key}", kind)
    event = {
        "specversion": "1.0",
        "id": f"evenement-{key}",
        "source": "urn:op:demo:sirh",
        "type": f"{kind}.v1",
        "subject": f"personne/E-{person['matricule']}",
        "organisme": "OP-DEMO",
        "correlationid": f"E-{person['matricule']}",
        "data": person,
    }
    body, at = json.dumps(event), wall_now()
    headers = {
        "content-type": "application/cloudevents+json",
        "webhook-id": f"msg-{key}",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(f"msg-{key}", at, body),
    }
    request = urllib.request.Request(address, data=body.encode(), headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(json.load(answer)["case"])


def do(people: People, code: str, number: str, answers: Answers, *, title: str = "") -> None:
    """Someone finds the case in the inbox, opens its task, answers it and sees what comes next."""
    who = people(code)
    who.look_at(f"/corbeille?boite=queue&q={number}")
    who.open_task(number, title)
    who.answer(answers)


def prepare(people: People, number: str) -> None:
    """Everyone prepares what is theirs: SAGIR in two steps, the workstation, the card."""
    do(people, "P14", number, USER)
    do(people, "P14", number, {})
    do(people, "P17", number, DESK)
    do(people, "P18", number, CARD)
