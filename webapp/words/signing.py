"""Sentences about signing."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
