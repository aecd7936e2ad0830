// The map's room on the page, and what of the world is in it.

import { byId } from "./dom.js";

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

  /** Follow the room that the page gives the map from now on; its first size is taken at once. */
  follow() {
    this.app.map.invalidateSize({ animate: false, pan: false });
    this.fit();
    new ResizeObserver(() => this.resized()).observe(byId("stage"));
  }

  /** Show the whole area. */
  fit() {
    const { data, map } = this.app;
    if (!data.frame) return;
    const [west, south, east, north] = data.frame;
    this.fitting = true;
    map.fitBounds([[south, west], [north, east]], { paddingTopLeft: [58, 26], paddingBottomRight: [30, 34], maxZoom: 11, animate: false });
    this.fitting = false;
    this.moved = false;
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

  /** Parts of the map that controls cover: no name is written there. */
  covered() {
    const { x, y } = this.app.map.getSize();
    return [[0, 0, 50, 92], [x - 52, 0, x, 52], [0, y - 34, 136, y], ...this.app.pointers.boxes];
  }
}
