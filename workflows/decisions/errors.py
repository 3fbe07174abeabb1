"""What goes wrong with a decision, said with a code, its line in the file, and the words to show."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.decisions.messages import sentence_of
from workflows.feel import FeelError
from workflows.feel import sentence_of as feel_sentence_of


class DecisionError(Exception):
    """A decision file could not be read, or a decision could not be taken."""

    def __init__(self, code: str, params: Mapping[str, object] | None = None, line: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = dict(params or {})
        self.line = line

    def sentence(self, language: str = "fr") -> str:
        """Say what is wrong to the person who drew the decision."""
        cause = self.params.get("cause")
        detail = feel_sentence_of(str(cause), self.params, (None, None), language) if cause else ""
        return sentence_of(self.code, {**self.params, "detail": detail}, self.line, language)

    def __str__(self) -> str:
        return self.sentence("en")


def of_feel(error: FeelError, where: str, text: str, line: int | None) -> DecisionError:
    """The same trouble, with the cell or the expression in which it was found."""
    params = {**error.params, "cause": error.code, "where": where, "text": text[:80], "column": error.column}
    return DecisionError("decision.feel", params, line)
