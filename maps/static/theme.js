// Light and dark, and the colours that canvases take from the style sheet.

import { byId } from "./dom.js";

const LAYER_COLOURS = ["corridor", "line", "extent"];

export class Theme {
  constructor(app) {
    this.app = app;
    byId("theme").addEventListener("click", () => {
      this.chosen = this.dark ? "light" : "dark";
      this.changed();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.changed());
  }

  /** "light", "dark", or "" where the reader's system decides. */
  get chosen() {
    return document.documentElement.dataset.theme ?? "";
  }

  set chosen(theme) {
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    this.palette = null;
  }

  get dark() {
    return this.chosen ? this.chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  /** The colours of now, looked up once. */
  colours() {
    this.palette ??= this.lookUp();
    return this.palette;
  }

  lookUp() {
    const css = getComputedStyle(document.documentElement);
    const take = (name) => css.getPropertyValue(name).trim();
    const theme = this.dark ? "dark" : "light";
    return {
      category: this.app.data.categories.map((category) => category[theme]),
      layer: Object.fromEntries(LAYER_COLOURS.map((key) => [key, take(`--${key}`)])),
      ground: take("--paper"), edge: take("--edge"), text: take("--ink"), quiet: take("--map-quiet"),
      water: take("--water-ink"), accent: take("--accent"), neutral: take("--map-quiet"),
    };
  }

  changed() {
    this.palette = null;
    this.app.events.redraw();
    this.app.timeline.draw();
    byId("theme").setAttribute("aria-label", this.dark ? "Light colours" : "Dark colours");
    this.app.link.remember();
  }
}
