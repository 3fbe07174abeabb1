"""Sentences about tasks, lanes, repetitions, expressions, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping

REST: Mapping[str, tuple[str, str]] = {
    "engine.cannot_repeat": ("« {name} » ne peut pas se répéter.", "“{name}” cannot be repeated."),
    "engine.repeats_twice": (
        "« {name} » a deux marques de répétition : gardez-en une.",
        "“{name}” has two marks of repetition: keep one.",
    ),
    "engine.how_often": (
        "Dites combien de fois « {name} » se fait, pour quelle liste, ou tant que quoi.",
        "Say how many times “{name}” is done, for which list, or as long as what.",
    ),
    "engine.how_often_twice": (
        "« {name} » se fait un nombre de fois ou pour chaque élément d'une liste, pas les deux.",
        "“{name}” is done a number of times or for each item of a list, not both.",
    ),
    "engine.too_often": (
        "« {name} » se fait de 1 à {limit} fois.",
        "“{name}” is done 1 to {limit} times.",
    ),
    "engine.half_an_output": (
        "Une liste de résultats demande loopDataOutputRef et outputDataItem ensemble.",
        "A list of results needs loopDataOutputRef and outputDataItem together.",
    ),
    "engine.behavior_ignored": (
        "Le comportement d'événements d'une répétition ne s'exécute pas : il est laissé de côté.",
        "The event behaviour of a repetition does not run: it is left out.",
    ),
    "engine.calls_nothing": (
        "« {name} » ne dit pas quel processus il appelle.",
        "“{name}” does not say which process it calls.",
    ),
    "engine.no_operation": (
        "« {name} » ne dit pas quelle opération faire (parcours:operation).",
        "“{name}” does not say which operation to do (parcours:operation).",
    ),
    "engine.no_decision": (
        "« {name} » ne dit pas quelle décision appliquer (parcours:decision).",
        "“{name}” does not say which decision to apply (parcours:decision).",
    ),
    "engine.script_language": (
        "Les scripts s'écrivent en FEEL ; « {language} » ne s'exécute pas ici.",
        "Scripts are written in FEEL; “{language}” does not run here.",
    ),
    "engine.no_script": ("Le script de « {name} » est vide.", "The script of “{name}” is empty."),
    "engine.lane_nameless": (
        "Ce couloir ne dit pas de quel rôle il est.",
        "This lane does not say which role it belongs to.",
    ),
    "engine.lane_unknown": (
        "Aucun rôle ne s'appelle « {lane} ».{near}",
        "No role is called “{lane}”.{near}",
    ),
    "engine.lane_reference": (
        "Ce couloir nomme « {reference} », qui n'est pas une étape du dessin.",
        "This lane names “{reference}”, which is no step of the drawing.",
    ),
    "engine.two_lanes": ("« {name} » est dans deux couloirs.", "“{name}” stands in two lanes."),
    "engine.no_lane": (
        "« {name} » n'est dans aucun couloir : à qui serait cette tâche ?",
        "“{name}” stands in no lane: whose task would it be?",
    ),
    "engine.lane_of_the_house": (
        "« {name} » demande une personne, mais le couloir SYS n'en a pas.",
        "“{name}” needs a person, but the lane SYS has none.",
    ),
    "engine.unknown_function": (
        "La fonction « {function} » n'existe pas.{near}",
        "There is no function “{function}”.{near}",
    ),
    "engine.unknown_name": (
        "Rien dans ce processus ne donne « {unknown} ».{near}",
        "Nothing in this process gives “{unknown}”.{near}",
    ),
    "engine.unknown_field": (
        "Le formulaire de « {step} » ne donne pas « {field} » au dessin.{near}",
        "The form of “{step}” does not give “{field}” to the drawing.{near}",
    ),
    "engine.data_left_out": (
        "Les objets et associations de données ne s'exécutent pas : ils sont laissés de côté. Les données ont un nom.",
        "Data objects and associations do not run: they are left out. Data go by name.",
    ),
    "engine.resource_left_out": (
        "Les ressources ne se lisent pas : la personne d'une tâche vient de son couloir.",
        "Resources are not read: the person of a task comes from its lane.",
    ),
    "engine.correlation_left_out": (
        "Les clés de corrélation ne se lisent pas : écrivez parcours:correlation sur l'événement.",
        "Correlation keys are not read: write parcours:correlation on the event.",
    ),
    "engine.choreography_left_out": ("Une chorégraphie ne s'exécute pas.", "A choreography does not run."),
    "engine.message_flow": (
        "Les flux entre bassins ne s'exécutent pas : un message part et arrive par des événements.",
        "Flows between pools do not run: a message leaves and arrives by events.",
    ),
    "engine.no_process": ("Ce fichier ne contient aucun processus.", "This file holds no process."),
    "engine.nothing_runs": (
        'Aucun processus de ce fichier n\'est marqué exécutable (isExecutable="true") : rien ne peut commencer.',
        'No process of this file is marked executable (isExecutable="true"): nothing can be started.',
    ),
    "engine.drawing_only": (
        "« {name} » n'est pas marqué exécutable : c'est un dessin seulement.",
        "“{name}” is not marked executable: it is a drawing only.",
    ),
    "engine.other_maker": (
        "Les marques de {maker} ne se lisent pas ici : elles sont laissées de côté.",
        "The marks of {maker} are not read here: they are left out.",
    ),
}
