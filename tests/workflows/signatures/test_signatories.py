"""Who may sign, on the plan of OP-DEMO: cases that turn on the signatory."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.workflows.signatures.opdemo import bench, entry, matter, names, who
from workflows.signatures.matter import Bench, Due, Matter, Standin
from workflows.signatures.signatories import available, dues_of, resolve

N1, N2, N3 = Due(1, 1), Due(1, 2), Due(1, 3)
DEROGATION = frozenset({"TECHNO", "APPAREIL"})


@pytest.mark.parametrize(
    ("case", "request_", "due", "expected"),
    [
        ("DER-02", matter(cents=1), N1, ["P32"]),
        ("DER-04", matter(cents=50_001), N2, ["P09"]),
        ("DER-06", matter(cents=0, types=frozenset({"RESEAU"})), N2, ["P09"]),
        ("DER-08", matter(cents=40_000, types=DEROGATION), N2, ["P09"]),
        ("DER-18", matter("SOO", 30_000), N2, ["P09"]),
        ("DER-20", matter("DOP", 80_000), N3, ["P10"]),
        ("DER-23", matter(cents=135_000), N2, ["P09"]),
        ("DER-25", matter(cents=45_000), N1, ["P32"]),
        ("DER-30", matter("DG", 30_000, requester="P10", beneficiary="P10", handled={"R07": "P11"}), N1, []),
    ],
)
def test_the_signatories_of_the_demonstration(case: str, request_: Matter, due: Due, expected: list[str]) -> None:
    assert names(resolve(request_, bench(), due)) == expected, case


def test_the_level_needs_two_distinct_persons_and_finds_them() -> None:
    """DER-14."""
    found = [resolve(matter(cents=1_000_001), bench(), due) for due in dues_of(4, 2)]
    assert [names(one) for one in found] == [["P10"], ["P11"]]
    assert available(found) == 2


def test_one_person_covering_both_signatures_does_not_count_twice() -> None:
    """DER-16: P11 replaces P10, and signs in her own right."""
    found = [resolve(matter(cents=1_000_001), bench("2026-12-22T15:00"), due) for due in dues_of(4, 2)]
    assert [names(one) for one in found] == [["P11"], ["P11"]]
    assert available(found) == 1
    grounds = [one.eligible[0].ground for one in found]
    assert [(ground.entry.code, ground.standin) for ground in grounds] == [("DL-5", None), ("DL-5", None)]


def test_the_reasons_are_kept_for_those_who_would_sign_but_for_a_rule() -> None:
    found = resolve(matter(cents=1), bench(), N1)
    assert found.rules == {who("P08"): "SOD-03"}


def test_every_subordinate_of_the_director_general_is_kept_out() -> None:
    """DER-30."""
    request = matter("DG", 30_000, requester="P10", beneficiary="P10", handled={"R07": "P11"})
    found = resolve(request, bench(), N1)
    assert {who(code): rule for code, rule in (("P32", "SOD-04"), ("P10", "SOD-01"), ("P11", "SOD-03"))} == found.rules


def test_a_setting_lets_the_manager_who_confirmed_sign() -> None:
    found = resolve(matter(cents=1, gest_may_sign=True), bench(), N1)
    assert names(found) == ["P08", "P32"]


def test_an_ended_entry_sends_the_request_one_level_up() -> None:
    """DER-32: DL-6 ends at midnight."""
    request = matter("DTI", 90_000)
    assert names(resolve(request, bench("2026-12-15T04:59"), N2)) == ["P28"]
    assert names(resolve(request, bench("2026-12-15T05:00"), N2)) == ["P10"]


def test_an_absent_director_is_replaced_and_the_evidence_says_so() -> None:
    found = resolve(matter(cents=50_001), bench("2026-12-15T15:00"), N2)
    assert names(found) == ["P12"]
    ground = found.eligible[0].ground
    assert (ground.entry.code, ground.standin and ground.standin.code) == ("DL-2", "SUB-1")
    assert ground.until == datetime(2027, 1, 9, 5, tzinfo=UTC)
    assert found.kept[who("P09")].reason == "ABSENT"


def test_an_open_task_keeps_its_titulaire_and_gains_the_substitute() -> None:
    """DER-34."""
    found = resolve(matter(cents=50_001), bench("2026-12-14T05:00"), N2, present=frozenset({who("P09")}))
    assert sorted(names(found)) == ["P09", "P12"]


def test_the_next_level_is_the_lowest_above() -> None:
    """DER-34, at 28 business hours."""
    assert names(resolve(matter(cents=50_001), bench(), N2, above=2)) == ["P10"]


def test_a_substitute_does_not_pass_the_substitution_on() -> None:
    today = bench("2026-12-15T15:00")
    second = Standin("SUB-9", who("P12"), who("P28"), frozenset({"DL-2", "DL-3"}), today.standins[0].until)
    found = resolve(matter(cents=50_001), replace(today, standins=(*today.standins, second)), N2)
    assert names(found) == ["P10"]


def test_the_substitute_of_someone_a_rule_keeps_out_does_not_sign_for_him() -> None:
    request = matter(cents=50_001, handled={"R07": "P09", "R08": "P03"})
    assert names(resolve(request, bench("2026-12-15T15:00"), N2)) == ["P10"]


def test_an_entry_that_allows_no_substitute_waits_for_nobody() -> None:
    today = bench("2026-12-15T15:00")
    entries = tuple(replace(row, substitutable=row.code != "DL-2") for row in today.entries)
    assert names(resolve(matter(cents=50_001), replace(today, entries=entries), N2)) == ["P10"]


def test_a_person_who_stepped_aside_is_kept_out() -> None:
    found = resolve(matter(cents=50_001, recused=frozenset({who("P09")})), bench(), N2)
    assert names(found) == ["P10"]
    assert found.rules == {who("P09"): "SOD-17"}


def test_who_signed_already_does_not_sign_again_nor_is_his_entry_used_again() -> None:
    request = matter(cents=1_000_001, signed=((who("P11"), "DL-4"),))
    low, high = (resolve(request, bench(), due) for due in dues_of(4, 2))
    assert (names(low), names(high)) == ([], [])
    assert low.kept[who("P10")].reason == low.kept[who("P11")].reason == "SOD-02"


def test_a_suspended_role_takes_the_pen_away_from_its_substitute_too() -> None:
    today = bench("2026-12-15T15:00")
    found = resolve(matter(cents=50_001), replace(today, signers=today.signers - {who("P09")}), N2)
    assert names(found) == ["P10"]


def test_a_person_who_left_does_not_sign() -> None:
    today = bench()
    assert names(resolve(matter(cents=1), replace(today, at_work=today.at_work - {who("P32")}), N1)) == ["P09"]


def test_a_person_named_by_the_head_signs_alone_whatever_the_sector() -> None:
    due = Due(1, 2, designated_id=who("P12"))
    assert names(resolve(matter(cents=50_001), bench(), due)) == ["P12"]


def test_a_person_named_by_the_head_signs_though_a_substitute_stands_in() -> None:
    due = Due(1, 2, designated_id=who("P09"))
    assert names(resolve(matter(cents=50_001), bench("2026-12-15T15:00"), due)) == ["P09"]


@pytest.mark.parametrize("person", ["P08", "P32", "U01"])
def test_a_person_named_still_needs_level_ceiling_and_no_rule_against(person: str) -> None:
    assert names(resolve(matter(cents=50_001), bench(), Due(1, 2, designated_id=who(person)))) == []


def test_a_ceiling_counts_alone_or_jointly() -> None:
    assert names(resolve(matter(cents=1_000_001), bench(), Due(1, 4))) == []
    assert names(resolve(matter(cents=1_000_001), bench(), Due(1, 4, joint=True))) == ["P11"]
    assert names(resolve(matter(cents=2_500_001), bench(), Due(1, 4, joint=True))) == []


def test_every_type_of_the_act_must_be_in_the_entry() -> None:
    network = replace(entry("DL-8", "P27", 2, ("RESEAU",), 250_000, None, None), code="DL-8")
    wide: Bench = replace(bench(), entries=(*bench().entries, network))
    assert names(resolve(matter(cents=0, types=frozenset({"RESEAU"})), wide, N2)) == ["P09", "P27"]
    assert names(resolve(matter(cents=1, types=frozenset({"RESEAU", "APPAREIL"})), wide, N2)) == ["P09"]
