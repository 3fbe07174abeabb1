"""Sentences about calendars, holidays and deadlines counted again."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "calendar.unknown": Sentence(
        "Le calendrier « {calendar} » n'existe pas dans cet organisme.",
        "There is no calendar “{calendar}” in this organisation.",
    ),
    "holidays.not_yours": Sentence(
        "Les jours fériés sont publiés par les ressources humaines ou par un administrateur. Adressez-vous à eux.",
        "Holidays are published by human resources or by an administrator. Ask them.",
    ),
    "holidays.changed": Sentence(
        "Les jours fériés de {year} ont changé pendant votre révision. Rechargez la page, puis révisez-les de nouveau.",
        "The holidays of {year} have changed while you reviewed them. Reload the page, then review them again.",
    ),
    "holidays.invalid": Sentence(
        "Les jours fériés ne sont pas publiés : il reste à corriger ce qui suit.",
        "The holidays are not published: what follows is still to be corrected.",
    ),
    "holidays.other_year": Sentence(
        "Cette date n'est pas en {year}. Choisissez une date de l'année, ou changez d'année.",
        "This date is not in {year}. Choose a date of that year, or change the year.",
    ),
    "holidays.file": Sentence(
        "« {file} » n'est pas une liste de jours. « parcours calendar propose ANNEE --json » en montre la forme.",
        "“{file}” is no list of days. “parcours calendar propose YEAR --json” shows its form.",
    ),
    "holidays.date": Sentence("Choisissez une date.", "Choose a date."),
    "holidays.name": Sentence(
        "Nommez ce jour, en {limit} caractères au plus.", "Name this day, in {limit} characters at most."
    ),
    "holidays.calendar": Sentence(
        "Ce calendrier n'existe pas, ou ne ferme jamais. Choisissez-en un autre.",
        "There is no such calendar, or it never closes. Choose another one.",
    ),
    "holidays.hours": Sentence(
        "Ces heures ne se suivent pas. Écrivez l'ouverture avant la fermeture, le matin avant l'après-midi.",
        "These hours do not follow one another. Write openings before closings, the morning before the afternoon.",
    ),
    "holidays.closed_with_hours": Sentence(
        "Ce jour fermé a des heures. Choisissez « Ouvert à des heures spéciales », ou effacez les heures.",
        "This day is closed and yet has hours. Choose “Open at special hours”, or clear the hours.",
    ),
    "holidays.twice": Sentence(
        "Cette date est déjà dans la liste pour ce calendrier ou pour tous. Retirez l'une des deux.",
        "This date is already in the list for this calendar or for all of them. Remove one of the two.",
    ),
    "deadlines.not_yours": Sentence(
        "Seul un exploitant recalcule les échéances.", "Only an operator counts deadlines again."
    ),
    "deadlines.changed": Sentence(
        "Les échéances ou le calendrier ont changé depuis cet aperçu. Rien n'est déplacé : relisez l'aperçu.",
        "The deadlines or the calendar have changed since this preview. Nothing was moved: read the preview again.",
    ),
}
