// Puts the page together. State changes in one place (App), then every view is brought up to date from it.

import { Chronology, eventButton, Tray } from "./chronology.js";
import { NO_DAY, toDay, toIso } from "./days.js";
import { byId, el, refill, said } from "./dom.js";
import { Drawer, metres } from "./drawer.js";
import { eventLayer, toView } from "./eventlayer.js";
import { Facets } from "./facets.js";
import { Filter, NOT_HAPPENED } from "./filter.js";
import { toCsv, toGeoJson, toKml } from "./formats.js";
import { Legend } from "./legend.js";
import { fromFragment, toFragment } from "./link.js";
import { modes, nameOf } from "./names.js";
import { readData } from "./packed.js";
import { Reference } from "./reference.js";
import { Store } from "./store.js";
import { EventTable } from "./table.js";
import { Timeline } from "./timeline.js";

const TABS = ["events", "tray", "filters", "layers"];
const LAYER_COLOURS = ["corridor", "line", "extent"];

class App {
  constructor(map, data) {
    this.map = map;
    this.data = data;
    this.selected = -1;
    this.store = new Store(data);
    this.filter = new Filter(this.store);
    this.layersOn = new Set(data.layers.filter((layer) => layer.shown).map((layer) => layer.key));
    this.names = "written";
    this.allPeriods = data.focus.length > 0; // whoever looks at an entry wants to see all that it holds
    byId("all-periods").checked = this.allPeriods;
    this.nameModes = modes(data.places);
    this.written = new Map();
    this.placeIndex();
    this.texts();
    if (this.store.facets.some((facet) => facet.key === "modality")) this.filter.setFacet("modality", this.defaultOff("modality"), true);
    this.restoring = true;
    this.reference = new Reference(this, map);
    this.legend = new Legend(this);
    this.facets = new Facets(this);
    this.chronology = new Chronology(this);
    this.tray = new Tray(this);
    this.table = new EventTable(this);
    this.drawer = new Drawer(this);
    this.timeline = new Timeline(this);
    this.events = eventLayer(this);
    this.bind();
    this.fit();
    this.restore();
    this.events.addTo(map);
    this.restoring = false;
    if (data.focus.length && this.selected < 0) this.drawer.place(this.store.placeOf.get(data.focus[0]));
    requestAnimationFrame(() => {
      document.documentElement.dataset.ready = String(performance.now());
    });
  }

  texts() {
    byId("title").textContent = this.data.title;
    byId("subtitle").textContent = this.data.subtitle;
    byId("subtitle").hidden = !this.data.subtitle;
    byId("boundary").textContent = this.data.notes.boundary;
    byId("method").textContent = this.data.notes.method;
    refill(byId("names"), this.nameModes.map((mode) => el("option", { value: mode.key, text: mode.label })));
    // record numbers belong into the drawer of each line; here the works are named once
    const sources = [...new Set(this.data.reference.map((entry) => entry.source.replace(/\s\d{5,}/g, "")).filter(Boolean))].sort();
    refill(byId("sources"), sources.map((source) => el("li", {}, said(source))), el("li", { text: "Map library: Leaflet 1.9.4 (BSD 2-Clause)" }));
  }

