"""What a scenario file says: the givens, who does what in order, and what must be true in the end.

The format is told in ``bpmn/README.md``. Reading is strict: a key that is unknown, missing or written twice is an
error, so that a check with a typing mistake in its name never passes unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from workflows.errors import Invalid
from workflows.scenarios import shape
from workflows.scenarios.shape import instant, listed, part, parts, wrong
from workflows.written import Told, Unreadable, read_yaml

EXPECTED = ("route", "etat", "fin", "ouvertes", "donnees", "preuves", "avis")


@dataclass(frozen=True, slots=True)
class Gesture:
    """One thing done or checked during the walk; ``kind`` is the key that names it (``tache``, ``message`` …)."""

    kind: str
    at: datetime | None
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Start:
    """How a case begins: a person starts a process, or a message does."""

    process: str | None
    person: str | None
    message: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Script:
    """One scenario, as its file tells it."""

    id: str
    title: Mapping[str, str]
    clock: datetime
    start: Start
    gestures: tuple[Gesture, ...]
    expected: Mapping[str, Any]
    settings: Mapping[str, Any]
    contracts: Mapping[str, Any]


def read_script(path: Path) -> Script:
    """Read one scenario file; raises ``Invalid("scenario.unreadable")`` with the file, the line and what is wrong."""
    try:
        return _script(read_yaml(path.read_text(encoding="utf-8")))
    except Invalid as refusal:
        found, line = refusal.params["what"], refusal.params["line"]
    except Unreadable as refusal:
        found, line = refusal.what, refusal.line
    except (OSError, ValueError, RecursionError) as error:
        found, line = str(error), 1
    raise Invalid("scenario.unreadable", file=path.name, what=found, line=line)


def _script(read: object) -> Script:
    said = part(read, shape.FILE, "the scenario")
    _expected(said)
    return Script(
        id=str(said["id"]),
        title=part(said["titre"], shape.TITLE, "titre", said.line),
        clock=instant(said["horloge"], said.line),
        start=read_start(said["demarrer"], said.line),
        gestures=tuple(_gesture(one, said.line) for one in listed(said["gestes"], "gestes")),
        expected={key: said[key] for key in EXPECTED if key in said},
        settings=_mapping(said, "reglages"),
        contracts={code: part(one, shape.CONTRACT, code) for code, one in _mapping(said, "contrats").items()},
    )


def read_start(said: object, line: int) -> Start:
    """How a case begins; a process and who starts it, or a message and what it brings."""
    told = part(said, shape.START, "demarrer", line)
    if ("message" in told) == ("processus" in told or "par" in told):
        raise wrong("demarrer tells either processus and par, or message", told.line)
    if "message" not in told and not {"processus", "par"} <= set(told):
        raise wrong("demarrer misses processus or par", told.line)
    return Start(told.get("processus"), told.get("par"), told.get("message"), told.get("data", {}))


def _expected(said: Told) -> None:
    """What must be true in the end, each part with the keys it must have."""
    for step in listed(said["route"], "route", said.line):
        if not isinstance(step, str):
            raise wrong(f"route: {step!r} is no step", said.line)
    _mapping(said, "donnees")
    open_tasks(said["ouvertes"], said.line)
    parts(said["preuves"], shape.EVIDENCE, "preuves", said.line)
    parts(said.get("avis", []), shape.NOTICE, "avis", said.line)


def open_tasks(said: object, line: int) -> None:
    """Open tasks, each with who may take it or holds it."""
    for one in parts(said, shape.OPEN, "ouvertes", line):
        listed(one["par"], "par", one.line)
        if "echeance" in one:
            instant(one["echeance"], one.line)


def _mapping(said: Told, name: str) -> Mapping[str, Any]:
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise wrong(f"{name} is not told with keys", said.line)
    return found


def _gesture(said: object, line: int) -> Gesture:
    kinds = [kind for kind in shape.GESTURES if isinstance(said, Told) and kind in said]
    kind = next((one for one in kinds if one != "horloge"), kinds[0] if kinds else "")
    if not kind or not isinstance(said, Told):
        raise wrong(f"{said!r} is no gesture", getattr(said, "line", line))
    part(said, shape.GESTURES[kind], f"the gesture {kind}", line)
    if kind == "refus":
        part(said["refus"], shape.REFUSAL, "refus", said.line)
    if kind == "ouvertes":
        open_tasks(said["ouvertes"], said.line)
    if kind == "attentes":
        parts(said["attentes"], shape.AWAITED, "attentes", said.line)
    if kind == "faits":
        parts(said["faits"], shape.FACT, "faits", said.line)
    if "demarrer" in said:
        read_start(said["demarrer"], said.line)
    for key in {"a", "echeance", "horloge"} & set(said):
        if said[key] is not None or key != "echeance":
            instant(said[key], said.line)
    return Gesture(kind, instant(said["a"], said.line) if "a" in said else None, said)


def scripts_of(folder: Path) -> tuple[Path, ...]:
    """The scenario files of a process's folder, by name."""
    return tuple(sorted((folder / "scenarios").glob("*.yaml")))
