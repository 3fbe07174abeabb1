"""The shape of a scenario file: which keys each part must have and may have, and on which line it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from workflows.errors import Invalid
from workflows.written import Told


class Keys(NamedTuple):
    """The keys that a part must have, and those that it may have besides."""

    needed: frozenset[str]
    more: frozenset[str] = frozenset()


def keys(needed: str, more: str = "") -> Keys:
    """Keys written as words."""
    return Keys(frozenset(needed.split()), frozenset(more.split()))


FILE = keys("id titre horloge demarrer gestes route etat fin ouvertes donnees preuves", "avis reglages contrats")
TITLE = keys("fr en")
START = keys("", "processus par message data")
OPEN = keys("tache par", "echeance")
FACT = keys("genre a", "etape")
AWAITED = keys("etape", "echeance nom")
EVIDENCE = keys("personne qualite entree", "titulaire plan decision")
NOTICE = keys("personne etape")
REFUSAL = keys("tache par code", "reponses signer")
CONTRACT = keys("", "du au")
GESTURES: Mapping[str, Keys] = {
    "tache": keys("tache par echeance", "a reponses signer"),
    "message": keys("message", "a data statut correlation id code"),
    "dossier": keys("dossier", "a demarrer lie"),
    "annuler": keys("annuler par", "a frais code"),
    "attentes": keys("attentes", "a"),
    "faits": keys("faits", "a"),
    "refus": keys("refus", "a"),
    "horloge": keys("horloge"),
    "ouvertes": keys("ouvertes", "a"),
    "fichier": keys("fichier par", "nom a"),
    "prendre": keys("prendre par", "a"),
}


def wrong(what: str, line: int = 1) -> Invalid:
    """A scenario that does not have the shape it must have."""
    return Invalid("scenario.unreadable", file="", what=what, line=line)


def part(said: object, allowed: Keys, name: str, line: int = 1) -> Told:
    """A part with the keys it must have, and no other."""
    if not isinstance(said, Told):
        raise wrong(f"{name} is not told with keys", line)
    missing, unknown = allowed.needed - set(said), set(said) - allowed.needed - allowed.more
    if missing or unknown:
        found = [f"misses {sorted(missing)}"] * bool(missing) + [f"has the unknown keys {sorted(unknown)}"] * bool(
            unknown
        )
        raise wrong(f"{name} {' and '.join(found)}", said.line)
    return said


def parts(said: object, allowed: Keys, name: str, line: int = 1) -> list[Told]:
    """A list of parts."""
    return [part(one, allowed, name, line) for one in listed(said, name, line)]


def listed(said: object, name: str, line: int = 1) -> Iterable[Any]:
    """A list, and nothing else."""
    if not isinstance(said, list):
        raise wrong(f"{name} is not a list", line)
    return said


def instant(value: object, line: int = 1) -> datetime:
    """An instant with its offset, as text."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise wrong(f"{value!r} is not an instant with its offset", line)
    return found
