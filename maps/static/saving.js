// What is shown, as a file.

import { byId, el } from "./dom.js";
import { toCsv, toGeoJson, toKml } from "./formats.js";

const MEDIA_TYPES = { geojson: "application/geo+json", csv: "text/csv;charset=utf-8", kml: "application/vnd.google-earth.kml+xml" };

export class Saving {
  constructor(app) {
    this.app = app;
    for (const format of Object.keys(MEDIA_TYPES)) byId(`export-${format}`).addEventListener("click", () => this.download(format));
  }

  /** The text of what is shown, in a format by its ending. */
  text(format) {
    const { chronology, data, say, store } = this.app;
    const features = Array.from(chronology.rows, (row) => store.feature(row));
    if (format === "csv") return toCsv(features);
    if (format !== "kml") return toGeoJson(features);
    return toKml(features, data.title, ({ properties }) => [say.word("event_type", properties.event_type), properties.place_name].filter(Boolean).join(", "));
  }

  download(format) {
    const url = URL.createObjectURL(new Blob([this.text(format)], { type: MEDIA_TYPES[format] }));
    const link = el("a", { href: url, download: `events.${format}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    byId("export-menu").open = false;
    byId("announce").textContent = `${this.app.filter.shown} events written to events.${format}`;
  }
}
