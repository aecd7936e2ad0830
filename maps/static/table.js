// Shown events as a table: everything that the map shows, without a mouse.

import { rangeText } from "./days.js";
import { byId, el, refill, said } from "./dom.js";
import { withCommas } from "./numbers.js";

const TABLE_PORTION = 100;

export class EventTable {
  constructor(app) {
    this.app = app;
    this.sort = { key: "date", down: false };
    this.limit = TABLE_PORTION;
    const { store } = app;
    const word = (property) => (row) => app.say.word(property, store.get(row, property));
    this.columns = [
      { key: "date", label: "Date", text: (row) => rangeText(store.start[row], store.end[row], store.get(row, "date_precision")), value: (row) => store.start[row] },
      { key: "type", label: "Event", text: (row) => app.say.typeText(row) },
      { key: "place", label: "Place", text: (row) => (store.placed[row] ? app.say.whereText(row) : "no place") },
      { key: "precision", label: "Place known", text: (row) => app.say.precisionText(row) },
      { key: "figures", label: "Figures as claimed", text: (row) => app.say.figureLine(row) },
      { key: "voices", label: "Who says so", text: (row) => app.say.voices(row) },
      { key: "verification", label: "Verification", text: word("verification") },
      { key: "modality", label: "Did it happen?", text: word("modality") },
    ];
    byId("table-toggle").addEventListener("click", () => this.toggle());
    byId("table-close").addEventListener("click", () => this.toggle());
    refill(byId("table-head"), this.columns.map((column) => el("th", { scope: "col" }, el("button", { text: column.label, onclick: () => this.sortBy(column.key) }))));
    byId("table-more").addEventListener("click", () => {
      this.limit += TABLE_PORTION;
      this.update();
    });
  }

  toggle() {
    const region = byId("table-region");
    region.hidden = !region.hidden;
    byId("table-toggle").setAttribute("aria-expanded", String(!region.hidden));
    this.update();
    this.app.frame.resized();
    (region.hidden ? byId("table-toggle") : byId("table-title")).focus();
  }

  sortBy(key) {
    this.sort = { key, down: this.sort.key === key ? !this.sort.down : false };
    this.limit = TABLE_PORTION;
    this.update();
  }

  update() {
    if (byId("table-region").hidden) return;
    const { app } = this;
    const column = this.columns.find((one) => one.key === this.sort.key);
    let rows = [...app.chronology.rows];
    if (column.key !== "date") {
      const collator = new Intl.Collator("en", { numeric: true });
      const text = new Map(rows.map((row) => [row, column.text(row)]));
      rows.sort((a, b) => collator.compare(text.get(a), text.get(b)) || a - b);
    }
    if (this.sort.down) rows.reverse();
    this.columns.forEach((one, at) => {
      const cell = byId("table-head").children[at];
      cell.setAttribute("aria-sort", one.key === this.sort.key ? (this.sort.down ? "descending" : "ascending") : "none");
    });
    byId("table-title").textContent = `${withCommas(rows.length)} events`;
    byId("table-more").hidden = rows.length <= this.limit;
    rows = rows.slice(0, this.limit);
    refill(byId("table-body"), rows.map((row) => el("tr", { class: row === app.selected ? "current" : null },
      this.columns.map((one, at) => {
        const text = one.text(row);
        return at === 1
          ? el("td", {}, el("button", { class: "link", text, dataset: { row: String(row) }, onclick: () => app.select(row, { fly: true }) }))
          : el("td", {}, said(text));
      }))));
  }
}
