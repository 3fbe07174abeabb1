"""Sentences about who may come in, and who may do what."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "sign_in.needed": Sentence(
        "Vous devez ouvrir une session. Connectez-vous, puis réessayez.",
        "You need to be signed in. Sign in, then try again.",
    ),
    "sign_in.refused": Sentence(
        "Le code ou le mot de passe n'est pas le bon. Vérifiez-les, puis réessayez.",
        "The code or the password is not right. Check them, then try again.",
    ),
    "sign_in.too_many": Sentence(
        "Trop de tentatives. Attendez {seconds} secondes avant de réessayer.",
        "Too many attempts. Wait {seconds} seconds before trying again.",
    ),
    "token.missing": Sentence(
        "Aucun jeton n'accompagne la demande. Envoyez « Authorization: Bearer JETON ».",
        "No token came with the request. Send “Authorization: Bearer TOKEN”.",
    ),
    "token.invalid": Sentence(
        "Ce jeton n'est pas valide ou n'est plus valide. Demandez-en un autre.",
        "This token is not valid, or no longer. Ask for another one.",
    ),
    "csrf.refused": Sentence(
        "Cette page a expiré ou la demande vient d'un autre site. Rechargez la page, puis réessayez.",
        "This page has expired, or the request comes from another site. Reload the page, then try again.",
    ),
    "webhook.refused": Sentence(
        "La signature de ce message n'a pas pu être vérifiée. Vérifiez l'adresse, le secret et l'heure de l'envoi.",
        "The signature of this message could not be verified. Check the address, the secret and the sending time.",
    ),
    "actor.not_person": Sentence(
        "Cet appel est réservé aux personnes. Un compte d'intégration n'y a pas accès.",
        "This call is for persons. An integration account has no access to it.",
    ),
    "actor.not_integration": Sentence(
        "Cet appel est réservé aux comptes d'intégration.",
        "This call is for integration accounts.",
    ),
    "message.type_not_allowed": Sentence(
        "Ce compte d'intégration ne peut pas envoyer ce type de message. Demandez qu'il y soit autorisé.",
        "This integration account may not send this type of message. Ask that it be allowed to.",
    ),
    "action.unavailable": Sentence(
        "Cette action n'est pas offerte pour ce dossier dans cette version du produit.",
        "This action is not offered for this case in this release of the product.",
    ),
    "orders.not_yours": Sentence(
        "La page des commandes est celle des représentants cellulaires.",
        "The page of orders is the cellular representatives'.",
    ),
    "sod.SOD-01": Sentence(
        "Vous êtes le demandeur ou le bénéficiaire : vous ne pouvez pas signer. Une autre personne doit le faire.",
        "You are the requester or the beneficiary: you cannot sign. Someone else must.",
    ),
    "sod.SOD-02": Sentence(
        "Deux signataires distincts sont requis. Une autre personne doit donner cette signature.",
        "Two different signatories are required. Someone else must give this signature.",
    ),
    "sod.SOD-03": Sentence(
        "Vous avez déjà traité cette demande à une autre étape : une autre personne doit la signer.",
        "You already dealt with this request at another step: someone else must sign it.",
    ),
    "sod.SOD-04": Sentence(
        "Le bénéficiaire est votre supérieur hiérarchique : la demande est transmise au niveau suivant.",
        "The beneficiary is your superior: the request goes to the next level.",
    ),
    "sod.SOD-05": Sentence(
        "Vous ne pouvez pas vous nommer vous-même. Une autre personne doit décider.",
        "You cannot appoint yourself. Someone else must decide.",
    ),
    "sod.SOD-07": Sentence(
        "L'approbation, l'attribution et la vérification exigent des personnes différentes.",
        "Approving, granting and verifying take different persons.",
    ),
    "sod.SOD-14": Sentence(
        "Vous validez aussi la facture de cette demande : écrivez pourquoi vous la signez. L’audit en est avisé.",
        "You also validate this request's invoice: write why you sign it. The auditor is told.",
    ),
    "sod.SOD-09": Sentence(
        "La personne qui part ne traite pas son propre départ : la tâche revient à son substitut ou à son supérieur.",
        "Someone who leaves does not handle their own departure: the task goes to their substitute or superior.",
    ),
    "sod.SOD-11": Sentence(
        "Une autre personne doit approuver cette version.", "Someone else must approve this version."
    ),
    "sod.SOD-13": Sentence(
        "Les rôles d'administration et d'exploitation ne terminent pas de tâches d'affaires. "
        "Une personne du rôle de la tâche doit le faire.",
        "Administration and operations roles do not complete business tasks. Someone in the task's role must.",
    ),
    "sod.SOD-17": Sentence(
        "Vous vous êtes récusé de ce dossier : une autre personne doit le signer.",
        "You recused yourself from this case: someone else must sign it.",
    ),
}
