// Reference layers: dated lines and areas of the gazetteer, drawn as vectors below the events; each tells its source.

import { toDay, touches, yearsText } from "./days.js";

const PANE = { corridor: "lines", line: "lines", extent: "areas", district: "areas", country: "base", water: "base", river: "base", road: "base" };

export class Reference {
  constructor(app, map) {
    this.app = app;
    this.map = map;
    this.entriesMarked = app.data.focus.map((id) => this.mark(app.store.placeOf.get(id))).filter(Boolean);
    for (const entry of app.data.reference) entry.geometry = fromSteps(entry.geometry);
    this.items = app.data.reference.map((entry) => ({ entry, shown: false, layers: this.make(entry) }));
  }

  make(entry) {
    const pane = PANE[entry.layer];
    const options = { pane, className: `ref ref-${entry.layer}`, fill: entry.geometry.type.endsWith("Polygon") };
    const drawn = L.geoJSON(entry.geometry, { style: options, interactive: entry.layer !== "water" });
    const layers = [drawn];
    if (PANE[entry.layer] !== "base") {
      // a thin line is hard to hit: an unseen wide one takes the mouse
      const wide = L.geoJSON(entry.geometry, { style: { ...options, className: "ref-hit", fill: false } });
      wide.on("click", (event) => this.app.picking.clickReference(event, entry));
      layers.push(wide);
    }
    drawn.on("click", (event) => this.app.picking.clickReference(event, entry));
    return layers;
  }

  /** A gazetteer entry that the page is to show: a dot, and a circle of the stated precision. */
  mark(place) {
    if (!place || place.lon === null) return null;
    const at = [place.lat, place.lon];
    const options = { pane: "lines", className: "ref-entry" };
    const open = (event) => this.app.picking.clickPlace(event, place);
    const circle = place.precision_m ? L.circle(at, { ...options, radius: place.precision_m }).addTo(this.map).on("click", open) : null;
    return [circle, L.circleMarker(at, { ...options, radius: 7 }).addTo(this.map).on("click", open)];
  }

  /**
   * Show what is switched on and holds at some time from day `first` to `last`.
   * Of a place's geometries in that time the one is drawn that held when most of the shown events happened; `all` draws
   * every one. `other` holds those that are left out.
   */
  update(on, first, last, all) {
    const current = this.items.filter(({ entry }) => on.has(entry.switch) && touches(entry.since, entry.until, first, last));
    const chosen = all ? new Set(current) : this.busiest(current, first, last);
    this.other = current.filter((item) => !chosen.has(item)).map((item) => item.entry);
    for (const item of this.items) {
      const wanted = chosen.has(item);
      if (wanted === item.shown) continue;
      item.shown = wanted;
      for (const layer of item.layers) {
        if (wanted) layer.addTo(this.map);
        else layer.remove();
      }
    }
  }

  busiest(items, first, last) {
    const ofPlace = grouped(items);
    const chosen = new Set();
    for (const rivals of ofPlace.values()) {
      if (rivals.length === 1) {
        chosen.add(rivals[0]);
        continue;
      }
      // two shapes for one and the same period (an area of many parts, two claims) are no rivals in time
      const weigh = ({ entry }) => this.weight(entry, first, last);
      const best = [...rivals].sort((a, b) => weigh(b) - weigh(a) || (a.entry.since < b.entry.since ? 1 : -1))[0];
      for (const item of rivals) if (item.entry.since === best.entry.since && item.entry.until === best.entry.until) chosen.add(item);
    }
    return chosen;
  }

  /** How many shown events fall into a geometry's period; of very many, every so-manieth is counted. */
  weight(entry, first, last) {
    const { store, filter } = this.app;
    const from = Math.max(first, entry.since ? toDay(entry.since) : first);
    const to = Math.min(last, entry.until ? toDay(entry.until) - 1 : last);
    const step = Math.max(1, Math.floor(store.n / 20000));
    let n = 0;
    for (let row = 0; row < store.n; row += step) if (filter.failed[row] === 0 && store.start[row] >= from && store.start[row] <= to) n++;
    return n;
  }

  entries() {
    return this.items.filter((item) => item.shown).map((item) => item.entry);
  }

  /** Names to write along lines: corridors and lines of contact, with their years where there are several periods. */
  labels() {
    return this.entries()
      .filter((entry) => PANE[entry.layer] !== "base" && entry.layer !== "district")
      .map((entry) => ({ layer: entry.layer, name: this.title(entry), parts: partsOf(entry.geometry) }));
  }

  title(entry) {
    const place = this.app.store.placeOf.get(entry.place);
    const names = place ? this.app.say.placeName(place) : entry.place;
    const plain = place && names.length > 48 ? place.name : names;
    const name = plain.charAt(0).toUpperCase() + plain.slice(1);
    const several = this.app.data.reference.filter((one) => one.place === entry.place).length > 1;
    return [name, several ? yearsText(entry.since, entry.until) : ""].filter(Boolean).join(" ");
  }

  /** Days on which a shown kind of line or area begins or ends, with what changes. */
  changes(on) {
    const found = new Map();
    for (const { entry } of this.items) {
      if (!on.has(entry.switch) || PANE[entry.layer] === "base") continue;
      for (const [day, word] of [[entry.since, "begins"], [entry.until, "ends"]]) {
        if (!day) continue;
        if (!found.has(day)) found.set(day, []);
        found.get(day).push(`${this.title(entry)} ${word}`);
      }
    }
    return found;
  }
}

function grouped(items) {
  const found = new Map();
  for (const item of items) found.set(item.entry.place, [...(found.get(item.entry.place) ?? []), item]);
  return found;
}

/** The reverse of steps() in maps/reference.py. */
export function fromSteps(geometry) {
  if (geometry.geometries) return { ...geometry, geometries: geometry.geometries.map(fromSteps) };
  return { type: geometry.type, coordinates: walkSteps(geometry.steps, geometry.type === "Point") };
}

function walkSteps(steps, single) {
  if (Array.isArray(steps[0])) return steps.map((part) => walkSteps(part, false));
  const positions = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < steps.length; at += 2) {
    x += steps[at];
    y += steps[at + 1];
    positions.push([x / 10000, y / 10000]);
  }
  return single ? positions[0] : positions;
}

function partsOf({ type, coordinates, geometries }) {
  if (type === "LineString") return [coordinates];
  if (type === "MultiLineString" || type === "Polygon") return coordinates;
  if (type === "MultiPolygon") return coordinates.flat();
  return (geometries ?? []).flatMap(partsOf);
}
