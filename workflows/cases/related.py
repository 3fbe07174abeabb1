"""The earlier requests that count with a case's own, read at the instant of asking: its analysis may set some apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.cases.context import context_of
from workflows.cases.given import Given
from workflows.catalog.edition import edition_of
from workflows.operations.asked import ANALYSIS, related_numbers, unlinked
from workflows.operations.context import OperationContext


def _context(given: Given) -> OperationContext:
    case = given.case
    return context_of(given.desk, edition_of(given.desk.session, case.version_id), given, ANALYSIS, case.facts)


def related_now(given: Given) -> list[str]:
    """The numbers of the requests that count with this one now, those already set apart among them."""
    return related_numbers(_context(given))


def may_set_apart(given: Given) -> list[str]:
    """What an analysis may name as set apart: what is related now, and what it had set apart before."""
    context = _context(given)
    return list(dict.fromkeys([*related_numbers(context), *unlinked(context)]))


COMPUTED: Mapping[str, Callable[[Given], Any]] = {"demandes_apparentees": related_now}
"""What a form shows that is worked out when it is read, by key: no earlier answer or fact stands for it."""
