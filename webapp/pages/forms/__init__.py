"""Forms on pages: a schema becomes questions in HTML, what is posted becomes answers; no script is needed."""
