// The map's room on the page, and what of the world is in it.

import { byId } from "./dom.js";
import { meets } from "./edge.js";
import { viewOf } from "./projection.js";

const FEW = 400; // up to so many events the whole area is shown with care for each symbol
const MARGINS = [0, 0.015, 0.03, 0.045, 0.06, 0.075]; // of the map's width or height, more than usual, that are tried then
const SYMBOL = 11; // pixels from a symbol's middle to its rim

export class Frame {
  /** `app` gives map, data, events, timeline and pointers. */
  constructor(app) {
    this.app = app;
    this.moved = false; // whether the reader has chosen another view than the whole area
    app.map.on("moveend", () => {
      if (!this.fitting) this.moved = true;
    });
    byId("home").addEventListener("click", () => this.fit());
  }

  /** Take the room that the page gives the map. */
  measure() {
    this.fitting = true;
    this.app.map.invalidateSize({ animate: false, pan: false });
    this.fitting = false;
  }

  /** Show the whole area unless a link says otherwise, and follow the map's room from now on. */
  follow() {
    if (!this.moved) this.fit();
    new ResizeObserver(() => this.resized()).observe(byId("stage"));
  }

  /** Show the whole area; of few events, so that no symbol lies under a control or half outside. */
  fit() {
    const { data, events, filter } = this.app;
    if (!data.frame) return;
    this.fitting = true;
    events.drawOnce(() => {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (const margin of filter.drawn <= FEW ? MARGINS : []) {
        this.show(margin);
        const hidden = this.hidden();
        if (hidden < least) [best, least] = [margin, hidden];
        if (!hidden) break;
      }
      if (least) this.show(best);
    });
    this.fitting = false;
    this.moved = false;
  }

  show(share) {
    const [west, south, east, north] = this.app.data.frame;
    const { x, y } = this.app.map.getSize();
    const margin = share * Math.min(x, y);
    const options = { paddingTopLeft: [58 + margin, 26 + margin], paddingBottomRight: [30 + margin, 34 + margin], maxZoom: 11, animate: false };
    this.app.map.fitBounds([[south, west], [north, east]], options);
  }

  /** How many shown symbols are under a control or cut by the map's edge. */
  hidden() {
    const { filter, map, store } = this.app;
    const view = viewOf(map);
    const rim = [[-SYMBOL, 0, 0, view.height], [view.width, 0, view.width + SYMBOL, view.height], [0, -SYMBOL, view.width, 0], [0, view.height, view.width, view.height + SYMBOL]];
    const bad = [...this.controls(), ...rim];
    let n = 0;
    for (let spot = 0; spot < store.x.length; spot++) {
      if (filter.failed[store.spotEvent[spot]] !== 0) continue;
      const [x, y] = [store.x[spot] * view.world - view.west, store.y[spot] * view.world - view.north];
      if (bad.some((box) => meets([x - SYMBOL, y - SYMBOL, x + SYMBOL, y + SYMBOL], box))) n++;
    }
    return n;
  }

  /** The map's room has changed; `force` also where it has not (before print). */
  resized(force = false) {
    const { events, map, timeline } = this.app;
    const before = map.getSize();
    const box = map.getContainer();
    if (!force && before.x === box.clientWidth && before.y === box.clientHeight) return;
    events.drawOnce(() => {
      this.fitting = true;
      map.invalidateSize({ animate: false });
      this.fitting = false;
      if (!this.moved) this.fit();
    });
    timeline.draw();
  }

  /** Whether things may move by themselves. */
  get lively() {
    return !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Move the map only where the spot is outside, at the rim, or (on a phone) under the drawer. */
  bringIntoView(at) {
    const { map } = this.app;
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

  /** Boxes of the map that controls cover. */
  controls() {
    const { x, y } = this.app.map.getSize();
    return [[0, 0, 50, 92], [x - 52, 0, x, 52], [0, y - 34, 136, y]];
  }
}
