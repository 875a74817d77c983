"""``python -m search``: the same as the command ``search``."""

from search.command import main

if __name__ == "__main__":
    main()
