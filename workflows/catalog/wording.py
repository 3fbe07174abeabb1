"""What a person reads for each problem of a process's folder: code → (French, English)."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    "process.no_folder": (
        "« {folder} » n'est pas un dossier de processus : il y manque process.toml.",
        "“{folder}” is not a process folder: process.toml is missing.",
    ),
    "process.no_drawing": ("Il manque le dessin du processus, {file}.", "The process's drawing is missing, {file}."),
    "process.no_key": ("{file} ne dit pas la clé du processus.", "{file} does not tell the process's key."),
    "process.toml": ("{file} ne peut pas être lu : {reason}.", "{file} cannot be read: {reason}."),
    "process.too_large": ("Le fichier {file} est trop volumineux.", "The file {file} is too large."),
    "process.not_text": ("Le fichier {file} n'est pas du texte en UTF-8.", "The file {file} is not UTF-8 text."),
    "process.no_file": ("Le fichier {file} n'existe pas.", "There is no file {file}."),
    "process.not_a_file": (
        "« {file} » ne se lit pas comme un fichier : {reason}.",
        "“{file}” cannot be read as a file: {reason}.",
    ),
    "process.check_stopped": (
        "La vérification de {file} a été interrompue : trop de temps ou de mémoire, ou le fichier n'a pas "
        "une forme connue.",
        "The check of {file} was stopped: it needed too much time or memory, or the file has no known form.",
    ),
    "process.empty": ("Le fichier {file} est vide.", "The file {file} is empty."),
    "process.not_json": (
        "{file} n'est pas du JSON lisible : {reason}.",
        "{file} is not readable JSON: {reason}.",
    ),
    "process.no_form": (
        "Le formulaire « {form} » est demandé, mais forms/{form}.json n'existe pas.",
        "The form “{form}” is asked for, but there is no forms/{form}.json.",
    ),
    "process.no_table": (
        "La décision « {decision} » est demandée, mais {decision}.dmn n'existe pas.",
        "The decision “{decision}” is asked for, but there is no {decision}.dmn.",
    ),
    "process.not_drawn": (
        "{file} parle de l'étape « {step} », qui n'est pas dessinée.",
        "{file} speaks of the step “{step}”, which is not drawn.",
    ),
    "process.no_english": (
        "« {name} » n'est pas dit en anglais (parcours:nameEn).",
        "“{name}” is not said in English (parcours:nameEn).",
    ),
    "process.no_english_in_form": (
        "« {name} » n'est pas dit en anglais (properties.{field}En).",
        "“{name}” is not said in English (properties.{field}En).",
    ),
    "process.one_language": (
        "« {key} » n'est dit que dans une langue : donnez fr et en.",
        "“{key}” is only said in one language: give fr and en.",
    ),
    "process.message_unlisted": (
        "Le message « {message} » n'est pas dans la liste [messages] de process.toml.",
        "The message “{message}” is not in the list [messages] of process.toml.",
    ),
    "process.other_decision": (
        "{decision}.dmn ne définit pas la décision « {decision} ».",
        "{decision}.dmn does not define the decision “{decision}”.",
    ),
    "operation.unknown": ("L'opération « {operation} » n'existe pas.", "There is no operation “{operation}”."),
}


class _Given(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, params: Mapping[str, object]) -> Mapping[str, str]:
    """The sentence of a code of this room in both languages."""
    french, english = SENTENCES[code]
    return {"fr": french.format_map(_Given(params)), "en": english.format_map(_Given(params))}
