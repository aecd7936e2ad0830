// Puts the page together. State changes in one place (App), then every view is brought up to date from it.

import { Background } from "./background.js";
import { Chronology, Tray } from "./chronology.js";
import { toIso } from "./days.js";
import { byId, el, refill, said } from "./dom.js";
import { Drawer } from "./drawer.js";
import { eventLayer } from "./eventlayer.js";
import { Facets } from "./facets.js";
import { Filter } from "./filter.js";
import { Frame } from "./frame.js";
import { Legend } from "./legend.js";
import { modes } from "./names.js";
import { withCommas } from "./numbers.js";
import { readData } from "./packed.js";
import { Permalink } from "./permalink.js";
import { Picking } from "./picking.js";
import { PlaceCounts } from "./placecounts.js";
import { Pointers } from "./pointers.js";
import { Printing } from "./printing.js";
import { Reference } from "./reference.js";
import { Saving } from "./saving.js";
import { ShownShapes } from "./shownshapes.js";
import { Store } from "./store.js";
import { EventTable } from "./table.js";
import { Tabs } from "./tabs.js";
import { Theme } from "./theme.js";
import { Timeline } from "./timeline.js";
import { Wording } from "./wording.js";

class App {
  constructor(map, data) {
    this.map = map;
    this.data = data;
    this.selected = -1;
    this.names = "written";
    this.nameDay = null;
    this.layersOn = new Set();
    this.allPeriods = false;
    this.nameModes = modes(data.places);
    this.store = new Store(data);
    this.filter = new Filter(this.store);
    this.places = new PlaceCounts(this.store, this.filter);
    this.shapes = new ShownShapes(this);
    this.say = new Wording(this);
    this.texts();
    this.views();
    this.listen();
    this.frame.measure();
    this.link.restore();
    this.frame.follow();
    this.events.addTo(map);
    if (data.focus.length && this.selected < 0) this.drawer.place(this.store.placeOf.get(data.focus[0]));
  }

  texts() {
    const { data } = this;
    document.body.classList.toggle("embed", new URLSearchParams(location.search).has("embed"));
    byId("title").textContent = data.title;
    byId("subtitle").textContent = data.subtitle;
    byId("subtitle").hidden = !data.subtitle;
    byId("boundary").textContent = data.notes.boundary;
    byId("method").textContent = data.notes.method;
    refill(byId("names"), this.nameModes.map((mode) => el("option", { value: mode.key, text: mode.label })));
    // record numbers belong into the drawer of each line; here the works are named once
    const sources = [...new Set(data.reference.map((entry) => entry.source.replace(/\s\d{5,}/g, "")).filter(Boolean))].sort();
    refill(byId("sources"), sources.map((source) => el("li", {}, said(source))), el("li", { text: "Map library: Leaflet 1.9.4 (BSD 2-Clause)" }));
  }

  views() {
    const { map } = this;
    this.theme = new Theme(this);
    this.reference = new Reference(this, map);
    this.frame = new Frame(this);
    this.pointers = new Pointers(this);
    this.picking = new Picking(this);
    this.link = new Permalink(this);
    this.tabs = new Tabs(this);
    this.legend = new Legend(this);
    this.background = new Background(this);
    this.facets = new Facets(this);
    this.chronology = new Chronology(this);
    this.tray = new Tray(this);
    this.table = new EventTable(this);
    this.drawer = new Drawer(this);
    this.timeline = new Timeline(this);
    this.saving = new Saving(this);
    this.printing = new Printing(this);
    this.events = eventLayer(this);
  }

