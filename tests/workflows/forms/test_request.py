"""What the request, its confirmation and its details accept (F-R1, F-R2, F-R5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.workflows.forms.world import REQUEST, at_the_desk, flaws, the_form

REQUIRED = sorted(set(REQUEST))


def test_a_whole_request_is_kept_as_it_was_written() -> None:
    assert the_form("F-R1").check(REQUEST, at_the_desk()) == dict(REQUEST)


def test_an_empty_request_lacks_each_of_its_required_answers() -> None:
    assert flaws(the_form("F-R1"), {}) == {key: ["form.required"] for key in REQUIRED}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("nature", "Nouvelle ligne", "form.choice"),
        ("quantite", 0, "form.too_small"),
        ("quantite", 51, "form.too_large"),
        ("quantite", True, "form.integer"),
        ("quantite", 1.0, "form.integer"),
        ("quantite", "1", "form.integer"),
        ("modele_souhaite", "x" * 81, "form.too_long"),
        ("modele_souhaite", "deux\nlignes", "form.one_line"),
        ("motif", ["COUVERTURE", "COUVERTURE"], "form.duplicate"),
        ("motif", ["PREFERENCE_PERSONNELLE"], "form.choice"),
        ("motif", "COUVERTURE", "form.type"),
        ("motif", [], "form.required"),
        ("justification", "x" * 29, "form.too_short"),
        ("justification", "x" * 2001, "form.too_long"),
        ("justification", " " * 40, "form.required"),
        ("justification", "x" * 30 + "\x00", "form.control_character"),
        ("justification", "x" * 30 + "\ud800", "form.control_character"),
        ("justification", "x" * 15 + "\u202e" + "x" * 15, "form.control_character"),
        ("date_requise", "2026-12-08", "form.date_past"),
        ("date_requise", "2027-02-30", "form.date"),
        ("date_requise", "20270301", "form.date"),
        ("beneficiaire", "U99", "form.unknown_reference"),
        ("beneficiaire", "P21", "form.beneficiary"),
        ("beneficiaire", "U02", "form.beneficiary"),
        ("unite_budgetaire", "XYZ", "form.unknown_reference"),
        ("pieces", ["f1", "f2", "f3", "f4", "f5", "f6"], "form.too_many"),
        ("pieces", ["elsewhere"], "form.unknown_file"),
        ("pieces", ["f1", "f1"], "form.duplicate"),
        ("typename", "x", "form.unknown_key"),
    ],
)
def test_a_request_refuses(key: str, value: object, code: str) -> None:
    assert flaws(the_form("F-R1"), {**REQUEST, key: value}) == {key: [code]}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("justification", "é" * 30),
        ("justification", "😀" * 30),
        ("justification", "x" * 2000),
        ("quantite", 50),
        ("date_requise", "2026-12-09"),
        ("subdivision", "SF-200"),
        ("pieces", ["f1", "f2", "f3", "f4", "f5"]),
    ],
)
def test_a_request_accepts(key: str, value: object) -> None:
    assert the_form("F-R1").check({**REQUEST, key: value}, at_the_desk())[key] == value


def test_today_is_the_organisation_s_day_not_that_of_greenwich() -> None:
    late_evening = datetime(2026, 12, 10, 3, 30, tzinfo=UTC)
    answers = {**REQUEST, "date_requise": "2026-12-09"}
    assert the_form("F-R1").check(answers, at_the_desk(late_evening))["date_requise"] == "2026-12-09"


def test_an_empty_string_in_an_optional_field_is_no_answer() -> None:
    kept = the_form("F-R1").check({**REQUEST, "modele_souhaite": "", "date_requise": " "}, at_the_desk())
    assert "modele_souhaite" not in kept
    assert "date_requise" not in kept


def test_lengths_are_counted_once_the_blanks_at_both_ends_are_gone() -> None:
    assert (
        the_form("F-R1").check({**REQUEST, "justification": f"  {'x' * 30}\r\n"}, at_the_desk())["justification"]
        == "x" * 30
    )


def test_the_subdivision_is_asked_only_when_contact_leads_are_named_by_subdivision() -> None:
    assert flaws(the_form("F-R1"), REQUEST, at_the_desk(intrl_portee="SUBDIVISION")) == {
        "subdivision": ["form.required"]
    }


def test_who_is_the_beneficiary_s_superior_gives_the_account_at_once() -> None:
    by_the_chief = at_the_desk(demandeur="P08")
    assert flaws(the_form("F-R1"), REQUEST, by_the_chief) == {"imputation": ["form.required"]}
    assert the_form("F-R1").check({**REQUEST, "imputation": "123-45"}, by_the_chief)["imputation"] == "123-45"


def test_a_key_left_out_keeps_what_was_shown_and_an_emptied_one_does_not() -> None:
    context = at_the_desk(shown={**REQUEST, "modele_souhaite": "Modèle B", "quantite": 3})
    kept = the_form("F-R1").check({"modele_souhaite": ""}, context)
    assert kept["quantite"] == 3
    assert kept["modele_souhaite"] is None


def test_accessibility_makes_the_motive_sensitive() -> None:
    form = the_form("F-R1")
    assert form.privacy({"motif": ["COUVERTURE"]}) == {"motif": "RP0"}
    assert form.privacy({"motif": ["COUVERTURE", "ACCESSIBILITE"]}) == {"motif": "RP2"}


def test_a_sensitive_motive_stays_sensitive_among_the_changes() -> None:
    form = the_form("F-R5")
    assert form.privacy({"modifications": {"quantite": 2}}) == {"modifications": "RP1"}
    assert form.privacy({"modifications": {"motif": ["ACCESSIBILITE"]}}) == {"modifications": "RP2"}


@pytest.mark.parametrize("account", ["123-45", "123456-123456-12-34"])
def test_a_confirmation_names_an_account(account: str) -> None:
    answers = {"decision": "CONFIRMER", "imputation": account}
    assert the_form("F-R2").check(answers, at_the_desk()) == answers


@pytest.mark.parametrize("account", ["12-34", "123", "123-4", "123-45-", "1234567-12", "123-45\n6", "١٢٣-٤٥"])
def test_an_account_has_its_own_pattern(account: str) -> None:
    assert list(flaws(the_form("F-R2"), {"decision": "CONFIRMER", "imputation": account})) == ["imputation"]


def test_only_a_confirmation_needs_an_account() -> None:
    assert flaws(the_form("F-R2"), {"decision": "CONFIRMER"}) == {"imputation": ["form.required"]}
    assert the_form("F-R2").check({"decision": "REFUSER"}, at_the_desk()) == {"decision": "REFUSER"}


def test_a_return_asks_a_question_of_someone() -> None:
    form = the_form("F-R2")
    assert flaws(form, {"decision": "RETOURNER"}) == {"motif_decision": ["form.required"]}
    kept = form.check({"decision": "RETOURNER", "motif_decision": "Pour quand ?"}, at_the_desk())
    assert kept == {"decision": "RETOURNER", "destinataire": "DEMANDEUR", "motif_decision": "Pour quand ?"}


def test_what_a_hidden_question_was_given_is_dropped() -> None:
    answers = {"decision": "REFUSER", "imputation": "not an account", "destinataire": "RCELL"}
    assert the_form("F-R2").check(answers, at_the_desk()) == {"decision": "REFUSER"}


def test_details_may_be_a_file_only() -> None:
    assert the_form("F-R5").check({"pieces": ["f1"]}, at_the_desk()) == {"pieces": ["f1"]}


def test_details_name_what_changes_and_each_change_is_checked() -> None:
    form = the_form("F-R5")
    changes = {"quantite": 2, "prix_appareil_cents": 100, "frais": [{"type": "ACTIVATION", "cents": 2500}]}
    assert form.check({"modifications": changes}, at_the_desk()) == {"modifications": changes}
    wrong = {"modifications": {"quantite": 0, "decision": "ANALYSER"}}
    assert flaws(form, wrong) == {
        "modifications.quantite": ["form.too_small"],
        "modifications.decision": ["form.unknown_key"],
    }


def test_the_account_is_no_longer_asked_once_another_is_known_to_confirm() -> None:
    form = the_form("F-R1")
    assert "imputation" in form.hidden({"beneficiaire": "U01"}, at_the_desk(demandeur="U01"))
    assert "imputation" not in form.hidden({"beneficiaire": "U01"}, at_the_desk(demandeur="P08"))
    assert "imputation" not in form.hidden({}, at_the_desk())


@pytest.mark.parametrize("person", ["U02", "P21"])
def test_details_do_not_change_the_beneficiary_to_someone_out_of_reach(person: str) -> None:
    answers = {"reponse": "Voici.", "modifications": {"beneficiaire": person}}
    assert flaws(the_form("F-R5"), answers) == {"modifications.beneficiaire": ["form.beneficiary"]}


@pytest.mark.parametrize(
    "account", ["123-45\n", "123-45 ", " 123-45", "١٢٣-٤٥", "12-345", "123", "123-4", "123-45-67-89-10"]
)
def test_an_account_is_taken_to_the_sign(account: str) -> None:
    answers = {"decision": "CONFIRMER", "imputation": account}
    assert list(flaws(the_form("F-R2"), answers)) == ["imputation"]
