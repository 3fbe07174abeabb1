"""What a scenario file says: the givens, who does what in order, and what must be true in the end.

The format is told in ``bpmn/README.md``. Reading is strict: an unknown key is an error, so that a check with a
typing mistake in its name never passes unnoticed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from workflows.errors import Invalid

KEYS = frozenset(
    [
        "id",
        "titre",
        "horloge",
        "demarrer",
        "gestes",
        "route",
        "etat",
        "fin",
        "ouvertes",
        "donnees",
        "preuves",
        "avis",
        "reglages",
        "contrats",
    ]
)
GESTURES: Mapping[str, frozenset[str]] = {
    "tache": frozenset(["tache", "par", "a", "echeance", "reponses", "signer"]),
    "message": frozenset(["message", "a", "data", "statut"]),
    "refus": frozenset(["refus", "a"]),
    "horloge": frozenset(("horloge",)),
    "ouvertes": frozenset(("ouvertes", "a")),
    "fichier": frozenset(["fichier", "nom", "par", "a"]),
    "prendre": frozenset(["prendre", "par", "a"]),
}


@dataclass(frozen=True, slots=True)
class Gesture:
    """One thing done or checked during the walk; ``kind`` is the key that names it (``tache``, ``message`` …)."""

    kind: str
    at: datetime | None
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Script:
    """One scenario, as its file tells it."""

    id: str
    title: Mapping[str, str]
    clock: datetime
    process: str
    starter: str
    data: Mapping[str, Any]
    gestures: tuple[Gesture, ...]
    expected: Mapping[str, Any]
    settings: Mapping[str, Any]
    contracts: Mapping[str, Any]


def _wrong(file: str, what: str) -> Invalid:
    return Invalid("scenario.unreadable", file=file, what=what)


def instant(value: object, file: str = "") -> datetime:
    """An instant with its offset, as YAML gives it (a text or a date-time)."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise _wrong(file, f"{value!r} is not an instant with its offset")
    return value


def _gesture(said: object, file: str) -> Gesture:
    if not isinstance(said, dict):
        raise _wrong(file, f"{said!r} is not a gesture")
    kinds = [kind for kind in GESTURES if kind in said]
    if len(kinds) != 1 or set(said) - GESTURES[kinds[0]]:
        raise _wrong(file, f"a gesture with the keys {sorted(said)} is not known")
    at = said.get("a")
    return Gesture(kinds[0], instant(at, file) if at is not None else None, said)


class _Loader(yaml.SafeLoader):
    """YAML without its date guessing: an offset must not be lost on the way."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_script(path: Path) -> Script:
    """Read one scenario file; raises ``Invalid("scenario.unreadable")`` with the file and what is wrong."""
    try:
        said = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a safe loader's subclass)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(path.name, str(error)) from None
    if not isinstance(said, dict) or set(said) - KEYS:
        raise _wrong(path.name, f"unknown keys {sorted(set(said) - KEYS) if isinstance(said, dict) else said!r}")
    start = said["demarrer"]
    return Script(
        id=str(said["id"]),
        title=said["titre"],
        clock=instant(said["horloge"], path.name),
        process=start["processus"],
        starter=start["par"],
        data=start.get("data", {}),
        gestures=tuple(_gesture(one, path.name) for one in said["gestes"]),
        expected={
            key: said[key] for key in ("route", "etat", "fin", "ouvertes", "donnees", "preuves", "avis") if key in said
        },
        settings=said.get("reglages", {}),
        contracts=said.get("contrats", {}),
    )


def scripts_of(folder: Path) -> tuple[Path, ...]:
    """The scenario files of a process's folder, by name."""
    return tuple(sorted((folder / "scenarios").glob("*.yaml")))
