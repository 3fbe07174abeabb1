"""Sentences about processes, their files and their versions."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "process.unknown": Sentence(
        "Ce processus ou cette version n'existe pas. Voyez la liste des processus.",
        "There is no such process or version. See the list of processes.",
    ),
    "process.not_yours": Sentence(
        "Vous ne pouvez pas ouvrir ce genre de dossier. Demandez à une personne qui en a le rôle.",
        "You cannot start this kind of case. Ask someone who has the role to.",
    ),
    "process.no_folder": Sentence(
        "« {folder} » n'est pas un dossier de processus : il y manque process.toml.",
        "“{folder}” is not a process folder: process.toml is missing.",
    ),
    "process.no_drawing": Sentence(
        "Il manque le dessin du processus, {file}.", "The process's drawing is missing, {file}."
    ),
    "process.no_key": Sentence("{file} ne dit pas la clé du processus.", "{file} does not tell the process's key."),
    "process.toml": Sentence("{file} ne peut pas être lu : {reason}.", "{file} cannot be read: {reason}."),
    "process.too_large": Sentence("Le fichier {file} est trop volumineux.", "The file {file} is too large."),
    "process.not_text": Sentence(
        "Le fichier {file} n'est pas du texte en UTF-8.", "The file {file} is not UTF-8 text."
    ),
    "process.invalid": Sentence(
        "Ce processus contient des erreurs et n'a pas été publié. Corrigez-les, puis recommencez.",
        "This process has errors and was not published. Correct them, then start again.",
    ),
    "operation.unknown": Sentence("L'opération « {operation} » n'existe pas.", "There is no operation “{operation}”."),
    "scenario.unreadable": Sentence(
        "Le scénario {file} ne peut pas être lu : {what}.", "The scenario {file} cannot be read: {what}."
    ),
    "contract.not_in_force": Sentence(
        "Aucun contrat-cadre n'est en vigueur pour cette demande. Rattachez-la à un contrat en vigueur.",
        "No framework contract is in force for this request. Attach it to one that is.",
    ),
    "request.no_unit": Sentence(
        "La demande n'a pas d'unité budgétaire. Indiquez-en une dans le formulaire.",
        "The request has no budget unit. Give one in the form.",
    ),
}
