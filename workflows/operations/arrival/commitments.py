"""The commitments that a newcomer signs: an act of its own, with evidence chained to the case (A32)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import Forbidden
from workflows.operations.asked import organisation_of
from workflows.operations.completion import Completion, Effect
from workflows.operations.context import OperationContext
from workflows.signatures.act import live_act, prepare
from workflows.signatures.evidence import Declaration
from workflows.signatures.sign import commit
from workflows.signatures.statement import Pen

KIND, QUALITY, STEP = "ENGAGEMENT", "EMPLOYE", "A32"
TEXTS = {
    "politique_securite_lue": "J'ai pris connaissance de la politique de sécurité de l'information.",
    "appareils_mobiles_lue": "J'ai pris connaissance de la politique d'utilisation des appareils mobiles.",
    "discretion_reconnue": "J'ai pris connaissance de mon obligation de discrétion.",
}
STATEMENTS = {
    "fr": "En signant, je prends envers {organisation} les trois engagements de cet acte.",
    "en": "By signing, I make to {organisation} the three commitments of this act.",
}


def prepare_commitments(context: OperationContext) -> Mapping[str, object]:
    """Write the act that the newcomer signs: every commitment, word for word."""
    organisation, case = organisation_of(context), context.case
    content: dict[str, Any] = {
        "version": 1,
        "nature": KIND,
        "dossier": case.number,
        "organisme": {"code": organisation.code, "nom": organisation.name},
        "employe_ref": context.known("employe_ref"),
        "engagements": TEXTS,
    }
    act = prepare(context.desk, case, content, ())
    return {"acte_sha256": act.sha256, "declaration": statement_of(context, "fr")}


def statement_of(context: OperationContext, language: str) -> str:
    """What a newcomer declares by signing."""
    return STATEMENTS.get(language, STATEMENTS["fr"]).format(organisation=organisation_of(context).name)


def sign_commitments(context: OperationContext, completion: Completion) -> Effect:
    """Keep the evidence of the commitments; whoever signs has just proved identity again."""
    if context.desk.reauthenticated is None:
        raise Forbidden("guard.G4")
    act = live_act(context.desk.session, context.case.id)
    if act is None:
        raise LookupError("there is nothing to sign")
    text = statement_of(context, completion.language)
    declaration = Declaration(KIND, "SIGNER", Pen(QUALITY), text, completion.language, STEP)
    commit(context.desk, context.case, act, declaration)
    return Effect()
