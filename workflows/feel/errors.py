"""What goes wrong with a FEEL text, said with a code, a place and the words to show."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.feel.messages import sentence_of


class FeelError(Exception):
    """An expression could not be read or answered; the place says where in its text."""

    def __init__(
        self,
        code: str,
        params: Mapping[str, object] | None = None,
        place: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = dict(params or {})
        self.line: int | None = place[0] if place else None
        self.column: int | None = place[1] if place else None

    def sentence(self, language: str = "fr") -> str:
        """Say what is wrong to the person who wrote the expression."""
        return sentence_of(self.code, self.params, (self.line, self.column), language)

    def __str__(self) -> str:
        return self.sentence("en")


class FeelSyntaxError(FeelError):
    """The text is not FEEL: refused before anything is evaluated."""
