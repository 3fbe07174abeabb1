"""What a case is about, as its readers say it: the domain keeps it in plain French, pages elide or translate it."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.words import reader_language

SUBJECTS: Mapping[str, LazyString] = {
    "Arrivée de ": _l("Arrivée de %(who)s"),
    "Annulation de l'arrivée de ": _l("Annulation de l’arrivée de %(who)s"),
    "Départ de ": _l("Départ de %(who)s"),
    "Cellulaire pour ": _l("Cellulaire pour %(who)s"),
}
"""How the subjects that the house writes begin, and how pages say them; a subject that begins otherwise stays as is."""
VOWELS = frozenset("aàâäeéèêëiîïoôöuùûüœæ")


def subject(kept: str | None) -> str:
    """The subject of a case in the reader's language: « Arrivée d’Emma Gauthier, SOE »."""
    for beginning, words in SUBJECTS.items():
        if kept is not None and kept.startswith(beginning):
            who = kept.removeprefix(beginning)
            said = str(words) % {"who": who}
            return _elided(said, who) if reader_language() == "fr" else said
    return kept or ""


def _elided(said: str, who: str) -> str:
    """« de » before a vowel is « d’ »; a Y is one before a consonant only (« d’Yves », « de Yolande »)."""
    first, second = who[:1].lower(), who[1:2].lower()
    vowel = first in VOWELS or (first == "y" and second not in VOWELS)
    return said.replace(f" de {who}", f" d’{who}") if vowel else said
