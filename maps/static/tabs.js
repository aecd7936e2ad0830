// The tabs beside the map, by mouse and by arrow keys.

import { byId } from "./dom.js";

const TABS = ["events", "tray", "filters", "layers"];

export class Tabs {
  constructor(app) {
    this.app = app;
    TABS.forEach((key, at) => {
      const tab = byId(`tab-${key}`);
      tab.addEventListener("click", () => this.show(key));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = TABS[(at + step + TABS.length) % TABS.length];
        this.show(next);
        byId(`tab-${next}`).focus();
      });
    });
  }

  show(key) {
    for (const one of TABS) {
      const chosen = one === key;
      byId(`tab-${one}`).setAttribute("aria-selected", String(chosen));
      byId(`tab-${one}`).tabIndex = chosen ? 0 : -1;
      byId(`panel-${one}`).hidden = !chosen;
    }
    if (key === "tray") this.app.tray.update();
  }
}
