"""What the house asks beside every drawing: a message that could not be delivered, which an operator sees to (B.0.6).

Such a task is the operator's own, never the business's (SOD-13): it opens no view of its case to whoever has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.forms import Form

LETTER = "X03"
"""The step of that task; X01 and X02 are the security alarm and the vacancy of a role (E.1.2)."""
TITLE, TITLE_EN = "Message non livré à un autre système", "Message not delivered to another system"
LETTER_FORM = "@livraison"
"""No folder of a process may name a form so."""
AGAIN, ABANDON = "REMETTRE", "ABANDONNER"
REASON = "motif"
_SCHEMA: Mapping[str, Any] = {
    "schemaVersion": 19,
    "type": "default",
    "id": LETTER_FORM,
    "properties": {"title": "Message non livré", "titleEn": "Message not delivered"},
    "components": [
        {
            "type": "text",
            "id": "Field_consigne",
            "text": "L'autre système n'a pas pris ce message, malgré cinq nouveaux essais. Remettez-le en route quand "
            "la panne est réparée : le même message part sous le même numéro. Sinon, abandonnez-le.",
            "properties": {
                "textEn": "The other system did not take this message, although it was tried five more times. Send it "
                "again once the fault is repaired: the same message goes under the same number. Otherwise give it up."
            },
        },
        {
            "type": "radio",
            "key": "decision",
            "id": "Field_decision",
            "label": "Suite à donner",
            "values": [
                {"label": "Remettre en route", "labelEn": "Send again", "value": AGAIN},
                {"label": "Abandonner", "labelEn": "Give up", "value": ABANDON},
            ],
            "validate": {"required": True},
            "properties": {"labelEn": "What to do", "class": "RP0"},
        },
        {
            "type": "textarea",
            "key": REASON,
            "id": "Field_motif",
            "label": "Motif de l'abandon, sans renseignement personnel",
            "validate": {"maxLength": 500},
            "conditional": {"hide": f'=decision != "{ABANDON}"'},
            "properties": {
                "labelEn": "Reason for giving up, without personal information",
                "class": "RP0",
                "requiredIf": f'decision = "{ABANDON}"',
            },
        },
    ],
}
FORMS: Mapping[str, Form] = {LETTER_FORM: Form.load(_SCHEMA)}
"""The forms of such tasks: no version of a process holds them."""
