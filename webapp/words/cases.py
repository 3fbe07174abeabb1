"""Sentences about cases."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
