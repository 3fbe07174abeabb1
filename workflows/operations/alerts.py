"""What a signature may be given in spite of, with a reason that AUDIT is told about."""

from __future__ import annotations

from workflows.errors import Flaw, Invalid
from workflows.journal.write import note
from workflows.notices.tell import tell
from workflows.notices.whom import holders
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion
from workflows.operations.context import OperationContext
from workflows.people.queues import queue_of
from workflows.people.sod import sod_14
from workflows.signatures.evidence import Alert

REASON = "motif_decision"


def alert_against(context: OperationContext) -> str | None:
    """The rule that speaks against the actor's signing, without forbidding it."""
    organisation = organisation_of(context)
    billing = queue_of("FACTU", organisation.code, subdivision=context.case.subdivision)
    return sod_14(context.desk.actor.queues, billing)


def answered_alert(context: OperationContext, completion: Completion) -> Alert | None:
    """The alert that the actor answers with a reason, None when nothing speaks against; one without is refused."""
    rule = alert_against(context)
    if rule is None:
        return None
    reason = str(completion.answers.get(REASON) or "").strip()
    if not reason:
        raise Invalid("form.invalid", {REASON: (Flaw(f"sod.{rule}"),)})
    return Alert(rule, reason)


def report(context: OperationContext, alert: Alert) -> None:
    """Journal an alert that was signed in spite of, and tell AUDIT."""
    told = {"rule": alert.rule, "reason": alert.reason, "person": context.desk.actor.code}
    note(context.desk, "signature.alert", case=context.case, step=context.step, **told)
    audit = holders(context.desk.session, context.case.organisation_id, "AUDIT", context.desk.now)
    tell(context.desk, "signature.alert", audit, context.case, context.step)
