"""The sentence that a signature confirms, in the signer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NBSP = "\N{NO-BREAK SPACE}"

SENTENCES = {
    "fr": (
        "En signant, j'engage {organisation} en vertu de l'entrée {entry} du plan de délégation {plan}, "
        "en vigueur le {day}, dans la limite de {ceiling} avant taxes."
    ),
    "en": (
        "By signing, I bind {organisation} under entry {entry} of delegation plan {plan}, "
        "in force on {day}, within the limit of {ceiling} before taxes."
    ),
}
HEAD = {
    "fr": "En signant, j'engage {organisation} en ma qualité de dirigeant de l'organisme.",
    "en": "By signing, I bind {organisation} in my capacity as head of the body.",
}
OUTSIDE = {
    "fr": "J'autorise cette demande hors du plan de délégation, au nom de {organisation}, selon les pièces jointes.",
    "en": "I authorise this request outside the delegation plan, for {organisation}, as the attached documents say.",
}


@dataclass(frozen=True, slots=True)
class Pen:
    """How a person signs: in which quality, and under what."""

    quality: str
    entry: str | None = None
    plan: str | None = None
    ceiling_cents: int | None = None
    titulaire: str | None = None
    substitution: str | None = None


def statement(organisation: str, pen: Pen, day: date, language: str) -> str:
    """What a person declares by signing, to be shown before and kept with the signature."""
    tongue = language if language in SENTENCES else "fr"
    if pen.quality == "DIRIGEANT":
        return HEAD[tongue].format(organisation=organisation)
    return SENTENCES[tongue].format(
        organisation=organisation,
        entry=pen.entry,
        plan=pen.plan,
        day=day.isoformat(),
        ceiling=amount(pen.ceiling_cents or 0, tongue),
    )


def authorisation(organisation: str, language: str) -> str:
    """What the head of the body declares by authorising a request outside the plan (R18)."""
    return OUTSIDE[language if language in OUTSIDE else "fr"].format(organisation=organisation)


def amount(cents: int, language: str) -> str:
    """An amount as people write it: « 1 234,56 $ », $1,234.56."""
    whole, rest = divmod(cents, 100)
    if language == "en":
        return f"${whole:,}.{rest:02d}"
    return f"{whole:,}".replace(",", NBSP) + f",{rest:02d}{NBSP}$"
