"""The only door to SpiffWorkflow: drawn processes in, frozen values out."""

from workflows.engine.blueprint import Blueprint, blueprint
from workflows.engine.errors import EngineError
from workflows.engine.lint import Known, check
from workflows.engine.run import Run, begin, resume
from workflows.engine.values import BpmnError, OpenTask, Passed, Problem, Progress, Services, StepInfo, Thrown, Wait

__all__ = [
    "Blueprint",
    "BpmnError",
    "EngineError",
    "Known",
    "OpenTask",
    "Passed",
    "Problem",
    "Progress",
    "Run",
    "Services",
    "StepInfo",
    "Thrown",
    "Wait",
    "begin",
    "blueprint",
    "check",
    "resume",
]
