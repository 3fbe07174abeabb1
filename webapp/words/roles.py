"""Sentences about who may hold which role, and who may give it."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "nomination.not_yours": Sentence(
        "Ce rôle n'est pas de ceux que vous proposez. Demandez au dirigeant de l'organisme de le faire.",
        "This role is not one that you propose. Ask the head of the body to do it.",
    ),
    "nomination.central": Sentence(
        "Cette personne relève du fournisseur central. Choisissez une personne de l'organisme.",
        "This person belongs to the central provider. Choose someone of the body.",
    ),
    "nomination.not_at_work": Sentence(
        "Cette personne ne travaille pas ici à cette date. Choisissez une autre personne ou une autre date.",
        "This person does not work here on that date. Choose someone else, or another date.",
    ),
    "nomination.scope": Sentence(
        "Ce rôle ne se donne pas dans cette portée. Choisissez parmi : {scopes}.",
        "This role is not given in that scope. Choose among: {scopes}.",
    ),
    "nomination.period": Sentence(
        "La fin doit venir après le début, et après aujourd'hui. Choisissez une date plus tardive.",
        "The end must come after the beginning, and after today. Choose a later date.",
    ),
    "nomination.not_held": Sentence(
        "Cette personne n'a pas le rôle {role} dans cette portée. Vérifiez la personne et la portée.",
        "This person does not hold the role {role} in that scope. Check the person and the scope.",
    ),
    "nomination.other_role": Sentence(
        "Ce dossier cherche la relève du rôle {role}. Pour un autre rôle, commencez une autre nomination.",
        "This case looks for a successor in the role {role}. For another role, begin another nomination.",
    ),
    "nomination.successor": Sentence(
        "Choisissez la personne qui prend la relève.",
        "Choose the person who takes over.",
    ),
    "roles.not_yours": Sentence(
        "Le registre des rôles est réservé à qui en répond dans l'organisme.",
        "The register of roles is for those who answer for it in the body.",
    ),
    "sod.SOD-05": Sentence(
        "Vous ne pouvez pas vous nommer vous-même. Une autre personne doit décider.",
        "You cannot appoint yourself. Someone else must decide.",
    ),
    "sod.SOD-06": Sentence(
        "Seul le dirigeant nomme qui signe les dérogations. Demandez-lui de commencer cette nomination.",
        "Only the head of the body appoints who signs derogations. Ask the head to begin this nomination.",
    ),
    "card.CARD-01": Sentence(
        "Un interlocuteur est déjà nommé pour cette portée : {nom}. Mettez fin à sa nomination ou choisissez une autre "
        "subdivision.",
        "A contact lead is named already for this scope: {nom}. End that nomination, or choose another subdivision.",
    ),
    "card.CARD-01M": Sentence(
        "L'organisme a un interlocuteur pour tous, ou un par subdivision, jamais les deux. Changez la portée.",
        "The body has one contact lead for the whole body, or one a subdivision, never both. Change the scope.",
    ),
    "card.CARD-02": Sentence(
        "Aucun interlocuteur : désignez un successeur ou un intérim.",
        "No contact lead: name a successor or an interim.",
    ),
    "card.CARD-03": Sentence(
        "Un seul représentant cellulaire : prévoyez une relève, ou dites pourquoi il n'y en a pas.",
        "A single cellular representative: plan for relief, or say why there is none.",
    ),
    "card.CARD-04": Sentence(
        "Un seul mandataire et un seul substitut au mandataire peuvent être désignés. En place : {nom}.",
        "Only one mandatary and one substitute may be designated. Present holder: {nom}.",
    ),
    "card.CARD-05": Sentence(
        "Ce secteur a déjà un gestionnaire chargé de l'application du contrat : {nom}.",
        "This sector has a contract application manager already: {nom}.",
    ),
    "card.CARD-06": Sentence(
        "Un seul responsable de la facturation par portée. En place : {nom}.",
        "One billing lead a scope. Present holder: {nom}.",
    ),
    "card.CARD-07": Sentence(
        "Aucune entrée valide au plan de délégation pour cette personne. Changez la personne ou la date.",
        "This person has no live entry in the delegation plan. Choose someone else, or another date.",
    ),
    "card.CARD-09": Sentence(
        "Il resterait moins de deux pilotes sécurité : prévoyez une relève, ou dites pourquoi il n'y en a pas.",
        "Fewer than two security pilots would be left: plan for relief, or say why there is none.",
    ),
    "card.CARD-10": Sentence(
        "Ce module a déjà un propriétaire : {nom}.",
        "This module has an owner already: {nom}.",
    ),
    "card.CARD-13": Sentence(
        "Joignez l'autorisation écrite de remplacement ; qui remplace et qui est remplacé sont deux personnes.",
        "Attach the written authorisation to replace; who replaces and who is replaced are two persons.",
    ),
    "card.CARD-13L": Sentence(
        "Un remplacement dure au plus douze mois. Choisissez une fin plus proche.",
        "A replacement lasts twelve months at most. Choose an earlier end.",
    ),
    "card.CARD-13D": Sentence(
        "Cette personne est déjà remplacée durant cette période, par {nom}. Changez les dates.",
        "This person is replaced already over that time, by {nom}. Change the dates.",
    ),
    "card.CARD-13S": Sentence(
        "Le plan de délégation ne permet pas de remplacer cette personne pour ses entrées.",
        "The delegation plan does not allow replacing this person for these entries.",
    ),
    "card.CARD-14": Sentence(
        "On remplace qui a le rôle en propre : un substitut n'est pas remplacé à son tour.",
        "One replaces whoever holds the role in person: a substitute is not replaced in turn.",
    ),
    "card.SOD-05": Sentence(
        "Personne ne se nomme soi-même : une autre personne doit proposer, ou être nommée.",
        "No one appoints oneself: someone else must propose, or be named.",
    ),
    "card.SOD-06": Sentence(
        "Seul le dirigeant nomme qui signe les dérogations.",
        "Only the head of the body appoints who signs derogations.",
    ),
    "card.SOD-12": Sentence(
        "Cette personne est vérificatrice : elle ne peut avoir aucun autre rôle.",
        "This person is an auditor, and can hold no other role.",
    ),
    "card.DEJA": Sentence(
        "{nom} a déjà ce rôle dans cette portée.",
        "{nom} holds this role in this scope already.",
    ),
    "card.PERIODE": Sentence(
        "La fin proposée est passée, ou ne suit pas le début. Changez les dates.",
        "The proposed end is past, or does not follow the beginning. Change the dates.",
    ),
    "card.PERSONNE": Sentence(
        "Personne n'est proposé. Choisissez une personne.",
        "Nobody is proposed. Choose someone.",
    ),
    "card.VACANCE": Sentence(
        "Plus personne n'aurait ce rôle dans cette portée : nommez une relève, ou dites pourquoi il n'y en a pas.",
        "Nobody would hold this role in this scope any more: name someone, or say why there is no one.",
    ),
}
