"""Sentences of the doors themselves: addresses, sizes, formats, lists, repeated writes."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "http.400": Sentence(
        "La requête n'a pas pu être lue. Vérifiez son format, puis réessayez.",
        "The request could not be read. Check its format, then try again.",
    ),
    "http.404": Sentence(
        "Rien ne se trouve à cette adresse. Vérifiez-la, ou repartez de l'accueil.",
        "There is nothing at this address. Check it, or start again from the home page.",
    ),
    "http.405": Sentence(
        "Cette adresse n'accepte pas ce verbe ({method}). La documentation dit lesquels elle accepte.",
        "This address does not take this verb ({method}). The documentation says which it takes.",
    ),
    "http.413": Sentence(
        "L'envoi est trop volumineux. Réduisez-le : 10 Mo au plus pour un fichier, 1 Mo pour le reste.",
        "What was sent is too large. Make it smaller: 10 MB at most for a file, 1 MB for anything else.",
    ),
    "http.415": Sentence(
        "Ce type de contenu n'est pas accepté ici. Envoyez du JSON (« Content-Type: application/json »).",
        "This type of content is not taken here. Send JSON (“Content-Type: application/json”).",
    ),
    "http.other": Sentence(
        "La requête n'a pas pu être traitée. Vérifiez-la, puis réessayez.",
        "The request could not be handled. Check it, then try again.",
    ),
    "internal": Sentence(
        "Une erreur imprévue est survenue et rien n'a été enregistré. Réessayez ; si elle revient, "
        "donnez la référence {reference} à l'exploitation.",
        "An unexpected error occurred and nothing was saved. Try again; if it comes back, "
        "give the reference {reference} to operations.",
    ),
    "database.unavailable": Sentence(
        "La base de données ne répond pas en ce moment et rien n'a été enregistré. Réessayez dans un instant.",
        "The database is not answering right now and nothing was saved. Try again in a moment.",
    ),
    "body.not_json": Sentence(
        "Le contenu envoyé n'est pas du JSON valide en UTF-8. Corrigez-le, puis réessayez.",
        "What was sent is not valid JSON in UTF-8. Correct it, then try again.",
    ),
    "request.invalid": Sentence(
        "La requête contient des valeurs qui ne sont pas acceptées. Corrigez les champs indiqués.",
        "The request holds values that are not accepted. Correct the fields shown.",
    ),
    "field.required": Sentence("Cette valeur est obligatoire.", "This value is required."),
    "field.unknown": Sentence("Cette clé n'existe pas ici. Retirez-la.", "There is no such key here. Remove it."),
    "field.type": Sentence(
        "Cette valeur n'est pas du type attendu ({expected}).", "This value is not of the expected type ({expected})."
    ),
    "field.value": Sentence("Cette valeur n'est pas acceptée.", "This value is not accepted."),
    "field.choice": Sentence("Choisissez parmi : {choices}.", "Choose among: {choices}."),
    "field.range": Sentence(
        "La valeur doit se situer de {least} à {most}.", "The value must be from {least} to {most}."
    ),
    "field.length": Sentence(
        "Le texte doit compter de {least} à {most} caractères.", "The text must have {least} to {most} characters."
    ),
    "text.unstorable": Sentence(
        "Le texte contient un caractère nul, qui ne peut pas être conservé. Retirez-le.",
        "The text holds a null character, which cannot be kept. Remove it.",
    ),
    "cursor.invalid": Sentence(
        "Ce curseur n'est pas valide pour cette liste. Reprenez-la depuis le début.",
        "This cursor is not valid for this list. Start it again from the beginning.",
    ),
    "limit.invalid": Sentence(
        "Une page compte de 1 à {largest} éléments. Demandez-en moins.",
        "A page holds 1 to {largest} items. Ask for fewer.",
    ),
    "box.unknown": Sentence(
        "Cette partie de la corbeille n'existe pas. Choisissez queue, mine, late, returned ou done.",
        "There is no such part of the inbox. Choose queue, mine, late, returned or done.",
    ),
    "order.unknown": Sentence(
        "Cet ordre n'existe pas. Choisissez due_at, created_at ou priority.",
        "There is no such order. Choose due_at, created_at or priority.",
    ),
    "idempotency.reused": Sentence(
        "Cette clé d'idempotence a déjà servi pour une autre demande. Prenez une clé neuve.",
        "This idempotency key was already used for another request. Take a fresh key.",
    ),
    "idempotency.invalid": Sentence(
        "La clé d'idempotence compte de 1 à 255 caractères imprimables. Prenez-en une autre.",
        "An idempotency key has 1 to 255 printable characters. Take another.",
    ),
    "clock.backwards": Sentence(
        "L'horloge ne recule pas : elle est au {now}. Demandez un instant postérieur.",
        "The clock does not go back: it stands at {now}. Ask for a later instant.",
    ),
    "clock.not_simulated": Sentence(
        "L'installation n'est pas en simulation : son horloge ne se déplace pas.",
        "This installation is not in simulation: its clock does not move by hand.",
    ),
    "clock.unreadable": Sentence(
        "« {given} » n'est pas un instant avec son décalage, comme 2026-12-07T09:00-05:00.",
        "“{given}” is not an instant with its offset, such as 2026-12-07T09:00-05:00.",
    ),
    "clock.not_allowed": Sentence(
        "Seul un compte de démonstration déplace l'horloge de la simulation.",
        "Only a demonstration account moves the simulation's clock.",
    ),
}
