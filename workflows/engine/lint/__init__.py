"""The linter of drawings: whatever cannot run as drawn is refused, with its place and a sentence in both languages."""

from workflows.engine.lint.check import check
from workflows.engine.lint.known import Known

__all__ = ["Known", "check"]
