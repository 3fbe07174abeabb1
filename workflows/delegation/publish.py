"""Publishing a plan: it rules from its beginning, the one before ends there, open signatures are resolved again."""

from __future__ import annotations

import hashlib

from sqlalchemy import delete, select

from workflows.cases.authority_moments import refresh_signatures
from workflows.catalog.models import OrganisationDecision
from workflows.delegation.check import check_plan
from workflows.delegation.draft import Draft, DraftEntry, PlanFiles
from workflows.delegation.thresholds import KEY
from workflows.delegation.validity import Term, at_home
from workflows.desk import Desk, system_actor
from workflows.engine import Problem
from workflows.errors import Invalid
from workflows.journal.write import note
from workflows.people.directory import person_by_code
from workflows.people.models import DelegationEntry, DelegationPlan, Organisation, Unit


class Refused(Invalid):
    """A plan that has an error: nothing of it is published."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("plan.invalid")
        self.problems = problems


def publish_plan(desk: Desk, files: PlanFiles) -> tuple[DelegationPlan, tuple[Problem, ...]]:
    """Publish a version of the plan, with the warnings about it; the same file again changes nothing.

    Raises ``Refused`` when it has an error.
    """
    digest = hashlib.sha256("\0".join((files.text, files.table or "")).encode()).hexdigest()
    same = desk.session.scalar(select(DelegationPlan).where(DelegationPlan.sha256 == digest))
    if same is not None and desk.actor.organisation_id in (None, same.organisation_id):
        return same, ()
    checked = check_plan(desk, files)
    organisation, draft, term, table = checked.organisation, checked.draft, checked.term, checked.table
    if not checked.ok or organisation is None or draft is None or term is None or table is None:
        raise Refused(checked.problems)
    if desk.actor.organisation_id is None:
        desk = desk.acting_as(system_actor(organisation.id))
    _forget(desk, organisation, draft.version)
    if draft.succeeds is not None:
        _end(desk, organisation, draft.succeeds, term)
    plan = _write(desk, organisation, draft, term)
    plan.source, plan.sha256 = files.text, digest
    rule = OrganisationDecision(organisation_id=organisation.id, key=KEY, version=draft.version, dmn=table)
    rule.valid_from, rule.valid_until = term.starts, term.ends
    desk.session.add(rule)
    desk.session.flush()
    _note(desk, draft, term, digest)
    refresh_signatures(desk, organisation.id)
    return plan, checked.problems


def _note(desk: Desk, draft: Draft, term: Term, digest: str) -> None:
    period = {"since": term.starts.isoformat(), "until": term.ends.isoformat() if term.ends is not None else None}
    why = {"succeeds": draft.succeeds, "gap_reason": draft.gap_reason}
    told: dict[str, object] = {"version": draft.version, "sha256": digest, **period, **why}
    note(desk, "plan.published", case=None, step=None, **told)


def _forget(desk: Desk, organisation: Organisation, version: str) -> None:
    """Take back a version that has not begun: it is replaced whole."""
    own = (DelegationPlan.organisation_id == organisation.id, DelegationPlan.version == version)
    plans = select(DelegationPlan.id).where(*own)
    desk.session.execute(delete(DelegationEntry).where(DelegationEntry.plan_id.in_(plans)))
    desk.session.execute(delete(DelegationPlan).where(*own))
    rule = (OrganisationDecision.organisation_id == organisation.id, OrganisationDecision.version == version)
    desk.session.execute(delete(OrganisationDecision).where(*rule, OrganisationDecision.key == KEY))


def _end(desk: Desk, organisation: Organisation, version: str, term: Term) -> None:
    """End the version before where this one begins, and its table."""
    plan = select(DelegationPlan).where(DelegationPlan.organisation_id == organisation.id)
    rule = select(OrganisationDecision).where(OrganisationDecision.organisation_id == organisation.id)
    rows: list[DelegationPlan | OrganisationDecision] = [
        *desk.session.scalars(plan.where(DelegationPlan.version == version)),
        *desk.session.scalars(rule.where(OrganisationDecision.version == version, OrganisationDecision.key == KEY)),
    ]
    for row in rows:
        if row.valid_until is None or row.valid_until > term.starts:
            row.valid_until = term.starts


def _write(desk: Desk, organisation: Organisation, draft: Draft, term: Term) -> DelegationPlan:
    plan = DelegationPlan(
        organisation_id=organisation.id,
        version=draft.version,
        valid_from=term.starts,
        valid_until=term.ends,
        adopted_on=draft.adopted_on,
        instrument=draft.instrument,
        gap_reason=draft.gap_reason,
        published_at=desk.now,
        published_by_id=desk.actor.id,
    )
    desk.session.add(plan)
    desk.session.flush()
    desk.session.add_all(_entry(desk, organisation, plan, entry) for entry in draft.entries)
    desk.session.flush()
    return plan


def _entry(desk: Desk, organisation: Organisation, plan: DelegationPlan, said: DraftEntry) -> DelegationEntry:
    person = person_by_code(desk.session, said.person, organisation.id) if said.person is not None else None
    headed = select(Unit.id).where(Unit.organisation_id == organisation.id, Unit.code == said.head_of)
    return DelegationEntry(
        plan_id=plan.id,
        code=said.code,
        function=said.function,
        person_id=person.id if person is not None else None,
        head_of_id=desk.session.scalar(headed) if said.head_of is not None else None,
        level=said.level,
        types=list(said.types),
        ceiling_alone_cents=said.alone_cents,
        ceiling_joint_cents=said.joint_cents,
        sectors=list(said.sectors) if said.sectors is not None else None,
        substitutable=said.substitutable,
        valid_from=at_home(said.starts, organisation) or plan.valid_from,
        valid_until=at_home(said.ends, organisation) or plan.valid_until,
    )
