"""Whatever plan, hierarchy, replacements and absences are drawn: who may sign is what the seven steps say, no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as some

from tests.workflows.signatures.opdemo import entry, who
from workflows.signatures.matter import Bench, Due, Matter, Standin
from workflows.signatures.signatories import available, dues_of, resolve

PEOPLE = [f"A{number}" for number in range(8)]
TYPES, UNITS = ["APPAREIL", "RESEAU", "TECHNO"], ["U1", "U2", "U3"]
CENTS = [0, 1, 100, 101, 5_000]
NEVER = datetime(2100, 1, 1, tzinfo=UTC)
Drawn = tuple[Bench, Matter, Mapping[str, str | None]]


def _ceiling() -> some.SearchStrategy[int | None]:
    return some.sampled_from([5_000, 5_000, 100, None])


@some.composite
def worlds(draw: some.DrawFn) -> Drawn:
    """A body: who is above whom, a plan, who replaces whom, who is there; and a request."""
    superiors = {
        code: draw(some.sampled_from([None, *PEOPLE[:place]])) if place else None for place, code in enumerate(PEOPLE)
    }
    entries = []
    for number in range(draw(some.integers(1, 7))):
        types = draw(some.sampled_from([tuple(TYPES), tuple(TYPES), tuple(TYPES[:1]), tuple(TYPES[1:])]))
        sectors = draw(some.sampled_from([None, None, {"U1"}, {"U2", "U3"}]))
        person, level = draw(some.sampled_from(PEOPLE[:5])), draw(some.integers(1, 4))
        made = entry(f"E{number}", person, level, types, draw(_ceiling()), draw(_ceiling()), sectors)
        entries.append(replace(made, substitutable=draw(some.booleans())))
    codes = [one.code for one in entries]
    covered = some.just(codes) | some.sets(some.sampled_from(codes))
    pairs = draw(some.lists(some.tuples(some.sampled_from(PEOPLE[:5]), some.sampled_from(PEOPLE)), max_size=3))
    standins = tuple(
        Standin(f"S{place}", who(one), who(other), frozenset(draw(covered)), NEVER)
        for place, (one, other) in enumerate(pairs)
        if one != other
    )
    several = some.sets(some.sampled_from(PEOPLE)).map(lambda found: frozenset(map(who, found)))
    few = some.sets(some.sampled_from(PEOPLE), max_size=2).map(lambda found: frozenset(map(who, found)))
    everyone = frozenset(map(who, PEOPLE))
    bench = Bench(
        entries=tuple(entries),
        standins=standins,
        signers=everyone - draw(few),
        at_work=everyone - draw(few),
        codes={who(code): code for code in PEOPLE},
        away=draw(few),
    )
    beneficiary = draw(some.sampled_from(PEOPLE))
    matter = Matter(
        types=frozenset(draw(some.sets(some.sampled_from(TYPES), min_size=1, max_size=2))),
        unit=draw(some.sampled_from(UNITS)),
        cents=draw(some.sampled_from(CENTS)),
        requester_id=who(draw(some.sampled_from(PEOPLE))),
        beneficiary_id=who(beneficiary),
        handled={
            step: who(draw(some.sampled_from(PEOPLE))) for step in draw(some.sets(some.sampled_from(["R07", "R08"])))
        },
        below=frozenset(who(code) for code in PEOPLE if beneficiary in _above(code, superiors)),
        recused=draw(several) if draw(some.integers(0, 4)) == 0 else frozenset(),
        signed=tuple((one, "E0") for one in draw(few)) if draw(some.integers(0, 4)) == 0 else (),
        gest_may_sign=draw(some.booleans()),
    )
    return bench, matter, superiors


def _above(code: str, superiors: Mapping[str, str | None]) -> list[str]:
    found, place = [], superiors[code]
    while place is not None:
        found.append(place)
        place = superiors[place]
    return found


def excluded(bench: Bench, matter: Matter, superiors: Mapping[str, str | None]) -> set[UUID]:
    """Whom a rule keeps out, told again from the rules."""
    out = {matter.requester_id, matter.beneficiary_id, *matter.recused, *(one for one, _ in matter.signed)}
    out |= {one for step, one in matter.handled.items() if not (step == "R07" and matter.gest_may_sign)}
    out |= {who(code) for code in PEOPLE if any(who(up) == matter.beneficiary_id for up in _above(code, superiors))}
    return {one for one in out if one is not None}


def possible(bench: Bench, matter: Matter, due: Due, out: set[UUID]) -> Iterator[tuple[UUID, int]]:
    """Each person who could give the signature, with the level of the entry, told again from the steps."""
    replaced = {one.titulaire_id for one in bench.standins}
    used = {code for _, code in matter.signed}
    for one in bench.entries:
        ceiling = one.ceiling_joint_cents if due.joint else one.ceiling_alone_cents
        sector = one.sectors is None or matter.unit in one.sectors
        enough = (
            one.level >= due.level and matter.types <= one.types and ceiling is not None and ceiling >= matter.cents
        )
        holder = one.person_id
        fit = holder in bench.signers and holder in bench.at_work and holder not in out
        if not (enough and sector and fit) or one.code in used:
            continue
        if holder not in replaced and holder not in bench.away:
            yield holder, one.level
        for standin in bench.standins if one.substitutable else ():
            other = standin.substitute_id
            there = other in bench.at_work and other not in bench.away and other not in replaced
            if standin.titulaire_id == holder and one.code in standin.entries and there and other not in out:
                yield other, one.level


@settings(max_examples=300, deadline=None)
@given(worlds(), some.builds(Due, some.just(1), some.integers(1, 4), some.booleans()))
def test_who_may_sign_is_what_the_rules_and_the_steps_say(drawn: Drawn, due: Due) -> None:
    bench, matter, superiors = drawn
    out = excluded(bench, matter, superiors)
    could = list(possible(bench, matter, due, out))
    found = resolve(matter, bench, due)
    lowest = min((level for _, level in could), default=0)
    assert (found.level, {one.person_id for one in found.eligible}) == (
        lowest,
        {p for p, level in could if level == lowest},
    )
    assert not out & {one.person_id for one in found.eligible}


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_joint_signatures_need_two_persons_and_two_entries(drawn: Drawn) -> None:
    bench, matter, superiors = drawn
    out = excluded(bench, matter, superiors)
    low, high = (list(_under(bench, matter, due, out)) for due in dues_of(4, 2))
    both = any(one != other and under != beside for one, under in low for other, beside in high)
    expected = 2 if both else 1 if low or high else 0
    assert available([resolve(matter, bench, due) for due in dues_of(4, 2)]) == expected


def _under(bench: Bench, matter: Matter, due: Due, out: set[UUID]) -> Iterator[tuple[UUID, Any]]:
    """Whoever could give a signature at the lowest level that anyone can, and every entry to do so under."""
    found = list(possible(bench, matter, due, out))
    lowest = min((level for _, level in found), default=0)
    for one in bench.entries:
        alone = replace(bench, entries=(one,))
        mine = {person for person, level in possible(alone, matter, due, out)}
        yield from ((person, one.code) for person in mine if (person, lowest) in found)


def test_two_who_stand_in_under_one_entry_give_one_signature() -> None:
    one = entry("E0", "A0", 4, tuple(TYPES), 5_000, 5_000, None)
    standins = tuple(Standin(code, who("A0"), who(code), frozenset({"E0"}), NEVER) for code in ("A1", "A2"))
    everyone = frozenset(map(who, PEOPLE))
    bench = Bench((one,), standins, everyone, everyone, {who(code): code for code in PEOPLE})
    matter = Matter(frozenset({"RESEAU"}), "U1", 100)
    assert available([resolve(matter, bench, due) for due in dues_of(4, 2)]) == 1
