// The legend: categories as filter with live counts, how symbols are to be read, and the reference layers.

import { periodText } from "./days.js";
import { byId, el, refill, said, svg } from "./dom.js";
import { withCommas } from "./numbers.js";
import { icon } from "./symbols.js";

export class Legend {
  constructor(app) {
    this.app = app;
    const { categories, layers } = app.data;
    this.counts = categories.map(() => el("span", { class: "count" }));
    refill(
      byId("categories"),
      categories.map((category, at) => el("li", {},
        el("label", {},
          this.box(`category-${category.key}`, () => app.toggleCategory(at)),
          icon(category),
          el("span", { text: category.label }),
          this.counts[at]))),
    );
    this.key();
    const present = layers.filter((layer) => app.data.reference.some((entry) => entry.switch === layer.key));
    refill(
      byId("layers"),
      present.map((layer) => el("li", {},
        el("label", {}, this.box(`layer-${layer.key}`, () => app.toggleLayer(layer.key)), sample(layer.key), el("span", { text: layer.label })))),
    );
  }

  box(id, change) {
    return el("input", { type: "checkbox", id, onchange: change });
  }

  key() {
    const [first] = this.app.data.categories;
    const halo = svg("svg", { viewBox: "-12 -12 24 24", width: 18, height: 18, class: "icon", "aria-hidden": "true" }, svg("circle", { r: 10, class: "halo" }));
    refill(byId("key"),
      [["hollow", "one source"], ["full", "several sources"], ["half", "contested"]].map(([fill, text]) => el("li", {}, icon(first, fill), el("span", { text }))),
      el("li", {}, halo, el("span", { text: "known within the ring" })));
  }

  update() {
    const { app } = this;
    app.data.categories.forEach((category, at) => {
      this.counts[at].textContent = withCommas(app.filter.categories[at]);
      byId(`category-${category.key}`).checked = !app.filter.off.has(at);
    });
    for (const layer of app.data.layers) {
      const box = byId(`layer-${layer.key}`);
      if (box) box.checked = app.layersOn.has(layer.key);
    }
    const entries = app.reference.entries().filter((entry) => ["corridor", "line", "extent"].includes(entry.layer));
    const kinds = app.data.layers.filter((layer) => entries.some((entry) => entry.layer === layer.key));
    refill(byId("key-lines"), kinds.map((layer) => {
      const own = entries.filter((entry) => entry.layer === layer.key);
      // one line is named, several are told by the name of their kind; the map tab lists each
      const open = () => (own.length === 1 ? app.picking.openReference(own[0]) : app.tabs.show("layers"));
      return el("li", {}, el("button", { class: "key-line", onclick: open }, sample(layer.key), own.length === 1 ? said(app.reference.title(own[0])) : layer.label));
    }));
    refill(byId("layers-now"), entries.map((entry) => el("li", {},
      sample(entry.layer),
      el("button", { class: "link", onclick: () => app.picking.openReference(entry) }, said(app.reference.title(entry))),
      el("span", { class: "quiet", text: periodText(entry.since, entry.until) }))));
    byId("layers-now-none").hidden = entries.length > 0;
    const other = app.reference.other ?? [];
    refill(byId("layers-other"), other.map((entry) => el("li", {},
      sample(entry.layer),
      el("button", { class: "link", onclick: () => app.picking.openReference(entry) }, said(app.reference.title(entry))),
      el("span", { class: "quiet", text: periodText(entry.since, entry.until) }))));
    byId("layers-other-block").hidden = other.length === 0;
  }
}

function sample(layer) {
  const area = layer === "extent" || layer === "water";
  const shape = area ? svg("rect", { x: 2, y: 3, width: 26, height: 8 }) : svg("path", { d: "M1 7H29" });
  shape.setAttribute("class", `ref ref-${layer}`);
  return svg("svg", { viewBox: "0 0 30 14", width: 30, height: 14, "aria-hidden": "true" }, shape);
}
