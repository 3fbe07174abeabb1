"""How the functions of the language are declared: their names, and the names of what they take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from workflows.feel.run import Run
from workflows.feel.values.kinds import Function

Answer = Callable[..., object]
A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function: its parameters, how many are needed, and whether the last one repeats."""

    parameters: tuple[str, ...]
    required: int
    variadic: bool
    answer: Answer

    def takes(self, count: int) -> bool:
        """Whether that many arguments in order are right."""
        return self.required <= count and (self.variadic or count <= len(self.parameters))

    def positions(self, names: Sequence[str]) -> tuple[int, ...] | None:
        """Where each named argument goes; nothing when the names are not those of this way to call."""
        if self.variadic or len(set(names)) != len(names) or not set(names) <= set(self.parameters):
            return None
        places = tuple(self.parameters.index(name) for name in names)
        return places if set(range(self.required)) <= set(places) else None


Builtin = tuple[Signature, ...]
BUILTINS: dict[str, Builtin] = {}


def builtin(name: str, *parameters: str) -> Callable[[A], A]:
    """Declare a function: « name? » may be left out, « name* » may repeat. The run comes before the arguments."""
    variadic = bool(parameters) and parameters[-1].endswith("*")
    required = sum(1 for parameter in parameters if parameter[-1] not in "?*")

    def register(answer: A) -> A:
        plain = tuple(parameter.rstrip("?*") for parameter in parameters)
        BUILTINS[name] = (*BUILTINS.get(name, ()), Signature(plain, required, variadic, answer))
        return answer

    return register


def answered(way: Signature, run: Run, values: Sequence[object]) -> object:
    """What a function of the language answers, paying first for what it is given; null for what has no answer."""
    for value in values:
        if isinstance(value, (list, str)):
            run.budget.charge(len(value) if isinstance(value, list) else len(value) >> 6)
    try:
        return way.answer(run, *values)
    except (ArithmeticError, ValueError):
        return None


def as_function(name: str, ways: Builtin) -> Function:
    """A function of the language as a value that can be handed to another."""

    def invoke(run: Run, arguments: tuple[object, ...]) -> object:
        for way in ways:
            if way.takes(len(arguments)):
                return answered(way, run, arguments)
        return None

    return Function(ways[0].parameters, invoke)
