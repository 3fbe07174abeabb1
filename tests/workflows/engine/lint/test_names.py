"""The linter knows which names a case can know, and says where an expression cannot be read."""

from __future__ import annotations

import pytest

from tests.workflows.engine.lint.asked import END, START, chain, flow, lane, said, user
from workflows.engine import Known, check

KNOWN = Known(
    roles=frozenset({"EMPLO"}),
    operations=frozenset({"op"}),
    forms={"F1": frozenset({"decision", "quantite"})},
    asked={"A05": "F1"},
    tables={"T": frozenset({"niveau"})},
)
TABLE = '<businessRuleTask id="A06" p:decision="T"/>'
SCRIPT = '<scriptTask id="A07"><script>{total: 1, "mot clé": 2}</script></scriptTask>'
SERVICE = '<serviceTask id="A08" p:operation="op" p:outputs="prix rang"/>'


def asked(condition: str, more: str = "", service: str = SERVICE) -> list[tuple[str, str | None]]:
    """What is said of a choice after a task, a table, a script and an operation."""
    gate = '<exclusiveGateway id="A09" default="A09_e"/><endEvent id="z"/>'
    body = START + user("A05") + TABLE + SCRIPT + service + gate + END + more
    ways = chain("s", "A05", "A06", "A07", "A08", "A09", "e") + flow("A09", "z", condition)
    return said(body + ways, lanes=lane("A05"), known=KNOWN)


@pytest.mark.parametrize(
    "condition",
    [
        'A05.decision = "OUI"',
        "A05.quantite &gt; 2 and niveau = 3",
        "total = 1 and mot clé = 2",
        "prix = 1 or rang = 2",
        "some x in [1, 2] satisfies x = total",
        "ajouter_ho(now(), 3) &gt; now()",
        'get value(A05, "quelque chose") = null',
        'A05.decision = "A05.nulle_part"',
    ],
)
def test_names_that_something_gives_are_known(condition: str) -> None:
    assert asked(condition) == []


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("nivau = 3", "unknown_name"),
        ('B05.decision = "OUI"', "unknown_name"),
        ('A05.décision = "OUI"', "unknown_field"),
        ("A05.motif = 1", "unknown_field"),
        ("ajouter_jours(now(), 3) = 1", "unknown_function"),
        ("loop = 1", "unknown_name"),
    ],
)
def test_names_that_nothing_gives_are_refused(condition: str, code: str) -> None:
    assert asked(condition) == [(code, "A09_z")]


def test_a_name_is_only_doubted_while_an_operation_does_not_say_what_it_gives() -> None:
    assert asked("nivau = 3", service=SERVICE.replace(' p:outputs="prix rang"', "")) == [("~unknown_name", "A09_z")]


def test_a_name_that_is_almost_right_is_proposed() -> None:
    body = START + '<scriptTask id="w"><script>{niveau: 1}</script></scriptTask><scriptTask id="v"><script>{n: nivau}'
    body += "</script></scriptTask>" + END + chain("s", "w", "v", "e")
    source = (
        f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="m" isExecutable="true">{body}'
    )
    (found,) = check({"m.bpmn": f"{source}</process></definitions>".encode()}, KNOWN)
    assert found.message["fr"].endswith("Voulait-on dire « niveau » ?")
    assert found.message["en"].endswith("Was “niveau” meant?")


def test_the_item_of_a_list_is_known_where_it_is_repeated_and_nowhere_else() -> None:
    loop = "<multiInstanceLoopCharacteristics><loopDataInputRef>liste</loopDataInputRef>"
    loop += '<inputDataItem id="i" name="acces"/></multiInstanceLoopCharacteristics>'
    script = '<scriptTask id="w"><script>{liste: [1], x: acces}</script></scriptTask>'
    each = f'<userTask id="a" p:due="acces.due">{loop}</userTask>'
    body = START + script + each + END + chain("s", "w", "a", "e")
    assert said(body, lanes=lane("a"), known=KNOWN) == [("unknown_name", "w")]


def test_an_expression_that_cannot_be_read_is_told_with_its_line_and_what_was_expected() -> None:
    text = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">\n<process id="m" isExecutable="true">\n'
    text += (
        START + '\n<scriptTask id="w"><script>\n{n: 1,\n m: 2 +}\n</script></scriptTask>' + END + chain("s", "w", "e")
    )
    (found,) = check({"m.bpmn": f"{text}</process></definitions>".encode()}, KNOWN)
    assert (found.code, found.element, found.line) == ("engine.expression", "w", 6)
    assert "attend" in found.message["fr"]
    assert "expect" in found.message["en"]
