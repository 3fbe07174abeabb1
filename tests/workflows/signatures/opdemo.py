"""The delegation plan of OP-DEMO and the people in it, as frozen facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from workflows.people.delegation import Entry
from workflows.signatures.matter import Bench, Matter, Standin

SUPERIORS = {
    "P08": "P09",
    "P09": "P10",
    "P10": "P11",
    "P11": "P01",
    "P12": "P10",
    "P28": "P10",
    "P32": "P12",
    "P27": "P09",
    "P03": "P32",
    "U01": "P08",
    "U02": "P27",
    "P01": None,
}
ALL = ("APPAREIL", "RESEAU", "TECHNO")
PLAN_ENDS = datetime(2027, 4, 1, 4, 0, tzinfo=UTC)
DECEMBER_15 = datetime(2026, 12, 15, 5, 0, tzinfo=UTC)
ROWS = (
    ("DL-1", "P32", 1, ("APPAREIL",), 50_000, None, None),
    ("DL-7", "P08", 1, ("APPAREIL",), 50_000, None, ("SOE",)),
    ("DL-2", "P09", 2, ALL, 250_000, None, ("DOP", "SOE", "SOO")),
    ("DL-3", "P12", 2, ALL, 250_000, None, ("DSA", "SRF", "SRM", "SRH")),
    ("DL-6", "P28", 2, ALL, 250_000, None, ("DTI",)),
    ("DL-4", "P10", 3, ALL, 1_000_000, 2_500_000, None),
    ("DL-5", "P11", 4, ALL, 1_000_000, 2_500_000, None),
)
STANDINS = (
    ("SUB-1", "P09", "P12", ("DL-2",), datetime(2026, 12, 14, 5, tzinfo=UTC), datetime(2027, 1, 9, 5, tzinfo=UTC)),
    ("SUB-2", "P10", "P11", ("DL-4",), datetime(2026, 12, 21, 5, tzinfo=UTC), datetime(2027, 1, 6, 5, tzinfo=UTC)),
)


def who(code: str) -> UUID:
    """The id of a person, by code."""
    return UUID(bytes=code.encode().ljust(16, b"\0"))


def entry(
    code: str, person: str, level: int, types: tuple[str, ...], alone: int | None, joint: int | None, sectors: object
) -> Entry:
    """One row of the plan."""
    return Entry(
        id=who(code),
        code=code,
        plan="PD-2026-04",
        person_id=who(person),
        function="",
        level=level,
        types=frozenset(types),
        ceiling_alone_cents=alone,
        ceiling_joint_cents=joint,
        sectors=frozenset(sectors) if sectors is not None else None,  # type: ignore[call-overload]
        substitutable=True,
        until=DECEMBER_15 if code == "DL-6" else PLAN_ENDS,
    )


def bench(day: str = "2026-12-09T15:00") -> Bench:
    """Who there is at an instant of UTC."""
    now = datetime.fromisoformat(day).replace(tzinfo=UTC)
    rows = (entry(*row) for row in ROWS)
    people = frozenset(who(code) for code in SUPERIORS)
    return Bench(
        entries=tuple(row for row in rows if row.until is None or now < row.until),
        standins=tuple(
            Standin(code, who(one), who(other), frozenset(entries), until)
            for code, one, other, entries, since, until in STANDINS
            if since <= now < until
        ),
        signers=people,
        at_work=people,
        codes={who(code): code for code in SUPERIORS},
    )


def line_below(code: str | None) -> frozenset[UUID]:
    """Everyone under a person, directly or not."""
    found: set[str] = set()
    for person in SUPERIORS:
        above = SUPERIORS[person]
        while above is not None:
            if above == code:
                found.add(person)
            above = SUPERIORS.get(above)
    return frozenset(who(person) for person in found)


def matter(unit: str = "SOE", cents: int = 30_000, **more: object) -> Matter:
    """A request of U01 that P08 confirmed and P03 analysed, unless told otherwise."""
    requester, beneficiary = str(more.pop("requester", "U01")), str(more.pop("beneficiary", "U01"))
    handled: Mapping[str, str] = more.pop("handled", {"R07": "P08", "R08": "P03"})  # type: ignore[assignment]
    given = {"types": frozenset({"APPAREIL"}), **more}
    return Matter(
        unit=unit,
        cents=cents,
        requester_id=who(requester),
        beneficiary_id=who(beneficiary),
        handled={step: who(code) for step, code in handled.items()},
        below=line_below(beneficiary),
        **given,  # type: ignore[arg-type]
    )


def names(resolution: object) -> list[str]:
    """The codes of those who may sign."""
    return [one.person_id.bytes.rstrip(b"\0").decode() for one in resolution.eligible]  # type: ignore[attr-defined]
