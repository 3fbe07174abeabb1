"""Sentences about the shape of a drawing: ids, ways, gateways."""

from __future__ import annotations

from collections.abc import Mapping

DRAWING: Mapping[str, tuple[str, str]] = {
    "engine.unsupported": (
        "L'élément « {kind} » ne s'exécute pas ici : {instead}.",
        "The element “{kind}” does not run here: {instead}.",
    ),
    "engine.task_without_kind": (
        "La tâche « {name} » ne dit pas de quelle sorte elle est : utilisateur, manuelle, service, règle ou script.",
        "The task “{name}” does not say what kind it is: user, manual, service, rule or script.",
    ),
    "engine.compensation": (
        "La compensation ne s'exécute pas ici : dessinez les tâches qui défont.",
        "Compensation does not run here: draw the tasks that undo.",
    ),
    "engine.no_id": ("Cet élément « {kind} » n'a pas d'identifiant.", "This element “{kind}” has no id."),
    "engine.bad_id": (
        "L'identifiant « {shown} » ne convient pas : une lettre, puis lettres, chiffres, points, tirets ; 120 au plus.",
        "“{shown}” is no id: a letter, then letters, digits, dots and dashes, 120 at most.",
    ),
    "engine.taken_id": (
        "L'identifiant « {element} » est réservé : donnez-en un autre.",
        "The id “{element}” is reserved: give another one.",
    ),
    "engine.twice_in_files": (
        "« {element} » est déjà défini dans {other}, autrement.",
        "“{element}” is already defined in {other}, otherwise.",
    ),
    "engine.unknown_reference": (
        "« {reference} » devrait nommer un élément « {wanted} » de ce fichier ; il n'y en a pas.",
        "“{reference}” should name an element “{wanted}” of this file; there is none.",
    ),
    "engine.nameless": ("Cet élément « {kind} » n'a pas de nom.", "This element “{kind}” has no name."),
    "engine.no_end": (
        "Il n'y a pas d'événement de fin : le dossier finirait sans qu'on sache comment.",
        "There is no end event: the case would end without anyone knowing how.",
    ),
    "engine.several_starts": (
        "Il y a plus d'un début sans message, ou pour le même message : lequel commencerait ?",
        "There is more than one start without a message, or for the same message: which one would begin?",
    ),
    "engine.inner_start": (
        "Un sous-processus commence par un début simple : il n'attend pas de message pour commencer.",
        "A sub-process begins with a plain start: it awaits no message to begin.",
    ),
    "engine.unreachable": (
        "Rien ne mène à « {name} ».",
        "Nothing leads to “{name}”.",
    ),
    "engine.no_way_out": (
        "De « {name} », aucun événement de fin ne peut être atteint.",
        "From “{name}”, no end event can be reached.",
    ),
    "engine.dead_end": (
        "Rien ne suit « {name} », qui finit sa voie sans le dire : terminez par un événement de fin.",
        "Nothing follows “{name}”, which ends its way without saying so: finish with an end event.",
    ),
    "engine.arrow_into": (
        "Aucune flèche ne mène à un début, à un événement frontière ni à l'arrivée d'un lien.",
        "No arrow leads to a start, to a boundary event or to where a link arrives.",
    ),
    "engine.arrow_out_of": (
        "Aucune flèche ne sort d'une fin ni d'un lien.",
        "No arrow leaves an end or a link.",
    ),
    "engine.double_arrow": (
        "Deux flèches mènent du même élément à la même passerelle, qui n'en attendrait qu'une : gardez-en une.",
        "Two arrows lead from the same element to the same gateway, which would await only one: keep one.",
    ),
    "engine.endless_loop": (
        "Cette boucle, où rien n'attend ni ne choisit, ne finirait jamais.",
        "This loop, in which nothing waits or chooses, would never end.",
    ),
    "engine.multiplying_loop": (
        "Plusieurs voies de « {name} » y reviennent : chaque tour en ouvrirait davantage. Réunissez-les d'abord.",
        "Several ways out of “{name}” come back to it: each turn would open more of them. Join them first.",
    ),
    "engine.too_many_elements": (
        "Ce processus a {number} éléments ; {limit} au plus. Divisez-le en processus appelés.",
        "This process has {number} elements; {limit} at most. Split it into called processes.",
    ),
    "engine.too_deep": (
        "Les sous-processus sont imbriqués sur plus de {limit} niveaux.",
        "Sub-processes are nested more than {limit} levels deep.",
    ),
    "engine.condition_ignored": (
        "Une condition ne se lit que sur les flèches d'une passerelle exclusive ou inclusive : dessinez-en une.",
        "A condition is only read on the arrows of an exclusive or inclusive gateway: draw one.",
    ),
    "engine.default_ignored": (
        "« {name} » ne choisit pas entre ses flèches : une flèche par défaut n'y a pas de sens.",
        "“{name}” does not choose between its arrows: a default arrow means nothing there.",
    ),
    "engine.foreign_default": (
        "La flèche par défaut de « {name} » n'en sort pas.",
        "The default arrow of “{name}” does not leave it.",
    ),
    "engine.condition_on_default": (
        "La flèche par défaut n'a pas de condition : elle est prise quand aucune autre ne l'est.",
        "The default arrow has no condition: it is taken when no other one is.",
    ),
    "engine.no_default": (
        "« {name} » n'a pas de flèche par défaut : si aucune condition n'est vraie, le dossier s'arrête.",
        "“{name}” has no default arrow: if no condition is true, the case stops.",
    ),
    "engine.gateway_starts": (
        "Une passerelle ne commence pas un dossier : dessinez un début par message.",
        "A gateway does not begin a case: draw a message start.",
    ),
    "engine.race_alone": (
        "Cette passerelle attend le premier de plusieurs événements : il en faut au moins deux.",
        "This gateway awaits the first of several events: it needs at least two.",
    ),
    "engine.race_arm": (
        "D'une passerelle d'événements, chaque flèche mène à un événement qui attend ou à une tâche de réception.",
        "From an event gateway each arrow leads to an event that waits or to a receive task.",
    ),
    "engine.race_shared": (
        "« {name} » suit une passerelle d'événements : aucune autre flèche ne peut y mener.",
        "“{name}” follows an event gateway: no other arrow may lead to it.",
    ),
    "engine.join_in_vain": (
        "« {name} » attend toutes ses flèches, mais « {choice} » n'en prend qu'une : le dossier y resterait.",
        "“{name}” awaits all its arrows, but “{choice}” only takes one: the case would stay there.",
    ),
}
