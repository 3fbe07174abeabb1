"""« Révocation par système »: what the leaver had, when it was carried out and proved, and all that changed before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from webapp.pages.case_parts import people_of
from webapp.pages.rights import right_words, system_words
from workflows.accesses.ledger import SYSTEMS
from workflows.cases.models import Case
from workflows.cases.sight import seen_by
from workflows.cases.views import CaseView
from workflows.desk import Desk
from workflows.journal.kinds import KINDS
from workflows.journal.models import JournalEntry
from workflows.people.discretion import unhidden

CHANGES = (
    "access.created", "access.enabled", "access.suspended", "access.narrowed", "access.programmed", "access.disabled",
)  # fmt: skip
"""The facts of the journal that say what was given and what was taken."""
GONE = ("access.disabled", "access.narrowed")
CODES = ("removed", "before", "live", "granted")
"""Under which key a change says the rights that it was about."""
STATES: Mapping[str, LazyString] = {
    "proved": _l("Retiré et prouvé"),
    "gap": _l("Écart à corriger"),
    "done": _l("Retiré, preuve à venir"),
    "taken": _l("Retiré"),
    "programmed": _l("Fin programmée"),
    "unsure": _l("À vérifier dans le système"),
    "off": _l("Déjà désactivé"),
    "coming": _l("À retirer"),
}
MOVES: Mapping[str, LazyString] = {
    "CONFIEE_A_LA_RELEVE": _l("Confiée à la relève"),
    "REMISE_EN_CORBEILLE": _l("Remise en corbeille"),
    "TRANSMISE_AU_SUPERIEUR": _l("Transmise au supérieur"),
    "SIGNATURE_REVUE": _l("Signature confiée à qui peut la donner"),
    "SUPERIEUR_AVISE": _l("Supérieur avisé"),
    "SANS_TITULAIRE": _l("Sans titulaire"),
    "DESIGNATION_TERMINEE": _l("Désignation terminée"),
    "REMPLACEMENT_TERMINE": _l("Remplacement terminé"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One system: its account, the rights that went, how it stands, when it was carried out and proved."""

    system: str
    account: str
    rights: tuple[str, ...]
    code: str
    executed: datetime | None
    proved: datetime | None
    minutes: int | None

    @property
    def state(self) -> str:
        """How it stands, in words."""
        return str(STATES[self.code])

    @property
    def lasted(self) -> str:
        """How long from the instant to the proof: « 42 min », « 26 h 5 min », « 3 h »; "" before it is proved."""
        if self.minutes is None:
            return ""
        hours, minutes = divmod(self.minutes, 60)
        if self.minutes < 120:
            return f"{self.minutes} min"
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what the leaver had: what, where, which rights, when, by whom, in which case."""

    kind: str
    system: str
    rights: tuple[str, ...]
    at: datetime
    by: str
    number: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One piece of work that changed hands: of which case, what became of it, to whom."""

    number: str
    what: str
    to: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """What a departure takes away, system by system, from which instant."""

    at: datetime | None
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]


def revocation(desk: Desk, case: Case, view: CaseView, language: str) -> Revocation | None:
    """The revocation of a case that took stock of someone's access, for who sees the whole of it; else None."""
    stock: Sequence[Mapping[str, Any]] = view.data.get("inventaire") or ()
    if view.reduced or not stock:
        return None
    at = view.data.get("t_revocation")
    entries = _entries(desk, case)
    return Revocation(
        at=datetime.fromisoformat(str(at)) if at else None,
        lines=tuple(_line(desk, case, one, entries) for one in stock),
        changes=_changes(desk, case, entries, language),
        moved=_moved(desk, view),
    )


def _entries(desk: Desk, case: Case) -> Sequence[JournalEntry]:
    """Every change of what the person had, in any case that is not kept from the reader, the oldest first."""
    same = (Case.organisation_id == case.organisation_id, Case.beneficiary_id == case.beneficiary_id)
    about = select(Case.id).where(*same, unhidden(desk.actor, Case.id))
    wanted = (JournalEntry.case_id.in_(about), JournalEntry.kind.in_(CHANGES))
    return desk.session.scalars(select(JournalEntry).where(*wanted).order_by(JournalEntry.id)).all()


def _line(desk: Desk, case: Case, item: Mapping[str, Any], entries: Sequence[JournalEntry]) -> Line:
    system, facts = str(item["systeme"]), case.facts
    measured = next((one for one in facts.get("mesures") or () if one["systeme"] == system), None)
    gone = [one for one in entries if one.case_id == case.id and one.kind in GONE and one.data.get("system") == system]
    taken = [code for one in gone for code in one.data.get("before") or one.data.get("removed") or ()]
    return Line(
        system=system_words(system),
        account=str(item.get("compte") or ""),
        rights=right_words(desk, case.organisation_id, dict.fromkeys(taken)),
        code=_standing(item, facts, measured is not None, bool(gone)),
        executed=gone[-1].at if gone else None,
        proved=datetime.fromisoformat(str(measured["verifie_le"])) if measured else None,
        minutes=int(measured["minutes"]) if measured else None,
    )


def _standing(item: Mapping[str, Any], facts: Mapping[str, Any], proved: bool, gone: bool) -> str:
    system = item["systeme"]
    told = (
        ("gap", system in (facts.get("ecarts_systemes") or ())),
        ("proved", proved and (gone or item["etat"] == "DESACTIVE")),
        ("done", gone and system in SYSTEMS),
        ("taken", gone),
        ("programmed", system in (facts.get("programmes") or ())),
        ("unsure", item["etat"] == "A_VERIFIER"),
        ("off", item["etat"] == "DESACTIVE"),
    )
    return next((code for code, holds in told if holds), "coming")


def _changes(desk: Desk, case: Case, entries: Sequence[JournalEntry], language: str) -> tuple[Change, ...]:
    ids = {one.case_id for one in entries}
    seen = select(Case.id, Case.number).where(Case.id.in_(ids), seen_by(desk))
    numbers = dict(desk.session.execute(seen).tuples().all())
    people = people_of(desk, {one.by for one in entries})
    return tuple(
        Change(
            kind=KINDS[one.kind].en if language == "en" else KINDS[one.kind].fr,
            system=", ".join(system_words(str(code)) for code in one.data.get("systems") or [one.data.get("system")]),
            rights=right_words(desk, case.organisation_id, _codes(one.data)),
            at=one.at,
            by=people.get(one.by, one.by),
            number=str(numbers.get(one.case_id, "") if one.case_id else ""),
        )
        for one in entries
    )


def _codes(data: Mapping[str, Any]) -> Sequence[str]:
    return next((list(map(str, data[key])) for key in CODES if data.get(key)), [])


def _moved(desk: Desk, view: CaseView) -> tuple[Moved, ...]:
    rows: Sequence[Mapping[str, Any]] = view.data.get("reaffectations") or ()
    people = people_of(desk, {str(code) for row in rows for code in row.get("a") or ()})
    return tuple(
        Moved(
            str(row["dossier"]),
            str(MOVES.get(str(row["action"]), row["action"])),
            ", ".join(people.get(str(code), str(code)) for code in row.get("a") or ()),
        )
        for row in rows
    )
