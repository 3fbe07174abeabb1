"""The words of this room for people, French first: one pair of sentences a code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: dict[str, dict[str, str]] = {
    "feel.syntax": {
        "fr": "« {found} » n'est pas attendu ici.",
        "en": "“{found}” is not expected here.",
    },
    "feel.unfinished": {
        "fr": "L'expression s'arrête trop tôt.",
        "en": "The expression ends too early.",
    },
    "feel.empty": {
        "fr": "L'expression est vide.",
        "en": "The expression is empty.",
    },
    "feel.character": {
        "fr": "Le caractère « {found} » n'a pas de sens ici.",
        "en": "The character “{found}” has no meaning here.",
    },
    "feel.text_not_closed": {
        "fr": "Il manque un guillemet fermant.",
        "en": "A closing quotation mark is missing.",
    },
    "feel.bad_moment": {
        "fr": "« {found} » n'est ni une date, ni une heure, ni une durée.",
        "en": "“{found}” is no date, time or duration.",
    },
    "feel.expression_too_long": {
        "fr": "L'expression est trop longue (limite : {limit} caractères).",
        "en": "The expression is too long (limit: {limit} characters).",
    },
    "feel.too_many_parts": {
        "fr": "L'expression a trop d'éléments (limite : {limit}).",
        "en": "The expression has too many parts (limit: {limit}).",
    },
    "feel.nested_too_deep": {
        "fr": "L'expression est trop imbriquée (limite : {limit} niveaux).",
        "en": "The expression is nested too deep (limit: {limit} levels).",
    },
    "feel.too_many_names": {
        "fr": "Trop de noms sont déclarés (limite : {limit}).",
        "en": "Too many names are declared (limit: {limit}).",
    },
    "feel.unknown_name": {
        "fr": "Le nom « {name} » est inconnu.",
        "en": "The name “{name}” is unknown.",
    },
    "feel.unknown_function": {
        "fr": "La fonction « {name} » est inconnue.",
        "en": "The function “{name}” is unknown.",
    },
    "feel.unknown_type": {
        "fr": "Le type « {name} » est inconnu.",
        "en": "The type “{name}” is unknown.",
    },
    "feel.duplicate_key": {
        "fr": "L'entrée « {name} » apparaît deux fois.",
        "en": "The entry “{name}” appears twice.",
    },
    "feel.wrong_arguments": {
        "fr": "La fonction « {name} » ne s'emploie pas avec ces arguments.",
        "en": "The function “{name}” does not take these arguments.",
    },
    "feel.not_a_function": {
        "fr": "Ce qui est appelé ici n'est pas une fonction.",
        "en": "What is called here is not a function.",
    },
    "feel.function_failed": {
        "fr": "La fonction « {name} » n'a pas pu répondre avec ces valeurs.",
        "en": "The function “{name}” could not answer with these values.",
    },
    "feel.no_clock": {
        "fr": "« {name} » demande la date du jour, qui n'est pas connue ici.",
        "en": "“{name}” asks for the present moment, which is not known here.",
    },
    "feel.too_many_steps": {
        "fr": "L'expression demande trop de calculs.",
        "en": "The expression asks for too much computing.",
    },
    "feel.too_many_items": {
        "fr": "Une liste est trop longue (limite : {limit} éléments).",
        "en": "A list is too long (limit: {limit} items).",
    },
    "feel.text_too_long": {
        "fr": "Un texte est trop long (limite : {limit} caractères).",
        "en": "A text is too long (limit: {limit} characters).",
    },
    "feel.too_deep": {
        "fr": "Des appels ou des données sont trop imbriqués.",
        "en": "Calls or data are nested too deep.",
    },
    "feel.number_too_long": {
        "fr": "Un nombre a trop de chiffres (limite : {limit}).",
        "en": "A number has too many digits (limit: {limit}).",
    },
    "feel.out_of_range": {
        "fr": "Une date ou un nombre sort des limites.",
        "en": "A date or a number is out of range.",
    },
    "feel.not_a_value": {
        "fr": "Une donnée n'a pas de sens dans une expression.",
        "en": "A piece of data has no meaning in an expression.",
    },
    "feel.not_json": {
        "fr": "Une fonction ou un intervalle ne peut pas être gardé comme donnée.",
        "en": "A function or a range cannot be kept as data.",
    },
    "feel.bad_pattern": {
        "fr": "Le motif de recherche « {pattern} » n'est pas accepté.",
        "en": "The search pattern “{pattern}” is not accepted.",
    },
}

PLACES = {"fr": "Ligne {line}, colonne {column} : ", "en": "Line {line}, column {column}: "}


class _Missing(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence_of(
    code: str, params: Mapping[str, object], place: tuple[int | None, int | None], language: str = "fr"
) -> str:
    """Say a code in the reader's language, with the place when there is one."""
    tongue = "en" if language.startswith("en") else "fr"
    words = SENTENCES.get(code, {}).get(tongue, code)
    said = words.format_map(_Missing(params))
    line, column = place
    return said if line is None else PLACES[tongue].format(line=line, column=column) + said
