"""Every kind of notice, with what a person reads for it. No personal information, no amount, no reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a notice says, in both languages; its case and its step say the rest."""

    fr: str
    en: str


KINDS: dict[str, Kind] = {
    "task.assigned": Kind("Une tâche vous est attribuée.", "A task is assigned to you."),
    "task.reminder": Kind("Rappel : une tâche vous attend.", "Reminder: a task is waiting for you."),
    "task.late": Kind("Une tâche est en retard.", "A task is overdue."),
    "task.escalated": Kind("Une tâche en retard vous est transmise.", "An overdue task comes to you."),
    "task.candidate": Kind("Vous pouvez maintenant signer cette demande.", "You may now sign this request."),
    "task.withdrawn": Kind("Une tâche n'est plus à faire.", "A task need not be done any more."),
    "derogation.network": Kind("Une dérogation de réseau est demandée.", "A network derogation is asked for."),
    "derogation.billing": Kind(
        "Une demande réalisée concerne la facturation.", "A fulfilled request concerns billing."
    ),
    "derogation.unlinked": Kind(
        "Une demande apparentée a été déliée, avec un motif.", "A related request was unlinked, with a reason."
    ),
    "signature.alert": Kind(
        "Une demande a été signée malgré une alerte de séparation des tâches.",
        "A request was signed in spite of a separation of duties alert.",
    ),
    "derogation.signed": Kind("La demande est signée.", "The request is signed."),
    "derogation.refused": Kind("La demande est refusée.", "The request is refused."),
    "derogation.expired": Kind("La demande a expiré sans décision.", "The request expired without a decision."),
    "derogation.review": Kind(
        "Une dérogation de réseau arrive à échéance.", "A network derogation is coming to its end."
    ),
    "provider.silent": Kind("Prestataire silencieux.", "The provider does not answer."),
    "arrival.refused": Kind(
        "Un accès demandé a été refusé par son propriétaire.", "An access was refused by its owner."
    ),
    "arrival.unfinished": Kind("Des travaux d'arrivée ne sont pas terminés.", "Works for an arrival are not done."),
    "arrival.unconfirmed": Kind(
        "Une entrée en poste n'est pas confirmée : les accès restent désactivés.",
        "A first day is not confirmed: access stays disabled.",
    ),
    "arrival.unsigned": Kind("Des engagements ne sont pas signés.", "Commitments are not signed."),
    "access.suspended": Kind(
        "Des accès sont suspendus jusqu'à la signature des engagements.",
        "Access is suspended until the commitments are signed.",
    ),
    "access.restored": Kind(
        "Les engagements sont signés : les accès suspendus sont rétablis.",
        "The commitments are signed: suspended access is restored.",
    ),
    "role.interim": Kind(
        "Un intérim est confié : un successeur est à désigner.", "An interim is given: a successor is to be named."
    ),
    "role.alert": Kind(
        "Une nomination est proposée malgré une alerte.", "A nomination is proposed in spite of an alert."
    ),
    "role.abandoned": Kind("Une nomination est abandonnée.", "A nomination is abandoned."),
    "role.ending": Kind("Un rôle arrive à échéance.", "A role is coming to its end."),
    "departure.penalty": Kind(
        "Une ligne résiliée entraîne une pénalité.", "A line that was cancelled entails a penalty."
    ),
    "departure.unknown": Kind(
        "Un départ annoncé ne correspond à personne ; rien n'est révoqué.",
        "A departure was announced for nobody known here; nothing is revoked.",
    ),
    "security.breach": Kind("Un délai de sécurité est rompu.", "A security deadline is broken."),
    "case.failed": Kind("Un dossier s'est arrêté sur une erreur.", "A case stopped on an error."),
    "delivery.dead": Kind(
        "Un message n'a pas pu être livré à un autre système.", "A message could not be delivered to another system."
    ),
    "case.ended": Kind("Le dossier est terminé.", "The case has ended."),
    "case.cancelled": Kind("Le dossier est annulé.", "The case is cancelled."),
}


def sentence(kind: str, language: str) -> str:
    """What a notice of a kind says, in a language (French unless English is asked)."""
    said = KINDS[kind]
    return said.en if language == "en" else said.fr
