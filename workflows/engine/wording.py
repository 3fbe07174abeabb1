"""What a person reads for each problem of a drawing, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "engine.file_too_large": ("Le fichier dépasse 2 Mo.", "The file is larger than 2 MB."),
    "engine.doctype": ("Un modèle ne déclare ni DOCTYPE ni entité.", "A model declares no DOCTYPE and no entity."),
    "engine.not_xml": ("Ce n'est pas du XML lisible : {reason}.", "This is not readable XML: {reason}."),
    "engine.not_bpmn": ("Ce n'est pas un fichier BPMN 2.0.", "This is not a BPMN 2.0 file."),
    "engine.duplicate_id": ("L'identifiant « {element} » sert deux fois.", "The id “{element}” is used twice."),
    "engine.event_subprocess": (
        "Un sous-processus événementiel ne s'exécute pas : dessinez un événement frontière sur un sous-processus.",
        "An event sub-process does not run: draw a boundary event on a sub-process.",
    ),
    "engine.no_start": ("Il manque un événement de début.", "A start event is missing."),
    "engine.unsupported": (
        "L'élément « {kind} » n'est pas pris en charge.",
        "The element “{kind}” is not supported.",
    ),
    "engine.no_condition": (
        "Cette flèche sort d'un choix sans condition.",
        "This arrow leaves a choice without a condition.",
    ),
    "engine.no_default": (
        "Ce choix n'a pas de flèche par défaut.",
        "This choice has no default arrow.",
    ),
    "engine.expression": (
        "L'expression « {expression} » ne se lit pas : {reason}",
        "The expression “{expression}” cannot be read: {reason}",
    ),
    "engine.unknown_process": (
        "Le processus appelé « {process} » est introuvable.",
        "The called process “{process}” cannot be found.",
    ),
    "engine.unreadable": (
        "Ce modèle ne se lit pas ({reason}).",
        "This model cannot be read ({reason}).",
    ),
    "engine.duplicate_or_unknown": (
        "Un identifiant manque ou sert deux fois : {element}.",
        "An id is missing or used twice: {element}.",
    ),
    "engine.calls_itself": (
        "Le processus « {process} » s'appelle lui-même : il ne finirait jamais.",
        "The process “{process}” calls itself: it would never end.",
    ),
    "engine.unattached": (
        "Cet événement frontière n'est attaché à rien.",
        "This boundary event is attached to nothing.",
    ),
    "engine.loose_flow": ("Cette flèche ne mène nulle part.", "This arrow leads nowhere."),
    "engine.nothing_awaited": (
        "Cet événement n'attend ni message ni moment.",
        "This event awaits neither a message nor a moment.",
    ),
}
OTHER = ("Ce modèle ne peut pas s'exécuter ({code}).", "This model cannot run ({code}).")
