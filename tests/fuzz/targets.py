"""What is fuzzed: where its inputs come from, and what must hold for every one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fuzz.mutate import mutated
from tests.workflows.engine.golden.walk import HERE as GOLDEN
from tests.workflows.engine.golden.walk import a_house, the_model
from tests.workflows.engine.lint.hostile import HOSTILE
from tests.workflows.engine.lint.test_hostile import INSIDES
from workflows.decisions import DecisionError, Table, evaluate, read_dmn
from workflows.decisions.analysis import analyse
from workflows.engine import EngineError, check, resume
from workflows.feel import FeelError, compile_expression, compile_unary_tests, to_json

ROOT = Path(__file__).parents[2]
CORPUS = Path(__file__).parent / "corpus"
SCOPE = {"a": 1, "b": [1, 2, {"n": 3}], "c": {"d": "text"}, "e": None, "with space": True}
TEXTS = (
    'if a > 1 then "x" else c.d',
    "for i in 1..3, j in b return i * j",
    "some x in b satisfies x = a and not(e = null)",
    'date("2026-12-07") + duration("P1D") < now()',
    "{f: function(x) x * 2, r: f(a)}.r",
    "b[item > 1][1] between 1 and 9",
    'string join(["a", "b"], "-") in ("a-b", "c")',
    "with space and a instance of number",
    '[1..5], < 3, not("A"), null, "B"',
    'matches("aaa", "(a|b)*c?") or replace("x", "x", "$0") = "y"',
)


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is fuzzed: its name, where inputs are drawn from, and what fails on an input that breaks it."""

    name: str
    seeds: Callable[[], list[bytes]]
    holds: Callable[[bytes], None]

    @property
    def kept(self) -> list[Path]:
        """The inputs that broke it once."""
        return sorted((CORPUS / self.name).glob("*"))

    def drawn(self, chance: Random, seeds: list[bytes]) -> bytes:
        """An input: one of the seeds, changed; now and then two of them joined."""
        source = chance.choice(seeds)
        if chance.random() < 0.1:
            source = source[: chance.randint(0, len(source))] + chance.choice(seeds)
        return mutated(source, chance)


def told(error: FeelError | DecisionError) -> None:
    """An error says what is wrong in both languages."""
    assert error.sentence("fr") and error.sentence("en")  # noqa: PT018 - one fact: it can be said


def refused(error: EngineError) -> None:
    """A state that is none is refused as one."""
    assert error.code in {"engine.state_broken", "engine.state_version"}


def feel_holds(source: bytes) -> None:
    """A text is an expression, or tests, or a FEEL error: nothing else comes out."""
    text = source.decode("utf-8", "replace")
    for act in (_evaluated, _tested):
        try:
            act(text)
        except FeelError as error:
            told(error)


def _evaluated(text: str) -> None:
    to_json(compile_expression(text, SCOPE).evaluate(SCOPE))


def _tested(text: str) -> None:
    assert compile_unary_tests(text, SCOPE).matches(1, SCOPE) in (True, False, None)


def tables_hold(source: bytes) -> None:
    """A file is read, looked through and asked, or it is refused with a decision error."""
    try:
        found = read_dmn(source)
        for decision in found.decisions.values():
            if isinstance(decision.logic, Table):
                assert all(one.sentence("fr") and one.sentence("en") for one in analyse(decision.logic))
            evaluate(found, decision.id, {})
    except DecisionError as error:
        told(error)


def drawings_hold(source: bytes) -> None:
    """A drawing gets sentences, none of which tells of the insides."""
    for one in check({"fuzz.bpmn": source}):
        assert not INSIDES.search(one.message["fr"] + one.message["en"])


def states_hold(source: bytes) -> None:
    """Bytes are the state of a case, or they are refused as none."""
    try:
        resume(the_model(), source, a_house())
    except EngineError as error:
        refused(error)


def _files(*patterns: str) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted(ROOT.glob(pattern))]


TARGETS = (
    Target("feel", lambda: [text.encode() for text in TEXTS], feel_holds),
    Target("tables", lambda: _files("bpmn/*/*.dmn", "tests/workflows/decisions/*/*.dmn"), tables_hold),
    Target(
        "drawings",
        lambda: [
            *_files("bpmn/*/*.bpmn", "tests/**/essai/*.bpmn"),
            *(one for one in HOSTILE.values() if len(one) < 20_000),
        ],
        drawings_hold,
    ),
    Target("states", lambda: [path.read_bytes() for path in sorted(GOLDEN.glob("v*/*.state"))], states_hold),
)
