"""A task's page when things go wrong, or twice: nothing that was typed is lost, and every refusal has its words."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.webapp.conftest import Caller
from tests.webapp.pages.visitor import Visitor

Someone = Callable[[str], Visitor]
Case = tuple[str, str]
TYPED = {
    "beneficiaire": "U01",
    "unite_budgetaire": "SOE",
    "nature": "REMPLACEMENT",
    "quantite": "1",
    "equivalent_cout_nul": "NON",
    "motif": "BESOIN_SPECIALISE",
    "motif__ici": "1",
    "justification": "L’appareil actuel ne tient plus la charge pendant une journée.",
}
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
LARGE = PDF + b" " * (11 * 1024 * 1024)
FOUND = {
    "decision": "ANALYSER",
    "prestataire": "TELUS",
    "au_catalogue": "true",
    "modele": "Modèle A",
    "prix_appareil_cents": "649,00",
}


def a_file(name: str, content: bytes) -> tuple[io.BytesIO, str]:
    """A file as a browser sends it."""
    return io.BytesIO(content), name


def test_a_refused_form_keeps_everything_that_was_typed(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    typed = {**TYPED, "justification": "Trop <court>", "quantite": "0", "modele_souhaite": "Modèle « B »"}
    assert someone.send(draft_case[1], **typed).status_code == 422
    assert someone.value("justification") == "Trop <court>"
    assert someone.value("quantite") == "0"
    assert someone.value("modele_souhaite") == "Modèle « B »"
    assert someone.chosen("nature") == ["REMPLACEMENT"]
    assert someone.chosen("motif") == ["BESOIN_SPECIALISE"]


def test_each_error_is_beside_its_field_and_in_the_summary(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    someone.send(draft_case[1], **{**TYPED, "justification": "Trop court", "quantite": "abc"})
    targets = [link.lstrip("#") for link in someone.page.xpath("//*[@data-error-summary]//a/@href")]
    assert len(targets) == 2
    for target in targets:
        (field,) = someone.page.xpath(f"//*[@id='{target}']")
        assert field.get("aria-invalid") == "true"
        beside = field.get("aria-describedby").split()[-1]
        assert someone.said(f"//*[@id='{beside}']") in someone.said("//*[@data-error-summary]")


def test_a_draft_is_kept_and_shown_again(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    path = draft_case[1]
    half = {"justification": "À suivre", "quantite": "trois"}
    assert someone.send(f"{path}/brouillon", **half).location == path
    someone.get(path)
    assert "brouillon est enregistré" in someone.said()
    later = visitor("U01")
    later.get(path)
    assert (later.value("justification"), later.value("quantite")) == ("À suivre", "trois")


def test_what_changed_meanwhile_says_who_and_when_and_loses_nothing(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    path = draft_case[1]
    someone.send(f"{path}/brouillon", revision="1", justification="D’une autre fenêtre")
    answer = someone.send(path, **TYPED, revision="1")
    assert answer.status_code == 409
    summary = someone.said("//*[@data-error-summary]")
    assert summary == "Cette tâche a été modifiée par Camille Deschênes à 09:00. Rechargez la page."
    assert someone.value("justification") == TYPED["justification"]


def test_a_task_taken_by_another_is_refused_in_words(visitor: Someone, analysis: Case) -> None:
    first, second = visitor("P03"), visitor("P04")
    path = analysis[1]
    second.get(path)
    assert first.send(f"{path}/prise-en-charge").status_code == 303
    assert second.send(f"{path}/prise-en-charge").status_code == 409
    assert "déjà pris cette tâche en charge" in second.said()


def test_what_was_typed_in_a_task_taken_by_another_is_given_back(visitor: Someone, analysis: Case) -> None:
    first, second = visitor("P03"), visitor("P04")
    first.send(f"{analysis[1]}/prise-en-charge")
    answer = second.send(analysis[1], **FOUND)
    assert answer.status_code == 409
    assert "déjà pris cette tâche en charge" in second.said("//*[@data-error-summary]")
    given_back = second.said("//*[@aria-labelledby='saisi']")
    assert "Modèle A" in given_back
    assert "649,00" in given_back


def test_a_task_completed_twice_is_done_once(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    number, path = draft_case
    assert someone.send(path, **TYPED).location == f"{path}/suite"
    assert someone.send(path, **TYPED).status_code == 409
    assert "déjà terminée" in someone.said("//*[@data-error-summary]")
    someone.get(f"/dossiers/{number}/etapes")
    assert someone.said().count("Saisir la demande") == 1


def test_going_back_after_completing_shows_that_it_is_done(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    someone.send(draft_case[1], **TYPED)
    answer = someone.get(draft_case[1])
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cette tâche est terminée" in someone.said()
    assert someone.page.xpath("//form[@id='formulaire']") == []


def test_someone_else_s_case_is_nowhere_to_be_found(visitor: Someone, draft_case: Case) -> None:
    number, path = draft_case
    other = visitor("U03")
    for address in (path, f"{path}/suite", f"/dossiers/{number}", f"/dossiers/{number}/dessin.bpmn"):
        assert other.get(address).status_code == 404, address
    assert other.get(f"/dossiers/{number}/preuve.zip").status_code == 404
    for act in ("prise-en-charge", "remise", "commentaires", "brouillon", "lignes"):
        assert other.send(f"{path}/{act}", texte="x", justification="x").status_code == 404, act
    assert other.send(path, **TYPED).status_code == 404
    assert other.send(f"/dossiers/{number}/fichiers", fichier=a_file("a.pdf", PDF)).status_code == 404


def test_a_task_is_taken_and_put_back(visitor: Someone, analysis: Case) -> None:
    someone = visitor("P03")
    number, path = analysis
    someone.send(f"{path}/prise-en-charge")
    someone.get("/corbeille?boite=mine")
    assert number in someone.said()
    assert someone.send(f"{path}/remise").location == "/corbeille"
    someone.get("/corbeille?boite=queue")
    assert number in someone.said()
    assert "remise dans la corbeille" in someone.said()


def test_a_task_is_taken_without_leaving_the_list(visitor: Someone, analysis: Case) -> None:
    someone = visitor("P03")
    back = "/corbeille?boite=queue&q=DER"
    answer = someone.send(f"/corbeille/{analysis[1].rpartition('/')[2]}/prise-en-charge", retour=back)
    assert answer.location == back


def test_a_comment_is_written_and_read_by_others(visitor: Someone, analysis: Case) -> None:
    visitor("P03").send(f"{analysis[1]}/commentaires", texte="<b>Vu</b> avec le demandeur")
    other = visitor("P04")
    other.get(analysis[1])
    assert "<b>Vu</b> avec le demandeur" in other.said("//*[@class='pc-comment']")


@pytest.mark.parametrize("text", ["", "x" * 100_001])
def test_a_comment_of_no_use_is_refused_in_words(visitor: Someone, analysis: Case, text: str) -> None:
    someone = visitor("P03")
    assert someone.send(f"{analysis[1]}/commentaires", texte=text).status_code == 422
    assert "commentaire" in someone.said()


def test_a_file_comes_with_the_form_and_stays_when_the_form_is_refused(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    typed = {**TYPED, "quantite": "0"}
    sent = {"pieces__ici": "1", "pieces__envoi": a_file("../devis.pdf", PDF)}
    assert someone.send(draft_case[1], **typed, **sent).status_code == 422
    (kept,) = someone.chosen("pieces")
    assert "devis.pdf" in someone.said("//*[@id='formulaire']")
    answer = someone.get(f"/fichiers/{kept}")
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert visitor("U03").get(f"/fichiers/{kept}").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"), [(b"MZ\x90\x00 not a PDF", "ni un PDF"), (LARGE, "dépasse 10 Mo"), (b"", "vide")]
)
def test_a_file_that_is_refused_says_why_beside_it_and_loses_nothing(
    visitor: Someone, draft_case: Case, content: bytes, said: str
) -> None:
    someone = visitor("U01")
    sent = {"pieces__ici": "1", "pieces__envoi": a_file("devis.pdf", content)}
    assert someone.send(draft_case[1], **TYPED, **sent).status_code == 422
    assert said in someone.said("//fieldset[@id][.//input[@name='pieces__envoi']]//*[@class='pc-wrong']")
    assert someone.value("justification") == TYPED["justification"]


def test_a_good_file_beside_a_refused_one_stays(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    files = [a_file("mauvais.pdf", b"nothing of the kind"), a_file("bon.pdf", PDF)]
    assert someone.send(draft_case[1], **TYPED, pieces__ici="1", pieces__envoi=files).status_code == 422
    assert len(someone.chosen("pieces")) == 1
    assert "bon.pdf" in someone.said("//*[@id='formulaire']")


def test_a_sending_beyond_all_measure_is_refused_in_words(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    answer = someone.send(draft_case[1], **TYPED, pieces__envoi=a_file("devis.pdf", LARGE * 5))
    assert answer.status_code == 413
    assert someone.said("//h1")


def test_five_files_at_most_answer_one_question(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    files = [a_file(f"devis-{number}.pdf", PDF + bytes([number])) for number in range(6)]
    assert someone.send(draft_case[1], **TYPED, pieces__ici="1", pieces__envoi=files).status_code == 422
    assert "5" in someone.said("//*[@data-error-summary]")
    assert len(someone.chosen("pieces")) == 6


def test_a_file_joins_the_case_by_its_own_page(visitor: Someone, draft_case: Case) -> None:
    someone = visitor("U01")
    path = f"/dossiers/{draft_case[0]}/fichiers"
    assert someone.send(path, fichier=a_file("devis.pdf", PDF)).location == path
    someone.get(path)
    assert "devis.pdf" in someone.said()
    someone.send(path, fichier=a_file("devis.pdf", b"nothing of the kind"), follow=True)
    assert "ni un PDF" in someone.said("//*[contains(@class, 'pc-bad')]")


def test_a_wrong_password_beside_a_signature_says_so_and_signs_nothing(
    visitor: Someone, analysis: Case, caller: Callable[[str], Caller]
) -> None:
    visitor("P03").send(analysis[1], **FOUND)
    signer = caller("P09")
    (task,) = signer.get(f"/cases/{analysis[0]}").json["open_tasks"]
    someone = visitor("P09")
    path = f"/taches/{task['id']}"
    assert someone.send(path, decision="SIGNER", mot_de_passe="autre").status_code == 422
    assert "n'est pas le bon" in someone.said("//*[@id='mot_de_passe-erreur']")
    assert someone.chosen("decision") == ["SIGNER"]
    assert someone.send(path, decision="SIGNER").status_code == 422
    assert someone.said("//*[@id='mot_de_passe-erreur']")
    assert [one["step"] for one in signer.get(f"/cases/{analysis[0]}").json["open_tasks"]] == ["R23"]
