"""Analysis of a table before it is ever asked: what it does not cover, says twice, or never applies."""

from workflows.decisions.analysis.analyse import analyse
from workflows.decisions.analysis.findings import Finding
from workflows.decisions.analysis.interface import compared

__all__ = ["Finding", "analyse", "compared"]
