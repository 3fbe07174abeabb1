"""Decisions that need each other, boxes, functions, and files that are refused."""

from __future__ import annotations

import pytest

from tests.workflows.decisions.drawing import decision, file_of, input_data, literal, model_of, table, text
from workflows.decisions import DecisionError, evaluate, read_dmn

DOUBLE = (
    '<businessKnowledgeModel id="k" name="doubler"><variable name="doubler"/><encapsulatedLogic>'
    '<formalParameter name="n" typeRef="number"/>' + literal("n * 2") + "</encapsulatedLogic></businessKnowledgeModel>"
)
FACTORIAL = (
    '<businessKnowledgeModel id="f" name="fact"><variable name="fact"/><encapsulatedLogic>'
    '<formalParameter name="n" typeRef="number"/>'
    + literal("if n < 2 then 1 else n * fact(n - 1)")
    + "</encapsulatedLogic></businessKnowledgeModel>"
)


def refused(source: bytes) -> DecisionError:
    """How a file is refused."""
    with pytest.raises(DecisionError) as caught:
        read_dmn(source)
    return caught.value


def test_a_decision_is_taken_after_those_it_requires() -> None:
    rows = [(["> 10"], ['"cher"']), (["<= 10"], ['"bon marché"'])]
    drawn = model_of(
        input_data("prix", "number"),
        decision("taxe", literal("prix * 0.14975"), ["input:i_prix"], "number"),
        decision("total net", literal("prix + taxe"), ["input:i_prix", "decision:taxe"]),
        decision("avis", table(["total net"], ["avis"], rows), ["decision:total net"]),
    )
    assert evaluate(drawn, "avis", {"prix": 9}).value == "cher"
    assert evaluate(drawn, "total net", {"prix": 100}).value == 114.975


def test_a_knowledge_model_is_a_function() -> None:
    drawn = model_of(DOUBLE, decision("D", literal("doubler(n) + 1"), ["knowledge:k"]))
    assert evaluate(drawn, "D", {"n": 4}).value == 9


def test_a_knowledge_model_is_invoked_by_the_names_of_its_parameters() -> None:
    box = "<invocation>" + literal("doubler") + '<binding><parameter name="n"/>' + literal("20 + 1")
    drawn = model_of(DOUBLE, decision("D", box + "</binding></invocation>", ["knowledge:k"]))
    assert evaluate(drawn, "D", {}).value == 42


def test_a_knowledge_model_may_call_itself_within_reason() -> None:
    drawn = model_of(FACTORIAL, decision("D", literal("fact(n)"), ["knowledge:f"]))
    assert evaluate(drawn, "D", {"n": 10}).value == 3628800
    with pytest.raises(DecisionError) as caught:
        evaluate(drawn, "D", {"n": 100_000})
    assert caught.value.params["cause"] == "feel.too_deep"


def test_looking_at_what_a_knowledge_model_is_given_is_paid_for() -> None:
    many = '<itemDefinition name="nums" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    model = '<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>'
    model += f'<formalParameter name="l" typeRef="nums"/>{literal("1")}</encapsulatedLogic></businessKnowledgeModel>'
    asked = "{m: for i in 1..9000 return i, r: count(for i in 1..%d return f(m))}.r"
    for turns_taken, fine in ((2, True), (9000, False)):
        source = file_of(many, model, decision("d", literal(asked % turns_taken), ["knowledge:f"]))
        if fine:
            assert evaluate(read_dmn(source), "d", {}).value == turns_taken
        else:
            with pytest.raises(DecisionError) as refusal:
                evaluate(read_dmn(source), "d", {})
            assert refusal.value.params["cause"] == "feel.too_many_steps"


def test_boxes_hold_boxes() -> None:
    relation = '<relation><column name="a"/><column name="b"/><row>' + literal("1") + literal("n") + "</row></relation>"
    test = "<if>" + literal("n > 1") + "</if><then>" + literal('"oui"') + "</then><else>" + literal('"non"') + "</else>"
    entry = "<contextEntry><variable name='{}'/>{}</contextEntry>"
    box = "<context>" + entry.format("r", relation) + entry.format("c", f"<conditional>{test}</conditional>")
    drawn = model_of(decision("D", box + "</context>"))
    assert evaluate(drawn, "D", {"n": 2}).value == {"r": [{"a": 1, "b": 2}], "c": "oui"}


