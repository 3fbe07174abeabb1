"""Questions and answers: a form of a process, read from its form-js schema, and the check of what people answer.

Pure: no table, no session, no clock of its own. What a check must ask of the world outside the form comes in with
the ``FormContext``.
"""

from workflows.forms.codes import SENTENCES
from workflows.forms.context import FormContext, nothing_known
from workflows.forms.field import Field
from workflows.forms.form import Form

__all__ = ["SENTENCES", "Field", "Form", "FormContext", "nothing_known"]
