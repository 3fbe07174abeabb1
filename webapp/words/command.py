"""Sentences about command."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
