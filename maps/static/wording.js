// What the page says of events, places and figures, in the words of the data block and in the chosen names.

import { el } from "./dom.js";
import { NOT_HAPPENED } from "./filter.js";
import { nameOf } from "./names.js";
import { withCommas } from "./numbers.js";

export class Wording {
  /** `app` gives data, store, names (the mode), nameDay and places. */
  constructor(app) {
    this.app = app;
    this.store = app.store;
  }

  word(property, code) {
    if (code === null || code === undefined) return "";
    return this.app.data.words[property]?.[code] ?? String(code).replaceAll("_", " ");
  }

  typeText(row) {
    return this.word("event_type", this.store.get(row, "event_type")) || "Event";
  }

  placeName(place) {
    // a state has one English name: its people's own name for it is no rival claim
    if (place.kind === "country" && ["written", "en"].includes(this.app.names)) return place.name;
    return nameOf(place, this.app.names, { day: this.app.nameDay, written: this.app.places.written.get(place.id)?.text });
  }

  /** In a line of text all names would hide what it says: they stand on the map and in the drawer. */
  get lineNames() {
    return this.app.names === "all" ? "en" : this.app.names;
  }

  nameOfId(id) {
    const place = this.store.placeOf.get(id);
    if (!place) return String(id);
    if (place.kind === "country" && this.lineNames === "en") return place.name;
    return this.app.names === "all" ? nameOf(place, "en", { day: this.app.nameDay }) : this.placeName(place);
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

  whereText(row) {
    const { store } = this;
    const place = store.placeOf.get(store.get(row, "place_id"));
    const written = store.get(row, "place_text");
    const name = this.app.names === "written" && this.isName(place, written) ? written : place ? nameOf(place, this.lineNames, { day: this.app.nameDay }) : store.get(row, "place_name") || written || "";
    const relation = store.get(row, "place_relation") || "at";
    const area = store.shapeOf(row) >= 0 && store.data.shapes[store.shapeOf(row)].type.endsWith("Polygon");
    return name ? `${this.word("place_relation", relation === "at" && area ? "in" : relation)} ${name}` : "";
  }

  precisionText(row) {
    const { store } = this;
    if (!store.placed[row]) return this.word("geo_precision", this.store.countryOnly(row) ? "6" : "");
    const radius = store.radius[row];
    return [this.word("geo_precision", store.get(row, "geo_precision")), radius ? `within ${metres(radius)}` : ""].filter(Boolean).join(", ");
  }

  numberText(figure) {
    const { low, best, high, qualifier } = figure;
    const words = this.word("qualifier", qualifier);
    if (qualifier === "none_reported") return "none";
    const known = [low, best, high].filter((value) => Number.isFinite(value));
    if (["several", "tens", "dozens", "hundreds", "thousands"].includes(qualifier)) {
      return Number.isFinite(low) && Number.isFinite(high) ? `${words} (${withCommas(low)}–${withCommas(high)})` : words;
    }
    if (!known.length) return figure.text || "no number";
    const value = Number.isFinite(best) ? best : qualifier === "at_most" ? known[known.length - 1] : known[0];
    return [words, withCommas(value)].filter(Boolean).join(" ");
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
    if (!store.placed[row]) parts.push(el("span", { class: "badge", text: this.store.countryOnly(row) ? "country only" : "no place" }));
    return parts.length ? el("span", { class: "badges" }, parts) : null;
  }

  faint(row) {
    return [...NOT_HAPPENED, "denied"].includes(this.store.get(row, "modality"));
  }
}

export function metres(value) {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(2))} km` : `${Math.round(value)} m`;
}
