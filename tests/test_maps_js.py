"""The page's scripts under node: their own tests and the linter."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def test_scripts_pass_their_own_tests(root):
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is missing: install Node.js 20 or newer to test the page's scripts")
    files = sorted(str(file) for file in (root / "tests" / "js").glob("*.test.js"))
    done = subprocess.run([node, "--test", *files], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]


def test_scripts_pass_the_linter(root):
    node, eslint = shutil.which("node"), root / "node_modules" / "eslint" / "bin" / "eslint.js"
    if node is None or not eslint.is_file():
        pytest.skip("the linter is missing: run `npm ci` in the repository")
    command = [node, str(eslint), "--max-warnings", "0", "maps/static", "tests/js"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
