"""Reading a plan's file: strict keys, and every problem of it at once, each with its line.

The format is told in ``bpmn/README.md``.
"""

from __future__ import annotations

from collections.abc import Mapping

from workflows.delegation.draft import LEVELS, Draft, DraftEntry, Thresholds
from workflows.delegation.reader import Reader
from workflows.delegation.wording import problem
from workflows.engine import Problem
from workflows.written import Told, Unreadable, read_yaml

LARGEST = 256 * 1024
PLAN = ("plan organisme du instrument entrees", "au adopte_le succede_a motif_interruption seuils table")
ENTRY = (
    "fonction niveau",
    "personne titulaire_de types plafond_seul_cents plafond_conjoint_cents secteurs substituable du au",
)
LADDERS = ("montant_cents cumul_cents", "derogation signatures")


def read_plan(text: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    """What a plan's file says, and what is wrong with it; nothing is guessed of a file that has an error."""
    if len(text.encode()) > LARGEST:
        return None, (problem("plan.too_large", 1, largest=LARGEST),)
    reader = Reader()
    try:
        said = reader.part(read_yaml(text), "plan", 1, PLAN)
    except Unreadable as refusal:
        return None, (problem("plan.unreadable", refusal.line, what=refusal.what),)
    draft = _plan(reader, said)
    return (None if reader.problems else draft), tuple(reader.problems)


def _plan(reader: Reader, said: Told) -> Draft | None:
    version, organisation = reader.code(said, "plan"), reader.code(said, "organisme")
    starts, ends = reader.moment(said, "du"), reader.moment(said, "au")
    instrument = reader.text(said, "instrument")
    thresholds, table = _table(reader, said)
    entries = _entries(reader, said)
    reason, succeeds = reader.text(said, "motif_interruption", 1000), reader.code(said, "succede_a")
    adopted = reader.day(said, "adopte_le")
    if reason is not None and len(reason) < 20:
        reader.wrong("plan.gap_reason", said.line_of("motif_interruption"))
    if starts is not None and ends is not None and ends <= starts:
        reader.wrong("plan.dates_reversed", said.line_of("au"))
    if version is None or organisation is None or starts is None or instrument is None:
        return None
    return Draft(
        version=version,
        organisation=organisation,
        starts=starts,
        ends=ends,
        adopted_on=adopted,
        instrument=instrument,
        succeeds=succeeds,
        gap_reason=reason,
        entries=entries,
        thresholds=thresholds,
        table=table,
        lines=said.lines,
    )


def _table(reader: Reader, said: Told) -> tuple[Thresholds | None, str | None]:
    """Who signs what: thresholds, or the name of a table's file."""
    table = reader.text(said, "table", 120)
    if ("seuils" in said) == ("table" in said):
        reader.wrong("plan.table", said.line_of("seuils"))
    return _thresholds(reader, said) if "seuils" in said else None, table


def _thresholds(reader: Reader, said: Told) -> Thresholds:
    ladders = reader.part(said["seuils"], "seuils", said.line_of("seuils"), LADDERS)
    amounts, totals = (_ladder(reader, ladders, key) for key in ("montant_cents", "cumul_cents"))
    if amounts and totals and tuple(amounts) != tuple(totals):
        reader.wrong("plan.thresholds", ladders.line_of("cumul_cents"), key="cumul_cents")
    lowest = next(iter(amounts), "N1")
    derogation = ladders.get("derogation", lowest)
    if derogation not in amounts:
        reader.wrong("plan.threshold_level", ladders.line_of("derogation"), key="derogation")
    return Thresholds(amounts, totals, str(derogation), _signatures(reader, ladders, amounts))


def _ladder(reader: Reader, said: Told, key: str) -> Mapping[str, int]:
    """An amount for each level, always larger."""
    line = said.line_of(key)
    given = said.get(key)
    if not isinstance(given, Told):
        if key in said:
            reader.wrong("plan.thresholds", line, key=key)
        return {}
    found = {level: reader.cents(given, level, given.line_of(level)) for level in given}
    levels, amounts = list(found), list(found.values())
    known = [level for level in LEVELS if level in found]
    told = [amount for amount in amounts if amount is not None]
    if not levels or levels != known or len(told) < len(amounts) or told != sorted(set(told)):
        reader.wrong("plan.thresholds", line, key=key)
        return {}
    return {level: amount for level, amount in found.items() if amount is not None}


def _signatures(reader: Reader, said: Told, amounts: Mapping[str, int]) -> Mapping[str, int]:
    given = said.get("signatures", Told({}, said.line))
    if not isinstance(given, Told):
        reader.wrong("plan.signatures", said.line_of("signatures"))
        return {}
    for level, count in given.items():
        if level not in amounts:
            reader.wrong("plan.threshold_level", given.line_of(level), key="signatures")
        if isinstance(count, bool) or count not in (1, 2):
            reader.wrong("plan.signatures", given.line_of(level))
    return {str(level): int(count) for level, count in given.items() if count in (1, 2)}


def _entries(reader: Reader, said: Told) -> tuple[DraftEntry, ...]:
    given = said.get("entrees")
    if not isinstance(given, Told) or not given:
        if "entrees" in said:
            reader.wrong("plan.no_entry", said.line_of("entrees"))
        return ()
    return tuple(_entry(reader, code, given[code], given.line_of(code)) for code in given)


def _entry(reader: Reader, code: str, given: object, line: int) -> DraftEntry:
    reader.coded(code, "entrees", line)
    before = len(reader.problems)
    said = reader.part(given, code, line, ENTRY)
    found = DraftEntry(
        code=code,
        lines={**said.lines, "": line},
        person=reader.code(said, "personne"),
        head_of=reader.code(said, "titulaire_de"),
        function=reader.text(said, "fonction", 120) or "",
        level=reader.level(said, "niveau"),
        types=reader.types(said, "types"),
        alone_cents=reader.cents(said, "plafond_seul_cents", said.line_of("plafond_seul_cents")),
        joint_cents=reader.cents(said, "plafond_conjoint_cents", said.line_of("plafond_conjoint_cents")),
        sectors=reader.sectors(said, "secteurs"),
        substitutable=reader.yes(said, "substituable"),
        starts=reader.moment(said, "du"),
        ends=reader.moment(said, "au"),
    )
    if len(reader.problems) == before:
        _whole(reader, found)
    return found


def _whole(reader: Reader, entry: DraftEntry) -> None:
    """Whether an entry whose keys are all readable says something."""
    if (entry.person is None) == (entry.head_of is None):
        reader.wrong("plan.holder", entry.line(), entry.code)
    if entry.alone_cents is None and entry.joint_cents is None:
        reader.wrong("plan.no_ceiling", entry.line(), entry.code)
    if entry.starts is not None and entry.ends is not None and entry.ends <= entry.starts:
        reader.wrong("plan.dates_reversed", entry.line("au"), entry.code)
