"""Conditions as a gateway asks them."""

from __future__ import annotations

import pytest

from tests.workflows.feel.asking import answer, is_answer, refusal
from workflows.feel import FeelSyntaxError, compile_expression

DEMANDE = {"demande": {"montant": 60_000, "motifs": ["PANNE", "PERTE"]}, "derog": True, "niveau": "N2"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('demande.montant > 50000 and derog = true and niveau != "N5"', True),
        ("demande.montant between 1 and 50000 or derog", True),
        ('if derog then "DEROGATION" else "ORDINAIRE"', "DEROGATION"),
        ('"PANNE" in demande.motifs', True),
        ('list contains(demande.motifs, "PANNE")', True),
        ('some motif in demande.motifs satisfies motif = "PERTE"', True),
        ("every motif in demande.motifs satisfies string length(motif) > 4", True),
        ("count(demande.motifs) in [1..2]", True),
        ("demande.montant in (>= 100000, 60000)", True),
        ('niveau in ("N1", "N2") and not(demande.montant = 1)', True),
        ("demande.absent", None),
        ("demande.absent > 3", None),
        ("demande.montant instance of number", True),
    ],
)
def test_a_condition_reads_the_data_of_the_case(text: str, expected: object) -> None:
    assert is_answer(text, expected, DEMANDE)


def test_names_may_hold_spaces_accents_and_apostrophes() -> None:
    assert answer("date d'arrivée prévue > 3 and coût net = 0", {"date d'arrivée prévue": 4, "coût net": 0}) is True


def test_a_declared_name_may_hold_signs_and_words_of_the_language() -> None:
    assert is_answer("prix-net + taxes and fees", 3, {"prix-net": 1, "taxes and fees": 2, "prix": 9, "net": 9})


def test_a_name_nobody_declared_is_an_error_with_its_place() -> None:
    refused = refusal("1 +\n  montnat")
    assert (refused.code, refused.params["name"], refused.line, refused.column) == (
        "feel.unknown_name",
        "montnat",
        2,
        3,
    )


def test_a_declared_name_that_is_not_there_is_nothing() -> None:
    assert compile_expression("montant", ["montant"]).evaluate({}) is None


def test_an_unknown_function_is_an_error() -> None:
    assert refusal("calculer(1)").code == "feel.unknown_function"


def test_a_function_of_the_host_is_called_with_values() -> None:
    text = compile_expression("doubler(montant) + 1")
    assert text.evaluate({"montant": 4}, functions={"doubler": lambda amount: amount * 2}) == 9


def test_data_never_takes_the_place_of_a_function() -> None:
    assert is_answer("count([1, 2]) + count", 12, {"count": 10, "doubler": 3})
    assert compile_expression("doubler(2)").evaluate({"doubler": 5}, functions={"doubler": lambda x: x * 2}) == 4


def test_an_expression_tells_what_it_needs() -> None:
    text = compile_expression("a.b > c and (some x in l satisfies x > y) and f(z) and count(lignes[prix > seuil]) > 0")
    assert text.free_names == {"a", "c", "l", "y", "z", "lignes"}
    assert text.filter_names == {"prix", "seuil"}
    assert text.called_names == {"f"}


def test_a_text_is_read_once() -> None:
    assert compile_expression("1 + 1 = 2", ["a"]) is compile_expression("1 + 1 = 2", ["a"])


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("1 +", "feel.unfinished", 4),
        ("1 1", "feel.syntax", 3),
        ('"abc', "feel.text_not_closed", 1),
        ("a $ b", "feel.character", 3),
        ("", "feel.empty", 1),
        ('@"2026-13-45"', "feel.bad_moment", 1),
        ("substring(1)", "feel.wrong_arguments", 1),
        ("x instance of nombre", "feel.unknown_type", 15),
        ("{a: 1, a: 2}", "feel.duplicate_key", 8),
    ],
)
def test_what_is_not_feel_is_refused_when_read(text: str, code: str, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)
    assert (caught.value.code, caught.value.line, caught.value.column) == (code, 1, column)


def test_a_refusal_has_words_in_both_languages() -> None:
    refused = refusal("montnat")
    assert refused.sentence() == "Ligne 1, colonne 1 : Le nom « montnat » est inconnu."
    assert refused.sentence("en") == "Line 1, column 1: The name “montnat” is unknown."
