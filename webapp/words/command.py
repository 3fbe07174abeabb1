"""Sentences that only the command line says."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "decision.unknown": Sentence(
        "La décision « {name} » n'existe pas dans ce fichier.", "There is no decision “{name}” in this file."
    ),
    "input.not_object": Sentence("L'entrée doit être un objet JSON.", "The input must be a JSON object."),
}
