"""From a tree to closures, and from closures to an answer, within a budget."""
