"""What a person reads for each problem of a plan's file: code → (French, English)."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.engine import Problem

SHAPE: Mapping[str, tuple[str, str]] = {
    "plan.unreadable": ("Le fichier ne se lit pas : {what}.", "The file cannot be read: {what}."),
    "plan.too_large": (
        "Le fichier est trop volumineux : {largest} octets au plus.",
        "The file is too large: {largest} bytes at most.",
    ),
    "plan.not_keys": ("« {key} » se dit par des clés.", "“{key}” is told with keys."),
    "plan.key_missing": ("Il manque la clé « {key} ».", "The key “{key}” is missing."),
    "plan.key_unknown": (
        "La clé « {key} » n'existe pas ici. Clés permises : {known}.",
        "There is no key “{key}” here. Keys allowed: {known}.",
    ),
    "plan.text": (
        "« {key} » est un texte de 1 à {most} caractères.",
        "“{key}” is a text of 1 to {most} characters.",
    ),
    "plan.code": (
        "« {key} » est un code : lettres, chiffres, points et traits d'union, 40 au plus.",
        "“{key}” is a code: letters, digits, dots and hyphens, 40 at most.",
    ),
    "plan.date": (
        "« {key} » est une date, comme 2027-04-01, ou une date et une heure locales, comme 2027-04-01T13:00.",
        "“{key}” is a date, such as 2027-04-01, or a local date and hour, such as 2027-04-01T13:00.",
    ),
    "plan.cents": (
        "« {key} » est un nombre entier de cents, sans espace ni décimale, ou null.",
        "“{key}” is a whole number of cents, without space or decimals, or null.",
    ),
    "plan.level": ("« {key} » est un niveau : N1, N2, N3 ou N4.", "“{key}” is a level: N1, N2, N3 or N4."),
    "plan.types": (
        "« types » est une liste, sans répétition, parmi APPAREIL, RESEAU, TECHNO.",
        "“types” is a list, without repetition, among APPAREIL, RESEAU, TECHNO.",
    ),
    "plan.sectors": (
        "« secteurs » est une liste de codes d'unités, sans répétition, ou null pour tout l'organisme.",
        "“secteurs” is a list of unit codes, without repetition, or null for the whole body.",
    ),
    "plan.yes_no": ("« {key} » est true ou false.", "“{key}” is true or false."),
    "plan.no_entry": ("Le plan n'a aucune entrée.", "The plan has no entry."),
    "plan.holder": (
        "L'entrée nomme une personne (personne) ou l'unité dont elle vise le titulaire (titulaire_de) : un des deux.",
        "The entry names a person (personne), or the unit whose head it stands for (titulaire_de): one of the two.",
    ),
    "plan.dates_reversed": ("La fin doit venir après le début.", "The end must come after the beginning."),
    "plan.no_ceiling": (
        "Sans plafond, seul ou conjoint, cette entrée ne permet de rien signer.",
        "Without a ceiling, alone or joint, nothing can be signed under this entry.",
    ),
    "plan.table": (
        "Le plan dit qui signe quoi par « seuils » ou par une « table » (DMN) : l'un des deux.",
        "The plan says who signs what by “seuils” or by a “table” (DMN): one of the two.",
    ),
    "plan.table_missing": (
        "La table « {table} » n'est pas avec le fichier du plan.",
        "The table “{table}” is not with the plan's file.",
    ),
    "plan.thresholds": (
        "« {key} » donne un montant à chaque niveau, du premier au dernier, toujours plus grand ; les mêmes niveaux "
        "dans montant_cents et cumul_cents.",
        "“{key}” gives each level an amount, from the first to the last, always larger; the same levels in "
        "montant_cents and cumul_cents.",
    ),
    "plan.threshold_level": (
        "« {key} » parle d'un niveau que les seuils ne donnent pas.",
        "“{key}” speaks of a level that the thresholds do not give.",
    ),
    "plan.signatures": (
        "Le nombre de signatures d'un niveau est 1 ou 2.",
        "The number of signatures of a level is 1 or 2.",
    ),
}
CONTENT: Mapping[str, tuple[str, str]] = {
    "plan.unknown_organisation": (
        "L'organisme « {organisation} » n'existe pas.",
        "There is no organisation “{organisation}”.",
    ),
    "plan.other_organisation": (
        "Ce plan est celui d'un autre organisme ({organisation}).",
        "This plan is another organisation's ({organisation}).",
    ),
    "plan.unknown_person": ("La personne « {person} » n'existe pas.", "There is no person “{person}”."),
    "plan.unknown_unit": (
        "L'unité « {unit} » n'existe pas ou n'est plus active.",
        "There is no unit “{unit}”, or it is no longer active.",
    ),
    "plan.entry_outside": (
        "L'entrée est valide hors des dates du plan ({since} – {until}).",
        "The entry is valid outside the plan's dates ({since} – {until}).",
    ),
    "plan.overlap": (
        "Les périodes de validité se chevauchent. La version {version} est en vigueur du {since} au {until} : "
        "changez les dates, ou écrivez « succede_a: {version} » pour y mettre fin au début de celle-ci.",
        "The validity periods overlap. Version {version} is in force from {since} to {until}: change the dates, or "
        "write “succede_a: {version}” to end it when this one begins.",
    ),
    "plan.gap": (
        "Aucun plan ne serait en vigueur du {since} au {until}. Changez les dates, ou écrivez pourquoi dans "
        "« motif_interruption » (de 20 à 1000 caractères).",
        "No plan would be in force from {since} to {until}. Change the dates, or write why in "
        "“motif_interruption” (20 to 1000 characters).",
    ),
    "plan.gap_reason": (
        "« motif_interruption » compte de 20 à 1000 caractères.",
        "“motif_interruption” has 20 to 1000 characters.",
    ),
    "plan.immutable": (
        "La version {version} a déjà été en vigueur : elle ne change plus. Publiez-en une autre.",
        "Version {version} has already been in force: it no longer changes. Publish another.",
    ),
    "plan.past": (
        "Le plan commencerait avant aujourd'hui : ce qui a été signé l'a été sous les plans d'alors.",
        "The plan would begin before today: what was signed was signed under the plans of then.",
    ),
    "plan.succession": (
        "La version « {version} » n'est pas en vigueur au début de celle-ci : rien ne lui succède.",
        "Version “{version}” is not in force when this one begins: nothing succeeds it.",
    ),
    "plan.succession_past": (
        "On ne met pas fin à une version dans le passé : le début doit venir après maintenant.",
        "A version is not ended in the past: the beginning must come after now.",
    ),
}
WARNINGS: Mapping[str, tuple[str, str]] = {
    "plan.begun": (
        "Le plan est en vigueur dès sa publication : son début est passé.",
        "The plan is in force as soon as it is published: its beginning has passed.",
    ),
    "plan.ends_early": (
        "Le plan finit le {until}, avant la fin de l'exercice : publiez le suivant avant, sinon les signatures "
        "iront au dirigeant.",
        "The plan ends on {until}, before the fiscal year does: publish the next one before, or signatures will go "
        "to the head of the body.",
    ),
    "plan.not_signatory": (
        "{person} n'a pas le rôle DERO pendant toute la validité de l'entrée : sans lui, elle ne permet pas de signer.",
        "{person} does not hold the role DERO for the whole validity of the entry: without it, it does not let sign.",
    ),
    "plan.not_there": (
        "{person} ne travaille pas pour l'organisme pendant toute la validité de l'entrée.",
        "{person} does not work for the body for the whole validity of the entry.",
    ),
    "plan.no_head": (
        "L'unité {unit} n'a personne à sa tête : l'entrée n'a pas de titulaire.",
        "Unit {unit} has no head: the entry has no holder.",
    ),
    "plan.unlinked_signatory": (
        "{person} a le rôle DERO sans aucune entrée dans ce plan : le rôle sera suspendu.",
        "{person} holds the role DERO without any entry in this plan: the role will be suspended.",
    ),
    "plan.ceiling_short": (
        "La table demande le niveau {level} jusqu'à {asked}, mais aucune entrée de ce niveau ne signe au-delà de "
        "{ceiling}{jointly} : au-dessus, les demandes iront {next}.",
        "The table asks for level {level} up to {asked}, but no entry of that level signs above "
        "{ceiling}{jointly}: above it, requests will go {next}.",
    ),
    "plan.level_empty": (
        "Personne ne signe au niveau {level} : les demandes iront {next}. {where}",
        "Nobody signs at level {level}: requests will go {next}. {where}",
    ),
    "plan.level_manager": (
        "Le niveau {level} n'a qu'un signataire, qui est aussi le gestionnaire des bénéficiaires : les demandes "
        "monteront {next}. {where}",
        "Level {level} has only one signatory, who is also the beneficiaries' manager: requests will go up {next}. "
        "{where}",
    ),
    "plan.level_line": (
        "Aucun signataire du niveau {level} n'est hors de la ligne hiérarchique des bénéficiaires : si l'un d'eux "
        "confirme le besoin, les demandes monteront {next}. {where}",
        "No signatory of level {level} stands outside the beneficiaries' line of management: if one of them confirms "
        "the need, requests will go up {next}. {where}",
    ),
    "plan.joint_short": (
        "Le niveau {level} demande {count} signatures de personnes différentes, et il en manque : les demandes iront "
        "{next}. {where}",
        "Level {level} takes {count} signatures of different persons, and some are missing: requests will go {next}. "
        "{where}",
    ),
}
SENTENCES: Mapping[str, tuple[str, str]] = {**SHAPE, **CONTENT, **WARNINGS}
Pair = tuple[str, str]


def problem(code: str, line: int, element: str | None = None, **params: object) -> Problem:
    """A problem of a plan's file with its sentence in both languages; a pair among the values says itself in each."""
    words = {}
    for place, language in enumerate(("fr", "en")):
        given = {key: value[place] if isinstance(value, tuple) else value for key, value in params.items()}
        words[language] = SENTENCES[code][place].format_map(given)
    return Problem(code, "warning" if code in WARNINGS else "error", element, line, words)
