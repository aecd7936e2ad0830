// Lines and areas that shown events refer to, each once.

export class ShownShapes {
  constructor(app) {
    this.app = app;
    this.found = null;
  }

  /** Something was filtered or chosen: look again when asked. */
  forget() {
    this.found = null;
  }

  /** Shapes of shown events: a category where all agree, whether too broad to hatch, and whether selected. */
  all() {
    if (!this.found) {
      const { store, filter, selected } = this.app;
      const found = new Map();
      if (store.data.shapes.length) {
        for (let row = 0; row < store.n; row++) {
          const shape = store.shapeOf(row);
          if (shape < 0 || filter.failed[row] !== 0) continue;
          const broad = store.get(row, "geo_precision") >= 6;
          const info = found.get(shape);
          if (!info) found.set(shape, { category: store.category[row], broad, selected: row === selected, n: 1 });
          else {
            if (info.category !== store.category[row]) info.category = -1;
            info.selected ||= row === selected;
            info.n++;
          }
        }
        this.chooseHatched(found);
      }
      this.found = found;
    }
    return this.found;
  }

  /** Hatch areas that most events refer to; areas that lie over each other would only darken the map. */
  chooseHatched(found) {
    const boxes = [];
    for (const [shape, info] of [...found].sort((a, b) => b[1].n - a[1].n || a[0] - b[0])) {
      const geometry = this.app.data.shapes[shape];
      if (info.broad || !geometry.type.endsWith("Polygon")) continue;
      const box = L.geoJSON(geometry).getBounds();
      info.hatched = !boxes.some((other) => other.overlaps(box));
      if (info.hatched) boxes.push(box);
    }
  }
}
