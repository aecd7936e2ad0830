"""How long the map page takes, beside folium's own pages of the same events.

    python tests/bench/bench_maps.py [--sizes 10000,100000] [--rounds 5] [--peers] [--json FILE]

Events are invented: 400 places, 8 years, quotes put together from a few hundred clauses, so that they repeat about as
much as wire copy does. Each page is opened `rounds` times in a fresh context of one Chromium (software rendering, no
network); the medians are printed. "First draw" runs from the start of the navigation to the second frame after the data
is on the map, on every page alike; "step" is one change of a filter or of the time range with every view brought up to date.

The peers are built with folium alone: a Marker each, FastMarkerCluster, and GeoJson on a canvas. What folium's pages load
from servers is taken from npm once and read from disk, in the peers' favour. FastMarkerCluster is shown twice: as folium
writes it, with its libraries and icon, and with what our drawer says of an event in its popup; and "bare", with Leaflet
alone, circles and no more than the quote, as the others.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import statistics
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path
from typing import Any

import folium
from folium.plugins import FastMarkerCluster
from playwright.sync_api import TimeoutError, sync_playwright  # noqa: A004

import maps
from maps.style import CATEGORIES

TYPES = [kind for category in CATEGORIES for kind in category.types]
PATIENCE = 60  # seconds after which a page counts as never drawn
LIBRARIES = {
    "leaflet.markercluster@1.5.3": ["dist/leaflet.markercluster.js"],
    "jquery@3.7.1": ["dist/jquery.min.js"],
    "bootstrap@5.2.2": ["dist/js/bootstrap.bundle.min.js", "dist/css/bootstrap.min.css"],
    "leaflet.awesome-markers@2.0.5": ["dist/leaflet.awesome-markers.js", "dist/leaflet.awesome-markers.css"],
    "@fortawesome/fontawesome-free@6.2.0": ["css/all.min.css"],
}
PEERS = ("FastMarkerCluster", "FastMarkerCluster, bare", "GeoJson", "Marker")
SCRIPTS = ("leaflet.js", "jquery.min.js", "bootstrap.bundle.min.js", "leaflet.awesome-markers.js")
STYLES = ("leaflet.css", "bootstrap.min.css", "all.min.css", "leaflet.awesome-markers.css")
MARKER_LIMIT = 10_000  # a folium Marker each: more does not end in a minute


def events(number: int, seed: int = 1) -> dict[str, Any]:
    """Return invented events, the same for the same number and seed."""
    rng = random.Random(seed)  # noqa: S311
    places = [
        (f"place-{at}", round(rng.uniform(45.5, 48.5), 6), round(rng.uniform(38.8, 41.2), 6)) for at in range(400)
    ]
    clauses = [
        f"the {word} reported {count} explosions near the road on the {side} bank"
        for word in ("mayor", "ministry", "observer", "agency", "resident")
        for count in ("two", "three", "several", "dozens of", "no")
        for side in ("left", "right", "far", "near", "eastern", "western", "northern", "southern")
    ]
    features = []
    for at in range(number):
        place, lon, lat = rng.choice(places)
        day = f"{rng.randint(2016, 2023)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        features.append({
            "type": "Feature",
            "id": f"e{at}",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "event_type": rng.choice(TYPES), "modality": rng.choice(["occurred"] * 8 + ["alleged", "planned"]),
                "date_start": day, "date_end": day, "date_precision": "day", "date_basis": "stated",
                "place_id": place, "place_name": place, "place_text": place, "place_relation": "at",
                "geo_precision": rng.choice([1, 1, 1, 2, 3]), "uncertainty_m": rng.choice([500, 1000, 5000]),
                "geo_reason": "the only place in the clause", "actors": [], "verification": rng.choice(["single_source", "both_sides", "contested"]),
                "claims": [{
                    "report": f"r{at // 20}.txt", "start": 0, "end": 60, "quote": rng.choice(clauses),
                    "claimant": rng.choice(["ministry", "monitor", "resident", None]), "act": "reports",
                    "casualties": [{"metric": "killed", "group": "total", "side": None, "low": None, "best": rng.randint(1, 30), "high": None, "qualifier": "exact", "text": ""}] if rng.random() < 0.3 else [],
                    "publisher": rng.choice(["Wire", "Herald", "Post"]), "published": day,
                }],
            },
        })  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def quote(event: dict[str, Any]) -> str:
    """Return the first sentence that tells of the event."""
    return event["claims"][0]["quote"]


def evidence(event: dict[str, Any]) -> str:
    """Return what our drawer says of an event, as plain text."""
    head = f"{event['event_type']}, {event['date_start']}, {event['place_name']} (within {event['uncertainty_m']} m; {event['geo_reason']}), {event['modality']}, {event['verification']}"
    claims = []
    for claim in event["claims"]:
        figures = ", ".join(f"{figure['metric']} {figure['best']}" for figure in claim["casualties"])
        source = f"{claim['publisher']}, {claim['published']}, {claim['report']}"
        claims.append(f"{claim['claimant']} {claim['act']}: “{claim['quote']}” {figures} ({source})")
    return "\n".join([head, *claims])


def folium_page(kind: str, collection: dict[str, Any], libraries: Path, target: Path) -> Path:
    """Write folium's own page of the same events."""
    world = folium.Map([40, 47], zoom_start=8, tiles=None, prefer_canvas=True, maxZoom=18)
    whole = kind == "FastMarkerCluster"
    world.default_js = [(name, (libraries / name).as_uri()) for name in (SCRIPTS if whole else SCRIPTS[:1])]
    world.default_css = [(name, (libraries / name).as_uri()) for name in (STYLES if whole else STYLES[:1])]
    spots = [feature["geometry"]["coordinates"][::-1] for feature in collection["features"]]
    texts = [(evidence if whole else quote)(feature["properties"]) for feature in collection["features"]]
    if kind == "Marker":
        for spot, text in zip(spots, texts, strict=True):
            folium.CircleMarker(spot, tooltip=text).add_to(world)
    elif kind.startswith("FastMarkerCluster"):
        rows = [[*spot, text] for spot, text in zip(spots, texts, strict=True)]
        icon = "L.marker([row[0], row[1]], { icon: L.AwesomeMarkers.icon() })"  # that of folium's own callback
        layer = FastMarkerCluster(
            rows, callback=f"(row) => {icon if whole else 'L.circleMarker([row[0], row[1]])'}.bindPopup(row[2])"
        )
        layer.default_js = [("cluster", (libraries / "leaflet.markercluster.js").as_uri())]
        layer.default_css = []
        layer.add_to(world)
    else:
        folium.GeoJson(collection, marker=folium.CircleMarker(radius=4)).add_to(world)
    # the page says itself when its first frame is up
    done = "requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.ready = performance.now(); }));"
    before, after = world.get_root().render().rsplit("</script>", 1)
    html = f"{before}{done}</script>{after}"
    target.write_text(html, "utf8")
    return target


