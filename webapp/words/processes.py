"""Sentences about processes."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
