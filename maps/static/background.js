// A background from a tile server: only when a reader chooses it, and then the page says whom it asks.

import { byId, el, refill } from "./dom.js";

export class Background {
  constructor(app) {
    this.app = app;
    this.layer = null;
    const choose = byId("tiles");
    refill(choose,
      el("option", { value: "", text: "None (own outlines, no server)" }),
      app.data.tiles.map((tile, at) => el("option", { value: String(at), text: `${tile.name} – asks ${host(tile)}` })));
    choose.addEventListener("change", () => this.choose(app.data.tiles[choose.value]));
    byId("tiles-block").hidden = app.data.tiles.length === 0;
  }

  choose(tile) {
    this.layer?.remove();
    this.layer = tile ? L.tileLayer(tile.url, { maxZoom: tile.max_zoom, subdomains: tile.subdomains, crossOrigin: false, pane: "tilePane" }).addTo(this.app.map) : null;
    document.body.classList.toggle("with-tiles", Boolean(tile));
    byId("tiles-note").textContent = tile ? `This page now asks ${host(tile)} for pictures; that server learns your address and where you look. ${tile.attribution}` : "";
  }
}

function host(tile) {
  return tile.host.replace("*.", "");
}
