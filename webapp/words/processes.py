"""Sentences about processes, their files and their versions."""

from webapp.words.wording import Sentence
from workflows.catalog.wording import SENTENCES as OF_THE_ROOM

SENTENCES: dict[str, Sentence] = {code: Sentence(fr, en) for code, (fr, en) in OF_THE_ROOM.items()} | {
    "process.unknown": Sentence(
        "Ce processus ou cette version n'existe pas. Voyez la liste des processus.",
        "There is no such process or version. See the list of processes.",
    ),
    "process.not_yours": Sentence(
        "Vous ne pouvez pas ouvrir ce genre de dossier. Demandez à une personne qui en a le rôle.",
        "You cannot start this kind of case. Ask someone who has the role to.",
    ),
    "process.invalid": Sentence(
        "Ce processus contient des erreurs et n'a pas été publié. Corrigez-les, puis recommencez.",
        "This process has errors and was not published. Correct them, then start again.",
    ),
    "scenario.unreadable": Sentence(
        "Le scénario {file} ne peut pas être lu : {what}.", "The scenario {file} cannot be read: {what}."
    ),
    "contract.unknown": Sentence("Il n'y a pas de contrat « {contract} ».", "There is no contract “{contract}”."),
    "contract.not_in_force": Sentence(
        "Aucun contrat-cadre n'est en vigueur pour cette demande. Rattachez-la à un contrat en vigueur.",
        "No framework contract is in force for this request. Attach it to one that is.",
    ),
    "request.no_unit": Sentence(
        "La demande n'a pas d'unité budgétaire. Indiquez-en une dans le formulaire.",
        "The request has no budget unit. Give one in the form.",
    ),
}
