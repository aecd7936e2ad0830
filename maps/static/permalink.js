// The page's state in its address: written after every change, read when the page opens or the address changes.

import { NO_DAY, toDay, toIso } from "./days.js";
import { byId } from "./dom.js";
import { fromFragment, toFragment } from "./link.js";

const PAUSE = 150; // milliseconds without a change after which the address is written

export class Permalink {
  constructor(app) {
    this.app = app;
    this.restoring = true; // until the page stands
    app.map.on("moveend", () => this.remember());
    byId("copy").addEventListener("click", () => this.copy());
    addEventListener("hashchange", () => {
      if (location.hash !== this.lastHash) this.restore();
    });
  }

  /** What a link says; what is as it is at first is left out. */
  state() {
    const { allPeriods, data, filter, layersOn, map, names, selected, store, theme, timeline } = this.app;
    const centre = map.getCenter();
    const layers = [...layersOn].sort();
    return {
      view: [centre.lat, centre.lng, map.getZoom()],
      time: timeline.isWhole ? null : [toIso(timeline.from), toIso(timeline.to)],
      single: timeline.single,
      categories: [...filter.off].sort().map((at) => data.categories[at].key),
      facets: this.facets(),
      query: filter.query,
      names: names === "written" ? "" : names,
      layers: layers.join() === usualLayers(data).sort().join() ? null : layers.length ? layers : ["none"],
      periods: allPeriods === usualPeriods(data) ? "" : allPeriods ? "all" : "main",
      event: selected >= 0 ? String(store.id(selected)) : "",
      theme: theme.chosen,
    };
  }

  facets() {
    const { filter, store } = this.app;
    const found = {};
    for (const facet of store.facets) {
      const off = filter.facetOff.get(facet.key);
      const usual = filter.usualOff(facet.key);
      if (off.size === usual.size && [...off].every((at) => usual.has(at))) continue;
      found[facet.key] = [...off].sort((a, b) => a - b).map((at) => facet.values[at]);
    }
    return found;
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
    }, PAUSE);
  }

  /** Bring the page into the state that the address tells. */
  restore() {
    this.restoring = true;
    const { app } = this;
    const state = fromFragment(location.hash);
    app.theme.chosen = state.theme;
    const known = new Set(app.data.layers.map((layer) => layer.key));
    app.layersOn = new Set((state.layers ?? usualLayers(app.data)).filter((key) => known.has(key)));
    app.allPeriods = state.periods ? state.periods === "all" : usualPeriods(app.data);
    byId("all-periods").checked = app.allPeriods;
    this.restoreFilters(state);
    app.names = app.nameModes.some((mode) => mode.key === state.names) ? state.names : "written";
    byId("names").value = app.names;
    this.restoreTime(state);
    if (state.view) {
      app.frame.moved = true;
      app.map.setView(state.view.slice(0, 2), state.view[2], { animate: false });
    }
    const row = state.event ? app.store.find(state.event) : -1;
    if (row >= 0) app.select(row, { focus: false });
    else if (app.drawer.open) app.drawer.close();
    this.restoring = false;
  }

  restoreFilters(state) {
    const { data, filter, store } = this.app;
    const category = (key) => data.categories.findIndex((one) => one.key === key);
    filter.setCategories((state.categories ?? []).map(category).filter((at) => at >= 0));
    for (const facet of store.facets) {
      const values = state.facets[facet.key];
      const off = values && new Set(values.map((value) => facet.values.indexOf(value)).filter((at) => at >= 0));
      filter.setFacet(facet.key, off ?? filter.usualOff(facet.key), !values);
    }
    byId("search").value = state.query ?? "";
    if (state.query || filter.query) filter.setSearch(state.query ?? "");
  }

  restoreTime({ time, single }) {
    const { timeline } = this.app;
    if (!timeline.dated) this.app.onTime(NO_DAY, NO_DAY, true);
    else if (time) timeline.set(toDay(time[0]), toDay(time[1]), Boolean(single));
    else timeline.set(...timeline.whole);
  }

  async copy() {
    this.lastHash = toFragment(this.state());
    const link = location.href.replace(/#.*$/, "") + this.lastHash;
    const toast = byId("toast");
    try {
      await navigator.clipboard.writeText(link);
      toast.textContent = "Link copied";
    } catch {
      toast.textContent = "The link stands in the address bar";
    }
    byId("announce").textContent = toast.textContent;
    toast.hidden = false;
    setTimeout(() => {
      toast.hidden = true;
    }, 2500);
  }
}

/** Whether every period of a line is drawn when nothing was chosen: whoever looks at an entry wants to see all it holds. */
function usualPeriods(data) {
  return data.focus.length > 0;
}

function usualLayers(data) {
  return data.layers.filter((layer) => layer.shown).map((layer) => layer.key);
}
