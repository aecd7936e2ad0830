// What the places have: events that are shown, their largest uncertainty, and the wording that most of them use.

export class PlaceCounts {
  constructor(store, filter) {
    this.store = store;
    this.filter = filter;
    this.written = new Map();
    this.index();
  }

  /** For each place the wording that most of its events use, where that is one of its names ("the city" is not). */
  index() {
    const { store } = this;
    this.widest = new Float32Array(store.placeIds.length * 2);
    this.firstRow = new Int32Array(store.placeIds.length).fill(-1);
    const counts = new Map();
    for (let row = 0; row < store.n; row++) {
      const at = store.placeAt[row];
      if (at < 0 || !store.placed[row]) continue;
      if (this.firstRow[at] < 0) this.firstRow[at] = row;
      const key = at * store.placeTexts.length + store.textAt[row];
      if (store.textAt[row] >= 0) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, n] of counts) {
      const id = store.placeIds[Math.floor(key / store.placeTexts.length)];
      const text = String(store.placeTexts[key % store.placeTexts.length] ?? "");
      if (n <= (this.written.get(id)?.n ?? 0)) continue;
      const low = text.toLowerCase();
      if (store.placeOf.get(id)?.names.some((name) => name[0].toLowerCase() === low)) this.written.set(id, { text, n });
    }
    this.shownAt = new Map();
    this.counts = new Int32Array(0);
  }

  /** How many shown events a place has. */
  eventsAt(id) {
    return this.shownAt.get(id) ?? 0;
  }

  /** Count shown events a place, and keep the largest uncertainty of precise and of vague ones. */
  count() {
    const { store, filter } = this;
    const counts = new Int32Array(store.placeIds.length);
    this.counts = counts;
    this.widest = new Float32Array(store.placeIds.length * 2);
    for (let row = 0; row < store.n; row++) {
      const at = store.placeAt[row];
      if (at < 0 || filter.failed[row] !== 0 || store.placed[row] === 0) continue;
      counts[at]++;
      const side = at * 2 + store.vague[row];
      if (store.radius[row] > this.widest[side]) this.widest[side] = store.radius[row];
    }
    this.shownAt = new Map();
    counts.forEach((n, at) => n && this.shownAt.set(store.placeIds[at], n));
  }

  /** The largest uncertainty among the events at a spot, in metres. */
  radiusAt(spot, count) {
    const { store } = this;
    const event = store.spotEvent[spot];
    const at = store.placeAt[event];
    return count === 1 || at < 0 ? store.radius[event] : this.widest[at * 2 + store.vague[event]];
  }
}
