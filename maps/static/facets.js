// Filters: check boxes for each property, with the number of events that each value would show.

import { byId, el, refill, said } from "./dom.js";
import { withCommas } from "./numbers.js";

const LONG = 12;

export class Facets {
  constructor(app) {
    this.app = app;
    this.parts = app.store.facets.map((facet) => this.make(facet));
    refill(byId("facets"), this.parts.map((part) => part.node));
    byId("filters-reset").addEventListener("click", () => app.resetFilters());
  }

  label(facet, value) {
    if (facet.words) return this.app.data.words[facet.words][value] ?? (value === "" ? "Not stated" : String(value).replaceAll("_", " "));
    if (value === "") return facet.places ? "No party, or not known" : "Not named";
    return facet.places ? this.app.say.nameOfId(value) : String(value);
  }

  make(facet) {
    const list = el("ul", { class: "checks" });
    const rows = facet.values.map((value, at) => {
      const count = el("span", { class: "count" });
      const text = said(this.label(facet, value));
      const box = el("input", { type: "checkbox", onchange: () => this.toggle(facet, at) });
      const only = el("button", { class: "only", text: "only", "aria-label": `Only ${this.label(facet, value)}`, onclick: () => this.only(facet, at) });
      return { at, value, box, count, text, row: el("li", {}, el("label", {}, box, text, count), only) };
    });
    const more = el("button", { class: "link", onclick: () => this.expand(list, more) });
    const summary = el("summary", {}, el("span", { text: facet.label }), el("span", { class: "quiet" }));
    const node = el("details", {}, summary, list, more);
    node.addEventListener("toggle", () => this.update());
    return { facet, node, rows, list, more, note: summary.lastChild };
  }

  expand(list, more) {
    list.classList.add("all");
    more.hidden = true;
  }

  toggle(facet, at) {
    const off = new Set(this.app.filter.facetOff.get(facet.key));
    if (!off.delete(at)) off.add(at);
    this.app.setFacet(facet.key, off);
  }

  only(facet, at) {
    const off = new Set(facet.values.map((_, other) => other).filter((other) => other !== at));
    this.app.setFacet(facet.key, off);
  }

  update() {
    this.parts.forEach((part, number) => {
      const off = this.app.filter.facetOff.get(part.facet.key);
      part.note.textContent = off.size ? `${off.size} off` : "";
      if (!part.node.open) return;
      const counts = this.app.filter.countFacet(number);
      const order = [...part.rows].sort((a, b) => counts[b.at] - counts[a.at] || (this.label(part.facet, a.value) < this.label(part.facet, b.value) ? -1 : 1));
      for (const row of order) {
        row.box.checked = !off.has(row.at);
        row.count.textContent = withCommas(counts[row.at]);
        if (part.facet.places) row.text.textContent = this.label(part.facet, row.value);
        row.row.classList.toggle("none", counts[row.at] === 0);
      }
      const known = order.map((row) => row.row);
      if (known.some((row, at) => part.list.children[at] !== row) && !part.list.contains(document.activeElement)) refill(part.list, known);
      part.more.textContent = `Show all ${known.length}`;
      part.more.hidden = known.length <= LONG || part.list.classList.contains("all");
    });
  }
}
