"""Every operation by the name that the models use."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import Missing
from workflows.operations.acts import judge_signature, open_signature, prepare_act, seal_act
from workflows.operations.arrival import activation, conflicts, following, needs, overdue, provisioning
from workflows.operations.arrival.commitments import prepare_commitments
from workflows.operations.arrival.identify import identify
from workflows.operations.arrival.planned_end import plan_departure
from workflows.operations.arrival.register import keep_mode
from workflows.operations.arrival.register import situate as register_employee
from workflows.operations.cancelled import cancel_request
from workflows.operations.context import Operation, OperationContext
from workflows.operations.contract import attach_contract, classify, find_contract
from workflows.operations.departure import (
    back,
    changing,
    connectors,
    ending,
    goods,
    handover,
    instant,
    revoke,
    stock,
    verify,
)
from workflows.operations.departure import identify as departure
from workflows.operations.details import apply_details
from workflows.operations.money import (
    compare_price,
    inform_billing,
    inform_mandatary,
    look_again,
    release_money,
    reserve_amounts,
)
from workflows.operations.nomination import accepting, judging, opening, portals, taking_effect
from workflows.operations.nomination.asked import ask_for_nomination
from workflows.operations.provider import note_rejection, receive_request, release_order, report_silence
from workflows.operations.review import inform_of_review, take_up_dates, take_up_request
from workflows.operations.signatories import determine
from workflows.operations.situate import situate

OPERATIONS: dict[str, Operation] = {
    "contrat.verifier": find_contract,
    "contrat.rattacher": attach_contract,
    "demande.recevoir": receive_request,
    "demande.situer": situate,
    "demande.annuler": cancel_request,
    "analyse.situer": classify,
    "notice.mandataire": inform_mandatary,
    "montants.reserver": reserve_amounts,
    "signataires.determiner": determine,
    "acte.preparer": prepare_act,
    "signature.ouvrir": open_signature,
    "signature.resultat": judge_signature,
    "precisions.appliquer": apply_details,
    "acte.sceller": seal_act,
    "commande.liberer": release_order,
    "commande.rejetee": note_rejection,
    "notice.prestataire_silencieux": report_silence,
    "reevaluation.situer": take_up_dates,
    "notice.reevaluation": inform_of_review,
    "reevaluation.reprendre": take_up_request,
    "prix.comparer": compare_price,
    "facturation.informer": inform_billing,
    "reservation.liberer": release_money,
    "engagement.rouvrir": look_again,
    "engagement.renverser": release_money,
    "arrivee.identifier": identify,
    "arrivee.situer": register_employee,
    "arrivee.mode": keep_mode,
    "arrivee.besoins": needs.take_up,
    "arrivee.profil": needs.fit_profile,
    "arrivee.cumuls": conflicts.count,
    "arrivee.retirer": conflicts.remove,
    "arrivee.exception": conflicts.except_,
    "arrivee.proprietaires": needs.sort_by_owner,
    "arrivee.approbations": needs.settle,
    "arrivee.demande_cellulaire": following.draft_mobile,
    "arrivee.travaux_inacheves": following.tell_unfinished,
    "arrivee.prealables": activation.read_checks,
    "arrivee.reporter": following.postpone,
    "arrivee.ecart": following.note_difference,
    "arrivee.groupes": following.join_groups,
    "arrivee.revue": following.plan_review,
    "arrivee.entree_non_confirmee": overdue.tell_unconfirmed,
    "engagements.en_retard": overdue.tell_unsigned,
    "engagements.signes": overdue.lift,
    "arrivee.fin_prevue": plan_departure,
    "arrivee.modifier": following.change,
    "arrivee.effacer": following.erase,
    "depart.identifier": departure.identify,
    "depart.inconnu": departure.tell_unknown,
    "depart.preciser": changing.specify,
    "depart.preavis": instant.count_notice,
    "depart.fixer": instant.fix,
    "depart.modifier": changing.change,
    "depart.devenir_urgent": changing.become_urgent,
    "depart.executer": changing.execute_now,
    "depart.inventorier": stock.take_stock,
    "depart.a_revoquer": stock.see_what,
    "depart.releve": handover.keep_handover,
    "depart.role_suivant": handover.next_role,
    "depart.role_termine": handover.role_ended,
    "depart.reaffecter": handover.reassign,
    "depart.nouvelle_unite": handover.prepare_move,
    "depart.repartir": connectors.share,
    "depart.demander": connectors.ask_connectors,
    "depart.etat_lu": connectors.keep_state,
    "depart.relire": connectors.read_connectors,
    "depart.groupes": revoke.leave_groups,
    "depart.verifier": verify.verify,
    "depart.confirmer": verify.confirm,
    "depart.corriger": verify.correct,
    "depart.a_l_instant": ending.at_the_instant,
    "depart.suite": ending.what_follows,
    "depart.clore": ending.close,
    "depart.annuler": ending.cancel,
    "depart.remplacer": ending.withdraw,
    "depart.biens": goods.note_goods,
    "depart.bien_cellulaire": goods.keep_mobile,
    "depart.bien_informatique": goods.keep_other,
    "depart.incident": goods.judge,
    "depart.signaler": goods.report,
    "depart.retour": back.note_return,
    "depart.decider": back.decide,
    "depart.besoins": back.take_up,
    "depart.compte_retabli": back.record_account,
    "depart.reactiver": back.enable_again,
    "acces.retirer_sagir": revoke.revoke_sagir,
    "acces.retirer_chaine": revoke.revoke_chain,
    "acces.retirer_reseau": revoke.revoke_network,
    "acces.retirer_badge": revoke.revoke_badge,
    "acces.retirer_ligne": revoke.revoke_line,
    "engagements.preparer": prepare_commitments,
    "acces.demander_sagir": provisioning.ask_creation,
    "acces.relire_sagir": provisioning.read_creation,
    "acces.usager_cree": provisioning.tell_user,
    "acces.responsabilites_attribuees": provisioning.tell_granted,
    "acces.sagir": activation.record_sagir,
    "acces.reseau": activation.record_network,
    "acces.badge": activation.record_badge,
    "acces.activer": activation.activate,
    "acces.activer_reste": activation.activate_rest,
    "acces.reste_a_la_main": activation.rest_by_hand,
    "acces.relire": activation.read_activation,
    "acces.actives_a_la_main": activation.enabled_by_hand,
    "nomination.ouvrir": opening.open_nomination,
    "nomination.verifier": judging.judge,
    "nomination.fixer": judging.approve,
    "nomination.acte": accepting.prepare_acceptance,
    "nomination.retenir": judging.accept,
    "nomination.activer": taking_effect.take_effect,
    "nomination.revoquer": taking_effect.revoke_beside,
    "nomination.demander": ask_for_nomination,
    "nomination.portails": portals.list_portals,
    "nomination.portail_confirme": portals.hear_portal,
    "nomination.abandonner": judging.give_up,
}


def run(name: str, context: OperationContext) -> Mapping[str, object]:
    """Carry out the operation that a model names; what it returns is both process data and facts of the case.

    Only ``routing(result)`` goes into process data.
    """
    operation = OPERATIONS.get(name)
    if operation is None:
        raise Missing("operation.unknown", operation=name)
    return operation(context)
