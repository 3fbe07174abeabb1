"""Where an expression stands while it is evaluated: the names bound so far, over the data of its run."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.feel.errors import FeelError
from workflows.feel.run import Run
from workflows.feel.values.convert import lifted

NOTHING: Mapping[str, object] = {}
ABSENT = object()


class Env:
    """The names bound at one point of an expression, inside those bound around it."""

    __slots__ = ("alike", "bound", "outer", "run")

    def __init__(
        self, run: Run, bound: dict[str, object], outer: Env | None = None, alike: list[object] | None = None
    ) -> None:
        self.run = run
        self.bound = bound
        self.outer = outer
        self.alike = alike

    def find(self, name: str) -> object:
        """The value of a name, or ``ABSENT``; the data of the case is turned into values once, when first used."""
        env = self
        while True:
            if name in env.bound:
                return env.bound[name]
            if env.outer is None:
                break
            env = env.outer
        if name not in self.run.scope:
            return ABSENT
        value = lifted(self.run.scope[name], self.run.budget)
        env.bound[name] = value
        return value

    def raw(self, name: str) -> object:
        """The data behind a name that nothing in the expression binds, or ``ABSENT``."""
        env: Env | None = self
        while env is not None:
            if name in env.bound:
                return ABSENT
            env = env.outer
        return self.run.scope.get(name, ABSENT)

    def missing(self, name: str, place: tuple[int, int]) -> None:
        """Let pass a name that may be absent; refuse another."""
        env: Env | None = self
        while env is not None:
            if env.alike and any(isinstance(item, dict) and name in item for item in env.alike):
                return
            env = env.outer
        if name not in self.run.declared:
            raise FeelError("feel.unknown_name", {"name": name}, place)
