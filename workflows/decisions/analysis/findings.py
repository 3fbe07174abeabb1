"""What an analysis finds in a table, with the rows it is about and the words to say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SENTENCES: Mapping[str, tuple[str, str]] = {
    "decision.gap": ("Cas non couvert : {example}.", "Case not covered: {example}."),
    "decision.gap_between": (
        "Cas non couvert entre deux nombres entiers : {example}. Sans importance si la colonne compte des entiers.",
        "Case not covered between two whole numbers: {example}. Of no consequence if the column counts whole ones.",
    ),
    "decision.rows_overlap": (
        "Règles qui se chevauchent : {rows}, par exemple {example}.",
        "Rules that overlap: {rows}, for example {example}.",
    ),
    "decision.rows_disagree": (
        "Règles qui se chevauchent sans dire la même chose : {rows}, par exemple {example}.",
        "Rules that overlap and do not say the same: {rows}, for example {example}.",
    ),
    "decision.row_never": (
        "La règle {rows} ne s'applique jamais : aucune donnée ne satisfait ses conditions.",
        "Rule {rows} never applies: no data meet its conditions.",
    ),
    "decision.row_masked": (
        "La règle {rows} ne l'emporte jamais : d'autres passent toujours avant elle.",
        "Rule {rows} never wins: others always come before it.",
    ),
    "decision.rows_alike": (
        "Les règles {rows} ont les mêmes conditions et les mêmes réponses.",
        "Rules {rows} have the same conditions and the same answers.",
    ),
    "decision.not_analysed": (
        "La condition « {text} » de la règle {rows} demande plus que des valeurs : ni les trous ni les chevauchements "
        "de la table ne peuvent être vérifiés.",
        "The condition “{text}” of rule {rows} asks for more than values: neither gaps nor overlaps of the table can "
        "be checked.",
    ),
    "decision.too_wide": (
        "La table combine trop de conditions pour que ses trous et ses chevauchements soient tous cherchés.",
        "The table combines too many conditions for all its gaps and overlaps to be looked for.",
    ),
    "decision.other_inputs": (
        "La table d'origine demande {theirs} ; celle-ci, {ours}.",
        "The original table asks {theirs}; this one, {ours}.",
    ),
    "decision.other_outputs": (
        "La table d'origine donne {theirs} ; celle-ci, {ours}.",
        "The original table gives {theirs}; this one, {ours}.",
    ),
    "decision.other_type": (
        "« {name} » est de type {theirs} dans la table d'origine, et de type {ours} ici.",
        "“{name}” is of type {theirs} in the original table, and of type {ours} here.",
    ),
    "decision.other_policy": (
        "La table d'origine donne {theirs} ; celle-ci, {ours} : le dossier ne lirait pas la réponse.",
        "The original table gives {theirs}; this one, {ours}: the case could not read the answer.",
    ),
    "decision.other_value": (
        "« {value} » n'est pas une réponse que la table d'origine permet pour « {name} ».",
        "“{value}” is not an answer that the original table allows for “{name}”.",
    ),
    "decision.other_decision": (
        "Ce fichier ne définit pas la décision « {name} ».",
        "This file does not define the decision “{name}”.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a table: a code, the rows by their labels, and a line of the file."""

    code: str
    severity: Literal["error", "warning"]
    line: int | None
    where: str
    rows: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: str = "fr") -> str:
        """What was found, in a language; values given as a pair say themselves in each."""
        at = 1 if language == "en" else 0
        given = {key: value[at] if isinstance(value, tuple) else value for key, value in self.params.items()}
        return SENTENCES[self.code][at].format_map({"rows": ", ".join(self.rows), **given})
