"""Sentences about forms: the forms room knows them best; here they join the others."""

from webapp.words.wording import Sentence
from workflows.forms.codes import SENTENCES as OF_THE_ROOM

SENTENCES: dict[str, Sentence] = {code: Sentence(fr, en) for code, (fr, en) in OF_THE_ROOM.items()} | {
    "form.unknown": Sentence(
        "Ce formulaire n'existe pas dans cette version du processus.",
        "There is no such form in this version of the process.",
    ),
    "form.unknown_person": Sentence(
        "Cette personne est inconnue ou ne travaille plus ici. Choisissez-en une autre.",
        "This person is unknown or no longer works here. Choose someone else.",
    ),
    "form.unknown_unit": Sentence(
        "Cette unité est inconnue ou n'est plus active. Choisissez-en une autre.",
        "This unit is unknown or no longer active. Choose another.",
    ),
}
