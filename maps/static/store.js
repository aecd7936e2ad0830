// The events in memory, by date as maps/payload.py sorted them: columns for what is asked of every event at every step, rows put together for what is shown.

import { coded, offsets, reader, rowOf } from "./columns.js";
import { NO_DAY, toDay } from "./days.js";
import { mercatorY } from "./projection.js";

/** Facets that a reader can filter by, in the order of the panel. */
export const FACETS = [
  { key: "type", label: "Type of event", words: "event_type", column: "p:event_type" },
  { key: "modality", label: "Did it happen?", words: "modality", column: "p:modality" },
  { key: "verification", label: "Verification", words: "verification", column: "p:verification" },
  { key: "precision", label: "How exactly the place is known", words: "geo_precision", column: "p:geo_precision" },
  { key: "side", label: "Side of the claimant", places: true, claims: "claimant_side" },
  { key: "claimant", label: "Claimant", claims: "claimant" },
  { key: "publisher", label: "Publisher", claims: "publisher" },
];

export class Store {
  constructor(data) {
    this.data = data;
    const { events, claims, figures } = data;
    this.n = events.n;
    this.claimsFrom = offsets(events.cols["#"], events.n);
    this.figuresFrom = offsets(claims.cols["#"], claims.n);
    this.hasClaims = !("#" in events.cols) || events.n > 0;
    this.figures = figures;
    this.column = Object.fromEntries(Object.entries(events.cols).map(([key, column]) => [key, reader(column)]));
    this.claimColumn = Object.fromEntries(Object.entries(claims.cols).map(([key, column]) => [key, reader(column)]));
    this.placeOf = new Map(data.places.map((place) => [place.id, place]));
    this.shapeOf = reader(data.shape);
    this.readDays();
    this.readPlaces();
    this.readCategories();
    this.readSpots();
    this.facets = FACETS.map((facet) => this.readFacet(facet)).filter((facet) => facet.values.length > 0);
    this.rowOfId = null;
    this.searchText = null;
  }

  /** One property of an event, undefined where it has none. */
  get(row, key) {
    return this.column[`p:${key}`]?.(row);
  }

  id(row) {
    return this.column.id?.(row);
  }

  find(id) {
    if (!this.rowOfId) {
      this.rowOfId = new Map();
      for (let row = 0; row < this.n; row++) this.rowOfId.set(String(this.id(row)), row);
    }
    return this.rowOfId.get(String(id)) ?? -1;
  }

  readDays() {
    const { cols } = this.data.events;
    const days = (column) => {
      const { values, index } = coded(column, this.n);
      const day = values.map(toDay);
      return mapped(Int32Array, index, day, NO_DAY);
    };
    const [first, last] = [cols["p:date_start"], cols["p:date_end"]];
    this.start = days(first);
    this.end = first?.i && first.i === last?.i && first.u === last.u ? this.start : days(last);
    for (let row = 0; row < this.n; row++) {
      // One end alone is a day, not an open period: nothing says that it went on.
      if (this.start[row] === NO_DAY) this.start[row] = this.end[row];
      if (this.end[row] === NO_DAY) this.end[row] = this.start[row];
    }
  }

  /** Each row's place as a number, for counting; `placeIds` gives the ids. */
  readPlaces() {
    const { values, index } = coded(this.data.events.cols["p:place_id"], this.n);
    this.placeIds = values;
    this.placeAt = mapped(Int32Array, index, values.map((value, at) => (value === null ? -1 : at)), -1);
    const text = coded(this.data.events.cols["p:place_text"], this.n);
    this.textAt = text.index;
    this.placeTexts = text.values;
  }

  readCategories() {
    const { categories, events } = this.data;
    const of = new Map(categories.flatMap((category, at) => category.types.map((type) => [type, at])));
    const { values, index } = coded(events.cols["p:event_type"], this.n);
    const category = values.map((type) => of.get(type) ?? categories.length - 1);
    this.category = mapped(Uint8Array, index, category, categories.length - 1);
  }

