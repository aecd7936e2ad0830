#!/usr/bin/env bash
# setup_venv.sh map|test|docs: make .venv beside the Makefile and install the program into it, with the extras that
# the job needs. A stamp holds a hash of all that decides what is installed; while it fits, nothing is done and no
# network is needed.
set -euo pipefail
cd "$(dirname "$0")/.."
job=${1:-map}
case $job in
  map) target=. ;;
  test | docs) target=".[$job]" ;;
  *) echo "setup_venv.sh: \"$job\" is not a job; say map, test or docs." >&2; exit 2 ;;
esac

python=
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "No Python 3.11 or newer was found. Install one (Debian: apt-get install python3 python3-venv), or name it: make map PYTHON=/path/to/python3" >&2
  exit 1
fi

# The folder is part of it: scripts in a virtual environment hold its path and break when it moves.
stamp=$("$python" - <<'PY'
import hashlib, pathlib, sys
files = ["pyproject.toml", "hatch_build.py", *sorted(map(str, pathlib.Path().glob("maps/package*.json"))),
         *sorted(map(str, pathlib.Path().glob("package*.json")))]
digest = hashlib.sha256(f"{pathlib.Path.cwd()} {sys.version}".encode())
for name in files:
    if pathlib.Path(name).is_file():
        digest.update(name.encode() + pathlib.Path(name).read_bytes())
print(digest.hexdigest())
PY
)
fits() { [ -f ".venv/.stamp-$1" ] && [ "$(cat ".venv/.stamp-$1")" = "$stamp" ]; }
if [ -x .venv/bin/conflict-mapper ] && { fits "$job" || { [ "$job" = map ] && { fits test || fits docs; }; }; }; then
  exit 0
fi

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
  echo "Making .venv with $("$python" --version) ..." >&2
  "$python" -m venv --clear .venv || {
    echo "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
  }
fi
echo "Installing into .venv (once; a minute or two) ..." >&2
.venv/bin/python -m pip install -qq --disable-pip-version-check --editable "$target" || {
  echo "The installation failed: the lines above say why. The first run needs a network for PyPI and npm packages." >&2
  exit 1
}
echo "$stamp" >".venv/.stamp-$job"
