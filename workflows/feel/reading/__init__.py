"""From a text to a tree: words, grammar, nodes."""
