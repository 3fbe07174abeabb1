"""The domain of Parcours: what happens in a public body, without a web framework."""
