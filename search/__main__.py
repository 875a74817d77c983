"""``python -m search``: the same as the command ``search``."""

from search.cli import run

if __name__ == "__main__":
    run()
