"""Sentences about events: what they throw, await, catch, and when they come."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, tuple[str, str]] = {
    "engine.event_kind": (
        "Un événement « {what} » ne s'exécute pas à cet endroit : {instead}.",
        "A “{what}” event does not run in this place: {instead}.",
    ),
    "engine.several_triggers": (
        "Un événement n'a qu'un déclencheur : dessinez-en un par événement.",
        "An event has one trigger only: draw one event for each.",
    ),
    "engine.definition_elsewhere": (
        "Dites sur l'événement lui-même ce qu'il lance ou attend, plutôt que par renvoi.",
        "Say on the event itself what it throws or awaits, rather than by reference.",
    ),
    "engine.error_interrupts": (
        "Une erreur interrompt toujours ce qu'elle arrête : cancelActivity ne peut être « false ».",
        "An error always interrupts what it stops: cancelActivity cannot be “false”.",
    ),
    "engine.error_never_comes": (
        "« {host} » ne lance pas d'erreur : seuls un service, un sous-processus ou un processus appelé le font.",
        "“{host}” throws no error: only a service, a sub-process or a called process does.",
    ),
    "engine.escalation_never_comes": (
        "« {host} » ne lance pas d'escalade : seuls un sous-processus ou un processus appelé le font.",
        "“{host}” throws no escalation: only a sub-process or a called process does.",
    ),
    "engine.no_message": ("« {name} » ne dit pas quel message.", "“{name}” does not say which message."),
    "engine.no_signal": ("« {name} » ne dit pas quel signal.", "“{name}” does not say which signal."),
    "engine.timer_empty": (
        "« {name} » ne dit pas quand : une date, une durée ou un cycle.",
        "“{name}” does not say when: a date, a duration or a cycle.",
    ),
    "engine.timer_twice": (
        "« {name} » dit plus d'une fois quand : gardez une date, une durée ou un cycle.",
        "“{name}” says more than once when: keep a date, a duration or a cycle.",
    ),
    "engine.cycle_here": (
        "Un cycle ne se répète que sur un événement frontière qui n'interrompt pas ; ailleurs, écrivez une durée.",
        "A cycle only repeats on a boundary event that does not interrupt; elsewhere, write a duration.",
    ),
    "engine.not_timeDuration": (
        "« {text} » n'est pas une durée ISO 8601 en semaines, jours, heures, minutes et secondes (PT48H, P5D).",
        "“{text}” is not an ISO 8601 duration in weeks, days, hours, minutes and seconds (PT48H, P5D).",
    ),
    "engine.not_timeDate": (
        "« {text} » n'est pas un instant ISO 8601 avec son décalage (2026-12-07T08:30-05:00).",
        "“{text}” is not an ISO 8601 instant with its offset (2026-12-07T08:30-05:00).",
    ),
    "engine.not_timeCycle": (
        "« {text} » n'est pas un cycle ISO 8601 d'au moins une minute (R3/PT24H).",
        "“{text}” is not an ISO 8601 cycle of at least one minute (R3/PT24H).",
    ),
    "engine.caught_twice": (
        "Deux événements frontière attraperaient la même chose sur le même élément.",
        "Two boundary events would catch the same thing on the same element.",
    ),
    "engine.link_twice": (
        "Le lien « {link} » arrive à deux endroits.",
        "The link “{link}” arrives in two places.",
    ),
    "engine.loose_link": (
        "Le lien « {link} » ne mène nulle part : il manque l'événement où il arrive.",
        "The link “{link}” leads nowhere: the event where it arrives is missing.",
    ),
    "engine.link_from_nowhere": (
        "Rien ne lance le lien « {link} ».",
        "Nothing throws the link “{link}”.",
    ),
    "engine.error_uncaught": (
        "Rien dans ce processus n'attrape cette erreur : sauf si l'appelant le fait, le dossier resterait en erreur.",
        "Nothing in this process catches this error: unless a caller does, the case would stand in error.",
    ),
    "engine.escalation_uncaught": (
        "Rien dans ce processus n'attrape cette escalade : sauf si l'appelant le fait, le dossier resterait en erreur.",
        "Nothing in this process catches this escalation: unless a caller does, the case would stand in error.",
    ),
}
