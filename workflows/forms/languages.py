"""A form in one language: the French labels, or the English ones that lie beside them."""

from __future__ import annotations

from typing import Any

BESIDE = {
    "labelEn": "label",
    "descriptionEn": "description",
    "textEn": "text",
    "titleEn": "title",
    "patternErrorMessageEn": "patternErrorMessage",
}


def worded(part: Any, language: str) -> Any:
    """The same piece of schema in one language, without the words of the other."""
    if isinstance(part, list):
        return [worded(one, language) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: worded(value, language) for key, value in part.items() if key not in BESIDE}
    properties = part.get("properties")
    beside = {**(properties if isinstance(properties, dict) else {}), **part}
    if language == "en":
        _translate(found, beside)
    return found


def _translate(found: dict[str, Any], beside: dict[str, Any]) -> None:
    for english, french in BESIDE.items():
        word = beside.get(english)
        if not word:
            continue
        if french == "title":
            if "title" in found:
                found["title"] = word
        elif french == "patternErrorMessage":
            if isinstance(found.get("validate"), dict):
                found["validate"] = {**found["validate"], french: word}
        else:
            found[french] = word
            if french == "label" and "dateLabel" in found:
                found["dateLabel"] = word
