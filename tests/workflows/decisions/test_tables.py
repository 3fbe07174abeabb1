"""Decision tables, one hit policy after the other."""

from __future__ import annotations

import pytest

from tests.workflows.decisions.drawing import decision, input_data, model_of, ordered_output, table
from workflows.decisions import DecisionError, evaluate

OVERLAPPING = [([">= 1"], ['"A"']), ([">= 5"], ['"B"']), ([">= 9"], ['"B"'])]
LEVELS = [(["<= 50000"], ['"N1"']), (["> 50000"], ['"N2"'])]


def the_value(policy: str, n: object, *, output: str = "out", strict: bool = False) -> object:
    """What the overlapping table says under a policy."""
    drawn = decision("D", table(["n"], [output], OVERLAPPING, policy))
    return evaluate(model_of(drawn), "D", {"n": n}, strict=strict).value


def test_a_unique_table_answers_with_its_one_rule() -> None:
    result = evaluate(model_of(decision("D", table(["montant:number"], ["niveau"], LEVELS))), "D", {"montant": 60_000})
    assert (result.value, result.rules, result.outputs) == ("N2", ("r2",), {"niveau": "N2"})


def test_a_unique_table_refuses_rules_that_overlap_and_names_them() -> None:
    with pytest.raises(DecisionError) as caught:
        the_value("UNIQUE", 6)
    assert (caught.value.code, caught.value.params["rows"]) == ("decision.overlap", ("r1", "r2"))
    assert caught.value.sentence().startswith("Ligne 2 : Des règles de « D » se chevauchent : r1, r2.")


@pytest.mark.parametrize(
    ("policy", "n", "expected"),
    [
        ("FIRST", 6, "A"),
        ("ANY", 1, "A"),
        ("RULE ORDER", 9, ["A", "B", "B"]),
        ("COLLECT", 6, ["A", "B"]),
        ("COLLECT", 0, []),
        ("COLLECT+COUNT", 9, 3),
        ("COLLECT+COUNT", 0, 0),
        ("COLLECT+MIN", 9, "A"),
        ("COLLECT+MAX", 9, "B"),
        ("UNIQUE", 0, None),
    ],
)
def test_each_policy_has_its_answer(policy: str, n: int, expected: object) -> None:
    assert the_value(policy, n) == expected


@pytest.mark.parametrize(("policy", "expected"), [("PRIORITY", "B"), ("OUTPUT ORDER", ["B", "B", "A"])])
def test_priority_follows_the_ordered_values_of_the_output(policy: str, expected: object) -> None:
    assert the_value(policy, 9, output=ordered_output("out", '"B", "A"')) == expected


def test_any_refuses_rules_that_disagree() -> None:
    with pytest.raises(DecisionError, match="different answers"):
        the_value("ANY", 6)


def test_a_sum_is_exact() -> None:
    rows = [(["-"], ["0.1"]), (["-"], ["0.2"])]
    assert evaluate(model_of(decision("D", table(["n"], ["x"], rows, "COLLECT+SUM"))), "D", {"n": 1}).value == 0.3


def test_no_rule_is_an_error_for_a_case_and_nothing_otherwise() -> None:
    with pytest.raises(DecisionError) as caught:
        the_value("UNIQUE", 0, strict=True)
    assert (caught.value.code, caught.value.params["inputs"]) == ("decision.no_match", ("n",))
    assert the_value("UNIQUE", 0) is None


def test_a_default_output_answers_when_no_rule_does() -> None:
    assert the_value("UNIQUE", 0, output=ordered_output("out", '"A", "B", "Z"', '"Z"'), strict=True) == "Z"


def test_several_outputs_come_as_one_value_by_name() -> None:
    rows = [(["-"], ['"N4"', "2", "[1, 2.5]"])]
    drawn = model_of(decision("D", table(["n"], ["niveau", "signatures", "liste"], rows)))
    assert evaluate(drawn, "D", {"n": 1}).value == {"niveau": "N4", "signatures": 2, "liste": [1, 2.5]}


def test_a_list_of_several_outputs_is_also_given_by_name() -> None:
    rows = [(["-"], ['"a"', "1"]), (["-"], ['"b"', "2"])]
    result = evaluate(model_of(decision("D", table(["n"], ["x", "y"], rows, "COLLECT"))), "D", {"n": 1})
    assert result.value == [{"x": "a", "y": 1}, {"x": "b", "y": 2}]
    assert result.outputs == {"x": ["a", "b"], "y": [1, 2]}


def test_a_value_of_the_wrong_type_is_refused_for_a_case() -> None:
    drawn = model_of(decision("D", table(["montant:number"], ["niveau"], LEVELS)))
    with pytest.raises(DecisionError) as caught:
        evaluate(drawn, "D", {"montant": "60000"}, strict=True)
    assert (caught.value.code, caught.value.params["name"]) == ("decision.wrong_type", "montant")


def test_a_date_given_as_text_is_a_date_where_one_is_asked_for() -> None:
    rows = [(['>= date("2026-04-01")'], ['"PD-2026-04"']), (['< date("2026-04-01")'], ['"ancien"'])]
    drawn = model_of(decision("D", table(["jour:date"], ["plan"], rows)))
    assert evaluate(drawn, "D", {"jour": "2026-12-14"}, strict=True).value == "PD-2026-04"


def test_a_name_nobody_gives_is_an_error_that_says_where() -> None:
    with pytest.raises(DecisionError) as caught:
        evaluate(model_of(decision("D", table(["inconnu"], ["x"], [(["-"], ["1"])]))), "D", {})
    assert (caught.value.code, caught.value.params["cause"]) == ("decision.feel", "feel.unknown_name")
    assert "« inconnu » : Le nom « inconnu » est inconnu." in caught.value.sentence()


def test_a_declared_input_that_is_not_given_is_nothing() -> None:
    rows = [(["null"], ['"rien"']), (["not(null)"], ['"là"'])]
    drawn = model_of(input_data("n", "number"), decision("D", table(["n"], ["x"], rows), ["input:i_n"]))
    assert evaluate(drawn, "D", {}).value == "rien"