  bind() {
    const { map } = this;
    document.body.classList.toggle("embed", new URLSearchParams(location.search).has("embed"));
    map.on("click", (event) => this.clickMap(event));
    map.on("mousemove", (event) => this.hover(event));
    map.on("mouseout", () => this.tip(null));
    map.on("moveend", () => {
      if (!this.fitting) this.moved = true;
      this.pointers();
      this.remember();
    });
    byId("names").addEventListener("change", (event) => this.setNames(event.target.value));
    byId("all-periods").addEventListener("change", (event) => {
      this.allPeriods = event.target.checked;
      this.refreshReference();
    });
    byId("theme").addEventListener("click", () => this.setTheme(this.dark() ? "light" : "dark"));
    byId("home").addEventListener("click", () => this.fit());
    byId("print").addEventListener("click", () => print());
    byId("copy").addEventListener("click", () => this.copyLink());
    for (const format of ["geojson", "csv", "kml"]) byId(`export-${format}`).addEventListener("click", () => this.download(format));
    TABS.forEach((key, at) => {
      const tab = byId(`tab-${key}`);
      tab.addEventListener("click", () => this.showTab(key));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = TABS[(at + step + TABS.length) % TABS.length];
        this.showTab(next);
        byId(`tab-${next}`).focus();
      });
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.themed());
    addEventListener("hashchange", () => {
      if (location.hash === this.lastHash) return;
      this.restoring = true;
      this.restore();
      this.restoring = false;
    });
    addEventListener("beforeprint", () => this.beforePrint());
    addEventListener("afterprint", () => this.afterPrint());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.drawer.open) this.drawer.close();
    });
    document.addEventListener("click", (event) => {
      for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    });
    new ResizeObserver(() => this.resized()).observe(byId("stage"));
  }

  showTab(key) {
    for (const one of TABS) {
      const chosen = one === key;
      byId(`tab-${one}`).setAttribute("aria-selected", String(chosen));
      byId(`tab-${one}`).tabIndex = chosen ? 0 : -1;
      byId(`panel-${one}`).hidden = !chosen;
    }
    if (key === "tray") this.tray.update();
  }

  /** The map's room has changed; `force` also where it has not (before print). */
  resized(force = false) {
    const before = this.map.getSize();
    const box = this.map.getContainer();
    if (!force && before.x === box.clientWidth && before.y === box.clientHeight) return;
    this.fitting = true;
    this.map.invalidateSize({ animate: false });
    this.fitting = false;
    if (!this.moved) this.fit();
    this.timeline.draw();
  }

  fit() {
    if (!this.data.frame) return;
    const [west, south, east, north] = this.data.frame;
    this.fitting = true;
    this.map.fitBounds([[south, west], [north, east]], { paddingTopLeft: [58, 26], paddingBottomRight: [30, 34], maxZoom: 11, animate: false });
    this.fitting = false;
    this.moved = false;
  }

  // ---- what the event layer asks for

  spots() {
    const { store, filter } = this;
    return { x: store.x, y: store.y, spotEvent: store.spotEvent, category: store.category, vague: store.vague, failed: filter.failed };
  }

  dark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  colours() {
    if (!this.palette) {
      const css = getComputedStyle(document.documentElement);
      const take = (name) => css.getPropertyValue(name).trim();
      const theme = this.dark() ? "dark" : "light";
      this.palette = {
        category: this.data.categories.map((category) => category[theme]),
        layer: Object.fromEntries(LAYER_COLOURS.map((key) => [key, take(`--${key}`)])),
        ground: take("--paper"), edge: take("--edge"), text: take("--ink"), quiet: take("--map-quiet"),
        water: take("--water-ink"), accent: take("--accent"), neutral: take("--map-quiet"),
      };
    }
    return this.palette;
  }

  /** Parts of the map that controls cover: no name is written there. */
  covered() {
    const { x, y } = this.map.getSize();
    return [[0, 0, 50, 92], [x - 52, 0, x, 52], [0, y - 34, 136, y], ...(this.pointerBoxes ?? [])];
  }

  lines() {
    return this.reference.labels();
  }

  /** For each place the wording that most of its events use, where that is one of its names ("the city" is not). */
  placeIndex() {
    const { store } = this;
    this.widest = new Float32Array(store.placeIds.length * 2);
    this.firstRow = new Int32Array(store.placeIds.length).fill(-1);
    const counts = new Map();
    for (let row = 0; row < store.n; row++) {
      const at = store.placeAt[row];
      if (at < 0 || !store.placed[row]) continue;
      if (this.firstRow[at] < 0) this.firstRow[at] = row;
      const key = at * store.placeTexts.length + store.textAt[row];
      if (store.textAt[row] >= 0) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, n] of counts) {
      const id = store.placeIds[Math.floor(key / store.placeTexts.length)];
      const text = String(store.placeTexts[key % store.placeTexts.length] ?? "");
      if (n <= (this.written.get(id)?.n ?? 0)) continue;
      const low = text.toLowerCase();
      if (store.placeOf.get(id)?.names.some((name) => name[0].toLowerCase() === low)) this.written.set(id, { text, n });
    }
    this.shownAt = new Map();
  }

  /** How many shown events a place has. */
  eventsAt(id) {
    return this.shownAt.get(id) ?? 0;
  }

  /** Count shown events a place, and keep the largest uncertainty of precise and of vague ones. */
  countPlaces() {
    const { store, filter } = this;
    const counts = new Int32Array(store.placeIds.length);
    this.widest = new Float32Array(store.placeIds.length * 2);
    for (let row = 0; row < store.n; row++) {
      const at = store.placeAt[row];
      if (at < 0 || filter.failed[row] !== 0 || store.placed[row] === 0) continue;
      counts[at]++;
      const side = at * 2 + store.vague[row];
      if (store.radius[row] > this.widest[side]) this.widest[side] = store.radius[row];
    }
    this.shownAt = new Map();
    counts.forEach((n, at) => n && this.shownAt.set(store.placeIds[at], n));
  }

  /** Shapes of shown events: a category where all agree, whether too broad to hatch, and whether selected. */
  shapesShown() {
    if (!this.shapeCache) {
      const { store, filter } = this;
      const found = new Map();
      if (store.data.shapes.length) {
        for (let row = 0; row < store.n; row++) {
          const shape = store.shapeOf(row);
          if (shape < 0 || filter.failed[row] !== 0) continue;
          const broad = store.get(row, "geo_precision") >= 6;
          const info = found.get(shape);
          if (!info) found.set(shape, { category: store.category[row], broad, selected: row === this.selected, n: 1 });
          else {
            if (info.category !== store.category[row]) info.category = -1;
            info.selected ||= row === this.selected;
            info.n++;
          }
        }
        this.chooseHatched(found);
      }
      this.shapeCache = found;
    }
    return this.shapeCache;
  }

  /** Hatch areas that most events refer to; areas that lie over each other would only darken the map. */
  chooseHatched(found) {
    const boxes = [];
    for (const [shape, info] of [...found].sort((a, b) => b[1].n - a[1].n || a[0] - b[0])) {
      const geometry = this.store.data.shapes[shape];
      if (info.broad || !geometry.type.endsWith("Polygon")) continue;
      const box = L.geoJSON(geometry).getBounds();
      info.hatched = !boxes.some((other) => other.overlaps(box));
      if (info.hatched) boxes.push(box);
    }
  }

  /** The largest uncertainty among the events at a spot, in metres. */
  radiusAt(spot, count) {
    const { store } = this;
    const event = store.spotEvent[spot];
    const at = store.placeAt[event];
    return count === 1 || at < 0 ? store.radius[event] : this.widest[at * 2 + store.vague[event]];
  }

  marked(id) {
    return this.data.focus.includes(id);
  }

  faint(row) {
    return [...NOT_HAPPENED, "denied"].includes(this.store.get(row, "modality"));
  }

  // ---- words

  word(property, code) {
    if (code === null || code === undefined) return "";
    return this.data.words[property]?.[code] ?? String(code).replaceAll("_", " ");
  }

  typeText(row) {
    return this.word("event_type", this.store.get(row, "event_type")) || "Event";
  }

  placeName(place) {
    // a state has one English name: its people's own name for it is no rival claim
    if (place.kind === "country" && ["written", "en"].includes(this.names)) return place.name;
    return nameOf(place, this.names, { day: this.nameDay, written: this.written.get(place.id)?.text });
  }

  /** In a line of text all names would hide what it says: they stand on the map and in the drawer. */
  get lineNames() {
    return this.names === "all" ? "en" : this.names;
  }

  nameOfId(id) {
    const place = this.store.placeOf.get(id);
    if (!place) return String(id);
    if (place.kind === "country" && this.lineNames === "en") return place.name;
    return this.names === "all" ? nameOf(place, "en", { day: this.nameDay }) : this.placeName(place);
  }

  allNames(place) {
    return nameOf(place, "all");
  }

  /** Whether a wording is one of a place's names ("there" and "the city" are not, and say nothing by themselves). */
  isName(place, written) {
    if (!written) return false;
    const text = String(written).toLowerCase();
    return !place || place.names.some((name) => text.includes(name[0].toLowerCase()));
  }

  /** Whether no more than a country is known: it is listed, because a symbol in the middle of a country says "here". */
  countryOnly(row) {
    return !this.placed(row) && this.store.shapeOf(row) >= 0;
  }

  placed(row) {
    return this.store.placed[row] === 1;
  }

  whereText(row) {
    const { store } = this;
    const place = store.placeOf.get(store.get(row, "place_id"));
    const written = store.get(row, "place_text");
    const name = this.names === "written" && this.isName(place, written) ? written : place ? nameOf(place, this.lineNames, { day: this.nameDay }) : store.get(row, "place_name") || written || "";
    const relation = store.get(row, "place_relation") || "at";
    const area = store.shapeOf(row) >= 0 && store.data.shapes[store.shapeOf(row)].type.endsWith("Polygon");
    return name ? `${this.word("place_relation", relation === "at" && area ? "in" : relation)} ${name}` : "";
  }

  precisionText(row) {
    const { store } = this;
    if (!store.placed[row]) return this.word("geo_precision", this.countryOnly(row) ? "6" : "");
    const radius = store.radius[row];
    return [this.word("geo_precision", store.get(row, "geo_precision")), radius ? `within ${metres(radius)}` : ""].filter(Boolean).join(", ");
  }

  numberText(figure) {
    const { low, best, high, qualifier } = figure;
    const number = (value) => value.toLocaleString("en");
    const words = this.word("qualifier", qualifier);
    if (qualifier === "none_reported") return "none";
    const known = [low, best, high].filter((value) => Number.isFinite(value));
    if (["several", "tens", "dozens", "hundreds", "thousands"].includes(qualifier)) {
      return Number.isFinite(low) && Number.isFinite(high) ? `${words} (${number(low)}–${number(high)})` : words;
    }
    if (!known.length) return figure.text || "no number";
    const value = Number.isFinite(best) ? best : qualifier === "at_most" ? known[known.length - 1] : known[0];
    return [words, number(value)].filter(Boolean).join(" ");
  }

  columnText(figure) {
    const group = this.word("group", figure.group);
    const side = figure.side ? `, ${this.nameOfId(figure.side)}` : "";
    const whom = group ? ` (${group})` : "";
    return this.word("metric", figure.metric) + whom + side;
  }

  figureText(figure) {
    return `${this.numberText(figure)} ${this.columnText(figure)}`;
  }

  /** The figures of an event on one line, each rival number kept: "32 / at least 25 killed". */
  figureLine(row) {
    const { store } = this;
    const from = store.claimsFrom[row];
    const to = store.claimsFrom[row + 1];
    if (store.figuresFrom[from] === store.figuresFrom[to]) return "";
    const found = new Map();
    for (const claim of store.claims(row)) {
      for (const figure of claim.casualties) {
        const key = this.columnText(figure);
        if (!found.has(key)) found.set(key, new Set());
        found.get(key).add(this.numberText(figure));
      }
    }
    return [...found].map(([what, numbers]) => `${[...numbers].join(" / ")} ${what}`).join("; ");
  }

  voices(row) {
    const { store } = this;
    const names = new Set();
    for (let at = store.claimsFrom[row]; at < store.claimsFrom[row + 1]; at++) {
      const who = store.claimColumn.claimant?.(at) || store.claimColumn.publisher?.(at);
      if (who) names.add(String(who));
    }
    const all = [...names];
    return all.length > 3 ? `${all.slice(0, 3).join(", ")} and ${all.length - 3} more` : all.join(", ");
  }

  badges(row) {
    const { store } = this;
    const modality = store.get(row, "modality");
    const parts = [];
    if (store.get(row, "verification") === "contested") parts.push(el("span", { class: "badge badge-contested", text: "Contested" }));
    if (modality && modality !== "occurred") parts.push(el("span", { class: "badge", text: modality }));
    if (!store.placed[row]) parts.push(el("span", { class: "badge", text: this.countryOnly(row) ? "country only" : "no place" }));
    return parts.length ? el("span", { class: "badges" }, parts) : null;
  }

  eventButton(row) {
    return eventButton(this, row);
  }

  groupRows(group) {
    const found = [];
    for (let row = 0; row < this.store.n && found.length < 60; row++) if (this.store.get(row, "group") === group) found.push(row);
    return found;
  }

  // ---- what a reader does

  defaultOff(key) {
    const facet = this.store.facets.find((one) => one.key === key);
    return new Set(key === "modality" && facet ? facet.values.map((value, at) => (NOT_HAPPENED.includes(value) ? at : -1)).filter((at) => at >= 0) : []);
  }

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
    this.remember();
  }

  setFacet(key, off) {
    this.filter.setFacet(key, off);
    this.refresh();
  }

  resetFilters() {
    this.filter.setCategories([]);
    for (const facet of this.store.facets) this.filter.setFacet(facet.key, this.defaultOff(facet.key), true);
    byId("search").value = "";
    this.filter.setSearch("");
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

  setTheme(theme) {
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
    this.themed();
  }

  themed() {
    this.palette = null;
    this.events.redraw();
    this.timeline.draw();
    byId("theme").setAttribute("aria-label", this.dark() ? "Light colours" : "Dark colours");
    this.remember();
  }

  /** Choose an event (-1: none): mark it, show its evidence, and bring it into view. */
  select(row, { fly = false, focus = true } = {}) {
    this.selected = row;
    this.shapeCache = null;
    if (row >= 0) {
      this.drawer.event(row, focus);
      const spot = this.store.spotOf(row);
      if (fly && spot >= 0) {
        const at = L.latLng(this.store.lat[spot], this.store.lon[spot]);
        this.bringIntoView(at);
      }
    }
    for (const button of document.querySelectorAll("[aria-current=true]")) button.removeAttribute("aria-current");
    for (const button of document.querySelectorAll(`.event[data-row="${row}"]`)) button.setAttribute("aria-current", "true");
    this.events.redraw();
    this.remember();
  }

  /** Whether things may move by themselves. */
  get lively() {
    return !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Move the map only where the spot is outside, at the rim, or (on a phone) under the drawer. */
  bringIntoView(at) {
    const { map } = this;
    const size = map.getSize();
    const stage = byId("stage");
    const below = getComputedStyle(byId("drawer")).position === "fixed" && !document.body.classList.contains("embed");
    if (below) stage.scrollIntoView({ block: "start" });
    const free = below ? Math.max(120, byId("drawer").getBoundingClientRect().top - stage.getBoundingClientRect().top) : size.y;
    const point = map.latLngToContainerPoint(at);
    const high = Math.min(size.y, free);
    if (point.x > size.x * 0.1 && point.x < size.x * 0.9 && point.y > high * 0.1 && point.y < high * 0.9) return;
    map.panBy([point.x - size.x / 2, point.y - high / 2], { animate: this.lively });
  }

  clickMap(event) {
    const group = this.events.hit(event.containerPoint);
    if (group) this.openGroup(group);
    else if (this.drawer.open) this.drawer.close();
  }

  openGroup(group) {
    if (group.count === 1) return this.select(this.store.spotEvent[group.spot]);
    const found = this.events.members(group);
    const rows = [...new Set(found.map((one) => one.event))];
    if (!group.same && this.map.getZoom() < this.map.getMaxZoom() - 1) {
      const bounds = L.latLngBounds(found.map(({ spot }) => [this.store.lat[spot], this.store.lon[spot]]));
      const zoom = Math.min(this.map.getBoundsZoom(bounds, false, L.point(120, 120)), this.map.getMaxZoom());
      return this.map.setView(bounds.getCenter(), Math.max(zoom, this.map.getZoom() + 1), { animate: this.lively });
    }
    const place = this.store.placeOf.get(this.store.get(rows[0], "place_id"));
    this.select(-1);
    this.drawer.group(place ? this.placeName(place) : this.store.get(rows[0], "place_name") || "One place", rows.sort((a, b) => this.store.start[a] - this.store.start[b] || a - b));
  }

  clickReference(event, entry) {
    L.DomEvent.stopPropagation(event);
    const group = this.events.hit(event.containerPoint);
    if (group) this.openGroup(group);
    else this.openReference(entry);
  }

  clickPlace(event, place) {
    L.DomEvent.stopPropagation(event);
    this.select(-1);
    this.drawer.place(place);
  }

  openReference(entry) {
    this.select(-1);
    this.drawer.reference(entry);
  }

  hover(event) {
    const group = this.events.hit(event.containerPoint);
    this.map.getContainer().classList.toggle("over-event", Boolean(group));
    this.tip(group, event.containerPoint);
  }

  tip(group) {
    const tip = byId("tip");
    tip.hidden = !group;
    if (!group || group === this.tipped) return;
    this.tipped = group;
    const row = this.store.spotEvent[group.spot];
    if (group.count === 1) refill(tip, el("b", { text: this.typeText(row) }), " ", said(this.whereText(row)));
    else {
      const kinds = this.data.categories.map((category, at) => ({ category, n: group.kinds[at] })).filter(({ n }) => n);
      refill(tip, el("b", { text: `${group.count.toLocaleString("en")} events` }), kinds.map(({ category, n }) => el("div", { text: `${n.toLocaleString("en")} ${category.label.toLowerCase()}` })));
    }
    const size = this.map.getSize();
    const left = group.x > size.x - 220;
    tip.style.left = left ? "auto" : `${group.x + group.reach + 8}px`;
    tip.style.right = left ? `${size.x - group.x + group.reach + 8}px` : "auto";
    tip.style.top = `${Math.max(4, Math.min(size.y - 60, group.y - 12))}px`;
  }

  // ---- bringing views up to date

  changes() {
    return this.reference.changes(this.layersOn);
  }

  /** The days that reference layers follow: those that are shown. */
  refreshReference() {
    const { timeline } = this;
    const last = timeline.dated ? timeline.to : 4000000;
    const first = timeline.dated ? timeline.from : -4000000;
    this.reference.update(this.layersOn, first, last, this.allPeriods);
    this.legend.update();
    this.events.redraw();
  }

  refresh() {
    const { filter, store } = this;
    filter.count();
    this.shapeCache = null;
    this.countPlaces();
    this.refreshReference();
    this.facets.update();
    this.chronology.update();
    this.tray.update();
    this.table.update();
    this.timeline.draw();
    this.pointers();
    const off = this.hiddenByDefault();
    byId("status").textContent = filter.shown === store.n ? `${store.n.toLocaleString("en")} events` : `${filter.shown.toLocaleString("en")} of ${store.n.toLocaleString("en")} events`;
    byId("tab-events").querySelector(".count").textContent = filter.shown.toLocaleString("en");
    byId("not-happened").hidden = !off;
    byId("not-happened-text").textContent = off ? `${off.toLocaleString("en")} planned, threatened or hypothetical ${off === 1 ? "event is" : "events are"} switched off.` : "";
    this.remember();
  }

  hiddenByDefault() {
    const at = this.store.facets.findIndex((facet) => facet.key === "modality");
    if (at < 0) return 0;
    let sum = 0;
    const off = this.filter.facetOff.get("modality");
    if (!off.size) return 0;
    const counts = this.filter.countFacet(at);
    for (const value of off) if (NOT_HAPPENED.includes(this.store.facets[at].values[value])) sum += counts[value];
    return sum;
  }

  /** Buttons at the edge that point to places with events outside the view. */
  pointers() {
    const size = this.map.getSize();
    const corner = this.map.getPixelBounds().min;
    const view = { world: 256 * 2 ** this.map.getZoom(), west: corner.x, north: corner.y };
    const outside = [];
    for (const [id, n] of this.shownAt) {
      const spot = this.store.spotOf(this.firstRow[this.store.placeIds.indexOf(id)]);
      const [x, y] = toView(this.store.lon[spot], this.store.lat[spot], view);
      if (x < 0 || y < 0 || x > size.x || y > size.y) outside.push({ id, n, x, y, spot });
    }
    outside.sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
    const box = byId("pointers");
    box.replaceChildren();
    this.pointerBoxes = [];
    for (const one of outside.slice(0, 8)) {
      const dx = one.x - size.x / 2;
      const dy = one.y - size.y / 2;
      const part = Math.min((size.x / 2 - 14) / Math.abs(dx), (size.y / 2 - 22) / Math.abs(dy));
      const arrow = el("span", { class: "arrow", "aria-hidden": "true", text: "➤" });
      arrow.style.transform = `rotate(${Math.atan2(dy, dx)}rad)`;
      const button = el("button", { class: "pointer", "aria-label": `${this.nameOfId(one.id)}, ${one.n} events outside the view`, onclick: () => this.map.setView([this.store.lat[one.spot], this.store.lon[one.spot]], this.map.getZoom(), { animate: this.lively }) },
        arrow, said(this.nameOfId(one.id)), ` (${one.n})`);
      box.append(button);
      const w = button.offsetWidth;
      const h = button.offsetHeight;
      const left = Math.max(6, Math.min(size.x - w - 6, size.x / 2 + dx * part - w / 2));
      const top = Math.max(6, Math.min(size.y - h - 34, size.y / 2 + dy * part - h / 2));
      const area = [left - 2, top - 2, left + w + 2, top + h + 2];
      const taken = [[0, 0, 50, 96], [0, size.y - 40, 150, size.y], [size.x - 60, 0, size.x, 50], ...this.pointerBoxes];
      if (taken.some((other) => area[0] < other[2] && other[0] < area[2] && area[1] < other[3] && other[1] < area[3])) {
        button.remove();
        continue;
      }
      button.style.left = `${left}px`;
      button.style.top = `${top}px`;
      this.pointerBoxes.push(area);
    }
  }

  setTiles(choice) {
    this.background?.remove();
    this.background = null;
    const tile = this.data.tiles[Number(choice)];
    const note = byId("tiles-note");
    if (choice === "" || !tile) {
      note.textContent = "";
      byId("tiles").value = "";
      document.body.classList.remove("with-tiles");
      return;
    }
    this.background = L.tileLayer(tile.url, { maxZoom: tile.max_zoom, subdomains: tile.subdomains, crossOrigin: false, pane: "tilePane" }).addTo(this.map);
    document.body.classList.add("with-tiles");
    byId("tiles").value = choice;
    note.textContent = `This page now asks ${tile.host.replace("*.", "")} for pictures; that server learns your address and where you look. ${tile.attribution}`;
  }

  // ---- link, files, print

  state() {
    const { filter, store, map } = this;
    const centre = map.getCenter();
    const facets = {};
    for (const facet of store.facets) {
      const off = filter.facetOff.get(facet.key);
      const usual = this.defaultOff(facet.key);
      if (off.size === usual.size && [...off].every((at) => usual.has(at))) continue;
      facets[facet.key] = [...off].sort((a, b) => a - b).map((at) => facet.values[at]);
    }
    const usualLayers = this.data.layers.filter((layer) => layer.shown).map((layer) => layer.key);
    const layers = [...this.layersOn].sort();
    return {
      view: [centre.lat, centre.lng, map.getZoom()],
      time: this.timeline.isWhole ? null : [toIso(this.timeline.from), toIso(this.timeline.to)],
      single: this.timeline.single,
      categories: [...filter.off].sort().map((at) => this.data.categories[at].key),
      facets,
      query: filter.query,
      names: this.names === "written" ? "" : this.names,
      layers: layers.join() === usualLayers.sort().join() ? null : layers.length ? layers : ["none"],
      event: this.selected >= 0 ? String(store.id(this.selected)) : "",
      theme: document.documentElement.dataset.theme ?? "",
    };
  }

  /** Keep the address in step, so that copying it is enough. */
  remember() {
    if (this.restoring) return;
    clearTimeout(this.remembering);
    this.remembering = setTimeout(() => {
      this.lastHash = toFragment(this.state());
      try {
        history.replaceState(null, "", this.lastHash || " ");
      } catch {
        // inside a notebook's frame the address cannot change, and need not
      }
    }, 150);
  }

  restore() {
    const state = fromFragment(location.hash);
    const { filter, store } = this;
    if (state.theme) document.documentElement.dataset.theme = state.theme === "dark" ? "dark" : "light";
    this.palette = null;
    if (state.layers) this.layersOn = new Set(state.layers.filter((key) => this.data.layers.some((layer) => layer.key === key)));
    filter.setCategories((state.categories ?? []).map((key) => this.data.categories.findIndex((category) => category.key === key)).filter((at) => at >= 0));
    for (const facet of store.facets) {
      const values = state.facets[facet.key];
      filter.setFacet(facet.key, values ? new Set(values.map((value) => facet.values.indexOf(value)).filter((at) => at >= 0)) : this.defaultOff(facet.key), !values);
    }
    byId("search").value = state.query ?? "";
    if (state.query || filter.query) filter.setSearch(state.query ?? "");
    this.names = this.nameModes.some((mode) => mode.key === state.names) ? state.names : "written";
    byId("names").value = this.names;
    if (state.time && this.timeline.dated) this.timeline.set(toDay(state.time[0]), toDay(state.time[1]), Boolean(state.single));
    else if (this.timeline.dated) this.timeline.set(...this.timeline.whole);
    else this.onTime(NO_DAY, NO_DAY, true);
    if (state.view) {
      this.moved = true;
      this.map.setView(state.view.slice(0, 2), state.view[2], { animate: false });
    }
    const row = state.event ? store.find(state.event) : -1;
    if (row >= 0) this.select(row, { focus: false });
    else if (this.drawer.open) this.drawer.close();
  }

  shownFeatures() {
    return Array.from(this.chronology.rows, (row) => this.store.feature(row));
  }

  /** The text of what is shown, in a format by its ending. */
  exported(format) {
    const features = this.shownFeatures();
    if (format === "csv") return toCsv(features);
    if (format === "kml") return toKml(features, this.data.title, (feature) => [this.word("event_type", feature.properties.event_type), feature.properties.place_name].filter(Boolean).join(", "));
    return toGeoJson(features);
  }

  download(format) {
    const types = { geojson: "application/geo+json", csv: "text/csv;charset=utf-8", kml: "application/vnd.google-earth.kml+xml" };
    const url = URL.createObjectURL(new Blob([this.exported(format)], { type: types[format] }));
    const link = el("a", { href: url, download: `events.${format}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    byId("export-menu").open = false;
    byId("announce").textContent = `${this.filter.shown} events written to events.${format}`;
  }

  async copyLink() {
    this.lastHash = toFragment(this.state());
    const link = location.href.replace(/#.*$/, "") + this.lastHash;
    try {
      await navigator.clipboard.writeText(link);
      byId("announce").textContent = "Link copied";
    } catch {
      byId("announce").textContent = "The link stands in the address bar";
    }
    byId("toast").textContent = byId("announce").textContent;
    byId("toast").hidden = false;
    setTimeout(() => {
      byId("toast").hidden = true;
    }, 2500);
  }

  beforePrint() {
    document.body.classList.add("printing");
    this.tray.update();
    this.printed = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    this.palette = null;
    this.resized(true);
    this.events.redraw();
  }

  afterPrint() {
    document.body.classList.remove("printing");
    if (this.printed) document.documentElement.dataset.theme = this.printed;
    else delete document.documentElement.dataset.theme;
    this.palette = null;
    this.resized(true);
    this.events.redraw();
  }
}

async function start() {
  try {
    const data = await readData(byId("conflict-data"));
    globalThis.conflictMap = new App(globalThis.map_conflict, data);
  } catch (error) {
    byId("status").textContent = "This page could not be drawn; a newer browser may be needed.";
    throw error;
  }
}

start();
