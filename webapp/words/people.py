"""Sentences about people."""

from webapp.words.wording import Sentence

SENTENCES: dict[str, Sentence] = {}
