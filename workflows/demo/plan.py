"""Load OP-DEMO's delegation plans and substitutions."""

from __future__ import annotations

from typing import Any

from workflows.demo.loading import Loading
from workflows.people.models import DelegationEntry, DelegationPlan, Substitution

ALL_TYPES = ["APPAREIL", "RESEAU", "TECHNO"]


def load_plans(loading: Loading) -> None:
    """Each version of the plan with its entries; a later version may lower a level's ceiling."""
    for version, said in loading.data["plans"].items():
        start, end = (loading.moment(one) for one in said["valid"])
        plan = DelegationPlan(
            organisation_id=loading.organisation.id,
            version=version,
            valid_from=start,
            valid_until=end,
            adopted_on=start.date(),
            instrument=f"Résolution adoptant le plan {version}",
        )
        loading.session.add(plan)
        loading.session.flush()
        for code, entry in said["entries"].items():
            until = loading.moment(entry.get("until")) or end
            if until is None or until > start:
                loading.session.add(_entry(loading, plan, code, {**entry, **_lowered(said, entry), "until": until}))


def _lowered(said: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    ceiling = said.get("ceilings", {}).get(entry["level"])
    return {"alone": ceiling} if ceiling is not None else {}


def _entry(loading: Loading, plan: DelegationPlan, code: str, entry: dict[str, Any]) -> DelegationEntry:
    return DelegationEntry(
        plan_id=plan.id,
        code=code,
        function=entry["function"],
        person_id=loading.persons[entry["person"]].id,
        level=entry["level"],
        types=entry.get("types", ALL_TYPES),
        ceiling_alone_cents=entry.get("alone"),
        ceiling_joint_cents=entry.get("joint"),
        sectors=entry["sectors"],
        valid_from=plan.valid_from,
        valid_until=entry["until"],
    )


def load_substitutions(loading: Loading) -> None:
    """The replacements that are written down, with the entries they cover."""
    for code, said in loading.data["substitutions"].items():
        start, end = (loading.moment(one) for one in said["valid"])
        replacement = Substitution(
            organisation_id=loading.organisation.id,
            code=code,
            titulaire_id=loading.persons[said["titulaire"]].id,
            substitute_id=loading.persons[said["substitute"]].id,
            entries=said["entries"],
            valid_from=start,
            valid_until=end,
            instrument=f"Autorisation écrite {code}",
            reason_class="VACANCES",
        )
        loading.session.add(replacement)
