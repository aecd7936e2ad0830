#!/usr/bin/env bash
# Find or install a Chromium for the browser tests: one on the PATH, else Debian's where root can install it, else
# Playwright's own. Never fails: without a browser its tests skip and say what to install.
set -uo pipefail
cd "$(dirname "$0")/.."
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -f .venv/.stamp-browser ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Debian's chromium for the browser tests (once) ..." >&2
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "Installing Playwright's Chromium for the browser tests (once) ..." >&2
if .venv/bin/python -m playwright install chromium >/dev/null 2>&1; then
  touch .venv/.stamp-browser
else
  echo "No Chromium could be installed: the browser tests will skip. Install chromium (Debian: apt-get install chromium) and run again." >&2
fi
exit 0