  readSpots() {
    const { spots } = this.data;
    this.spotEvent = new Int32Array(spots.n);
    const numbers = spots.event; // left out where every event has one spot
    for (let at = 0; at < spots.n; at++) this.spotEvent[at] = numbers ? numbers[at] : at;
    // Web Mercator as a fraction of the world, 0 to 1, north up: one multiplication from there to pixels.
    const lon = coded(spots.lon, spots.n);
    const lat = coded(spots.lat, spots.n);
    this.lon = (spot) => lon.values[lon.index[spot]] ?? 0;
    this.lat = (spot) => lat.values[lat.index[spot]] ?? 0;
    this.x = mapped(Float64Array, lon.index, lon.values.map((value) => value / 360 + 0.5), 0);
    this.y = mapped(Float64Array, lat.index, lat.values.map(mercatorY), 0);
    this.placed = new Uint8Array(this.n);
    for (let at = 0; at < spots.n; at++) this.placed[this.spotEvent[at]] = 1;
    const precision = coded(this.data.events.cols["p:geo_precision"], this.n);
    const vague = precision.values.map((value) => (value > 2 ? 1 : 0));
    this.vague = mapped(Uint8Array, precision.index, vague, 0);
    const radius = coded(this.data.events.cols["p:uncertainty_m"], this.n);
    this.radius = mapped(Float32Array, radius.index, radius.values.map((value) => Number(value) || 0), 0);
  }

  readFacet(facet) {
    if (facet.column) {
      const { values, index } = coded(this.data.events.cols[facet.column], this.n);
      const present = values.length || index.some((at) => at >= 0);
      return { ...facet, values: present ? values.map((v) => v ?? "") : [], index };
    }
    const { values, index } = coded(this.data.claims.cols[facet.claims], this.data.claims.n);
    const named = values.map((v) => v ?? "");
    return { ...facet, values: named, index, from: this.claimsFrom };
  }

  claims(row) {
    const found = [];
    for (let at = this.claimsFrom[row]; at < this.claimsFrom[row + 1]; at++) found.push(this.claim(at));
    return found;
  }

  claim(at) {
    const claim = rowOf(this.data.claims, at);
    const casualties = [];
    for (let f = this.figuresFrom[at]; f < this.figuresFrom[at + 1]; f++) casualties.push(rowOf(this.figures, f));
    return { ...claim, casualties };
  }

  geometry(row) {
    const shape = this.shapeOf(row);
    if (shape >= 0) return this.data.shapes[shape];
    if (!this.placed[row]) return null;
    const spot = this.spotOf(row);
    return { type: "Point", coordinates: [this.lon(spot), this.lat(spot)] };
  }

  /** The first spot of an event, -1 where it has none. */
  spotOf(row) {
    let low = 0;
    let high = this.spotEvent.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.spotEvent[middle] < row) low = middle + 1;
      else high = middle - 1;
    }
    return this.spotEvent[low] === row ? low : -1;
  }

  /** Whether no more than a country is known: it is listed, because a symbol in the middle of a country says "here". */
  countryOnly(row) {
    return this.placed[row] === 0 && this.shapeOf(row) >= 0;
  }

  /** The events that one claim tells together, of very many the first. */
  groupRows(group) {
    const found = [];
    for (let row = 0; row < this.n && found.length < 60; row++) if (this.get(row, "group") === group) found.push(row);
    return found;
  }

  /** The event as the GeoJSON feature that it was read from. */
  feature(row) {
    return {
      type: "Feature",
      id: this.id(row),
      geometry: this.geometry(row),
      properties: { ...rowOf(this.data.events, row, "p:"), claims: this.claims(row) },
    };
  }

  /** Everything about an event that a search should find, in small letters. */
  text(row) {
    if (!this.searchText) this.searchText = new Array(this.n);
    this.searchText[row] ??= this.gatherText(row);
    return this.searchText[row];
  }

  gatherText(row) {
    const words = this.data.words.event_type;
    const parts = [words[this.get(row, "event_type")] ?? this.get(row, "event_type"), this.get(row, "place_name"), this.get(row, "place_text")];
    const place = this.placeOf.get(this.get(row, "place_id"));
    if (place) parts.push(...place.names.map((name) => name[0]));
    for (let at = this.claimsFrom[row]; at < this.claimsFrom[row + 1]; at++) {
      for (const key of ["quote", "claimant", "publisher", "title"]) parts.push(this.claimColumn[key]?.(at));
    }
    return parts.filter(Boolean).join("\n").toLowerCase();
  }
}

/** Each index's value as a list of a kind, `missing` where there is none. */
function mapped(Kind, index, values, missing) {
  // the loop sees the same kinds of lists whatever is asked for: it runs several times faster so
  const table = Float64Array.from([missing, ...values]);
  const found = new Float64Array(index.length);
  for (let at = 0; at < index.length; at++) found[at] = table[index[at] + 1];
  return Kind === Float64Array ? found : new Kind(found);
}
