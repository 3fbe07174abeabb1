"""The words of this room for people, French first: one pair of sentences a code."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: dict[str, dict[str, str]] = {
    "decision.too_big": {
        "fr": "Le fichier de décision est trop gros (limite : {limit} octets).",
        "en": "The decision file is too big (limit: {limit} bytes).",
    },
    "decision.not_xml": {
        "fr": "Ce fichier n'est pas du XML lisible.",
        "en": "This file is not readable XML.",
    },
    "decision.doctype": {
        "fr": "Un fichier de décision ne peut pas contenir de DOCTYPE.",
        "en": "A decision file may not hold a DOCTYPE.",
    },
    "decision.not_dmn": {
        "fr": "Ce fichier n'est pas un modèle DMN 1.1 à 1.5.",
        "en": "This file is no DMN 1.1 to 1.5 model.",
    },
    "decision.import": {
        "fr": "Un modèle ne peut pas en importer un autre.",
        "en": "A model may not import another.",
    },
    "decision.unsupported": {
        "fr": "L'élément « {found} » n'est pas accepté dans « {where} ».",
        "en": "The element “{found}” is not accepted in “{where}”.",
    },
    "decision.too_many_rules": {
        "fr": "La table « {where} » a trop de règles (limite : {limit}).",
        "en": "The table “{where}” has too many rules (limit: {limit}).",
    },
    "decision.too_many": {
        "fr": "Le modèle a trop d'éléments « {found} » (limite : {limit}).",
        "en": "The model has too many “{found}” elements (limit: {limit}).",
    },
    "decision.no_model": {
        "fr": "Le modèle que ces cas éprouvent ne se lit pas : {reason}.",
        "en": "The model that these cases try cannot be read: {reason}.",
    },
    "decision.no_logic": {
        "fr": "La décision « {where} » n'a ni table ni expression.",
        "en": "The decision “{where}” has neither a table nor an expression.",
    },
    "decision.hit_policy": {
        "fr": "La règle de choix « {found} » est inconnue.",
        "en": "The hit policy “{found}” is unknown.",
    },
    "decision.aggregation": {
        "fr": "Une table qui agrège ses résultats n'a qu'une sortie.",
        "en": "A table that aggregates its results has one output.",
    },
    "decision.cells": {
        "fr": "La règle {row} de « {where} » n'a pas une cellule par colonne.",
        "en": "Rule {row} of “{where}” does not have one cell a column.",
    },
    "decision.output_name": {
        "fr": "Chaque sortie de « {where} » doit avoir son propre nom.",
        "en": "Each output of “{where}” must have a name of its own.",
    },
    "decision.duplicate": {
        "fr": "« {found} » apparaît deux fois dans le modèle.",
        "en": "“{found}” appears twice in the model.",
    },
    "decision.missing_requirement": {
        "fr": "« {where} » dépend de « {found} », qui n'existe pas.",
        "en": "“{where}” depends on “{found}”, which does not exist.",
    },
    "decision.cycle": {
        "fr": "La décision « {where} » dépend d'elle-même.",
        "en": "The decision “{where}” depends on itself.",
    },
    "decision.unknown": {
        "fr": "La décision « {found} » n'existe pas dans ce modèle.",
        "en": "There is no decision “{found}” in this model.",
    },
    "decision.feel": {
        "fr": "Dans « {where} », « {text} » : {detail}",
        "en": "In “{where}”, “{text}”: {detail}",
    },
    "decision.wrong_type": {
        "fr": "« {name} » n'est pas du type « {type} ».",
        "en": "“{name}” is not of the type “{type}”.",
    },
    "decision.not_allowed": {
        "fr": "La valeur de « {name} » n'est pas permise.",
        "en": "The value of “{name}” is not allowed.",
    },
    "decision.no_match": {
        "fr": "Aucune règle de « {where} » ne couvre ce cas ({inputs}).",
        "en": "No rule of “{where}” covers this case ({inputs}).",
    },
    "decision.overlap": {
        "fr": "Des règles de « {where} » se chevauchent : {rows}.",
        "en": "Rules of “{where}” overlap: {rows}.",
    },
    "decision.different_outputs": {
        "fr": "Des règles de « {where} » donnent des réponses différentes : {rows}.",
        "en": "Rules of “{where}” give different answers: {rows}.",
    },
    "decision.not_a_function": {
        "fr": "Dans « {where} », « {text} » n'est pas une fonction.",
        "en": "In “{where}”, “{text}” is not a function.",
    },
    "decision.no_order": {
        "fr": "Une sortie de « {where} » n'est pas parmi ses valeurs ordonnées.",
        "en": "An output of “{where}” is not among its ordered values.",
    },
}

PLACES = {"fr": "Ligne {line} : ", "en": "Line {line}: "}


class _Missing(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def _shown(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else value


def sentence_of(code: str, params: Mapping[str, object], line: int | None, language: str = "fr") -> str:
    """Say a code in the reader's language, with its line when there is one."""
    tongue = "en" if language.startswith("en") else "fr"
    words = SENTENCES.get(code, {}).get(tongue, code)
    said = words.format_map(_Missing({key: _shown(value) for key, value in params.items()}))
    return said if line is None else PLACES[tongue].format(line=line) + said
