// The mouse on the map: what lies under it is named beside it, and a click opens it.

import { byId, el, refill, said } from "./dom.js";
import { withCommas } from "./numbers.js";

export class Picking {
  /** `app` gives map, store, events, drawer, say, frame and select(). */
  constructor(app) {
    this.app = app;
    app.map.on("click", (event) => this.clickMap(event));
    app.map.on("mousemove", (event) => this.hover(event));
    app.map.on("mouseout", () => this.tip(null));
  }

  clickMap(event) {
    const { drawer, events } = this.app;
    const group = events.hit(event.containerPoint);
    if (group) this.openGroup(group);
    else if (drawer.open) drawer.close();
  }

  clickReference(event, entry) {
    L.DomEvent.stopPropagation(event);
    const group = this.app.events.hit(event.containerPoint);
    if (group) this.openGroup(group);
    else this.openReference(entry);
  }

  clickPlace(event, place) {
    L.DomEvent.stopPropagation(event);
    this.app.select(-1);
    this.app.drawer.place(place);
  }

  openReference(entry) {
    this.app.select(-1);
    this.app.drawer.reference(entry);
  }

  /** One event is opened, several places are zoomed into, and what lies at one place is listed. */
  openGroup(group) {
    const { app } = this;
    const { store } = app;
    if (group.count === 1) {
      app.select(store.spotEvent[group.spot]);
      return;
    }
    const found = app.events.members(group);
    if (!group.same && this.zoomInto(found.map(({ spot }) => [store.lat(spot), store.lon(spot)]))) return;
    const rows = [...new Set(found.map((one) => one.event))].sort((a, b) => store.start[a] - store.start[b] || a - b);
    const place = store.placeOf.get(store.get(found[0].event, "place_id"));
    app.select(-1);
    app.drawer.group(place ? app.say.placeName(place) : store.get(found[0].event, "place_name") || "One place", rows);
  }

  /** Return false where the map is as large as it gets. */
  zoomInto(positions) {
    const { frame, map } = this.app;
    if (map.getZoom() >= map.getMaxZoom() - 1) return false;
    const bounds = L.latLngBounds(positions);
    const zoom = Math.min(map.getBoundsZoom(bounds, false, L.point(120, 120)), map.getMaxZoom());
    map.setView(bounds.getCenter(), Math.max(zoom, map.getZoom() + 1), { animate: frame.lively });
    return true;
  }

  hover(event) {
    const group = this.app.events.hit(event.containerPoint);
    this.app.map.getContainer().classList.toggle("over-event", Boolean(group));
    this.tip(group);
  }

  /** Say beside a group what it holds; null hides that. */
  tip(group) {
    const tip = byId("tip");
    tip.hidden = !group;
    if (!group || group === this.tipped) return;
    this.tipped = group;
    refill(tip, this.tipText(group));
    const size = this.app.map.getSize();
    const left = group.x > size.x - 220;
    tip.style.left = left ? "auto" : `${group.x + group.reach + 8}px`;
    tip.style.right = left ? `${size.x - group.x + group.reach + 8}px` : "auto";
    tip.style.top = `${Math.max(4, Math.min(size.y - 60, group.y - 12))}px`;
  }

  tipText(group) {
    const { data, say, store } = this.app;
    const row = store.spotEvent[group.spot];
    if (group.count === 1) return [el("b", { text: say.typeText(row) }), " ", said(say.whereText(row))];
    const kinds = data.categories.map((category, at) => ({ category, n: group.kinds[at] })).filter(({ n }) => n);
    return [
      el("b", { text: `${withCommas(group.count)} events` }),
      kinds.map(({ category, n }) => el("div", { text: `${withCommas(n)} ${category.label.toLowerCase()}` })),
    ];
  }
}
