"""FEEL, the language in which conditions, deadlines and decision cells are written (DMN 1.5, chapter 10).

A text is read once, kept, and evaluated within a budget that neither text nor data can get past. Nothing is ever
handed to Python's own evaluator, and the present moment is what the caller says it is.
"""

from workflows.feel.errors import FeelError, FeelSyntaxError
from workflows.feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests, entry_names
from workflows.feel.library import FUNCTION_NAMES
from workflows.feel.limits import Budget
from workflows.feel.messages import sentence_of
from workflows.feel.run import Run
from workflows.feel.values.convert import from_json, to_json
from workflows.feel.values.kinds import Function, Months, Range

__all__ = [
    "FUNCTION_NAMES",
    "Budget",
    "Expression",
    "FeelError",
    "FeelSyntaxError",
    "Function",
    "Months",
    "Range",
    "Run",
    "UnaryTests",
    "compile_expression",
    "compile_unary_tests",
    "entry_names",
    "from_json",
    "sentence_of",
    "to_json",
]
