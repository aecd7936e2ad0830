// Time: a histogram of events by category with two handles, a single day, and play.

import { binDays, dayText, NO_DAY, toDay, toIso } from "./days.js";
import { byId, el, refill, svg } from "./dom.js";
import { withCommas } from "./numbers.js";

const TICK = 700; // milliseconds a step while playing

export class Timeline {
  /** `app` gives store, filter, theme and onTime(from, to, whole). */
  constructor(app) {
    this.app = app;
    const { start, end, n } = app.store;
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < n; row++) {
      if (start[row] === NO_DAY) continue;
      if (start[row] < first) first = start[row];
      if (end[row] > last) last = end[row];
    }
    this.dated = first <= last;
    this.whole = this.dated ? [first, last] : [0, 0];
    this.core = this.dated ? this.busiest() : [0, 0];
    this.domain = [...this.core];
    this.from = this.whole[0];
    this.to = this.whole[1];
    this.single = false;
    this.timer = 0;
    this.bind();
  }

  bind() {
    this.low = byId("time-from");
    this.high = byId("time-to");
    for (const handle of [this.low, this.high]) {
      handle.addEventListener("keydown", (event) => this.key(event, handle));
      handle.addEventListener("pointerdown", (event) => {
        handle.setPointerCapture(event.pointerId);
        handle.focus();
        event.preventDefault();
      });
      handle.addEventListener("pointermove", (event) => {
        if (handle.hasPointerCapture(event.pointerId)) this.move(handle, this.dayAt(event.clientX));
      });
    }
    byId("time-chart").addEventListener("click", (event) => this.chooseBin(this.dayAt(event.clientX)));
    byId("time-play").addEventListener("click", () => this.play());
    byId("time-day").addEventListener("click", () => this.setSingle(!this.single));
    byId("time-zoom").addEventListener("click", () => this.zoom());
    byId("time-all").addEventListener("click", () => this.reset());
    byId("time").hidden = !this.dated;
    this.width = this.height = 0;
    // the browser tells the size: to ask for it would make it lay out the whole page then and there
    new ResizeObserver(([{ contentRect }]) => {
      const [width, height] = [Math.round(contentRect.width), Math.round(contentRect.height)];
      if (width === this.width && height === this.height) return;
      this.width = width;
      this.height = height;
      this.draw();
    }).observe(byId("time-chart"));
  }

  /** Where a few events lie far from all others, the chart starts with the days that hold three quarters of them. */
  busiest() {
    const { start } = this.app.store;
    let dated = start.length; // undated rows come last
    while (dated && start[dated - 1] === NO_DAY) dated--;
    const days = start.subarray(0, dated);
    const rest = Math.floor(days.length * 0.25);
    let best = [0, days.length - 1 - rest];
    for (let at = 0; at <= rest; at++) {
      const end = days.length - 1 - rest + at;
      if (days[end] - days[at] < days[best[1]] - days[best[0]]) best = [at, end];
    }
    const [first, last] = [days[best[0]], days[best[1]]];
    const pad = Math.max(3, Math.round((last - first) * 0.15));
    const core = [Math.max(this.whole[0], first - pad), Math.min(this.whole[1], last + pad)];
    return (core[1] - core[0]) * 4 < this.whole[1] - this.whole[0] ? core : [...this.whole];
  }

  get isWhole() {
    return this.from <= this.whole[0] && this.to >= this.whole[1];
  }

  dayAt(x) {
    const box = byId("time-chart").getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (x - box.left) / box.width));
    return Math.min(this.domain[1], Math.floor(this.domain[0] + share * this.span));
  }

  /** A handle goes to a day; the two never pass each other. */
  move(handle, day) {
    this.stop();
    const [first, last] = this.domain;
    const to = Math.max(first, Math.min(last, day));
    if (this.single) this.from = this.to = to;
    else if (handle === this.low) this.from = Math.min(to, this.to);
    else this.to = Math.max(to, this.from);
    this.tell();
  }

  key(event, handle) {
    const now = handle === this.low ? Math.max(this.from, this.domain[0]) : Math.min(this.to, this.domain[1]);
    const page = Math.max(7, Math.round((this.domain[1] - this.domain[0]) / 10));
    const day = {
      ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1,
      PageDown: now - page, PageUp: now + page, Home: this.domain[0], End: this.domain[1],
    }[event.key];
    if (day === undefined) return;
    event.preventDefault();
    this.move(handle, day);
  }

  /** A click on a bar shows its days; a second one shows all again. */
  chooseBin(day) {
    const from = this.domain[0] + Math.floor((day - this.domain[0]) / this.size) * this.size;
    const to = Math.min(this.domain[1], from + this.size - 1);
    if (this.single) this.set(day, day, true);
    else if (this.from === from && this.to === to) this.set(...this.whole);
    else this.set(from, to);
  }

  set(from, to, single = false) {
    this.single = single;
    this.from = Math.max(this.whole[0], Math.min(from, this.whole[1]));
    this.to = Math.max(this.from, Math.min(to, this.whole[1]));
    if (!this.isWhole && (this.from < this.domain[0] || this.to > this.domain[1])) this.domain = [...this.whole];
    this.tell();
  }

  setSingle(on) {
    this.stop();
    if (on) this.set(this.isWhole ? this.firstBusy() : this.from, this.isWhole ? this.firstBusy() : this.from, true);
    else this.set(...this.whole);
  }

  firstBusy() {
    const { start } = this.app.store;
    let first = this.domain[1];
    for (let row = 0; row < start.length; row++) {
      if (start[row] >= this.domain[0] && start[row] < first && (this.app.filter.failed[row] & ~1) === 0) first = start[row];
    }
    return first;
  }

  get zoomed() {
    return this.domain[0] !== this.whole[0] || this.domain[1] !== this.whole[1];
  }

  /** Whether the chosen days are few enough of the chart's to be worth stretching over its width. */
  get canZoomIn() {
    return this.to - this.from >= 2 && this.to - this.from < 0.6 * (this.domain[1] - this.domain[0]);
  }

  /** Stretch the chosen days over the whole width, or show everything again. */
  zoom() {
    this.domain = this.canZoomIn ? [this.from, this.to] : [...this.whole];
    this.draw();
  }

  reset() {
    this.stop();
    this.domain = [...this.core];
    this.set(...this.whole);
  }

  /** Walk the chosen days forward; from the whole period, grow from its beginning. */
  play() {
    if (this.timer) return this.stop();
    const [first, last] = this.domain;
    const step = this.single ? 1 : binDays(last - first + 1, 60);
    this.growing = !this.single && this.from <= first && this.to >= last;
    if (this.growing) this.to = first;
    if (this.single && this.to >= last) this.from = this.to = first;
    const tick = () => {
      if (this.to >= last) return this.stop();
      this.to = Math.min(last, this.to + step);
      if (!this.growing) this.from = this.single ? this.to : Math.min(this.to, this.from + step);
      this.tell();
    };
    this.timer = setInterval(tick, TICK);
    this.showPlaying();
    this.tell();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.showPlaying();
  }

  showPlaying() {
    const button = byId("time-play");
    const playing = Boolean(this.timer);
    button.setAttribute("aria-label", playing ? "Pause" : "Play through time");
    button.classList.toggle("playing", playing);
  }

  tell() {
    this.app.onTime(this.from, this.to, this.isWhole);
  }

  /** Draw bars, year marks and handles; called after every change. */
  draw() {
    if (!this.dated) return;
    const chart = byId("time-chart");
    const { width } = this;
    if (!width) return;
    const [first, last] = this.domain;
    const days = last - first + 1;
    const size = binDays(days, Math.max(10, width / 9));
    const bins = Math.ceil(days / size);
    this.size = size;
    this.span = bins * size;
    const kinds = this.app.data.categories.length;
    const sums = this.app.filter.histogram(first, size, bins);
    let most = 0;
    for (let bin = 0; bin < bins; bin++) {
      let sum = 0;
      for (let kind = 0; kind < kinds; kind++) sum += sums[bin * kinds + kind];
      most = Math.max(most, sum);
    }
    const x = (day) => ((day - first) / (bins * size)) * width;
    this.drawBars({ chart, width, first, size, bins, kinds, sums, most, x });
    const marks = [];
    const changes = [...this.app.reference.changes(this.app.layersOn)].filter(([iso]) => toDay(iso) >= first && toDay(iso) <= last).sort();
    for (const [at, [iso, what]] of changes.entries()) {
      const day = toDay(iso);
      const next = at + 1 < changes.length ? x(toDay(changes[at + 1][0])) : width;
      if (next - x(day) > 44) {
        marks.push(svg("text", { class: "change-date", x: x(day) + 6, y: 9, text: days > 400 ? iso.slice(0, 4) : dayText(day).replace(/ \d+$/, "") }));
      }
      marks.push(svg("g", { class: "change" }, svg("title", { text: `${iso}: ${what.join("; ")}` }), svg("path", { d: `M${x(day)} ${this.height}V5l-4-5h8l-4 5` })));
    }
    byId("time-marks").setAttribute("viewBox", `0 0 ${width} ${this.height}`);
    refill(byId("time-marks"), marks);
    this.drawTicks(x, first, last, width);
    this.drawOutside(first, last);
    this.drawHandles(x, first, last);
    byId("time-day").setAttribute("aria-pressed", String(this.single));
    const out = !this.canZoomIn && this.zoomed;
    byId("time-zoom").textContent = out ? "Zoom out" : "Zoom in";
    byId("time-zoom").disabled = !out && !this.canZoomIn;
    byId("time-all").disabled = this.isWhole;
    // all dates: those of the events that are shown, not of plans for years to come that are switched off
    const [from, to] = (this.isWhole && this.app.filter.days) || [this.from, this.to];
    byId("time-text").textContent = from === to ? dayText(from) : `${dayText(from)} – ${dayText(to)}`;
    byId("time-text").dataset.iso = `${toIso(this.from)}..${toIso(this.to)}`;
  }

  drawHandles(x, first, last) {
    const from = Math.max(first, Math.min(last, this.from));
    const to = Math.max(first, Math.min(last, this.to));
    const place = (handle, day, at) => {
      handle.style.left = `${at}px`;
      handle.setAttribute("aria-valuemin", String(first));
      handle.setAttribute("aria-valuemax", String(last));
      handle.setAttribute("aria-valuenow", String(day));
      handle.setAttribute("aria-valuetext", dayText(day));
    };
    place(this.low, from, this.single ? x(from + 0.5) : x(from));
    place(this.high, to, Math.min(x(to + 1), this.width));
    this.high.hidden = this.single;
    this.low.setAttribute("aria-label", this.single ? "Day shown" : "First day shown");
    byId("time").classList.toggle("single", this.single);
    byId("time-window").style.left = `${x(from)}px`;
    byId("time-window").style.width = `${Math.max(0, Math.min(x(to + 1), this.width) - x(from))}px`;
  }

  /** How many events lie before and after the days of the chart. */
  drawOutside(first, last) {
    const { start, end, n } = this.app.store;
    let before = 0;
    let after = 0;
    const all = first <= this.whole[0] && last >= this.whole[1];
    for (let row = 0; row < n && !all; row++) {
      if (start[row] === NO_DAY || (this.app.filter.failed[row] & ~1) !== 0) continue;
      if (end[row] < first) before++;
      if (start[row] > last) after++;
    }
    byId("time-outside").textContent = [before && `${withCommas(before)} earlier`, after && `${withCommas(after)} later`].filter(Boolean).join(", ");
  }

  /** Bars on a canvas: several hundred elements a step would take longer than everything else. */
  drawBars({ chart, width, first, size, bins, kinds, sums, most, x }) {
    const ratio = globalThis.devicePixelRatio || 1;
    chart.width = Math.round(width * ratio);
    chart.height = Math.round(this.height * ratio);
    const context = chart.getContext("2d");
    context.scale(ratio, ratio);
    const colours = this.app.theme.colours().category;
    const wide = Math.max(1, width / bins - 1);
    for (let bin = 0; bin < bins; bin++) {
      const start = first + bin * size;
      context.globalAlpha = start + size > this.from && start <= this.to ? 1 : 0.28;
      let y = this.height;
      for (let kind = 0; kind < kinds; kind++) {
        const value = sums[bin * kinds + kind];
        if (!value) continue;
        const tall = (value / most) * (this.height - 4);
        y -= tall;
        context.fillStyle = colours[kind];
        context.fillRect(x(start) + 0.5, y, wide, Math.max(0.8, tall - 0.5));
      }
    }
  }

  drawTicks(x, first, last, width) {
    const ticks = [];
    const days = last - first;
    const months = days > 400 ? 12 : days > 100 ? 3 : days > 45 ? 1 : 0;
    const label = (day, text) => {
      const at = x(day);
      if (at < 0 || at > width - 24 || (ticks.length && at - ticks[ticks.length - 1].at < 58)) return;
      const node = el("span", { text });
      node.style.left = `${at}px`;
      ticks.push({ at, node });
    };
    const date = new Date(first * 86400000);
    if (months) {
      for (let month = 0; ; month += 1) {
        const day = Date.UTC(date.getUTCFullYear(), month, 1) / 86400000;
        if (day > last) break;
        if (day < first || month % months) continue;
        label(day, months === 12 ? String(new Date(day * 86400000).getUTCFullYear()) : dayText(day).replace(/^1 /, ""));
      }
    } else for (let day = first; day <= last; day++) label(day, dayText(day).replace(/ \d+$/, ""));
    refill(byId("time-ticks"), ticks.map((tick) => tick.node));
  }
}