  listen() {
    byId("names").addEventListener("change", (event) => this.setNames(event.target.value));
    byId("all-periods").addEventListener("change", (event) => {
      this.allPeriods = event.target.checked;
      this.refreshReference();
      this.link.remember();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.drawer.open) this.drawer.close();
    });
    document.addEventListener("click", (event) => {
      for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    });
  }

  // ---- what a reader does

  toggleCategory(at) {
    const off = new Set(this.filter.off);
    if (!off.delete(at)) off.add(at);
    this.filter.setCategories(off);
    this.refresh();
  }

  toggleLayer(key) {
    if (!this.layersOn.delete(key)) this.layersOn.add(key);
    this.refreshReference();
    this.timeline.draw();
    this.link.remember();
  }

  setFacet(key, off) {
    this.filter.setFacet(key, off);
    this.refresh();
  }

  resetFilters() {
    const { filter } = this;
    filter.setCategories([]);
    for (const facet of this.store.facets) filter.setFacet(facet.key, filter.usualOff(facet.key), true);
    byId("search").value = "";
    filter.setSearch("");
    this.refresh();
  }

  search(text) {
    this.filter.setSearch(text);
    this.refresh();
  }

  onTime(from, to, whole) {
    this.filter.setTime(from, to, whole);
    this.nameDay = whole ? null : toIso(to);
    this.refresh();
  }

  setNames(mode) {
    this.names = this.nameModes.some((one) => one.key === mode) ? mode : "written";
    byId("names").value = this.names;
    this.refresh();
    if (this.drawer.open && this.selected >= 0) this.drawer.event(this.selected, false);
  }

  /** Choose an event (-1: none): mark it, show its evidence, and bring it into view. */
  select(row, { fly = false, focus = true } = {}) {
    const { store } = this;
    this.selected = row;
    this.shapes.forget();
    if (row >= 0) {
      this.drawer.event(row, focus);
      const spot = store.spotOf(row);
      if (fly && spot >= 0) this.frame.bringIntoView(L.latLng(store.lat(spot), store.lon(spot)));
    }
    for (const button of document.querySelectorAll("[aria-current=true]")) button.removeAttribute("aria-current");
    for (const button of document.querySelectorAll(`.event[data-row="${row}"]`)) button.setAttribute("aria-current", "true");
    this.events.redraw();
    this.link.remember();
  }

  // ---- bringing views up to date

  /** Lines and areas follow the days that are shown. */
  refreshReference() {
    const { timeline } = this;
    const last = timeline.dated ? timeline.to : 4000000;
    const first = timeline.dated ? timeline.from : -4000000;
    this.reference.update(this.layersOn, first, last, this.allPeriods);
    this.legend.update();
    this.events.redraw();
  }

  refresh() {
    this.filter.count();
    this.shapes.forget();
    this.places.count();
    this.refreshReference();
    this.facets.update();
    this.chronology.update();
    this.tray.update();
    this.table.update();
    this.timeline.draw();
    this.status();
    this.link.remember();
  }

  status() {
    const { filter, store } = this;
    const [shown, all] = [filter.shown, store.n].map(withCommas);
    byId("status").textContent = filter.shown === store.n ? `${all} events` : `${shown} of ${all} events`;
    byId("tab-events").querySelector(".count").textContent = shown;
    const off = filter.notHappened();
    byId("not-happened").hidden = !off;
    byId("not-happened-text").textContent = off ? `${withCommas(off)} planned, threatened or hypothetical ${off === 1 ? "event is" : "events are"} switched off.` : "";
  }

  // ---- what others may ask of the page

  /** The text of what is shown, in a format by its ending. */
  exported(format) {
    return this.saving.text(format);
  }

  /** What a link to the page as it stands would say. */
  state() {
    return this.link.state();
  }

  placeName(place) {
    return this.say.placeName(place);
  }
}

/** Tell those who wait for the page (tests, benchmarks) that the first picture with the data in it is on the screen. */
function ready() {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.documentElement.dataset.ready = String(performance.now());
  }));
}

async function start() {
  try {
    const data = await readData(byId("conflict-data"));
    globalThis.conflictMap = new App(globalThis.map_conflict, data);
    ready();
  } catch (error) {
    byId("status").textContent = "This page could not be drawn; a newer browser may be needed.";
    throw error;
  }
}

start();
