"""The functions of the language, one file a subject."""

from workflows.feel.library import conversion, dates, lists, logic, matching, numeric, ordering, ranges, texts, totals
from workflows.feel.library.registry import BUILTINS

__all__ = [
    "BUILTINS",
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
