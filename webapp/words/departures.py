"""What a departure may refuse, in both languages."""

from __future__ import annotations

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "departure.gaps": Sentence(
        "Répondez pour chaque écart, et pour aucun autre : {expected}.",
        "Answer for each gap and for no other: {expected}.",
    ),
    "departure.own_successor": Sentence(
        "La personne qui part ne peut pas prendre sa propre relève. Choisissez quelqu'un d'autre.",
        "The person who leaves cannot take over from themselves. Choose someone else.",
    ),
    "departure.other_line": Sentence(
        "Cette personne n'a pas cette ligne. Inscrivez la sienne : {lines}.",
        "This person does not have that line. Enter theirs: {lines}.",
    ),
    "departure.mailbox": Sentence(
        "La boîte de courriel se confie au plus {days} jours après le départ. Choisissez une date plus proche.",
        "The mailbox is entrusted for {days} days at most after the departure. Choose an earlier date.",
    ),
    "departure.access_gone": Sentence(
        "L'accès est déjà retiré. Pour que la personne revienne, annulez le départ.",
        "Access is gone already. For the person to come back, cancel the departure.",
    ),
    "departure.death_stays": Sentence(
        "Un départ pour décès ne s'annule que pour une erreur d'identité, confirmée par la sécurité de l'information.",
        "A departure for death is cancelled for a mistaken identity only, confirmed by information security.",
    ),
}
