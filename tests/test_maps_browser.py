"""The page in a real browser with the network off: every control by mouse and by keyboard, and nothing a reader must not see."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

import maps
from gazetteer.load import load
from gazetteer.model import Place, Point, Toponym
from maps.cli import main

pytestmark = pytest.mark.browser

SIZES = {"desktop": (1400, 900), "tablet": (820, 1180), "phone": (390, 844)}


@pytest.fixture(scope="module")
def sample(root):
    return json.loads((root / "tests" / "golden" / "map_events.geojson").read_text("utf8"))


@pytest.fixture(scope="module")
def file(sample, tmp_path_factory):
    return maps.save(maps.build(sample, load(), title="Sample"), tmp_path_factory.mktemp("page") / "map.html")


def show(page, path, fragment="", query=""):
    page.goto(f"{path.as_uri()}{query}{fragment}")
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


@pytest.fixture
def opened(page, file):
    page.emulate_media(reduced_motion="reduce")
    yield show(page, file)
    assert page.problems == []


def wait_until(page, expression, *args):
    """Playwright's own waiting evaluates strings inside the page, which the page's security policy forbids."""
    for _ in range(100):
        if page.evaluate(expression, *args):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def ids_shown(page):
    return page.evaluate("Array.from(conflictMap.chronology.rows, (row) => conflictMap.store.id(row))")


def count(page, selector):
    return int(page.inner_text(selector).replace(",", ""))


def status(page):
    return int(re.match(r"[\d,]+", page.inner_text("#status"))[0].replace(",", ""))


def open_event(page, event_id):
    page.evaluate("(id) => conflictMap.select(conflictMap.store.find(id))", event_id)


def group_at(page, event_id):
    """Where on the page the symbol lies that holds an event."""
    return page.evaluate(
        """(id) => {
          const app = conflictMap;
          const row = app.store.find(id);
          const group = app.events.groups.find((one) => app.events.members(one).some((member) => member.event === row));
          const box = app.map.getContainer().getBoundingClientRect();
          return { x: box.left + group.x, y: box.top + group.y, count: group.count };
        }""",
        event_id,
    )


def test_it_opens_and_draws(opened, sample):
    assert opened.title() == "Sample"
    assert status(opened) == len(sample["features"]) - 1, "the threatened one is off at first"
    assert opened.evaluate("conflictMap.events.groups.length") > 5
    assert opened.evaluate(
        """(() => {
          const { canvas } = conflictMap.events;
          const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          return data.some((value) => value !== 0);
        })()"""
    )
    assert "no opinion" in opened.inner_text("#boundary")
    assert opened.locator(".leaflet-control-attribution").count() == 0, "Leaflet's prefix carries a flag"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_overflows_at_any_size(page, file, size, theme):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    show(page, file)
    open_event(page, "sample-002")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for control in ("#names", "#theme", "#time-play", "#home", "#drawer-close"):
        box = page.locator(control).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SIZES[size][0]
        assert min(box["width"], box["height"]) >= 24
    assert page.problems == []


@pytest.mark.parametrize("size", SIZES)
def test_no_symbol_lies_under_a_control_at_first(page, file, size):
    page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
    show(page, file)
    covered = page.evaluate(
        """() => {
          const stage = document.querySelector(".folium-map").getBoundingClientRect();
          const controls = [...document.querySelectorAll(".pointer, .leaflet-control-zoom, #home")].map((one) => one.getBoundingClientRect());
          return conflictMap.events.groups.filter(({ x, y }) => controls.some((box) =>
            x + stage.left > box.left && x + stage.left < box.right && y + stage.top > box.top && y + stage.top < box.bottom)).length;
        }"""
    )
    assert covered == 0


def test_the_chosen_event_is_ringed_with_the_group_that_holds_it(opened):
    opened.evaluate("conflictMap.map.setView([39.7, 46.6], 7, { animate: false })")
    spot = group_at(opened, "sample-001")
    assert spot["count"] > 1
    before, after = (
        opened.evaluate(
            """([id, x, y]) => {
              conflictMap.select(conflictMap.store.find(id), { focus: false });
              const box = conflictMap.map.getContainer().getBoundingClientRect();
              const ratio = devicePixelRatio;
              const group = conflictMap.events.hit({ x: x - box.left, y: y - box.top });
              const at = [(group.x + group.reach + 5) * ratio, group.y * ratio];
              return [...conflictMap.events.canvas.getContext("2d").getImageData(...at, 1, 1).data];
            }""",
            [chosen, spot["x"], spot["y"]],
        )
        for chosen in ("none", "sample-001")
    )
    assert before != after


def test_a_symbol_opens_its_evidence(opened, sample):
    feature = next(one for one in sample["features"] if one["id"] == "sample-008")
    spot = group_at(opened, "sample-008")
    assert spot["count"] == 1
    opened.mouse.move(spot["x"], spot["y"])
    assert "Mine" in opened.inner_text("#tip")
    opened.mouse.click(spot["x"], spot["y"])
    drawer = opened.inner_text("#drawer")
    claim = feature["properties"]["claims"][0]
    for text in (
        claim["quote"],
        claim["claimant"],
        claim["publisher"],
        "20 Sep 2023",
        "19 Sep 2023",
        "6",
        "Independently confirmed",
        feature["properties"]["geo_reason"],
    ):
        assert text in drawer
    link = opened.locator("#drawer .claim-source a")
    assert link.get_attribute("href") == claim["url"]
    assert "noopener" in link.get_attribute("rel")


def test_rival_figures_stand_side_by_side(opened):
    open_event(opened, "sample-002")
    assert "Contested" in opened.inner_text("#drawer .badges")
    rows = [row.split("\t") for row in opened.inner_text(".figures table").splitlines()[1:] if "\t" in row]
    figures = {row[0]: row[1:] for row in rows[1:]}
    assert figures["officials in Stepanakert"][:2] == ["at least 200", "at least 400"]
    assert figures["Azerbaijan’s Defence Ministry"] == ["–", "–", "192", "none", "–"]
    assert figures["a hospital"][-1] == "dozens (24–99)"


def test_events_at_one_place_are_listed(opened):
    opened.evaluate("conflictMap.map.setView([39.8153, 46.752], 13, { animate: false })")
    spot = group_at(opened, "sample-001")
    assert spot["count"] > 1
    opened.mouse.click(spot["x"], spot["y"])
    assert opened.inner_text("#drawer h2") == "Stepanakert"
    assert opened.locator("#drawer .event").count() == spot["count"]
    opened.locator("#drawer .event").first.click()
    assert opened.locator("#drawer blockquote").count() > 0
    opened.keyboard.press("Escape")
    assert opened.locator("#drawer").is_hidden()


def test_a_group_of_several_places_is_zoomed_into(opened):
    opened.evaluate("conflictMap.map.setView([39.7, 46.6], 7, { animate: false })")
    spot = opened.evaluate(
        """(() => {
          const group = conflictMap.events.groups.find((one) => one.count > 1 && !one.same);
          const box = conflictMap.map.getContainer().getBoundingClientRect();
          return { x: box.left + group.x, y: box.top + group.y };
        })()"""
    )
    opened.mouse.click(spot["x"], spot["y"])
    wait_until(opened, "conflictMap.map.getZoom() > 7.9")


def test_precise_and_vague_places_are_never_grouped(opened):
    mixed = opened.evaluate(
        """conflictMap.events.groups.filter((group) =>
          new Set(conflictMap.events.members(group).map(({ event }) => conflictMap.store.vague[event])).size > 1).length"""
    )
    assert mixed == 0


def test_the_legend_filters_with_counts_by_mouse_and_keyboard(opened):
    before = status(opened)
    aid = opened.locator("#categories li", has_text="Aid")
    n = int(aid.locator(".count").inner_text())
    aid.locator("input").click()
    assert status(opened) == before - n
    assert int(aid.locator(".count").inner_text()) == n, "the count says what the box would show"
    opened.locator("#category-aid").focus()
    opened.keyboard.press("Space")
    assert status(opened) == before


def test_facets_count_and_filter(opened):
    opened.click("#tab-filters")
    facet = opened.locator("#facets details", has_text="Claimant").last
    facet.locator("summary").click()
    row = facet.locator("li", has_text="the ICRC")
    n = int(row.locator(".count").inner_text())
    row.locator(".only").click()
    assert status(opened) == n
    assert all(
        any(claim["claimant"] == "the ICRC" for claim in one["properties"]["claims"])
        for one in json.loads(opened.evaluate("conflictMap.exported('geojson')"))["features"]
    )
    opened.click("#filters-reset")
    assert status(opened) > n


def test_search_covers_places_in_every_language_and_quotes(opened):
    opened.fill("#search", "xankəndi")
    wait_until(opened, "conflictMap.filter.query === 'xankəndi'")
    assert status(opened) > 3
    opened.fill("#search", "fuel depot")
    wait_until(opened, "conflictMap.filter.shown === 1")
    opened.fill("#search", "no such words")
    wait_until(opened, "conflictMap.filter.shown === 0")
    assert opened.locator("#chronology-none").is_visible()


def test_time_by_keyboard_is_a_range_and_a_single_day(opened):
    opened.locator("#time-from").focus()
    opened.keyboard.press("End")
    opened.keyboard.press("ArrowLeft")
    assert "3 Oct 2023" in opened.inner_text("#time-text")
    assert status(opened) <= 3
    opened.click("#time-all")
    before = status(opened)
    opened.click("#time-day")
    assert opened.locator("#time-to").is_hidden()
    opened.locator("#time-from").focus()
    opened.keyboard.press("ArrowRight")
    day = opened.get_attribute("#time-text", "data-iso").split("..")
    assert day[0] == day[1]
    shown = json.loads(opened.evaluate("conflictMap.exported('geojson')"))["features"]
    assert shown or status(opened) == 0
    assert all(one["properties"]["date_start"] <= day[0] <= one["properties"]["date_end"] for one in shown)
    assert status(opened) < before


def test_undated_events_show_with_the_whole_period_only(opened):
    assert "Date unknown" in opened.inner_text("#chronology")
    opened.click("#time-day")
    assert "Date unknown" not in opened.inner_text("#chronology")


def test_play_walks_through_time_and_pauses(opened):
    opened.click("#time-day")
    start = opened.inner_text("#time-text")
    opened.focus("#time-play")
    opened.keyboard.press("Enter")
    wait_until(opened, "(start) => document.getElementById('time-text').textContent !== start", start)
    opened.keyboard.press("Enter")
    assert opened.evaluate("conflictMap.timeline.timer") == 0


def test_lines_follow_the_day_shown(page, file):
    def drawn(day):
        show(page, file, f"#t={day}..{day}&d=1&x={day}")
        page.reload()
        page.wait_for_selector("html[data-ready]", state="attached")
        entries = page.evaluate("conflictMap.reference.entries()")
        return {(one["place"], one["since"]) for one in entries if one["layer"] in {"corridor", "line"}}

    early, late = drawn("2023-03-01"), drawn("2023-09-19")
    assert early != late
    assert ("lachin-corridor", "2022-08-30") in early
    assert ("lachin-corridor", "2023-04-01") in late
    assert "mark" not in page.problems
    assert page.locator("#time-marks .change").count() > 0


def test_a_line_tells_its_source_and_period(opened):
    opened.click("#tab-layers")
    opened.locator("#layers-now button", has_text="Line of contact").click()
    drawer = opened.inner_text("#drawer")
    assert "2020-11-10 to 2023-09-20" in drawer
    assert "Source" in drawer
    assert "Asserted by" in drawer


def test_clicking_a_line_on_the_map_opens_it(opened):
    spot = opened.evaluate(
        """(() => {
          const item = conflictMap.reference.items.find((one) => one.shown && one.entry.layer === "line");
          const box = conflictMap.map.getContainer().getBoundingClientRect();
          for (const part of [item.entry.geometry.coordinates].flat(item.entry.geometry.type === "LineString" ? 0 : 1)) {
            for (const [lon, lat] of part[0].length ? part : [part]) {
              const point = conflictMap.map.latLngToContainerPoint([lat, lon]);
              if (point.x > 60 && point.y > 100 && point.x < box.width - 60 && point.y < box.height - 60 && !conflictMap.events.hit(point))
                return { x: box.left + point.x, y: box.top + point.y };
            }
          }
          return null;
        })()"""
    )
    opened.mouse.click(spot["x"], spot["y"])
    assert "Line of contact" in opened.inner_text("#drawer").capitalize() or "line of contact" in opened.inner_text(
        "#drawer"
    )


def test_layers_are_switched(opened):
    opened.click("#tab-layers")
    before = opened.locator(".ref-river").count()
    opened.click("#layer-river")
    assert opened.locator(".ref-river").count() < before
    opened.click("#layer-district")
    assert opened.locator("#stage .ref-district").count() > 0


def test_names_follow_the_mode_and_the_languages_come_from_the_data(opened):
    offered = opened.locator("#names option").all_inner_texts()
    assert offered == ["As written", "English press", "Armenian", "Azerbaijani", "Russian", "All names"]
    for mode, expected in (
        ("az", "Xankəndi"),
        ("hy", "Ստեփանակերտ"),
        ("en", "Khankendi / Stepanakert"),
        ("all", "Khankendi · Stepanakert · Xankəndi · Ստեփանակերտ"),
    ):
        opened.select_option("#names", mode)
        name = opened.evaluate("conflictMap.placeName(conflictMap.store.placeOf.get('stepanakert'))")
        assert name.startswith(expected)


def test_the_tray_holds_what_has_no_place_with_reasons(opened, sample):
    opened.locator("#tab-events").focus()
    opened.keyboard.press("ArrowRight")
    assert opened.locator("#panel-tray").is_visible()
    without = [one for one in sample["features"] if one["geometry"] is None]
    assert count(opened, "#tab-tray .count") == len(without)
    text = opened.inner_text("#tray")
    assert all(one["properties"]["geo_reason"] in text for one in without)
    opened.locator("#tray .event").first.click()
    assert "Not on the map" in opened.inner_text("#drawer")


def test_the_table_is_in_step_and_sorts_by_keyboard(opened):
    opened.focus("#table-toggle")
    opened.keyboard.press("Enter")
    assert opened.locator("#table-body tr").count() == status(opened)
    opened.locator("#categories input").first.click()
    assert opened.locator("#table-body tr").count() == status(opened)
    opened.locator("#table-head button", has_text="Place").first.focus()
    opened.keyboard.press("Enter")
    places = opened.locator("#table-body td:nth-child(3)").all_inner_texts()
    assert places == sorted(places, key=str.casefold)
    opened.locator("#table-body button").first.focus()
    opened.keyboard.press("Enter")
    assert opened.locator("#drawer").is_visible()
    opened.keyboard.press("Escape")
    assert opened.evaluate("document.activeElement.closest('#table-body') !== null"), "the focus goes back"


def test_filters_slider_table_and_exports_agree(opened):
    opened.locator("#categories input").first.click()
    opened.evaluate("conflictMap.timeline.set(conflictMap.timeline.whole[1] - 20, conflictMap.timeline.whole[1])")
    opened.click("#table-toggle")
    ids = ids_shown(opened)
    assert opened.locator("#table-body tr").count() == len(ids) == status(opened)
    assert [one["id"] for one in json.loads(opened.evaluate("conflictMap.exported('geojson')"))["features"]] == ids
    table = list(csv.DictReader(io.StringIO(opened.evaluate("conflictMap.exported('csv')"))))
    assert list(dict.fromkeys(row["id"] for row in table)) == ids
    kml = ET.fromstring(opened.evaluate("conflictMap.exported('kml')"))
    drawn = opened.evaluate("conflictMap.filter.drawn")
    assert len(kml.findall(".//{*}Placemark")) == drawn
    groups = opened.evaluate(
        "conflictMap.map.setView([40, 46.5], 5, { animate: false }) && conflictMap.events.groups.reduce((sum, one) => sum + one.count, 0)"
    )
    assert groups == drawn


def test_exports_give_the_events_back_unchanged(opened, sample):
    opened.evaluate("conflictMap.setFacet('modality', new Set())")
    features = json.loads(opened.evaluate("conflictMap.exported('geojson')"))["features"]
    assert sorted(features, key=lambda one: one["id"]) == sorted(sample["features"], key=lambda one: one["id"])


def test_a_large_page_reads_its_packed_data_and_gives_it_back_unchanged(page, sample, tmp_path):
    features = [{**sample["features"][at % len(sample["features"])], "id": f"e{at}"} for at in range(1500)]
    show(page, maps.save(maps.build({"type": "FeatureCollection", "features": features}), tmp_path / "map.html"))
    page.evaluate("conflictMap.setFacet('modality', new Set())")
    back = json.loads(page.evaluate("conflictMap.exported('geojson')"))["features"]
    assert sorted(back, key=lambda one: int(one["id"][1:])) == features
    assert page.problems == []


def test_a_file_is_saved(opened):
    opened.click("#export-menu summary")
    with opened.expect_download() as waiting:
        opened.click("#export-csv")
    assert waiting.value.suggested_filename == "events.csv"
    assert waiting.value.path().read_text("utf8").startswith("id,event_type")


def test_a_link_restores_what_its_sender_saw(opened, page, file):
    opened.select_option("#names", "az")
    opened.locator("#categories input").nth(2).click()
    opened.evaluate("conflictMap.setFacet('verification', new Set([0]))")
    opened.evaluate("conflictMap.timeline.set(conflictMap.timeline.whole[1] - 15, conflictMap.timeline.whole[1] - 2)")
    opened.click("#tab-layers")
    opened.click("#layer-road")
    opened.check("#all-periods")
    opened.evaluate("conflictMap.map.setView([39.9, 46.9], 9.5, { animate: false })")
    opened.locator("#tab-events").click()
    opened.locator("#chronology .event").nth(1).click()
    state = opened.evaluate("JSON.parse(JSON.stringify(conflictMap.state()))")
    wait_until(opened, "location.hash.includes('e=')")
    link = opened.evaluate("location.hash")
    ids = ids_shown(opened)
    page.goto("about:blank")
    show(page, file, link)
    restored = page.evaluate("JSON.parse(JSON.stringify(conflictMap.state()))")
    assert restored.pop("view") == pytest.approx(state.pop("view"), abs=0.01)
    assert restored == state
    assert ids_shown(page) == ids
    assert page.locator("#drawer").is_visible()


def press(page, selector, key="Enter"):
    page.locator(selector).first.focus()
    page.keyboard.press(key)


def test_every_button_works_by_keyboard(opened):
    state = "JSON.parse(JSON.stringify(conflictMap.state()))"
    first = opened.evaluate(state)
    press(opened, ".leaflet-control-zoom-in")
    wait_until(
        opened, "(zoom) => conflictMap.map.getZoom() > zoom && !conflictMap.map._animatingZoom", first["view"][2]
    )
    press(opened, "#home")
    assert opened.evaluate(state)["view"] == pytest.approx(first["view"])
    press(opened, "#theme")
    assert opened.evaluate(state)["theme"]
    press(opened, "#names", "ArrowDown")
    assert opened.evaluate(state)["names"] == "en"
    press(opened, "#copy")
    opened.locator("#toast").wait_for()  # writing to the clipboard takes its time
    press(opened, "#export-menu summary")
    for key in ("geojson", "csv", "kml"):
        with opened.expect_download() as waiting:
            opened.evaluate("document.getElementById('export-menu').open = true")
            press(opened, f"#export-{key}")
        assert waiting.value.suggested_filename == f"events.{key}"
    press(opened, "#chronology .event")
    assert opened.evaluate("document.activeElement.tagName") == "H2", "the evidence is read out first"
    press(opened, "#drawer-close")
    assert opened.locator("#drawer").is_hidden()
    press(opened, ".key-line")
    assert "Source" in opened.inner_text("#drawer")
    opened.keyboard.press("Escape")


def test_filters_and_layers_work_by_keyboard(opened):
    before = status(opened)
    press(opened, "#tab-events", "ArrowLeft")
    assert opened.locator("#panel-layers").is_visible()
    press(opened, "#layer-road", "Space")
    assert "road" not in opened.evaluate("conflictMap.state().layers")
    press(opened, "#all-periods", "Space")
    assert opened.evaluate("conflictMap.state().periods") == "all"
    press(opened, "#tab-layers", "ArrowLeft")
    press(opened, "#facets summary")
    press(opened, "#facets details[open] input", "Space")
    assert status(opened) < before
    press(opened, "#facets details[open] .only")
    assert 0 < status(opened) < before
    press(opened, "#filters-reset")
    assert status(opened) == before


def test_the_slider_works_by_mouse(opened):
    whole = opened.get_attribute("#time-text", "data-iso")
    box = opened.locator("#time-chart").bounding_box()
    handle = opened.locator("#time-to").bounding_box()
    opened.mouse.move(handle["x"] + 5, handle["y"] + 5)
    opened.mouse.down()
    opened.mouse.move(box["x"] + box["width"] / 2, handle["y"] + 5, steps=4)
    opened.mouse.up()
    dragged = opened.get_attribute("#time-text", "data-iso")
    assert dragged.split("..")[0] == whole.split("..")[0]
    assert dragged.split("..")[1] < whole.split("..")[1]
    opened.evaluate("conflictMap.timeline.set(conflictMap.timeline.whole[1] - 20, conflictMap.timeline.whole[1] - 10)")
    opened.click("#time-zoom")
    assert opened.inner_text("#time-zoom") == "Zoom out"
    assert opened.locator("#time-from").bounding_box()["x"] < box["x"] + 5, "the chosen days fill the chart"
    opened.click("#time-all")
    assert opened.get_attribute("#time-text", "data-iso") == whole
    opened.mouse.click(box["x"] + box["width"] / 3, box["y"] + 30)
    assert opened.get_attribute("#time-text", "data-iso") != whole
    opened.mouse.click(box["x"] + box["width"] / 3, box["y"] + 30)
    assert opened.get_attribute("#time-text", "data-iso") == whole


def test_pointers_at_the_edge_lead_to_what_lies_outside(opened):
    pointer = opened.locator(".pointer", has_text="Yerevan")
    assert "(2)" in pointer.inner_text()
    pointer.focus()
    opened.keyboard.press("Enter")
    wait_until(opened, "conflictMap.map.getBounds().contains([40.18, 44.51])")
    assert opened.locator(".pointer", has_text="Yerevan").count() == 0


def test_online_maps_are_a_choice_that_says_what_it_does(page, file):
    show(page, file)
    page.click("#tab-layers")
    assert page.locator("#tiles option").count() == 4
    assert page.problems == []
    page.select_option("#tiles", label="OpenTopoMap – asks tile.opentopomap.org")
    assert "asks tile.opentopomap.org" in page.inner_text("#tiles-note")
    wait_until(page, "document.querySelectorAll('.leaflet-tile').length > 0")
    asked = {url for url in page.problems if url.startswith("http")}
    assert asked
    assert all("tile.opentopomap.org/" in url for url in asked)


def test_online_maps_are_chosen_by_keyboard(page, file):
    show(page, file)
    page.click("#tab-layers")
    press(page, "#tiles", "ArrowDown")
    assert "This page now asks" in page.inner_text("#tiles-note")
    press(page, "#tiles", "Home")
    assert page.inner_text("#tiles-note") == ""
    assert page.locator(".leaflet-tile").count() == 0


def test_dark_and_light_are_switched(opened):
    before = opened.evaluate("getComputedStyle(document.body).backgroundColor")
    opened.click("#theme")
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_print_and_embed_keep_notes_legend_and_scale(page, file):
    show(page, file, query="?embed")
    for part in ("#boundary", "#method", "#categories", ".leaflet-control-scale"):
        assert page.locator(part).is_visible(), part
    assert page.locator("#tabs").is_hidden()
    show(page, file)
    page.emulate_media(media="print")
    for part in ("#boundary", "#method", "#categories", ".leaflet-control-scale", "#sources", "#chronology"):
        assert page.locator(part).is_visible(), part
    assert page.locator(".tools").is_hidden()
    assert len(page.pdf()) > 20_000
    assert page.problems == []


def test_an_empty_map_opens(page, tmp_path):
    show(page, maps.save(maps.build({"type": "FeatureCollection", "features": []}), tmp_path / "map.html"))
    assert page.inner_text("#status") == "0 events"
    assert page.problems == []


def test_foreign_events_without_claims_open(page, tmp_path):
    foreign = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [46.7, 39.8]}, "properties": {"deaths": 3}}
        ],
    }
    show(page, maps.save(maps.build(foreign), tmp_path / "map.html"))
    page.locator("#chronology .event").click()
    page.locator("#drawer summary", has_text="Further properties").click()
    assert "deaths" in page.inner_text("#drawer")
    assert page.problems == []


def test_it_works_inside_a_notebook(page, sample, tmp_path):
    frame = tmp_path / "notebook.html"
    frame.write_text(
        f"<!doctype html><meta charset='utf-8'><body>{maps.build(sample, title='Sample')._repr_html_()}", "utf8"
    )
    page.goto(frame.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    inner.locator("#chronology .event").first.click()
    assert inner.locator("#drawer blockquote").count() > 0
    assert page.problems == []


def test_no_more_than_a_country_is_listed_and_not_drawn(page, tmp_path):
    square = {"type": "Polygon", "coordinates": [[[44, 39], [50, 39], [50, 41], [44, 41], [44, 39]]]}
    properties = {
        "event_type": "shelling",
        "geo_precision": 6,
        "place_name": "A country",
        "geo_reason": "only a country is named",
    }
    events = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "id": "a", "geometry": square, "properties": properties}],
    }
    show(page, maps.save(maps.build(events), tmp_path / "map.html"))
    assert page.evaluate("conflictMap.events.groups.length") == 0
    page.click("#tab-tray")
    assert "Only the country is known" in page.inner_text("#tray")
    assert json.loads(page.evaluate("conflictMap.exported('geojson')"))["features"][0]["geometry"] == square
    assert page.problems == []


def test_a_previewed_entry_tells_its_names(page, tmp_path):
    empty = {"type": "FeatureCollection", "features": []}
    show(page, maps.save(maps.build(empty, load(), focus=["stepanakert"]), tmp_path / "map.html"))
    assert "Xankəndi" in page.inner_text("#drawer")
    assert page.locator(".ref-entry").count() == 2
    assert page.problems == []


PARTS = (
    "<img src=x onerror=\"window.ran=1\"><svg onload='window.ran=1'><script>window.ran=1</script></script><!-- ]]>",
    "{{ 7*7 }}{% raise %}{# gone #}${window.ran=1}`'\"\\u003c&lt;&amp;\u2028\u202eab\u200f",
)
HOSTILE = " ".join(PARTS)


def test_hostile_text_in_every_field_stays_text(page, sample, tmp_path):
    template = next(one for one in sample["features"] if one["id"] == "sample-002")

    def poisoned(value, key=""):
        if isinstance(value, dict):
            return {name: poisoned(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [poisoned(inner, key) for inner in value]
        fixed = {"type", "date_start", "date_end", "published", "geo_precision", "uncertainty_m", "event_type"}
        return value if key in fixed or isinstance(value, (int, float)) else f"{key} {HOSTILE}"

    feature = {
        **template,
        "id": HOSTILE,
        "properties": {
            **poisoned(template["properties"]),
            HOSTILE: {HOSTILE: HOSTILE},
            "place_id": HOSTILE,
            "verification": "contested",
        },
    }
    feature["properties"]["claims"][0]["url"] = "javascript:window.ran=1"
    feature["properties"]["claims"][1]["url"] = f"data:text/html,{HOSTILE}"
    feature["properties"]["claims"][2]["url"] = "https://example.org/c"
    nowhere = {**feature, "id": "second", "geometry": None}
    names = tuple(Toponym(HOSTILE, lang, used_by=(HOSTILE,)) for lang in ("en", "az-Latn", "hy-Armn"))
    place = Place(HOSTILE, "town", names, point=Point(39.8, 46.7, 500), note=HOSTILE)
    events = {"type": "FeatureCollection", "features": [feature, nowhere]}
    show(
        page,
        maps.save(maps.build(events, [place], title=HOSTILE, subtitle=HOSTILE, focus=[HOSTILE]), tmp_path / "map.html"),
    )
    assert page.inner_text("#title") == page.evaluate("(text) => text", HOSTILE).strip()
    assert HOSTILE in page.evaluate("document.getElementById('drawer').textContent")
    page.keyboard.press("Escape")
    for button in page.locator("#chronology .event").all():
        button.click()
        text = page.evaluate("document.getElementById('drawer').textContent")
        for key in ("quote", "claimant", "publisher", "title", "geo_reason", "reason", "trigger"):
            assert f"{key} {HOSTILE}" in text, key
        assert page.locator("#drawer a[href]").count() == 1, "only the https address became a link"
        page.keyboard.press("Escape")
    for tab in ("tray", "filters", "layers"):
        page.click(f"#tab-{tab}")
    page.click("#tab-filters")
    for summary in page.locator("#facets summary").all():
        summary.click()
    page.click("#table-toggle")
    for mode in page.evaluate("Array.from(document.getElementById('names').options, (one) => one.value)"):
        page.select_option("#names", mode)
    page.mouse.move(500, 400)
    back = json.loads(page.evaluate("conflictMap.exported('geojson')"))["features"]
    assert back == [feature, nowhere], "no character was lost"
    ET.fromstring(page.evaluate("conflictMap.exported('kml')"))
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x], svg[onload]").count() == 0
    assert page.problems == []


def test_hostile_text_in_a_report_stays_text(page, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(
        f"Two people were killed on Tuesday when shells hit Stepanakert, officials said {HOSTILE} there.\n", "utf8"
    )
    with (folder / "reports.csv").open("w", encoding="utf8", newline="") as file:
        csv.writer(file).writerows(
            [
                ["file", "title", "publisher", "published", "url", "language"],
                ["a.txt", HOSTILE, HOSTILE, "2023-09-20", "javascript:window.ran=1", "en"],
            ]
        )
    result = CliRunner().invoke(main, ["map", str(folder), "--out", str(tmp_path / "out"), "--title", HOSTILE])
    assert result.exit_code == 0, result.output
    show(page, tmp_path / "out" / "map.html")
    for button in page.locator("#chronology .event").all():
        button.click()
        assert PARTS[0] in page.evaluate("document.getElementById('drawer').textContent")
    assert page.evaluate("window.ran") is None
    assert page.problems == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", ["start", "drawer", "table", "filters", "tray", "layers", "phone"])
def test_axe_finds_no_violation_of_wcag_2_2_aa(page, file, root, theme, state):
    axe = root / "node_modules" / "axe-core" / "axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is missing: run `npm ci` in the repository")
    page.emulate_media(color_scheme=theme)
    if state == "phone":
        page.set_viewport_size({"width": 390, "height": 844})
    show(page, file)
    if state == "drawer":
        open_event(page, "sample-002")
    elif state == "table":
        page.click("#table-toggle")
    elif state in {"filters", "tray", "layers"}:
        page.click(f"#tab-{state}")
    if state == "filters":
        for summary in page.locator("#facets summary").all():
            summary.click()
    page.evaluate(axe.read_text("utf8"))  # run by the debugger, so that the page's own policy stays as it is
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", tags)["violations"]
    assert not [
        (one["id"], [node["target"] for node in one["nodes"]][:4], one["nodes"][0]["failureSummary"]) for one in found
    ]
