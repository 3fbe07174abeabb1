"""A request for a device from hand to hand, told through the pages alone: who answers what, in which order."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.reader import PASSWORD, Reader

People = Callable[[str], Reader]
REQUEST: dict[str, str | bool] = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "REMPLACEMENT",
    "quantite": "1",
    "equivalent_cout_nul": "NON",
    "motif": "BESOIN_SPECIALISE",
    "justification": "L’appareil actuel ne tient plus la charge pendant une journée de travail.",
}
RECEIPT: dict[str, str | bool] = {
    "imei": "490154203237518",
    "no_ligne": "418-555-0142",
    "profil_securite_installe": True,
    "imputabilite.personne": "U01",
    "imputabilite.unite": "SOE",
}


def analysis(price: str, credit: str = "0,00") -> dict[str, str | bool]:
    """What the cellular representative found: a device of the catalogue, at a price."""
    return {
        "decision": "ANALYSER",
        "prestataire": "TELUS",
        "au_catalogue": True,
        "modele": "Modèle A",
        "prix_appareil_cents": price,
        "credit_cents": credit,
    }


def ask(people: People) -> str:
    """U01 asks, P08 confirms the need; gives the number of the case."""
    asker = people("U01")
    number = asker.start()
    asker.answer(REQUEST)
    manager = people("P08")
    manager.open_task(number)
    manager.answer({"decision": "CONFIRMER", "imputation": "123-45"})
    return number


def analyse(people: People, number: str, price: str, credit: str = "0,00") -> None:
    """P03 analyses."""
    representative = people("P03")
    representative.open_task(number)
    representative.answer(analysis(price, credit))


def sign(people: People, number: str) -> None:
    """P09 signs, with the password again."""
    director = people("P09")
    director.open_task(number)
    director.answer({"decision": "SIGNER", "mot_de_passe": PASSWORD})


def order(people: People, number: str, price: str) -> None:
    """P03 orders; the provider, played through its page, confirms."""
    representative = people("P03")
    representative.open_task(number)
    representative.answer({"no_commande": f"CMD-{number}", "date_commande": "2026-12-07", "prix_confirme_cents": price})
    representative.open("/simulation/prestataire")
    representative.look()
    card = representative.page.locator(f"form:has(input[value='{number}'])")
    card.locator("button[value='prestataire.commande.confirmee']").click()
    representative.page.wait_for_url(f"**/dossiers/{number}")
    representative.look()


def receive(people: People, number: str) -> None:
    """P03 receives the device, U01 acknowledges it."""
    representative = people("P03")
    representative.open_task(number)
    representative.answer(RECEIPT)
    asker = people("U01")
    asker.open_task(number)
    asker.answer({"recu_conforme": True, "bonnes_pratiques_lues": True})
