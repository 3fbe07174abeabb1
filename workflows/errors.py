"""Refusals: what the domain says when it will not do what was asked.

A refusal carries a code and parameters, never a sentence and never an HTTP status: the edge has the words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Refusal(Exception):
    """Something was asked that the house does not do; nothing has changed."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Invalid(Refusal):
    """What was sent does not have the shape or the values that are asked for.

    ``fields`` maps a field's key to the codes of what is wrong with it: ``{"motif": (Flaw("form.required"),)}``.
    """

    def __init__(self, code: str, fields: dict[str, tuple[Flaw, ...]] | None = None, **params: object) -> None:
        super().__init__(code, **params)
        self.fields = fields or {}


class Flaw:
    """One thing that is wrong with one field: a code and its parameters."""

    __slots__ = ("code", "params")

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params

    def __repr__(self) -> str:
        return f"Flaw({self.code!r}, {self.params!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Flaw) and (self.code, self.params) == (other.code, other.params)

    def __hash__(self) -> int:
        return hash(self.code)


class Unauthenticated(Refusal):
    """Nobody is signed in, or the proof of identity is not good."""


class Forbidden(Refusal):
    """This person may not do that, by role, scope or separation of duties."""


class Missing(Refusal):
    """There is no such thing, or none that this person may know of."""


class Conflict(Refusal):
    """Someone was faster, or the thing is no longer in the state that was seen."""


class TooMany(Refusal):
    """Asked too often in too short a time; ``params['seconds']`` says how long to wait."""


class Routed(Forbidden):
    """A signature guard refused, and its routing is kept: the one refusal whose desk commits."""


class Stopped(Conflict):
    """A case could not go on: it stands at its last good state, and what stopped it is written down apart."""

    def __init__(self, code: str, write_down: Callable[[Any], None], **params: object) -> None:
        super().__init__(code, **params)
        self.write_down = write_down
