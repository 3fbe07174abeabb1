"""The second time round: nothing of the first pass weighs on the next one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.bpmn.living import Life, Request
from workflows.cases.attach import attach_file
from workflows.cases.commands import AttachFile
from workflows.cases.models import Case
from workflows.contracts.models import BudgetLine
from workflows.desk import Actor, ActorKind, Desk, at_desk
from workflows.messages.receive import receive_message
from workflows.scenarios.play import PDF

NOW = datetime(2026, 12, 7, 14, tzinfo=UTC)


def money(request: Request) -> str:
    """What became of the request's money."""
    with Session(request.life.engine) as session:
        return session.scalars(select(BudgetLine.state).where(BudgetLine.number == request.number)).one()


def announce(request: Request, cents: int) -> None:
    """The provider announces another price."""
    with Session(request.life.engine) as session:
        organisation = session.scalars(select(Case.organisation_id).where(Case.number == request.number)).one()
        data = {"no_commande": "C-1", "ancien_prix_cents": 1, "nouveau_prix_cents": cents, "motif": "HAUSSE"}
        event: dict[str, Any] = {"specversion": "1.0", "id": f"{request.number}-{cents}", "source": "urn:test"}
        event |= {"type": "prestataire.prix.modifie.v1", "time": NOW.isoformat(), "correlationid": request.number}
        actor = Actor(ActorKind.INTEGRATION, organisation, None, "provider", "provider", demo=True)
        with at_desk(Desk(session, actor, NOW)) as desk:
            receive_message(desk, {**event, "data": data})


def ordered(request: Request, who: str) -> Request:
    """Signed and ordered."""
    request.sign(who)
    request.do("R30", "P03", no_commande="C-1", date_commande="2026-12-07", prix_confirme_cents=1)
    return request


def test_a_derogation_given_up_leaves_no_end_to_look_at_again(life: Life) -> None:
    request = life.ask(motif=["COUVERTURE"])
    with life.desk("P03") as desk:
        proof = str(attach_file(desk, AttachFile(request.number, "preuve.pdf", PDF)).id)
    request.analyse(prestataire="ROGERS", preuve_couverture=[proof], duree_derogation_mois=6)
    ordered(request, "P09")
    assert request.facts["fin_derogation"] == "2027-06-07"
    announce(request, 50_000)
    request.analyse(prix_appareil_cents=0, preuve_couverture=[], duree_derogation_mois=None)
    assert request.open == [("R30",)]
    facts = request.facts
    assert [facts[key] for key in ("niveau", "fin_derogation", "reevaluation_le", "signe_le")] == ["N0", *[None] * 3]


def test_a_signed_request_that_leaves_the_contract_gives_its_money_back(life: Life) -> None:
    request = ordered(life.analysed(64_900), "P09")
    announce(request, 69_900)
    request.analyse(prestataire="AUTRE")
    assert (request.end, money(request)) == ("HORS_CONTRAT", "LIBEREE")


def test_a_changed_beneficiary_refused_by_the_manager_gives_its_money_back(life: Life) -> None:
    request = life.ask("P03")
    request.analyse("P04")
    request.do("R23", "P32", decision="RETOURNER", destinataire="DEMANDEUR", motif_decision="Pour qui est-ce ?")
    request.do("R26", "P03", modifications={"beneficiaire": "U02"})
    assert request.open == [("R07", "P27")]
    request.do("R07", "P27", decision="REFUSER")
    assert (request.end, money(request)) == ("REFUSEE", "LIBEREE")


def test_a_changed_budget_unit_takes_the_money_along(life: Life) -> None:
    request = life.analysed()
    request.do("R23", "P32", decision="RETOURNER", destinataire="DEMANDEUR", motif_decision="Quelle unité paie ?")
    request.do("R26", "U01", modifications={"unite_budgetaire": "SRM"})
    request.do("R08", "P03", decision="ANALYSER")
    assert (request.facts["cumul_apres_cents"], request.facts["niveau"]) == (10_005_000, "N5")
    assert request.open == [("R18",)]


def test_a_lifted_opinion_is_lifted_once(life: Life) -> None:
    request = life.ask()
    given = {"justification": "Un avis motivé, en bonne et due forme."}

    def oppose() -> None:
        request.analyse(au_catalogue=False)
        request.do("R13", "P17", avis="FAVORABLE", **given)
        request.do("R14", "P19", avis="DEFAVORABLE", **given)

    oppose()
    request.do("R18", "P01", decision="LEVER_AVIS", motif="Le besoin prime sur le risque, cette fois.")
    request.do("R23", "P09", decision="RETOURNER", destinataire="RCELL", motif_decision="Un autre modèle ?")
    request.do("R26", "P03", modifications={"modele": "Modèle B"})
    oppose()
    assert request.open == [("R18",)]


def test_opinions_on_what_is_in_the_catalogue_again_are_not_in_the_act(life: Life) -> None:
    request = life.ask()
    request.analyse(au_catalogue=False)
    for step, who in (("R13", "P17"), ("R14", "P19")):
        request.do(step, who, avis="FAVORABLE", justification="Un avis motivé, en bonne et due forme.")
    request.do("R23", "P09", decision="RETOURNER", destinataire="RCELL", motif_decision="Rien au catalogue ?")
    request.do("R26", "P03", modifications={"au_catalogue": True})
    request.do("R08", "P03", decision="ANALYSER")
    assert request.open == [("R23", "P32")]
    assert request.seen_by("P32", "R23").shown["acte"]["avis"] == []


def test_the_journal_says_which_rules_of_a_table_spoke_each_time(life: Life) -> None:
    request = life.analysed(cents=64_900)
    told = [(entry.step, entry.data["decision"], entry.data["rules"]) for entry in request.journal("decision.made")]
    assert [(step, decision) for step, decision, _ in told] == [("R09", "TD_TYPE_DEMANDE"), ("R16", "TD_SIGNATURE")]
    assert all(len(rules) == 1 for _, _, rules in told)
