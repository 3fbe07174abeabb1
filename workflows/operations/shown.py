"""What a person sees before deciding on an act: the act itself, and the very statement that signing confirms."""

from __future__ import annotations

from typing import Any

from workflows.operations.alerts import alert_against
from workflows.operations.context import OperationContext
from workflows.operations.head import head_pen
from workflows.operations.nomination.accepting import STEP as ACCEPTANCE
from workflows.operations.nomination.accepting import acceptance_shown
from workflows.operations.question import question_of
from workflows.operations.signing import entitled_now, opposed, pen_of, statement_for
from workflows.signatures.act import content_of, dues_of_act, live_act
from workflows.signatures.evidence import evidence_of
from workflows.signatures.models import Act, SignatureDue
from workflows.signatures.statement import Pen


def shown(context: OperationContext, position: int | None, language: str) -> dict[str, Any]:
    """The act, its signatures so far, and what the reader declares by signing; ``context.desk`` is the reader's."""
    if context.step == ACCEPTANCE:
        return acceptance_shown(context, language)
    act = live_act(context.desk.session, context.case.id)
    if act is None:
        return {}
    given = [row.record for row in evidence_of(context.desk.session, context.case.id) if row.act_id == act.id]
    kept = ("personne", "nom", "qualite", "titulaire", "entree", "plan", "a")
    return {
        "acte": content_of(act),
        "acte_sha256": act.sha256,
        "signatures": [{key: record.get(key) for key in kept} for record in given],
        "expire_le": act.expires_at,
        "motif_malgre_avis_requis": opposed(act),
        "alerte": alert_against(context) if context.step == "R23" else None,
        **_declaration(context, act, position, language),
    }


def _declaration(context: OperationContext, act: Act, position: int | None, language: str) -> dict[str, Any]:
    pen = head_pen(context) if context.step == "R21" else _own_pen(context, _row(context, act, position))
    if pen is None:
        return {}
    return {
        "declaration": statement_for(context, pen, language),
        "qualite": pen.quality,
        "titulaire": pen.titulaire,
        "entree": pen.entry,
        "plan": pen.plan,
        "plafond_cents": pen.ceiling_cents,
    }


def _own_pen(context: OperationContext, row: SignatureDue | None) -> Pen | None:
    if row is None or context.step != "R23":
        return None
    question = question_of(context)
    entitled = entitled_now(context, question, row)
    return pen_of(question.bench, entitled) if entitled is not None else None


def _row(context: OperationContext, act: Act, position: int | None) -> SignatureDue | None:
    rows = dues_of_act(context.desk.session, act)
    return next((row for row in rows if row.position == position and row.evidence_id is None), None)
