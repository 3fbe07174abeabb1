"""A plan is checked before it rules: its period, its people, its table, its levels; every problem with its line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.workflows.delegation.plans import ENTRIES, SEUILS, checked, codes, plan
from workflows.delegation.read import read_plan
from workflows.delegation.validity import Term, check_validity
from workflows.people.models import Organisation

MORE = "DL-9: {personne: %s, fonction: Essai, niveau: N1, plafond_seul_cents: 100%s}"


def test_a_plan_that_follows_the_last_one_may_be_published(demo: Session, body: Organisation) -> None:
    found = checked(demo, body, plan())
    assert (found.ok, codes(found)) == (True, [])


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("succede_a: (rien)", "plan.overlap"),
        ("succede_a: PD-2026-04", "plan.overlap"),
        ("succede_a: PD-1999", "plan.succession"),
        ("plan: PD-2026-04", "plan.immutable"),
        ("du: 2026-12-06\nau: 2027-04-01\nsuccede_a: PD-2026-04", "plan.past"),
        ("du: 2026-12-07\nau: 2027-04-01\nsuccede_a: PD-2026-04", "plan.succession_past"),
        ("du: 2027-02-01\nau: 2027-03-01\nsuccede_a: PD-2026-04", "plan.gap"),
        ("organisme: AUTRE", "plan.unknown_organisation"),
    ],
)
def test_a_period_that_cannot_be(demo: Session, body: Organisation, head: str, code: str) -> None:
    assert code in codes(checked(demo, body, plan(head)))


def test_a_written_reason_lets_a_time_without_plan_be(demo: Session, body: Organisation) -> None:
    head = "du: 2027-02-01\nau: 2027-03-01\nsuccede_a: PD-2026-04\nmotif_interruption: Fusion des unités en mars 2027."
    assert codes(checked(demo, body, plan(head))) == []


def test_a_version_that_has_not_begun_may_be_replaced(demo: Session, body: Organisation) -> None:
    assert codes(checked(demo, body, plan("plan: PD-2027-04\ndu: 2027-04-01\nsuccede_a: PD-2026-04"))) == []


@pytest.mark.parametrize(
    ("entry", "code", "line"),
    [
        (MORE % ("P99", ""), "plan.unknown_person", 13),
        (MORE % ("P32", ", secteurs: [NULLE]"), "plan.unknown_unit", 13),
        (MORE.replace("personne: %s", "titulaire_de: NULLE") % "", "plan.unknown_unit", 13),
        (MORE % ("P32", ", du: 2027-05-01"), "plan.entry_outside", 13),
        (MORE % ("P32", ", titulaire_de: DOP"), "plan.holder", 13),
    ],
)
def test_what_an_entry_names_must_exist(demo: Session, body: Organisation, entry: str, code: str, line: int) -> None:
    found = checked(demo, body, plan(entries=f"{ENTRIES}{entry}"))
    assert [(one.code, one.line) for one in found.problems if one.severity == "error"] == [(code, line)]


def test_a_level_whose_only_signatory_is_the_manager_sends_requests_higher(demo: Session, body: Organisation) -> None:
    """DL-1 away, SOE is left with P08, its own head."""
    without = "\n".join(line for line in ENTRIES.splitlines() if not line.startswith("DL-1"))
    warned = [one.message["fr"] for one in checked(demo, body, plan(entries=without)).problems]
    assert (
        "Le niveau N1 n'a qu'un signataire, qui est aussi le gestionnaire des bénéficiaires : les demandes monteront "
        "au niveau N2. Unités : SOE."
    ) in warned
    assert any(one.startswith("Personne ne signe au niveau N1 : les demandes iront au niveau N2.") for one in warned)
    usual = [one.message["fr"] for one in checked(demo, body, plan()).problems]
    assert not any("Le niveau N1" in one and "SOE" in one for one in usual)


def test_who_has_the_role_without_an_entry_and_an_entry_without_the_role(demo: Session, body: Organisation) -> None:
    entries = ENTRIES + MORE % ("P07", "")
    said = [one.message["fr"] for one in checked(demo, body, plan(entries=entries)).problems]
    assert any("P07 n'a pas le rôle DERO" in one for one in said)
    assert any("P28 a le rôle DERO sans aucune entrée" in one for one in said)


def test_a_ceiling_below_what_the_thresholds_ask(demo: Session, body: Organisation) -> None:
    low = ENTRIES.replace("plafond_seul_cents: 1000000, plafond_conjoint_cents: 2500000", "plafond_seul_cents: 900000")
    found = codes(checked(demo, body, plan(entries=low)), "warning")
    assert found.count("plan.ceiling_short") == 1
    assert "plan.joint_short" in found


def test_the_thresholds_of_the_demonstration_say_its_own_table(demo: Session, body: Organisation) -> None:
    table = checked(demo, body, plan()).table
    assert table is not None
    found = checked(demo, body, plan(rule="table: regles.dmn"))
    assert codes(found) == ["plan.table_missing"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("N4: 2500000}", "N4: 1000000}"),
        ("derogation: N2", "derogation: N5"),
        ("{N4: 2}", "{N4: 3}"),
        ("N2: 2500000,", ""),
    ],
)
def test_thresholds_that_cannot_be(demo: Session, body: Organisation, old: str, new: str) -> None:
    assert not checked(demo, body, plan(rule=f"seuils:{SEUILS.replace(old, new, 1)}")).ok


DAYS = st.integers(0, 60).map(lambda day: datetime(2027, 1, 1, 5, tzinfo=UTC) + timedelta(days=day))
TERMS = st.builds(lambda start, long: (start, start + timedelta(days=long)), DAYS, st.integers(1, 30))


@given(TERMS, TERMS)
def test_whatever_the_periods_no_two_versions_are_ever_in_force_at_once(
    mine: tuple[datetime, datetime], other: tuple[datetime, datetime]
) -> None:
    draft, _ = read_plan(plan("succede_a: (rien)"))
    assert draft is not None
    term, known = Term("B", *mine), Term("A", *other)
    found = list(check_validity(draft, term, [known], datetime(2026, 12, 7, tzinfo=UTC), "America/Toronto"))
    together = any(mine[0] <= day < mine[1] and other[0] <= day < other[1] for day in (mine[0], other[0]))
    assert ("plan.overlap" in [one.code for one in found]) == together
