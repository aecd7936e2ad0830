// Buttons at the map's edge that point to places with events outside the view.

import { byId, el, said } from "./dom.js";
import { toView, viewOf } from "./projection.js";

const MOST = 8;

export class Pointers {
  constructor(app) {
    this.app = app;
    this.boxes = [];
  }

  update() {
    const { frame, map, places, say, store } = this.app;
    const size = map.getSize();
    const view = viewOf(map);
    const outside = [];
    places.counts.forEach((n, at) => {
      if (!n) return;
      const spot = store.spotOf(places.firstRow[at]);
      const [x, y] = toView(store.lon[spot], store.lat[spot], view);
      if (x < 0 || y < 0 || x > size.x || y > size.y) outside.push({ id: store.placeIds[at], n, x, y, spot });
    });
    outside.sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
    const box = byId("pointers");
    box.replaceChildren();
    this.boxes = [];
    for (const one of outside.slice(0, MOST)) {
      const dx = one.x - size.x / 2;
      const dy = one.y - size.y / 2;
      const part = Math.min((size.x / 2 - 14) / Math.abs(dx), (size.y / 2 - 22) / Math.abs(dy));
      const arrow = el("span", { class: "arrow", "aria-hidden": "true", text: "➤" });
      arrow.style.transform = `rotate(${Math.atan2(dy, dx)}rad)`;
      const name = say.nameOfId(one.id);
      const go = () => map.setView([store.lat[one.spot], store.lon[one.spot]], map.getZoom(), { animate: frame.lively });
      const button = el("button", { class: "pointer", "aria-label": `${name}, ${one.n} events outside the view`, onclick: go }, arrow, said(name), ` (${one.n})`);
      box.append(button);
      const w = button.offsetWidth;
      const h = button.offsetHeight;
      const left = Math.max(6, Math.min(size.x - w - 6, size.x / 2 + dx * part - w / 2));
      const top = Math.max(6, Math.min(size.y - h - 34, size.y / 2 + dy * part - h / 2));
      const area = [left - 2, top - 2, left + w + 2, top + h + 2];
      const taken = [[0, 0, 50, 96], [0, size.y - 40, 150, size.y], [size.x - 60, 0, size.x, 50], ...this.boxes];
      if (taken.some((other) => area[0] < other[2] && other[0] < area[2] && area[1] < other[3] && other[1] < area[3])) {
        button.remove();
        continue;
      }
      button.style.left = `${left}px`;
      button.style.top = `${top}px`;
      this.boxes.push(area);
    }
  }
}
