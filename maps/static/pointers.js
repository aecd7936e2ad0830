// Buttons at the map's edge that point to places with events outside the view.

import { byId, el, said } from "./dom.js";
import { boxOf } from "./drawnames.js";
import { atEdge } from "./edge.js";
import { toView, viewOf } from "./projection.js";

const MOST = 8;

export class Pointers {
  constructor(app) {
    this.app = app;
    this.boxes = [];
  }

  /** `groups`: the symbols as they stand in the view. */
  update(groups) {
    const { frame, map, places, say, store } = this.app;
    const size = map.getSize();
    const view = viewOf(map);
    const outside = [];
    places.counts.forEach((n, at) => {
      if (!n) return;
      const spot = store.spotOf(places.firstRow[at]);
      const [x, y] = toView(store.lon(spot), store.lat(spot), view);
      if (x < 0 || y < 0 || x > size.x || y > size.y) outside.push({ id: store.placeIds[at], n, x, y, spot });
    });
    outside.sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
    const box = byId("pointers");
    box.replaceChildren();
    this.boxes = [];
    // a button keeps off the symbols; where they are everywhere it only keeps off the controls
    const fixed = frame.controls();
    const symbols = groups.map(boxOf);
    for (const one of outside.slice(0, MOST)) {
      const name = say.nameOfId(one.id);
      const go = () => map.setView([store.lat(one.spot), store.lon(one.spot)], map.getZoom(), { animate: frame.lively });
      const arrow = el("span", { class: "arrow", "aria-hidden": "true", text: "➤" });
      const button = el("button", { class: "pointer", "aria-label": `${name}, ${one.n} events outside the view`, onclick: go }, arrow, said(name), ` (${one.n})`);
      box.append(button);
      const room = [button.offsetWidth, button.offsetHeight];
      const corner = atEdge(size, [one.x, one.y], room, [...fixed, ...this.boxes, ...symbols]) ?? atEdge(size, [one.x, one.y], room, [...fixed, ...this.boxes]);
      if (!corner) {
        button.remove();
        continue;
      }
      const [left, top] = corner;
      arrow.style.transform = `rotate(${Math.atan2(one.y - top - room[1] / 2, one.x - left - room[0] / 2)}rad)`;
      button.style.left = `${left}px`;
      button.style.top = `${top}px`;
      this.boxes.push([left - 2, top - 2, left + room[0] + 2, top + room[1] + 2]);
    }
  }
}
