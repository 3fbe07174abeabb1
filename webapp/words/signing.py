"""Sentences about signing: each guard says why it refuses, and where the case goes."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "guard.G1": Sentence(
        "L'acte n'est plus celui que vous avez vu : la demande retourne à l'analyse. Rien n'a été signé.",
        "The act is no longer the one that you saw: the request goes back to analysis. Nothing was signed.",
    ),
    "guard.G2[date]": Sentence(
        "Votre délégation a pris fin le {date} : d'autres signataires sont cherchés. Rien n'a été signé.",
        "Your delegation ended on {date}: other signatories are being sought. Nothing was signed.",
    ),
    "guard.G2[replaced]": Sentence(
        "Votre remplacement a pris fin le {replaced} : d'autres signataires sont cherchés. Rien n'a été signé.",
        "Your substitution ended on {replaced}: other signatories are being sought. Nothing was signed.",
    ),
    "guard.G2": Sentence(
        "Votre délégation ou votre remplacement n'est plus en vigueur : d'autres signataires sont cherchés. "
        "Rien n'a été signé.",
        "Your delegation or substitution is no longer in force: other signatories are being sought. "
        "Nothing was signed.",
    ),
    "guard.G3": Sentence(
        "Une règle de séparation des tâches vous empêche maintenant de signer ({rule}) : "
        "d'autres signataires sont cherchés.",
        "A separation-of-duties rule now keeps you from signing ({rule}): other signatories are being sought.",
    ),
    "guard.G4": Sentence(
        "Pour signer, confirmez d'abord votre identité : donnez votre mot de passe (valable cinq minutes).",
        "To sign, first confirm your identity: give your password (good for five minutes).",
    ),
    "guard.G5": Sentence(
        "Le montant a changé depuis l'ouverture de la tâche : la demande retourne à l'analyse. Rien n'a été signé.",
        "The amount changed since the task was opened: the request goes back to analysis. Nothing was signed.",
    ),
    "guard.G6": Sentence(
        "Le cumul annuel dépasse maintenant votre plafond : le niveau de signature est réévalué. Rien n'a été signé.",
        "The year's cumulative now exceeds your ceiling: the signing level is being evaluated again. "
        "Nothing was signed.",
    ),
    "guard.G7": Sentence(
        "Le contrat n'est plus en vigueur : la demande retourne au rattachement. Rien n'a été signé.",
        "The contract is no longer in force: the request goes back to be attached to one. Nothing was signed.",
    ),
    "guard.G8": Sentence(
        "Vous avez déjà signé cet acte : une autre personne doit donner l'autre signature.",
        "You already signed this act: someone else must give the other signature.",
    ),
    "guard.G9": Sentence(
        "Le délai de signature est passé : la demande est expirée. Une nouvelle demande peut être présentée.",
        "The time to sign has passed: the request has expired. A new one may be made.",
    ),
    "evidence.unknown": Sentence(
        "Ce dossier n'a pas encore de preuve de signature scellée.", "This case has no sealed signature evidence yet."
    ),
    "evidence.unreadable": Sentence(
        "Ce fichier n'est pas un dossier de preuve lisible. Prenez le ZIP tel qu'il a été téléchargé.",
        "This file is not a readable evidence pack. Take the ZIP as it was downloaded.",
    ),
    "signatory.not_entitled": Sentence(
        "Cette personne ne peut pas signer cet acte ({rule}). Choisissez une personne dont l'entrée au plan le permet.",
        "This person may not sign this act ({rule}). Choose someone whose entry of the plan allows it.",
    ),
    "signatory.NIVEAU": Sentence("Son niveau au plan est trop bas.", "Their level in the plan is too low."),
    "signatory.NIVEAU_SUPERIEUR": Sentence(
        "Un niveau inférieur suffit ; cette personne pourrait signer à défaut.",
        "A lower level is enough; this person could sign failing that.",
    ),
    "signatory.TYPE": Sentence(
        "Son entrée ne couvre pas ce type d'acte.", "Their entry does not cover this type of act."
    ),
    "signatory.SECTEUR": Sentence("Son entrée ne couvre pas cette unité.", "Their entry does not cover this unit."),
    "signatory.PLAFOND": Sentence("Son plafond est trop bas.", "Their ceiling is too low."),
    "signatory.ROLE": Sentence(
        "Cette personne n'est pas signataire en fonction pour cette portée.",
        "This person is not a signatory at work for this scope.",
    ),
    "signatory.ABSENT": Sentence(
        "Cette personne est absente ; son substitut signe, s’il y en a un.",
        "This person is away; the substitute signs, if there is one.",
    ),
    "signatory.DESIGNATION": Sentence(
        "Une autre personne a été désignée pour cette signature.", "Someone else was designated for this signature."
    ),
    "plan.invalid": Sentence(
        "Le plan n'est pas publié : corrigez d'abord les erreurs dites plus haut.",
        "The plan is not published: first correct the errors told above.",
    ),
    "signatory.SOD-01": Sentence(
        "Le demandeur ou le bénéficiaire ne signe pas sa propre demande.",
        "The requester or the beneficiary does not sign their own request.",
    ),
    "signatory.SOD-02": Sentence(
        "Deux signatures conjointes viennent de deux personnes, sous deux entrées.",
        "Two joint signatures come from two persons, under two entries.",
    ),
    "signatory.SOD-03": Sentence(
        "Cette personne confirme le besoin du bénéficiaire : elle ne signe pas la même demande.",
        "This person confirms the beneficiary's need: they do not sign the same request.",
    ),
    "signatory.SOD-04": Sentence(
        "Cette personne relève du bénéficiaire, directement ou non.",
        "This person works under the beneficiary, directly or not.",
    ),
    "key.unreadable": Sentence(
        "Ce fichier n'est pas une clé privée Ed25519 en PEM. Fournissez-en une.",
        "This file is not an Ed25519 private key in PEM. Give one.",
    ),
}
