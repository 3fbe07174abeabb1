"""The table of rules that turn each kind of node into a closure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from workflows.feel.reading.nodes import Node
from workflows.feel.running.env import Env

Code = Callable[[Env], object]


@dataclass(slots=True)
class Names:
    """The names that an expression uses and does not bind itself."""

    free: set[str] = field(default_factory=set)
    in_filters: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)

    def take(self, others: Names, but: str) -> None:
        """Add the names used by a part, except the one that stands for the value under test."""
        self.free |= others.free - {but}
        self.in_filters |= others.in_filters - {but}
        self.called |= others.called


@dataclass(frozen=True, slots=True)
class Site:
    """Where in the expression a node is compiled: the names bound there, and the names found so far."""

    names: Names
    bound: frozenset[str] = frozenset()
    in_filter: bool = False

    def binding(self, *names: str) -> Site:
        """The same place with more names bound."""
        return replace(self, bound=self.bound | frozenset(names))

    def filtering(self) -> Site:
        """Inside a filter, where the names may be those of the items."""
        return replace(self, bound=self.bound | {"item"}, in_filter=True)

    def uses(self, name: str) -> None:
        """Note that a name is used here."""
        if name not in self.bound:
            (self.names.in_filters if self.in_filter else self.names.free).add(name)


Rule = Callable[[Node, Site], Code]
RULES: dict[str, Rule] = {}


def rule(kind: str) -> Callable[[Rule], Rule]:
    """Register how one kind of node is compiled."""

    def register(function: Rule) -> Rule:
        RULES[kind] = function
        return function

    return register


def compiled(node: Node, site: Site) -> Code:
    """The closure of a node."""
    return RULES[node.kind](node, site)
