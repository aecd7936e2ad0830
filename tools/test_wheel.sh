#!/usr/bin/env bash
# Build the wheel, install it in a new virtual environment and do the main job with it from an empty folder, as
# somebody would who never saw this repository.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
bash tools/setup_venv.sh map
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python -m pip wheel -qq --disable-pip-version-check --no-deps --wheel-dir "$work/wheel" "$root"
.venv/bin/python -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -qq --disable-pip-version-check "$work"/wheel/conflict_mapper-*.whl
mkdir "$work/empty"
cd "$work/empty"
program=$work/venv/bin/conflict-mapper
"$program" gazetteer check
cat >report.txt <<'TEXT'
STEPANAKERT, September 20 - Artillery fire hit the town of Martakert on Tuesday, wounding two civilians, the ombudsman said.
The Defence Ministry in Baku denied shelling civilians.
TEXT
"$program" map report.txt --published 2023-09-20 --out out
for file in map.html events.geojson mentions.csv unresolved.csv; do
  [ -s "out/$file" ] || { echo "The installed wheel did not write out/$file." >&2; exit 1; }
done
# Every format that needs no extra; those that do must say what to install.
for ending in geojson fg.json geojsons geojsonl gpkg kml csv fgb shp timemap.json html; do
  "$program" export out/events.geojson --to "as/$ending/events.$ending" --quiet 2>/dev/null && [ -s "as/$ending/events.$ending" ] \
    || { echo "The installed wheel did not write events.$ending." >&2; exit 1; }
done
for ending in xlsx parquet; do
  said=$("$program" export out/events.geojson --to "as/events.$ending" 2>&1) || true  # 2 is right here
  [[ $said == *"pip install \"conflict-mapper[$ending]\""* ]] \
    || { echo "The installed wheel does not say what events.$ending needs: $said" >&2; exit 1; }
done
"$program" export - --to - --format geojson <out/events.geojson | cmp - out/events.geojson
"$work/venv/bin/python" -c '
import json
features = json.load(open("out/events.geojson", encoding="utf8"))["features"]
drawn = [f for f in features if f["geometry"]]
assert drawn, "the installed wheel drew no event of the sample report"
assert all(f["properties"]["place_id"] not in ("baku", "stepanakert") for f in drawn), "a speaker or a dateline was drawn"
print(f"Wheel: installed, {len(drawn)} event(s) drawn from an empty folder.")
'
