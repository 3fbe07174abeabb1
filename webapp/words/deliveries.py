"""Sentences about messages that leave the house, and who subscribed to them."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "subscription.not_yours": Sentence(
        "Les abonnements et les livraisons reviennent à l'administration et à l'exploitation, ou au compte "
        "d'intégration qui les a ouverts. L'audit les consulte.",
        "Subscriptions and deliveries are for administration and operations, or for the integration account that "
        "opened them. The auditor reads them.",
    ),
    "subscription.unknown": Sentence(
        "Cet abonnement n'existe pas, ou vous n'y avez pas accès.",
        "There is no such subscription, or you have no access to it.",
    ),
    "subscription.ended": Sentence(
        "Cet abonnement a pris fin : plus rien ne lui est envoyé. Ouvrez-en un autre.",
        "This subscription has ended: nothing more is sent to it. Open another.",
    ),
    "subscription.too_many": Sentence(
        "L'organisme a déjà {most} abonnements en vigueur, le plus permis. Mettez fin à l'un d'eux.",
        "The organisation already has {most} subscriptions in force, the most allowed. End one of them.",
    ),
    "subscription.type_unknown": Sentence(
        "Type de message inconnu, ou liste vide ({given}). Choisissez parmi : {known}.",
        "Unknown type of message, or an empty list ({given}). Choose among: {known}.",
    ),
    "subscription.type_not_allowed": Sentence(
        "Ce compte d'intégration ne peut pas s'abonner à ce type de message. Demandez qu'il y soit autorisé.",
        "This integration account may not subscribe to this type of message. Ask that it be allowed to.",
    ),
    "subscription.url": Sentence(
        "Cette adresse n'en est pas une où envoyer des messages. Donnez une adresse https complète, sans nom "
        "d'utilisateur, ni mot de passe, ni fragment.",
        "This is no address to send messages to. Give a full https address, without user name, password or fragment.",
    ),
    "subscription.insecure": Sentence(
        "L'adresse doit commencer par https, à moins que l'organisme n'ait permis les adresses privées "
        "(livraison_adresses_privees).",
        "The address must start with https, unless the organisation allowed private addresses "
        "(livraison_adresses_privees).",
    ),
    "subscription.private": Sentence(
        "Cette adresse mène à un réseau privé. Donnez une adresse publique, ou demandez que l'organisme permette "
        "les adresses privées (livraison_adresses_privees).",
        "This address leads to a private network. Give a public one, or ask that the organisation allow private "
        "addresses (livraison_adresses_privees).",
    ),
    "delivery.done": Sentence(
        "Ce message vient d'être livré : il n'y a plus rien à abandonner.",
        "This message has just been delivered: there is nothing left to give up.",
    ),
    "delivery.unknown": Sentence(
        "Cette livraison n'existe pas, ou vous n'y avez pas accès.",
        "There is no such delivery, or you have no access to it.",
    ),
}