def test_a_context_with_a_nameless_entry_is_that_entry() -> None:
    entries = f'<contextEntry><variable name="x"/>{literal("n + 1")}</contextEntry>'
    drawn = model_of(decision("D", f"<context>{entries}<contextEntry>{literal('x * 2')}</contextEntry></context>"))
    assert evaluate(drawn, "D", {"n": 2}).value == 6


def test_a_value_outside_those_its_type_allows_is_refused_for_a_case() -> None:
    kind = '<itemDefinition name="tMode"><typeRef>string</typeRef>' + text("allowedValues", '"A", "B"')
    drawn = model_of(
        kind + "</itemDefinition>", input_data("mode", "tMode"), decision("D", literal("mode"), ["input:i_mode"])
    )
    assert evaluate(drawn, "D", {"mode": "A"}, strict=True).value == "A"
    with pytest.raises(DecisionError, match="not allowed"):
        evaluate(drawn, "D", {"mode": "C"}, strict=True)


def test_an_unknown_decision_is_refused_by_name() -> None:
    with pytest.raises(DecisionError) as caught:
        evaluate(model_of(), "D", {})
    assert caught.value.sentence() == "La décision « D » n'existe pas dans ce modèle."


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "decision.not_xml"),
        (b"<a>", "decision.not_xml"),
        (b"<definitions/>", "decision.not_dmn"),
        (file_of(model="http://example.org/other"), "decision.not_dmn"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "decision.doctype"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "decision.doctype"),
        (b"<a>" + b" " * 2_000_001 + b"</a>", "decision.too_big"),
        (file_of('<import namespace="n" name="x" importType="t"/>'), "decision.import"),
        (file_of('<decision id="D" name="D"/>'), "decision.no_logic"),
        (file_of(decision("D", literal("1 +"))), "decision.feel"),
        (file_of(decision("D", table(["n"], ["x"], [([], ["1"])]))), "decision.cells"),
        (file_of(decision("D", table(["n"], ["x", "x"], []))), "decision.output_name"),
        (file_of(decision("D", table(["n"], ["x"], [], "WHATEVER"))), "decision.hit_policy"),
        (file_of(decision("D", table(["n"], ["x", "y"], [], "COLLECT+SUM"))), "decision.aggregation"),
        (file_of(decision("D", literal("1"), ["decision:X"])), "decision.missing_requirement"),
        (
            file_of(decision("A", literal("B"), ["decision:B"]), decision("B", literal("A"), ["decision:A"])),
            "decision.cycle",
        ),
        (file_of(decision("A", literal("1")), decision("A", literal("1"))), "decision.duplicate"),
        (file_of(decision("D", "<literalExpression expressionLanguage='python'/>")), "decision.unsupported"),
    ],
)
def test_a_file_that_could_not_be_evaluated_is_refused_when_read(source: bytes, code: str) -> None:
    error = refused(source)
    assert error.code == code
    assert error.sentence() != code
    assert error.sentence("en") != error.sentence("fr")


def test_a_broken_cell_is_told_with_its_line_and_its_text() -> None:
    error = refused(file_of("\n\n", decision("D", table(["n"], ["x"], [([">= "], ["1"])]))))
    assert error.line == 4
    assert error.sentence() == "Ligne 4 : Dans « D / 1 », « >= » : L'expression s'arrête trop tôt."


def turns(kind: str, over: str, told: str) -> str:
    tag = "return" if kind == "for" else "satisfies"
    return f'<{kind} iteratorVariable="one"><in>{literal(over)}</in><{tag}>{literal(told)}</{tag}></{kind}>'


