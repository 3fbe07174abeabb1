"""The functions of the language, one file a subject."""

from workflows.feel.library import conversion, dates, lists, logic, matching, numeric, ordering, ranges, texts, totals
from workflows.feel.library.registry import BUILTINS

FUNCTION_NAMES = frozenset(BUILTINS)
"""The names that no value of a case may have: an expression would find the function in its place."""

__all__ = [
    "BUILTINS",
    "FUNCTION_NAMES",
    "conversion",
    "dates",
    "lists",
    "logic",
    "matching",
    "numeric",
    "ordering",
    "ranges",
    "texts",
    "totals",
]
