"""Every kind of notice, with what a person reads for it. No personal information, no amount, no reason (B.0.4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a notice says, in both languages; ``{case}`` is the case's number, ``{title}`` the task's title."""

    fr: str
    en: str


KINDS: dict[str, Kind] = {
    "task.assigned": Kind("Une tâche vous est attribuée : {title}", "A task is assigned to you: {title}"),
    "task.reminder": Kind("Rappel : {title}", "Reminder: {title}"),
    "task.late": Kind("En retard : {title}", "Overdue: {title}"),
    "task.escalated": Kind("Une tâche en retard vous est transmise : {title}", "An overdue task comes to you: {title}"),
    "task.candidate": Kind("Vous pouvez maintenant signer : {title}", "You may now sign: {title}"),
    "task.withdrawn": Kind("Cette tâche n'est plus à faire : {title}", "This task need not be done any more: {title}"),
    "derogation.network": Kind("Une dérogation de réseau est demandée.", "A network derogation has been asked for."),
    "derogation.billing": Kind(
        "Une demande réalisée concerne la facturation.", "A fulfilled request concerns billing."
    ),
    "derogation.unlinked": Kind(
        "Une demande apparentée a été déliée, avec un motif.", "A related request was unlinked, with a reason."
    ),
    "derogation.signed": Kind("La demande est signée.", "The request is signed."),
    "derogation.refused": Kind("La demande est refusée.", "The request is refused."),
    "derogation.expired": Kind("La demande a expiré sans décision.", "The request expired without a decision."),
    "derogation.review": Kind(
        "Une dérogation de réseau arrive à échéance.", "A network derogation is coming to its end."
    ),
    "provider.silent": Kind("Prestataire silencieux", "The provider does not answer"),
    "case.ended": Kind("Le dossier est terminé.", "The case has ended."),
    "case.cancelled": Kind("Le dossier est annulé.", "The case is cancelled."),
}
