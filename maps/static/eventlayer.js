// Events on one canvas: areas and circles of uncertainty below, names, then symbols and groups.

import { stepAside } from "./aside.js";
import { cluster, members } from "./cluster.js";
import { drawHalos, drawShapes } from "./drawareas.js";
import { drawGroup, drawLeader, drawSelection, drawSingle, reachOf, ringsOf } from "./drawgroups.js";
import { drawLabels } from "./drawnames.js";
import { viewOf, worldSize } from "./projection.js";

const CALM = 400; // up to so many events the groups are small: they need not hide each other's neighbours

/** Make the layer. `app` gives what is drawn: store, filter, places, shapes, reference, and say and theme for how. */
export function eventLayer(app) {
  const Layer = L.Layer.extend({
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "event-canvas leaflet-zoom-animated", map.getPane("events"));
      this.canvas.setAttribute("aria-hidden", "true");
      this.groups = [];
      this.redraw();
    },
    getEvents() {
      const still = () => this.redraw();
      return { viewreset: this.soon, move: this.soon, moveend: still, resize: still, zoomanim: this.follow };
    },
    /** While the map zooms, the picture is stretched; it is drawn anew at the end. */
    follow(event) {
      if (!this.drawnAt) return;
      const scale = this._map.getZoomScale(event.zoom, this.drawnAt.zoom);
      const corner = this._map._latLngToNewLayerPoint(this.drawnAt.corner, event.zoom, event.center);
      L.DomUtil.setTransform(this.canvas, corner, scale);
    },
    soon() {
      if (this.waiting || this._map._animatingZoom) return;
      this.waiting = requestAnimationFrame(() => {
        this.waiting = 0;
        this.redraw(true);
      });
    },
    /** Draw everything; while the map moves, the buttons at its edge stay as they are. */
    redraw(moving = false) {
      if (!this._map || this._map._animatingZoom || this.held) return;
      // what waits for the next frame is drawn with this
      cancelAnimationFrame(this.waiting);
      this.waiting = 0;
      draw(this, this._map, app, moving);
    },
    /** Do several things that each would draw, and draw once. */
    drawOnce(work) {
      const outer = this.held;
      this.held = true;
      work();
      this.held = outer;
      this.redraw();
    },
    /** The group under a point of the map, or null. */
    hit(point) {
      let best = null;
      let least = Number.POSITIVE_INFINITY;
      for (const group of this.groups) {
        const distance = Math.hypot(group.x - point.x, group.y - point.y) - group.reach;
        if (distance < 5 && distance < least) {
          best = group;
          least = distance;
        }
      }
      return best;
    },
    /** Spots and events of a group. */
    members(group) {
      return members(spotsOf(app), group, worldSize(this._map));
    },
  });
  return new Layer();
}

function spotsOf({ store, filter }) {
  return { x: store.x, y: store.y, spotEvent: store.spotEvent, category: store.category, vague: store.vague, failed: filter.failed };
}

function draw(layer, map, app, moving) {
  const context = prepared(layer, map);
  const view = viewOf(map);
  const { store } = app;
  const few = app.filter.drawn <= CALM;
  const spots = spotsOf(app);
  const groups = cluster(spots, view, { cell: few ? 40 : 56, apart: few ? 25 : 40, margin: 40, kinds: store.data.categories.length, reach: reachOf });
  for (const group of groups) group.reach = reachOf(group);
  stepAside(groups);
  layer.groups = groups;
  if (!moving) app.pointers.update(groups);
  const scene = { context, view, groups, spots, colours: app.theme.colours(), app, store };
  scene.rings = ringsOf(scene);
  drawShapes(scene);
  drawHalos(scene);
  drawLabels(scene);
  for (const group of groups) drawLeader(scene, group);
  for (const group of [...groups].sort((a, b) => b.vague - a.vague)) {
    if (group.count === 1) drawSingle(scene, group);
    else drawGroup(scene, group);
  }
  drawSelection(scene);
}

/** The layer's canvas over the whole view, empty, ready to be drawn on in CSS pixels. */
function prepared(layer, map) {
  const size = map.getSize();
  const ratio = globalThis.devicePixelRatio || 1;
  const { canvas } = layer;
  // on paper a canvas is its drawing commands, and where it was cleared it is white: for print it always begins anew
  const fresh = document.body.classList.contains("printing") || canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio);
  if (fresh) {
    canvas.width = Math.round(size.x * ratio);
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
  }
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  layer.drawnAt = { zoom: map.getZoom(), corner: map.containerPointToLatLng([0, 0]) };
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (!fresh) context.clearRect(0, 0, size.x, size.y);
  return context;
}
