"""Decisions drawn as DMN: which rules apply, what follows from them, and a named refusal when none does."""

from workflows.decisions.definitions import Decision, DecisionResult, Definitions
from workflows.decisions.errors import DecisionError
from workflows.decisions.evaluate import evaluate
from workflows.decisions.messages import sentence_of
from workflows.decisions.models import Table
from workflows.decisions.read import read_dmn

__all__ = [
    "Decision",
    "DecisionError",
    "DecisionResult",
    "Definitions",
    "Table",
    "evaluate",
    "read_dmn",
    "sentence_of",
]
