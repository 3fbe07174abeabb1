"""Sentences about forms."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
