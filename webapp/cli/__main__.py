"""``python -m webapp.cli``: the same as ``parcours``."""

from webapp.cli import main

if __name__ == "__main__":
    main()
