"""Sentences about cases, tasks, files and messages."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "case.unknown": Sentence(
        "Ce dossier n'existe pas, ou vous n'y avez pas accès. Vérifiez son numéro.",
        "There is no such case, or you have no access to it. Check its number.",
    ),
    "case.not_yours": Sentence(
        "Vous ne pouvez pas faire cela sur ce dossier. Demandez à la personne qui en a la charge.",
        "You cannot do that on this case. Ask whoever is in charge of it.",
    ),
    "arrival.open_already": Sentence(
        "Un dossier est déjà ouvert pour cette personne : {number}.",
        "A case is already open for this person: {number}.",
    ),
    "arrival.other_person": Sentence(
        "Ce matricule est celui d'une autre personne. Vérifiez-le, ou ouvrez un autre dossier.",
        "This number belongs to another person. Check it, or open another case.",
    ),
    "arrival.position_taken": Sentence(
        "Une personne en poste a déjà ce numéro. Corrigez-le, ou cochez « Poste partagé ».",
        "Someone at work already has this position. Correct it, or tick “Shared position”.",
    ),
    "arrival.not_yet": Sentence(
        "L'entrée en fonction a été reportée : confirmez la présence le jour venu.",
        "The first day was put off: confirm the presence when it comes.",
    ),
    "arrival.late_reason": Sentence(
        "L'entrée en fonction est passée ou c'est aujourd'hui : dites pourquoi le dossier arrive tard.",
        "The first day is past or today: say why the file comes late.",
    ),
    "arrival.not_asked": Sentence(
        "Cette responsabilité n'est pas demandée. Choisissez-en une qui l'est.",
        "This responsibility is not asked for. Choose one that is.",
    ),
    "arrival.code_taken": Sentence(
        "Une autre personne a déjà ce code d'usager. Choisissez-en un autre.",
        "Someone else already has this user code. Choose another one.",
    ),
    "arrival.not_as_approved": Sentence(
        "L'attribution diffère de ce qui est approuvé. Il manque : {missing}. De trop : {extra}.",
        "What is granted differs from what was approved. Missing: {missing}. Too many: {extra}.",
    ),
    "message.too_late": Sentence(
        "Il est trop tard pour cette modification : l'étape {step} est faite. Ouvrez un nouveau dossier.",
        "It is too late for this change: step {step} is done. Open another case.",
    ),
    "action.not_yours": Sentence(
        "Cette action ne vous revient pas sur ce dossier. Demandez à la personne qui en a la charge.",
        "This action on this case is not yours. Ask whoever is in charge of it.",
    ),
    "action.other_door": Sentence(
        "Cette donnée se change par une autre action, qui déplace aussi les échéances.",
        "This is changed by another action, which moves deadlines too.",
    ),
    "case.ended": Sentence(
        "Ce dossier est terminé : il ne change plus. Ouvrez-en un autre au besoin.",
        "This case has ended: it no longer changes. Start another one if needed.",
    ),
    "case.cancel_not_yours": Sentence(
        "Vous ne pouvez pas annuler ce dossier : avant la commande, la personne qui l'a demandé ou le gestionnaire "
        "le peut ; ensuite, le représentant cellulaire.",
        "You cannot cancel this case: before anything is ordered, whoever asked for it or the manager may; after "
        "that, the cellular representative.",
    ),
    "case.fee_too_early": Sentence(
        "Rien n'est encore commandé : il n'y a pas de frais d'annulation. Laissez ce champ vide.",
        "Nothing is ordered yet: there is no cancellation fee. Leave this field empty.",
    ),
    "case.stopped": Sentence(
        "Le dossier {number} n'a pas pu continuer. Il n'a pas bougé et ce qui était saisi est gardé. L'incident "
        "{reference} est consigné et l'exploitation est avisée.",
        "Case {number} could not go on. It has not moved and what was entered is kept. Incident {reference} is "
        "recorded and operations are told.",
    ),
    "case.not_failed": Sentence(
        "Le dossier {number} n'est pas en erreur : il n'y a rien à reprendre.",
        "Case {number} is not in error: there is nothing to take up again.",
    ),
    "case.retry_not_yours": Sentence(
        "Seul un exploitant reprend un dossier en erreur.",
        "Only an operator takes up a case in error again.",
    ),
    "case.failed": Sentence(
        "Ce dossier est en erreur : l'exploitation doit d'abord le remettre en marche.",
        "This case is in error: operations must first put it back to work.",
    ),
    "state.unknown": Sentence(
        "Cet état n'existe pas. Choisissez-en un de la liste.", "There is no such state. Choose one of the list."
    ),
    "task.unknown": Sentence(
        "Cette tâche n'existe pas, ou vous n'y avez pas accès. Retournez à votre corbeille.",
        "There is no such task, or you have no access to it. Go back to your inbox.",
    ),
    "task.not_yours": Sentence(
        "Cette tâche ne vous revient pas : elle appartient à un autre rôle ou à une autre personne.",
        "This task is not yours: it belongs to another role or to someone else.",
    ),
    "task.claimed": Sentence(
        "Quelqu'un d'autre a déjà pris cette tâche en charge ({by}). Rechargez votre corbeille.",
        "Someone else already took this task ({by}). Reload your inbox.",
    ),
    "task.not_claimed": Sentence(
        "Cette tâche n'est entre les mains de personne. Prenez-la d'abord en charge.",
        "This task is in nobody's hands. Take it first.",
    ),
    "task.done": Sentence(
        "Cette tâche est déjà terminée. Rechargez votre corbeille.", "This task is already done. Reload your inbox."
    ),
    "task.withdrawn": Sentence(
        "Cette tâche a été retirée : le dossier a pris une autre route. Rechargez votre corbeille.",
        "This task was withdrawn: the case took another route. Reload your inbox.",
    ),
    "task.returned": Sentence(
        "Cette tâche attend des précisions ; elle vous reviendra une fois celles-ci données.",
        "This task waits for details; it comes back once they are given.",
    ),
    "task.never_reassigned": Sentence(
        "Cette tâche appartient à une personne précise et ne peut pas être réattribuée.",
        "This task belongs to one person and cannot be put in other hands.",
    ),
    "task.revision": Sentence(
        "Cette tâche a été modifiée par {name} à {time}. Rechargez la page.",
        "This task was changed by {name} at {time}. Reload the page.",
    ),
    "comment.length": Sentence(
        "Un commentaire compte de 1 à {longest} caractères. Raccourcissez-le.",
        "A comment has 1 to {longest} characters. Shorten it.",
    ),
    "draft.too_large": Sentence(
        "Ce brouillon contient trop de réponses. Retirez celles qui ne sont pas du formulaire.",
        "This draft holds too many answers. Remove those that are not of the form.",
    ),
    "file.unknown": Sentence(
        "Ce fichier n'existe pas, ou vous n'y avez pas accès.", "There is no such file, or you have no access to it."
    ),
    "file.one_part": Sentence(
        "Envoyez un seul fichier, dans la partie « file ».", "Send one file only, in the part “file”."
    ),
    "file.empty": Sentence("Ce fichier est vide. Choisissez-en un autre.", "This file is empty. Choose another one."),
    "file.too_large": Sentence(
        "Ce fichier dépasse 10 Mo. Réduisez-le ou divisez-le.", "This file is over 10 MB. Make it smaller or split it."
    ),
    "file.type": Sentence(
        "Ce fichier n'est ni un PDF, ni un PNG, ni un JPG. Convertissez-le d'abord.",
        "This file is neither a PDF, a PNG nor a JPG. Convert it first.",
    ),
    "notice.unknown": Sentence("Cet avis n'existe pas.", "There is no such notice."),
    "message.invalid": Sentence(
        "Ce message n'a pas la forme attendue. Corrigez les attributs indiqués.",
        "This message does not have the expected form. Correct the attributes shown.",
    ),
    "message.required": Sentence("Cet attribut est obligatoire.", "This attribute is required."),
    "message.wrong_value": Sentence("Cette valeur n'est pas acceptée ici.", "This value is not accepted here."),
    "message.unknown_key": Sentence(
        "Cette clé n'existe pas dans ce type de message. Retirez-la.",
        "This type of message has no such key. Remove it.",
    ),
    "message.organisation_not_allowed": Sentence(
        "Ce compte d'intégration ne parle pas pour l'organisme « {organisation} ».",
        "This integration account does not speak for the organisation “{organisation}”.",
    ),
    "message.contract_not_allowed": Sentence(
        "Ce compte d'intégration ne parle que du contrat {contract}.",
        "This integration account speaks only of the contract {contract}.",
    ),
    "message.type_unknown": Sentence(
        "Le type de message « {type} » n'existe pas.", "There is no message type “{type}”."
    ),
    "message.starts_nothing": Sentence(
        "Aucun processus ne commence par ce message.", "No process starts with this message."
    ),
}
