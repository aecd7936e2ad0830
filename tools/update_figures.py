"""Write the figures in README.md anew from a run of `conflict-mapper evaluate`, so that none is older than the program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
COMMAND = ("evaluate", "tests/gold/starter.json", "--reports", "seeds", "--format", "markdown")
WANTED = ("reports", "recognition", "usage", "resolution")
BLOCK = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def table() -> str:
    """Return the rows of the evaluation that stand for the whole; those of single kinds of place are left out."""
    program = Path(sys.executable).with_name("conflict-mapper")
    done = subprocess.run([program, *COMMAND], capture_output=True, text=True, check=True, cwd=ROOT)
    rows = [line for line in done.stdout.splitlines() if line.startswith("|")]
    return "\n".join([*rows[:2], *(row for row in rows[2:] if row[2:].startswith(WANTED))]) + "\n"


def main() -> None:
    """Rewrite the block between the two marks."""
    text = README.read_text("utf8")
    if not BLOCK.search(text):
        sys.exit("README.md has no <!-- figures --> and <!-- end of figures --> any more; put them back.")
    found = table()
    README.write_text(BLOCK.sub(lambda marks: f"{marks[1]}\n{found}\n{marks[2]}", text), "utf8")
    print(found, end="")


if __name__ == "__main__":
    main()