def bring_libraries(folder: Path) -> Path:
    """Copy Leaflet from the package and bring from npm what folium's pages load beside it."""
    vendor = Path(maps.__file__).parent / "vendor" / "leaflet"
    for name in ("leaflet.js", "leaflet.css"):
        shutil.copy(vendor / name, folder)
    for package, files in LIBRARIES.items():
        pack = ["npm", "pack", package, "--ignore-scripts", "--silent", "--pack-destination", folder]
        packed = subprocess.run(pack, check=True, capture_output=True, text=True).stdout.split()[-1]
        with tarfile.open(folder / packed) as archive:
            for file in files:
                (folder / Path(file).name).write_bytes(archive.extractfile(f"package/{file}").read())
    return folder


STEPS = {
    "filter step": "() => conflictMap.toggleCategory(0)",
    "time step": "() => { const t = conflictMap.timeline; const [a, b] = t.whole; const day = a + (performance.now() | 0) % (b - a - 200); t.set(day, day + 180); }",
    "zoom": "() => { conflictMap.map.setZoom(conflictMap.map.getZoom() + (conflictMap.map.getZoom() > 8.5 ? -0.75 : 0.75), { animate: false }); }",
}


def measure(browser: Any, file: Path, rounds: int, steps: dict[str, str]) -> dict[str, float]:
    """Return medians in milliseconds."""
    first, found = [], {name: [] for name in steps}
    for _ in range(rounds):
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(file.as_uri(), timeout=120_000)
        try:
            page.wait_for_selector("html[data-ready]", state="attached", timeout=PATIENCE * 1000)
        except TimeoutError:
            page.close()
            return {"first draw": math.inf}
        mark = page.evaluate("Number(document.documentElement.dataset.ready)")
        first.append(float(mark))
        for name, step in steps.items():
            script = f"() => {{ const step = {step}; const from = performance.now(); step(); return performance.now() - from; }}"
            found[name] += [page.evaluate(script) for _ in range(6)]
        page.close()
    return {"first draw": statistics.median(first), **{name: statistics.median(times) for name, times in found.items()}}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = Path(scratch)
        libraries = bring_libraries(folder) if options.peers else folder
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for number in map(int, options.sizes.split(",")):
            collection = events(number)
            start = time.perf_counter()
            file = maps.save(maps.build(collection, tiles=()), folder / "ours.html")
            built = time.perf_counter() - start
            results.append(
                {
                    "page": "this package",
                    "events": number,
                    "build": built * 1000,
                    "MB": file.stat().st_size / 1e6,
                    **measure(browser, file, options.rounds, STEPS),
                }
            )
            show(results[-1])
            for peer in PEERS if options.peers else ():
                if (peer == "Marker" and number > MARKER_LIMIT) or (peer == "GeoJson" and number > 10 * MARKER_LIMIT):
                    continue
                start = time.perf_counter()
                file = folium_page(peer, collection, libraries, folder / "peer.html")
                built = time.perf_counter() - start
                results.append(
                    {
                        "page": f"folium {peer}",
                        "events": number,
                        "build": built * 1000,
                        "MB": file.stat().st_size / 1e6,
                        **measure(browser, file, min(options.rounds, 3), {}),
                    }
                )
                show(results[-1])
        browser.close()
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), "utf8")


def show(result: dict[str, Any]) -> None:
    """Print one line."""
    numbers = [
        f"{name} {value:,.1f}{'' if name == 'MB' else ' ms'}"
        for name, value in result.items()
        if isinstance(value, float)
    ]
    print(f"{result['page']:<32} {result['events']:>9,} events   {'   '.join(numbers)}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
