"""`python -m gazetteer`: the gazetteer's commands alone."""

from gazetteer.cli import gazetteer

if __name__ == "__main__":
    gazetteer(prog_name="python -m gazetteer")
