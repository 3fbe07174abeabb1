"""Why a case stopped, for the person who looks at it: a sentence for each code of the engine, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    "engine.expression": (
        "l'expression « {expression} » n'a pas pu être évaluée",
        "the expression “{expression}” could not be evaluated",
    ),
    "engine.condition_not_boolean": (
        "la condition « {expression} » ne donne ni vrai ni faux",
        "the condition “{expression}” gives neither true nor false",
    ),
    "engine.no_way_on": ("aucune condition n'est vraie", "no condition is true"),
    "engine.error_uncaught": ("l'opération a échoué ({error})", "the operation failed ({error})"),
    "engine.not_a_moment": ("l'échéance n'est pas un instant", "the due date is not an instant"),
    "engine.not_a_duration": ("le délai n'est pas une durée", "the delay is not a duration"),
    "engine.not_a_cycle": ("la répétition n'est pas un cycle", "the repetition is not a cycle"),
    "engine.cycle_too_short": ("le cycle est de moins d'une minute", "the cycle is shorter than a minute"),
    "engine.not_a_count": ("le nombre de fois n'en est pas un", "the number of times is none"),
    "engine.not_a_list": ("la liste à parcourir n'en est pas une", "the list to go through is none"),
    "engine.not_a_context": ("le script ne donne pas de valeurs nommées", "the script gives no named values"),
    "engine.too_many_steps": ("le processus tourne sans fin", "the process turns without end"),
    "engine.too_many_turns": ("la boucle dépasse {limit} tours", "the loop goes past {limit} turns"),
    "engine.too_many_tokens": ("trop de voies sont ouvertes à la fois", "too many ways are open at once"),
    "engine.state_too_large": (
        "le dossier est devenu trop grand pour être conservé",
        "the case has grown too large to be kept",
    ),
    "engine.state_broken": ("l'état conservé ne se relit pas", "the stored state cannot be read"),
    "engine.state_version": (
        "l'état conservé est d'une version plus récente du logiciel",
        "the stored state is of a newer release of the software",
    ),
    "engine.data_not_json": ("une valeur ne peut pas être conservée", "a value cannot be kept"),
    "engine.data_too_deep": ("une valeur est imbriquée trop profondément", "a value is nested too deep"),
    "engine.data_number_too_large": ("un nombre est trop grand", "a number is too large"),
    "engine.data_reserved_key": ("une valeur porte un nom réservé", "a value bears a reserved name"),
    "engine.escaped": ("une erreur n'est attrapée nulle part", "an error is caught nowhere"),
    "operation.unknown": ("l'opération demandée n'existe pas", "the operation asked for does not exist"),
    "decision.unknown": ("la table de décision est introuvable", "the decision table cannot be found"),
    "decision.no_match": ("aucune règle de la table ne s'applique", "no rule of the table applies"),
}
OTHER = ("une erreur inattendue s'est produite", "an unexpected error occurred")


class _Given(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def reason_of(code: str, params: Mapping[str, object], language: str) -> str:
    """Why a case stopped, in a language; of an error that nobody foresaw, only that."""
    said = REASONS.get(code, OTHER)
    return (said[1] if language == "en" else said[0]).format_map(_Given(params))
