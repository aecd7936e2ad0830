// Which events are shown: one bit an event for each condition that it fails, so that a step recomputes one bit only.

import { NO_DAY } from "./days.js";

const TIME = 1;
const CATEGORY = 2;
const SEARCH = 4;
const FIRST_FACET = 8;

/** What is shown when nothing was chosen. Things that did not happen are off at first, and said to be. */
export const NOT_HAPPENED = ["planned", "threatened", "hypothetical"];

export class Filter {
  constructor(store) {
    this.store = store;
    this.failed = new Uint16Array(store.n);
    this.off = new Set();
    this.facetOff = new Map(store.facets.map((facet) => [facet.key, new Set()]));
    this.from = NO_DAY;
    this.to = NO_DAY;
    this.whole = true;
    this.query = "";
    this.shown = 0;
    this.count();
  }

  bit(facetKey) {
    return FIRST_FACET << this.store.facets.findIndex((facet) => facet.key === facetKey);
  }

  visible(row) {
    return this.failed[row] === 0;
  }

  /** Show days `from` to `to`; `whole` says that this is everything, and then undated events are in. */
  setTime(from, to, whole) {
    if (whole && this.whole) return; // nothing was cut out
    Object.assign(this, { from, to, whole });
    const { start, end, n } = this.store;
    for (let row = 0; row < n; row++) {
      const inside = start[row] === NO_DAY ? whole : start[row] <= to && end[row] >= from;
      this.failed[row] = inside ? this.failed[row] & ~TIME : this.failed[row] | TIME;
    }
  }

  setCategories(off) {
    const before = this.off;
    this.off = new Set(off);
    if (before.size === 0 && this.off.size === 0) return;
    const { category, n } = this.store;
    for (let row = 0; row < n; row++) {
      this.failed[row] = this.off.has(category[row]) ? this.failed[row] | CATEGORY : this.failed[row] & ~CATEGORY;
    }
  }

  /** `off`: numbers of the facet's values that are switched off. An event with several stays while one is on. */
  setFacet(key, off, usual = false) {
    const before = this.facetOff.get(key);
    this.facetOff.set(key, new Set(off));
    if (key === "modality") this.untouched = usual;
    if (before.size === 0 && off.size === 0) return;
    const { facets, n } = this.store;
    const facet = facets.find((one) => one.key === key);
    const bit = this.bit(key);
    const hidden = Uint8Array.from(facet.values, (_, at) => (off.has(at) ? 1 : 0));
    const { index, from } = facet;
    for (let row = 0; row < n; row++) {
      let fails = false;
      if (from) {
        fails = from[row + 1] > from[row];
        for (let at = from[row]; at < from[row + 1]; at++) if (index[at] < 0 || !hidden[index[at]]) fails = false;
      } else fails = index[row] >= 0 && hidden[index[row]] === 1;
      this.failed[row] = fails ? this.failed[row] | bit : this.failed[row] & ~bit;
    }
  }

  /** The values of a facet that are off when nothing was chosen. */
  usualOff(key) {
    const facet = this.store.facets.find((one) => one.key === key);
    return new Set(key === "modality" && facet ? facet.values.map((value, at) => (NOT_HAPPENED.includes(value) ? at : -1)).filter((at) => at >= 0) : []);
  }

  /** How many events would show if what did not happen were not off. */
  notHappened() {
    const at = this.store.facets.findIndex((facet) => facet.key === "modality");
    if (at < 0) return 0;
    const off = this.facetOff.get("modality");
    if (!off.size) return 0;
    const counts = this.countFacet(at);
    let sum = 0;
    for (const value of off) if (NOT_HAPPENED.includes(this.store.facets[at].values[value])) sum += counts[value];
    return sum;
  }

  setSearch(query) {
    this.query = query;
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    for (let row = 0; row < this.store.n; row++) {
      const found = words.length === 0 || contains(this.store.text(row), words);
      this.failed[row] = found ? this.failed[row] & ~SEARCH : this.failed[row] | SEARCH;
    }
  }

  /** What did not happen is off the map and the list at first, but the tray of what has no place tells of it. */
  inTray(row) {
    const failed = this.failed[row];
    return failed === 0 || (this.untouched && failed === this.bit("modality"));
  }

  /** Count what is shown, and each category among the events that pass all other conditions. */
  count() {
    const { n, category, placed, start, end, data } = this.store;
    const { failed } = this;
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const categories = new Int32Array(data.categories.length);
    let shown = 0;
    let drawn = 0;
    for (let row = 0; row < n; row++) {
      const f = failed[row];
      if (f === 0) {
        shown++;
        drawn += placed[row];
        if (start[row] !== NO_DAY) {
          if (start[row] < first) first = start[row];
          if (end[row] > last) last = end[row];
        }
      }
      if ((f & ~CATEGORY) === 0) categories[category[row]]++;
    }
    const days = first <= last ? [first, last] : null; // the first and the last day of what is shown
    Object.assign(this, { shown, drawn, categories, days });
  }

  /** Count each value of one facet among the events that pass all other conditions; asked for while it is open. */
  countFacet(number) {
    const { n, facets } = this.store;
    const { failed } = this;
    const { index, from, values } = facets[number];
    const keep = ~(FIRST_FACET << number);
    const total = new Int32Array(values.length);
    for (let row = 0; row < n; row++) {
      if ((failed[row] & keep) !== 0) continue;
      if (!from) {
        if (index[row] >= 0) total[index[row]]++;
        continue;
      }
      for (let at = from[row]; at < from[row + 1]; at++) {
        // an event counts once for a value, however many of its claims have it
        let first = index[at] >= 0;
        for (let before = from[row]; first && before < at; before++) first = index[before] !== index[at];
        if (first) total[index[at]]++;
      }
    }
    return total;
  }

  /** Numbers of the shown events: by date, the undated last, as they are kept. */
  rows() {
    const { failed } = this;
    const found = new Int32Array(this.shown);
    let at = 0;
    for (let row = 0; row < failed.length; row++) if (failed[row] === 0) found[at++] = row;
    return found;
  }

  /** Events a bin and category that pass everything but time; a long period gives each bin its share. */
  histogram(first, size, bins) {
    const { start, end, category, n, data } = this.store;
    const kinds = data.categories.length;
    const sums = new Float64Array(bins * kinds);
    for (let row = 0; row < n; row++) {
      if ((this.failed[row] & ~TIME) !== 0 || start[row] === NO_DAY) continue;
      const a = Math.floor((start[row] - first) / size);
      const b = Math.floor((end[row] - first) / size);
      const share = 1 / (b - a + 1);
      for (let bin = Math.max(a, 0); bin <= Math.min(b, bins - 1); bin++) sums[bin * kinds + category[row]] += share;
    }
    return sums;
  }

  /** True where nothing is switched off, searched for or cut out. */
  get clear() {
    return this.whole && this.off.size === 0 && this.query === "" && [...this.facetOff.values()].every((set) => set.size === 0);
  }
}

function contains(text, words) {
  return words.every((word) => text.includes(word));
}
