// The page on paper: light colours, and the map drawn for the room that the sheet gives it.

import { byId } from "./dom.js";

export class Printing {
  constructor(app) {
    this.app = app;
    byId("print").addEventListener("click", () => print());
    addEventListener("beforeprint", () => this.before());
    addEventListener("afterprint", () => this.after());
  }

  before() {
    document.body.classList.add("printing");
    this.app.tray.update();
    this.chosen = this.app.theme.chosen;
    this.draw("light");
  }

  after() {
    document.body.classList.remove("printing");
    this.draw(this.chosen);
  }

  draw(theme) {
    this.app.theme.chosen = theme;
    this.app.frame.resized(true);
  }
}
