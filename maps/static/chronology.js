// Lists beside the map: what happened when, what has no place, and what lies at one spot.

import { rangeText } from "./days.js";
import { byId, el, refill, said } from "./dom.js";
import { withCommas } from "./numbers.js";
import { fillOf, icon } from "./symbols.js";

const PORTION = 40;

/** One event as a button with its symbol, place, and who says so. */
export function eventButton(app, row) {
  const { store } = app;
  const category = store.data.categories[store.category[row]];
  const verification = store.get(row, "verification");
  const voices = app.say.voices(row);
  const button = el("button", { class: "event", dataset: { row: String(row) }, onclick: () => app.select(row, { fly: true }) },
    icon(category, fillOf(verification)),
    el("span", { class: "event-text" },
      el("span", { class: "event-title" }, app.say.typeText(row), store.placed[row] || store.countryOnly(row) ? [" ", said(app.say.whereText(row))] : null),
      el("span", { class: "event-by" },
        app.say.figureLine(row) ? el("b", {}, said(app.say.figureLine(row))) : null,
        voices ? said(voices) : null),
      app.say.badges(row)));
  if (row === app.selected) button.setAttribute("aria-current", "true");
  return button;
}

/** A list that grows as it is scrolled, so that 100,000 events do not make 100,000 rows. */
export class GrowingList {
  constructor(app, node) {
    this.app = app;
    this.node = node;
    this.rows = [];
    this.done = 0;
    this.more = el("button", { class: "link more", text: "Show more", onclick: () => this.grow() });
    const watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.grow());
    watch.observe(this.more);
  }

  show(rows) {
    this.rows = rows;
    this.done = 0;
    this.heading = null;
    this.node.replaceChildren();
    this.grow();
  }

  grow() {
    const { app } = this;
    const upTo = Math.min(this.rows.length, this.done + PORTION);
    const made = [];
    for (; this.done < upTo; this.done++) {
      const row = this.rows[this.done];
      const { store } = app;
      const heading = rangeText(store.start[row], store.end[row], store.get(row, "date_precision"));
      if (heading !== this.heading) {
        made.push(el("li", { class: "day" }, el("h3", { text: heading })));
        this.heading = heading;
      }
      made.push(el("li", {}, eventButton(app, row)));
    }
    this.more.remove();
    this.node.append(...made);
    if (this.done < this.rows.length) this.node.append(this.more);
  }
}

export class Chronology {
  constructor(app) {
    this.app = app;
    this.list = new GrowingList(app, byId("chronology"));
    byId("search").addEventListener("input", (event) => this.searchSoon(event.target.value));
  }

  searchSoon(text) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.app.search(text), 120);
  }

  update() {
    const rows = this.app.filter.rows();
    this.rows = rows;
    this.list.show(rows);
    byId("chronology-none").hidden = rows.length > 0;
  }
}

/** What has no place on the map, by the reason. */
export class Tray {
  constructor(app) {
    this.app = app;
  }

  update() {
    const { store, filter } = this.app;
    if (byId("panel-tray").hidden && !document.body.classList.contains("printing")) {
      let n = 0;
      for (let row = 0; row < store.n; row++) if (!store.placed[row] && filter.inTray(row)) n++;
      byId("tab-tray").querySelector(".count").textContent = withCommas(n);
      return;
    }
    const reasons = new Map();
    let total = 0;
    for (let row = 0; row < store.n; row++) {
      if (store.placed[row] || !filter.inTray(row)) continue;
      total++;
      const reason = store.countryOnly(row) ? "Only the country is known" : store.get(row, "geo_reason") || "No reason is given";
      if (!reasons.has(reason)) reasons.set(reason, []);
      reasons.get(reason).push(row);
    }
    const sorted = [...reasons].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    byId("tab-tray").querySelector(".count").textContent = withCommas(total);
    byId("tray-none").hidden = sorted.length > 0;
    refill(byId("tray"), sorted.slice(0, 40).map(([reason, rows]) => {
      const list = el("ul", { class: "events" });
      const fill = () => list.childElementCount || list.append(...rows.slice(0, 200).map((row) => el("li", {}, eventButton(this.app, row))));
      const node = el("details", { open: sorted.length < 6 && rows.length < 30, ontoggle: fill },
        el("summary", {}, said(reason), el("span", { class: "count", text: withCommas(rows.length) })), list);
      if (node.open) fill();
      return node;
    }));
  }
}
