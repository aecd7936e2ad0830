#!/usr/bin/env bash
# Install what only developers of the page need from npm (linter, accessibility checker) into node_modules. Never fails:
# without npm the tests that need them skip and say so. A stamp with the lock file's hash makes the second run offline.
set -uo pipefail
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is missing: checks of the page's scripts will skip. Install it (Debian: apt-get install npm) and run again." >&2
  exit 0
fi
stamp=$(cksum package.json package-lock.json)
[ -f node_modules/.stamp ] && [ "$(cat node_modules/.stamp)" = "$stamp" ] && exit 0
echo "Installing the page's developer tools into node_modules (once) ..." >&2
if npm ci --ignore-scripts --no-audit --no-fund --silent; then
  echo "$stamp" >node_modules/.stamp
else
  echo "npm could not install them (the first run needs a network): checks of the page's scripts will skip." >&2
fi
exit 0
