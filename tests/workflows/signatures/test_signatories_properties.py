"""Whatever the request, nobody whom a rule excludes is ever resolved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.signatures.opdemo import SUPERIORS, bench, line_below, matter, who
from workflows.signatures.matter import Due, Matter
from workflows.signatures.signatories import available, dues_of, resolve

people = st.sampled_from(sorted(SUPERIORS))
days = st.sampled_from(["2026-12-09T15:00", "2026-12-15T15:00", "2026-12-22T15:00", "2027-01-08T15:00"])
types = st.sets(st.sampled_from(["APPAREIL", "RESEAU", "TECHNO"]), min_size=1).map(frozenset)
dues = st.builds(Due, st.just(1), st.integers(1, 4), st.booleans(), st.one_of(st.none(), people.map(who)))
matters = st.builds(
    lambda unit, cents, asked, for_, seen, kinds, aside: matter(
        unit, cents, requester=asked, beneficiary=for_, handled=seen, types=kinds, recused=frozenset(map(who, aside))
    ),
    st.sampled_from(["SOE", "SOO", "DOP", "DSA", "SRM", "DTI", "DG"]),
    st.integers(0, 3_000_000),
    people,
    people,
    st.dictionaries(st.sampled_from(["R07", "R08"]), people, max_size=2),
    types,
    st.sets(people, max_size=3),
)


@given(matters, days, dues)
def test_nobody_that_a_rule_excludes_may_sign(request: Matter, day: str, due: Due) -> None:
    excluded = {request.requester_id, request.beneficiary_id, *request.handled.values(), *request.recused}
    beneficiary = request.beneficiary_id
    assert beneficiary is not None
    excluded |= line_below(beneficiary.bytes.rstrip(b"\0").decode())
    found = resolve(request, bench(day), due)
    assert not excluded & {one.person_id for one in found.eligible}


@given(matters, days, dues)
def test_every_ground_is_sufficient(request: Matter, day: str, due: Due) -> None:
    for one in resolve(request, bench(day), due).eligible:
        for ground in one.grounds:
            ceiling = ground.entry.ceiling_joint_cents if due.joint else ground.entry.ceiling_alone_cents
            assert ceiling is not None
            assert ceiling >= request.cents
            assert ground.entry.level >= due.level
            assert request.types <= ground.entry.types
            holder = ground.standin.substitute_id if ground.standin else ground.entry.person_id
            assert holder == one.person_id


@given(matters, days, dues)
def test_no_absent_person_may_sign_what_is_resolved_from_now_on(request: Matter, day: str, due: Due) -> None:
    """But for whoever the head has named, away or not (R21)."""
    absent = {standin.titulaire_id for standin in bench(day).standins} - {due.designated_id}
    assert not absent & {one.person_id for one in resolve(request, bench(day), due).eligible}


@given(matters, days)
def test_joint_signatures_are_counted_by_distinct_persons(request: Matter, day: str) -> None:
    found = [resolve(request, bench(day), due) for due in dues_of(4, 2)]
    persons = {one.person_id for resolution in found for one in resolution.eligible}
    assert available(found) <= len(persons)


@given(matters, days, dues)
def test_nobody_is_both_eligible_and_kept_out(request: Matter, day: str, due: Due) -> None:
    found = resolve(request, bench(day), due)
    assert not {one.person_id for one in found.eligible} & set(found.kept)
