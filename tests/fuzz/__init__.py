"""Random and mutated texts put to FEEL, tables, the linter and the codec; what was found once is kept and put again."""
