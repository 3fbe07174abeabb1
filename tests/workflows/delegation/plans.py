"""Plans of OP-DEMO as their files, and a desk to check and publish them at."""

from __future__ import annotations

from datetime import UTC, datetime
from textwrap import indent

from sqlalchemy.orm import Session

from workflows.delegation.check import Checked, check_plan
from workflows.delegation.draft import PlanFiles
from workflows.desk import Desk, system_actor
from workflows.people.models import Organisation

NOW = datetime(2026, 12, 7, 14, tzinfo=UTC)
ENTRIES = """
DL-1: {personne: P32, fonction: Cheffe de service, niveau: N1, types: [APPAREIL], plafond_seul_cents: 50000}
DL-7: {personne: P08, fonction: Chef de service, niveau: N1, plafond_seul_cents: 50000, secteurs: [SOE]}
DL-2: {titulaire_de: DOP, fonction: Directrice, niveau: N2, plafond_seul_cents: 250000, secteurs: [DOP, SOE, SOO]}
DL-3: {personne: P12, fonction: Directeur, niveau: N2, plafond_seul_cents: 250000, secteurs: [DSA, SRF, SRM]}
DL-4: {personne: P10, fonction: DG, niveau: N3, plafond_seul_cents: 1000000, plafond_conjoint_cents: 2500000}
DL-5: {personne: P11, fonction: SMA, niveau: N4, plafond_seul_cents: 1000000, plafond_conjoint_cents: 2500000}
"""
SEUILS = """
  montant_cents: {N1: 50000, N2: 250000, N3: 1000000, N4: 2500000}
  cumul_cents: {N1: 1000000, N2: 2500000, N3: 5000000, N4: 10000000}
  derogation: N2
  signatures: {N4: 2}
"""


def plan(head: str = "", entries: str = ENTRIES, rule: str = f"seuils:{SEUILS}") -> str:
    """A plan's file; ``head`` says again what it changes of version and period."""
    usual = {"plan": "PD-2027-06", "organisme": "OP-DEMO", "du": "2027-06-01", "succede_a": "PD-2027-04"}
    usual |= {"instrument": "Résolution 2027-12"}
    told = dict(line.split(": ", 1) for line in head.strip().splitlines())
    lines = [f"{key}: {value}" for key, value in {**usual, **told}.items() if value != "(rien)"]
    return "\n".join([*lines, "entrees:", indent(entries.strip(), "  "), rule.strip(), ""])


def desk_at(session: Session, organisation: Organisation | None, now: datetime = NOW) -> Desk:
    """The house's desk."""
    return Desk(session, system_actor(organisation.id if organisation is not None else None), now)


def checked(session: Session, organisation: Organisation, text: str, now: datetime = NOW) -> Checked:
    """A plan, checked."""
    return check_plan(desk_at(session, organisation, now), PlanFiles(text))


def codes(found: Checked, severity: str = "error") -> list[str]:
    """The codes of the problems of a kind, in order."""
    return [one.code for one in found.problems if one.severity == severity]
