"""Who may sign: seven steps over frozen facts, without asking anyone anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from uuid import UUID

from workflows.people.delegation import Entry
from workflows.people.sod import sod_01, sod_02, sod_03, sod_04, sod_17
from workflows.signatures.matter import Bench, Due, Eligible, Ground, Kept, Matter, Resolution, Standin

WEIGHTS = ("NIVEAU", "TYPE", "SECTEUR", "PLAFOND", "ROLE", "ABSENT", "NIVEAU_SUPERIEUR", "DESIGNATION")
"""What keeps a person out, from the farthest to the nearest; a rule of separation (``SOD-0n``) outweighs them."""


def dues_of(level: int, signatures: int) -> tuple[Due, ...]:
    """The signatures that a level asks for: one alone, or jointly one of the level below and one of the level."""
    if signatures <= 1:
        return (Due(1, level),)
    below = tuple(Due(place, max(1, level - 1), joint=True) for place in range(1, signatures))
    return (*below, Due(signatures, level, joint=True))


def barred(matter: Matter, bench: Bench, person_id: UUID) -> str | None:
    """The rule that keeps a person from signing at all (step 2), whatever the entry."""
    rule = (
        sod_01(person_id, matter.requester_id, matter.beneficiary_id)
        or sod_03(person_id, matter.handled, matter.gest_may_sign)
        or sod_04(person_id, matter.below)
        or sod_17(person_id, matter.recused)
        or sod_02(person_id, None, matter.signed)
    )
    return rule or (None if person_id in bench.at_work else "ROLE")


def unfit(entry: Entry, matter: Matter, due: Due) -> str | None:
    """What an entry lacks for a signature (step 1); for a person named to sign, the sector is set aside."""
    ceiling = entry.ceiling_joint_cents if due.joint else entry.ceiling_alone_cents
    if entry.level < due.level:
        return "NIVEAU"
    if not entry.covers_types(matter.types):
        return "TYPE"
    if due.designated_id is None and not entry.covers_unit(matter.unit):
        return "SECTEUR"
    if ceiling is None or ceiling < matter.cents:
        return "PLAFOND"
    return "SOD-02" if any(entry.code == under for _, under in matter.signed) else None


def _offers(
    matter: Matter, bench: Bench, due: Due, present: frozenset[UUID]
) -> Iterator[tuple[UUID, Entry, Ground | str]]:
    """Every entry in turn: who may sign under it, or who may not and why (steps 1 to 3).

    Someone named by the head is not absent: the head knows.
    """
    replaced = frozenset(standin.titulaire_id for standin in bench.standins)
    absent = (replaced | bench.away) - present - {due.designated_id}
    for entry in bench.entries:
        holder = entry.person_id
        lacking = unfit(entry, matter, due) or barred(matter, bench, holder)
        if lacking is None and holder not in bench.signers:
            lacking = "ROLE"
        if lacking is not None:
            yield holder, entry, lacking
            continue
        yield holder, entry, "ABSENT" if holder in absent else Ground(entry, None, _ceiling(entry, due), entry.until)
        for standin in _standins(bench, entry):
            kept = "ABSENT" if standin.substitute_id in absent else barred(matter, bench, standin.substitute_id)
            until = min((end for end in (entry.until, standin.until) if end), default=None)
            yield standin.substitute_id, entry, kept or Ground(entry, standin, _ceiling(entry, due), until)


def _ceiling(entry: Entry, due: Due) -> int:
    return (entry.ceiling_joint_cents if due.joint else entry.ceiling_alone_cents) or 0


def _standins(bench: Bench, entry: Entry) -> list[Standin]:
    covering = (one for one in bench.standins if one.titulaire_id == entry.person_id and entry.code in one.entries)
    return list(covering) if entry.substitutable else []


def gather(
    matter: Matter, bench: Bench, due: Due, present: frozenset[UUID] = frozenset()
) -> tuple[dict[UUID, list[Ground]], dict[UUID, Kept]]:
    """Everyone who may give a signature at any level with his grounds, and everyone else with what keeps him out."""
    grounds: dict[UUID, list[Ground]] = {}
    kept: dict[UUID, Kept] = {}
    for person, entry, offer in _offers(matter, bench, due, present):
        if isinstance(offer, Ground):
            grounds.setdefault(person, []).append(offer)
        elif person not in kept or _weight(offer) > _weight(kept[person].reason):
            kept[person] = Kept(offer, entry.level)
    if due.designated_id is not None:
        for person in [person for person in grounds if person != due.designated_id]:
            kept[person] = Kept("DESIGNATION", grounds.pop(person)[0].entry.level)
    return grounds, {person: reason for person, reason in kept.items() if person not in grounds}


def _weight(reason: str) -> int:
    return WEIGHTS.index(reason) if reason in WEIGHTS else len(WEIGHTS)


def resolve(
    matter: Matter, bench: Bench, due: Due, *, present: frozenset[UUID] = frozenset(), above: int = 0
) -> Resolution:
    """Who may give a signature: everyone of the lowest sufficient level, higher than ``above`` (steps 4 and 5).

    ``present``: who already has the task; an absence that began since does not take it from them.
    """
    grounds, kept = gather(matter, bench, due, present)
    levels = {ground.entry.level for found in grounds.values() for ground in found if ground.entry.level > above}
    level = min(levels, default=0)
    eligible = []
    for person, found in grounds.items():
        if any(ground.entry.level == level for ground in found):
            eligible.append(Eligible(person, tuple(sorted(found, key=lambda ground: ground.order))))
        else:
            kept[person] = Kept("NIVEAU_SUPERIEUR", min(ground.entry.level for ground in found))
    eligible.sort(key=lambda one: (one.ground.order[2], bench.codes[one.person_id]))
    return Resolution(due, level, tuple(eligible), kept)


def available(resolutions: Sequence[Resolution]) -> int:
    """How many of the signatures due distinct persons can give, each under an entry of his own (SOD-02)."""
    choices = [[(one.person_id, g.entry.code) for one in found.eligible for g in one.grounds] for found in resolutions]
    best = 0
    for chosen in product(*([*options, None] for options in choices)):
        taken = [one for one in chosen if one is not None]
        if len({person for person, _ in taken}) == len({entry for _, entry in taken}) == len(taken):
            best = max(best, len(taken))
    return best
