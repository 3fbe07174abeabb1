"""Sentences about persons, organisations, accounts and settings."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {
    "person.unknown": Sentence(
        "La personne « {person} » n'existe pas. Vérifiez son code.", "There is no person “{person}”. Check the code."
    ),
    "organisation.unknown": Sentence(
        "L'organisme « {organisation} » n'existe pas. Vérifiez son code.",
        "There is no organisation “{organisation}”. Check the code.",
    ),
    "owner.unknown": Sentence(
        "« {owner} » n'est ni une personne ni un compte d'intégration. Vérifiez le code.",
        "“{owner}” is neither a person nor an integration account. Check the code.",
    ),
    "sign_in.wrong_password": Sentence(
        "Ce mot de passe n'est pas le bon. Vérifiez-le, puis réessayez.",
        "This password is not right. Check it, then try again.",
    ),
    "integration.exists": Sentence(
        "Un compte d'intégration porte déjà le nom « {name} ». Choisissez-en un autre.",
        "An integration account already has the name “{name}”. Choose another.",
    ),
    "integration.name": Sentence(
        "Le nom d'un compte d'intégration compte de 1 à 80 caractères.",
        "An integration account's name has 1 to 80 characters.",
    ),
    "setting.unknown": Sentence(
        "Le réglage « {key} » n'existe pas. « parcours setting get » en donne la liste.",
        "There is no setting “{key}”. “parcours setting get” lists them.",
    ),
    "setting.invalid": Sentence(
        "Cette valeur ne convient pas au réglage « {key} ». Gardez la forme de la valeur par défaut.",
        "This value does not suit the setting “{key}”. Keep the form of the default value.",
    ),
}