@pytest.mark.parametrize(
    ("box", "answer"),
    [
        (turns("for", "[1, 2, 3]", "one * 2"), [2, 4, 6]),
        (turns("for", "[1..3]", "one + count(partial)"), [1, 3, 5]),
        (turns("for", "5", "one"), [5]),
        (turns("for", "null", "one"), None),
        (turns("every", "[1, 2]", "one > 0"), True),
        (turns("every", "[1, 2]", "one > 1"), False),
        (turns("every", "[]", "one > 1"), True),
        (turns("some", "[1, 2]", "one > 1"), True),
        (turns("some", "[1, 2]", "one > 2"), False),
        (turns("some", '[1, "a"]', "one > 2"), None),
        (f"<filter><in>{literal('[1, 5, 7]')}</in><match>{literal('item > 4')}</match></filter>", [5, 7]),
        (f"<filter><in>{literal('[{n: 1}, {n: 5}]')}</in><match>{literal('n > 4')}</match></filter>", [{"n": 5}]),
    ],
)
def test_boxes_go_through_lists(box: str, answer: object) -> None:
    assert evaluate(model_of(decision("D", box)), "D", {}).value == answer


SERVICE = '<decisionService id="sv" name="service"><variable name="service"/>{outputs}'
SERVICE += '<inputDecision href="#base"/><inputData href="#i_n"/></decisionService>'


def served(*outputs: str) -> str:
    return SERVICE.format(outputs="".join(f'<outputDecision href="#{one}"/>' for one in outputs))


def test_a_decision_service_answers_with_its_decisions_and_takes_those_it_is_given() -> None:
    parts = (
        input_data("n", "number"),
        decision("base", literal("n * 100"), ["input:i_n"]),
        decision("D", literal("base + n"), ["decision:base", "input:i_n"]),
        decision("F", literal("base - n"), ["decision:base", "input:i_n"]),
        decision("called", literal("service(1, 7)")),
    )
    assert evaluate(model_of(*parts, served("D")), "service", {"n": 2}).value == 202
    assert evaluate(model_of(*parts, served("D")), "service", {"n": 2, "base": 5}).value == 7
    assert evaluate(model_of(*parts, served("D", "F")), "service", {"n": 2}).value == {"D": 202, "F": 198}
    assert evaluate(model_of(*parts, served("D")), "called", {}).value == 8


TYPES = (
    '<itemDefinition name="tPerson"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>'
    '<itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    '<itemDefinition name="tGivesNumbers"><functionItem outputTypeRef="tNumbers"/></itemDefinition>'
)


def typed(expression: str, kind: str) -> str:
    return f'<literalExpression typeRef="{kind}"><text>{expression}</text></literalExpression>'


@pytest.mark.parametrize(
    ("logic", "answer"),
    [
        (typed("5 + 5", "number"), 10),
        (typed('"foo"', "number"), None),
        (typed("10", "tNumbers"), [10]),
        (typed("[10]", "number"), 10),
        (typed('{name: "a", age: 1, more: 2}', "tPerson"), {"name": "a", "age": 1, "more": 2}),
        (typed('{name: "a"}', "tPerson"), None),
        (typed("date(2000, 1, 2)", "date and time"), "2000-01-02T00:00:00+00:00"),
    ],
)
def test_a_box_gives_what_its_type_says_or_nothing(logic: str, answer: object) -> None:
    assert evaluate(model_of(TYPES, decision("D", logic)), "D", {}).value == answer


def test_a_knowledge_model_and_a_service_give_what_their_function_type_says() -> None:
    function = DOUBLE.replace('<variable name="doubler"/>', '<variable name="doubler" typeRef="tGivesNumbers"/>')
    service = served("D").replace('<variable name="service"/>', '<variable name="service" typeRef="tGivesNumbers"/>')
    parts = (input_data("n", "number"), decision("base", literal("0")), decision("D", literal("n"), ["input:i_n"]))
    drawn = model_of(TYPES, function, *parts, decision("E", literal("doubler(2)"), ["knowledge:k"]), service)
    assert (evaluate(drawn, "E", {}).value, evaluate(drawn, "service", {"n": 2}).value) == ([4], [2])


def test_data_from_outside_may_leave_a_part_out() -> None:
    drawn = model_of(TYPES, input_data("p", "tPerson"), decision("D", literal("p.name"), ["input:i_p"]))
    assert evaluate(drawn, "D", {"p": {"name": "a"}}).value == "a"
