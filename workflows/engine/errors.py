"""What the engine refuses or could not do: one exception with a code, in which element, and why."""

from __future__ import annotations


class EngineError(Exception):
    """A process could not be read or could not go on; nothing of the attempt is to be kept."""

    def __init__(self, code: str, element: str | None = None, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.element = element
        self.params = params

    def __str__(self) -> str:
        where = f" at {self.element}" if self.element else ""
        why = f" {self.params}" if self.params else ""
        return f"{self.code}{where}{why}"
