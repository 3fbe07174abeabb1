"""What can be wrong with an answer, in words: code → (French, English); the parameters stand in braces."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {
    "form.invalid": (
        "Le formulaire contient des erreurs. Corrigez les champs indiqués.",
        "The form has errors. Correct the fields shown.",
    ),
    "form.unreadable": (
        "Ce formulaire ne peut pas être lu : « {key} » ({reason}).",
        "This form cannot be read: “{key}” ({reason}).",
    ),
    "form.required": ("Répondez à cette question.", "Answer this question."),
    "form.unknown_key": ("Ce champ n'existe pas dans ce formulaire.", "This form has no such field."),
    "form.type": ("Cette réponse n'a pas la forme attendue.", "This answer does not have the expected form."),
    "form.too_short": ("Écrivez au moins {min} caractères.", "Write at least {min} characters."),
    "form.too_long": ("Écrivez au plus {max} caractères.", "Write at most {max} characters."),
    "form.control_character": (
        "Le texte contient un caractère invisible non permis. Réécrivez-le ici plutôt que de le coller.",
        "The text holds an invisible character that is not allowed. Write it here rather than pasting it.",
    ),
    "form.one_line": ("Écrivez sur une seule ligne.", "Write on one line."),
    "form.pattern": ("Cette réponse n'a pas le format demandé.", "This answer does not have the format asked for."),
    "form.imei": (
        "Vérifiez l'IMEI : 15 chiffres, dont le dernier est une clé de contrôle.",
        "Check the IMEI: 15 digits, the last being a check digit.",
    ),
    "form.integer": ("Écrivez un nombre entier.", "Write a whole number."),
    "form.too_small": ("Écrivez un nombre d'au moins {min}.", "Write a number of at least {min}."),
    "form.too_large": ("Écrivez un nombre d'au plus {max}.", "Write a number of at most {max}."),
    "form.money": ("Montant invalide.", "Invalid amount."),
    "form.boolean": ("Répondez par oui ou par non.", "Answer yes or no."),
    "form.date": ("Écrivez une date réelle, comme 2026-12-07.", "Write a real date, such as 2026-12-07."),
    "form.moment": (
        "Écrivez une date et une heure réelles, comme 2026-12-18T16:30.",
        "Write a real date and hour, such as 2026-12-18T16:30.",
    ),
    "form.date_past": ("Choisissez une date à partir d'aujourd'hui.", "Choose today or a later date."),
    "form.choice": ("Choisissez une des réponses proposées.", "Choose one of the answers offered."),
    "form.duplicate": ("La même réponse est donnée deux fois.", "The same answer is given twice."),
    "form.too_many": ("Donnez au plus {max} réponses.", "Give at most {max} answers."),
    "form.unknown_reference": (
        "« {value} » est inconnu ou ne peut pas être choisi ici.",
        "“{value}” is unknown or cannot be chosen here.",
    ),
    "form.unknown_file": (
        "Ce fichier n'est pas joint à ce dossier. Joignez-le d'abord.",
        "This file is not attached to this case. Attach it first.",
    ),
    "form.date_range": (
        "Choisissez une date d'au plus 30 jours passés et d'au plus 365 jours à venir.",
        "Choose a date at most 30 days past and at most 365 days ahead.",
    ),
    "form.planned_end": (
        "La fin prévue vient après l'entrée en fonction ; pour un contractuel externe, au plus douze mois après.",
        "The planned end comes after the first day; for an external contractor, at most twelve months after.",
    ),
    "form.own_superior": (
        "Une personne n'est pas son propre supérieur.",
        "Nobody is one's own superior.",
    ),
    "form.link_not_manager": (
        "Ce type de lien ne permet pas un rôle de gestionnaire.",
        "This type of link does not allow a manager's role.",
    ),
    "form.other_module": (
        "Cette responsabilité appartient à un autre module.",
        "This responsibility belongs to another module.",
    ),
    "form.exception_end": (
        "L'exception dure au plus six mois.",
        "The exception lasts six months at most.",
    ),
    "form.must_be_disabled": (
        "Le compte reste désactivé jusqu'à l'entrée en poste.",
        "The account stays disabled until the first day.",
    ),
    "form.identity_first": (
        "Vérifiez l'identité de la personne avant de confirmer sa présence.",
        "Verify the person's identity before confirming the presence.",
    ),
    "form.namesake": (
        "Confirmez qu'il s'agit d'une autre personne que son homonyme, ou corrigez le matricule.",
        "Confirm that this is another person than the namesake, or correct the number.",
    ),
    "form.too_far": ("Choisissez une date d'au plus 365 jours à venir.", "Choose a date at most 365 days ahead."),
    "form.effect_too_old": (
        "L'effet ne remonte pas à plus de 30 jours.",
        "The effect goes back thirty days at most.",
    ),
    "form.return_before": ("Le retour vient après le départ.", "The return comes after the departure."),
    "form.must_agree": (
        "Cet engagement est nécessaire pour continuer.",
        "This commitment is needed to go on.",
    ),
    "form.beneficiary": (
        "Vous ne pouvez pas présenter de demande pour cette personne.",
        "You cannot make a request for this person.",
    ),
    "form.second_rank_motive": (
        "Le prestataire de second rang demande le motif « Couverture » ou « Disponibilité », ou le motif « Autre » "
        "avec une justification d'au moins 100 caractères. Retournez la demande pour précisions.",
        "The second-rank provider needs the motive “Coverage” or “Availability”, or “Other” with a justification of at "
        "least 100 characters. Return the request for details.",
    ),
    "form.credit_above_price": (
        "Le crédit ne peut pas dépasser le prix de l'appareil.",
        "The credit cannot exceed the price of the device.",
    ),
    "form.beyond_contract": (
        "La dérogation finirait après le contrat. Choisissez une durée plus courte.",
        "The derogation would end after the contract. Choose a shorter length.",
    ),
    "form.nothing_to_lift": (
        "Aucun avis défavorable ne peut être levé ici : la demande dépasse le plan de délégation.",
        "There is no unfavourable opinion to lift here: the request exceeds the delegation plan.",
    ),
}
