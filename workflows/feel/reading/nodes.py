"""The tree that a text is read into: what was written, where, how big and how deep."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.feel.errors import FeelSyntaxError
from workflows.feel.limits import MAX_NESTING, MAX_PARTS


@dataclass(frozen=True, slots=True)
class Node:
    """One part of an expression: its kind, the parts inside, and the word or value it carries."""

    kind: str
    parts: tuple[Node, ...]
    value: object
    place: tuple[int, int]
    size: int
    depth: int


def node(kind: str, parts: tuple[Node, ...], value: object, place: tuple[int, int]) -> Node:
    """Make a part of the tree, unless the tree becomes too big or too deep."""
    size = 1 + sum(part.size for part in parts)
    depth = 1 + max((part.depth for part in parts), default=0)
    if size > MAX_PARTS:
        raise FeelSyntaxError("feel.too_many_parts", {"limit": MAX_PARTS}, place)
    if depth > MAX_NESTING:
        raise FeelSyntaxError("feel.nested_too_deep", {"limit": MAX_NESTING}, place)
    return Node(kind, parts, value, place, size, depth)


def mentions(tree: Node, name: str) -> bool:
    """Whether a name is written anywhere in a tree."""
    return (tree.kind == "name" and tree.value == name) or any(mentions(part, name) for part in tree.parts)
