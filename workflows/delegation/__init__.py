"""Who may bind the body: delegation plans written, checked and published, replacements, and who may sign."""
