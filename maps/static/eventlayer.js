// Events on one canvas: areas and circles of uncertainty below, names, then symbols and groups.

import { cluster, members } from "./cluster.js";
import { alongLine, arrange } from "./labels.js";
import { drawSymbol, fillOf } from "./symbols.js";

const TURN = Math.PI * 2;
const FONT = '"Noto Sans", "Segoe UI", "Helvetica Neue", Arial, "Noto Sans Armenian", "DejaVu Sans", sans-serif';
const METRES_PER_PIXEL = 40075016.686; // around the equator; divided by the world's width in pixels
const RANK = { city: 1, town: 2, village: 4, lake: 3, sea: 3, reservoir: 5, region: 5, country: 2 };
const SETTLED = new Set(["city", "town", "village", "neighbourhood"]);

/** Make the layer. `app` gives store, filter, colours(), placeName(place), lines() and select(). */
export function eventLayer(app) {
  const Layer = L.Layer.extend({
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "event-canvas leaflet-zoom-animated", map.getPane("events"));
      this.canvas.setAttribute("aria-hidden", "true");
      this.groups = [];
      this.redraw();
    },
    getEvents() {
      return { viewreset: this.soon, move: this.soon, moveend: this.redraw, resize: this.redraw, zoomanim: this.follow };
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
        this.redraw();
      });
    },
    redraw() {
      if (!this._map || this._map._animatingZoom) return;
      draw(this, this._map, app);
    },
    /** What lies under a point of the map: {event} or {group}, or null. */
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
    members(group) {
      return members(app.spots(), group, worldSize(this._map));
    },
  });
  return new Layer();
}

function worldSize(map) {
  return 256 * 2 ** map.getZoom();
}

function draw(layer, map, app) {
  const size = map.getSize();
  const ratio = globalThis.devicePixelRatio || 1;
  const { canvas } = layer;
  const fresh = canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio);
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
  const corner = map.getPixelBounds().min;
  const view = { world: worldSize(map), west: corner.x, north: corner.y, width: size.x, height: size.y };
  const { store } = app;
  const few = app.filter.drawn <= 400;
  const groups = cluster(app.spots(), view, { cell: few ? 40 : 56, apart: few ? 25 : 40, margin: 40, kinds: store.data.categories.length, reach: reachOf });
  for (const group of groups) group.reach = reachOf(group);
  stepAside(groups);
  layer.groups = groups;
  const colours = app.colours();
  const scene = { context, view, groups, colours, app, store };
  drawShapes(scene);
  drawHalos(scene);
  drawLabels(scene);
  for (const group of groups) drawLeader(scene, group);
  for (const group of groups) {
    if (group.count === 1) drawSingle(scene, group);
    else drawGroup(scene, group);
  }
  drawSelection(scene);
}

function reachOf(group) {
  return group.count === 1 ? 9.5 : Math.min(22, 11 + 2.6 * Math.log2(group.count));
}

/**
 * Vague symbols step aside from precise ones that they would cover, and a thin line leads back to where they belong.
 * Precise symbols never move.
 */
function stepAside(groups) {
  const placed = groups.filter((group) => !group.vague);
  for (const group of groups.filter((one) => one.vague)) {
    const home = [group.x, group.y];
    for (let tries = 0; tries < 4; tries++) {
      const other = placed.find((one) => Math.hypot(one.x - group.x, one.y - group.y) < one.reach + group.reach - 1);
      if (!other) break;
      const away = Math.hypot(group.x - other.x, group.y - other.y);
      const angle = away < 2 ? Math.PI / 4 : Math.atan2(group.y - other.y, group.x - other.x);
      group.x = other.x + Math.cos(angle) * (other.reach + group.reach + 1);
      group.y = other.y + Math.sin(angle) * (other.reach + group.reach + 1);
      group.home = home;
    }
    placed.push(group);
  }
}

function drawLeader({ context, colours }, group) {
  if (!group.home) return;
  context.beginPath();
  context.moveTo(...group.home);
  context.lineTo(group.x, group.y);
  context.lineWidth = 1.2;
  context.strokeStyle = colours.edge;
  context.stroke();
}

/** Lines and areas that shown events refer to, each once. */
function drawShapes({ context, view, app, store, colours }) {
  for (const [shape, info] of app.shapesShown()) {
    const geometry = store.data.shapes[shape];
    const area = geometry.type.endsWith("Polygon");
    if (area && !info.selected && !info.hatched) continue;
    const colour = info.category < 0 ? colours.neutral : colours.category[info.category];
    context.beginPath();
    trace(context, geometry, view);
    context.lineWidth = info.selected ? 4 : area ? 1.5 : 7;
    context.setLineDash(area ? [6, 4] : []);
    context.globalAlpha = info.selected ? 0.9 : area ? 0.8 : 0.3;
    context.strokeStyle = colour;
    if (area) {
      context.save();
      context.globalAlpha = info.selected ? 0.45 : 0.22;
      context.fillStyle = hatch(context, colour);
      context.fill("evenodd");
      context.restore();
    }
    if (geometry.type !== "MultiPoint" && (!area || info.selected)) context.stroke();
    context.globalAlpha = 1;
    context.setLineDash([]);
  }
}

function trace(context, geometry, view) {
  const line = (points, close) => {
    points.forEach((position, at) => {
      const [x, y] = toView(position[0], position[1], view);
      if (at === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    if (close) context.closePath();
  };
  const { type, coordinates } = geometry;
  if (type === "LineString") line(coordinates, false);
  else if (type === "MultiLineString") for (const part of coordinates) line(part, false);
  else if (type === "Polygon") for (const ring of coordinates) line(ring, true);
  else if (type === "MultiPolygon") for (const part of coordinates) for (const ring of part) line(ring, true);
  else if (type === "GeometryCollection") for (const part of geometry.geometries) trace(context, part, view);
}

export function toView(lon, lat, view) {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [(lon / 360 + 0.5) * view.world - view.west, y * view.world - view.north];
}

const hatches = new Map();

function hatch(context, colour) {
  if (!hatches.has(colour)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = 1.4;
    pen.beginPath();
    for (const shift of [-8, 0, 8]) {
      pen.moveTo(shift, 8);
      pen.lineTo(shift + 8, 0);
    }
    pen.stroke();
    hatches.set(colour, context.createPattern(tile, "repeat"));
  }
  return hatches.get(colour);
}

/** A dashed, hatched circle at the true radius where a place is known only so far. */
function drawHalos({ context, view, groups, app, store, colours }) {
  for (const group of groups) {
    if (!group.same) continue;
    const event = store.spotEvent[group.spot];
    if (store.shapeOf(event) >= 0) continue;
    const radius = app.radiusAt(group.spot, group.count);
    const latitude = store.lat[group.spot];
    const pixels = (radius / (METRES_PER_PIXEL * Math.cos((latitude * Math.PI) / 180))) * view.world;
    if (pixels < group.reach + 4 || pixels > Math.max(view.width, view.height)) continue;
    const colour = group.count === 1 ? colours.category[store.category[event]] : colours.neutral;
    const [x, y] = [store.x[group.spot] * view.world - view.west, store.y[group.spot] * view.world - view.north];
    context.beginPath();
    context.arc(x, y, pixels, 0, TURN);
    context.save();
    context.globalAlpha = 0.2;
    context.fillStyle = hatch(context, colour);
    context.fill();
    context.globalAlpha = 0.85;
    context.setLineDash([5, 4]);
    context.lineWidth = 1.4;
    context.strokeStyle = colour;
    context.stroke();
    context.restore();
  }
}

function drawSingle({ context, app, store, colours }, group) {
  const event = store.spotEvent[group.spot];
  const category = store.data.categories[store.category[event]];
  const faint = app.faint(event);
  drawSymbol(context, category.shape, group.x, group.y, faint ? 7.5 : 9.5, fillOf(store.get(event, "verification")), {
    fill: colours.category[store.category[event]],
    edge: colours.edge,
    ground: colours.ground,
  }, faint);
}

/** A ring whose arcs are the categories, with the number of events; dashed outside where the place is vague. */
function drawGroup({ context, colours }, group) {
  const { x, y, reach, count, kinds, vague } = group;
  context.beginPath();
  context.arc(x, y, reach + 1.5, 0, TURN);
  context.fillStyle = colours.ground;
  context.fill();
  let angle = -Math.PI / 2;
  kinds.forEach((n, kind) => {
    if (!n) return;
    const end = angle + (n / count) * TURN;
    context.beginPath();
    context.arc(x, y, reach - 2.5, angle, end);
    context.lineWidth = 5;
    context.strokeStyle = colours.category[kind];
    context.stroke();
    angle = end;
  });
  context.beginPath();
  context.arc(x, y, reach + 0.6, 0, TURN);
  context.lineWidth = 1.2;
  context.strokeStyle = colours.edge;
  if (vague) context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = colours.text;
  context.font = `600 ${reach > 17 ? 12 : 11}px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(short(count), x, y + 0.5);
}

export function short(count) {
  if (count < 1000) return String(count);
  return count < 9950 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}

function drawSelection({ context, view, app, store, colours }) {
  const event = app.selected;
  if (event < 0 || !store.placed[event]) return;
  for (let spot = store.spotOf(event); spot >= 0 && store.spotEvent[spot] === event; spot++) {
    context.beginPath();
    context.arc(store.x[spot] * view.world - view.west, store.y[spot] * view.world - view.north, 17, 0, TURN);
    context.lineWidth = 5;
    context.strokeStyle = colours.ground;
    context.stroke();
    context.lineWidth = 2.5;
    context.strokeStyle = colours.accent;
    context.stroke();
  }
}

function drawLabels({ context, view, groups, app, store, colours }) {
  const taken = groups.map((group) => [group.x - group.reach, group.y - group.reach, group.x + group.reach, group.y + group.reach]);
  taken.push(...app.covered());
  const zoom = Math.log2(view.world / 256);
  const wanted = [];
  for (const place of store.data.places) {
    if (place.lon === null) continue;
    const events = app.eventsAt(place.id) || (app.marked(place.id) ? 1 : 0);
    if (!labelled(place, events, zoom)) continue;
    const [x, y] = toView(place.lon, place.lat, view);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const settled = SETTLED.has(place.kind);
    const name = app.placeName(place);
    const style = styleOf(place, events, colours);
    context.font = style.font;
    // a town whose own symbol has gone into a group beside it is named beside that group
    const group = nearest(groups, x, y, events ? 11 : 2);
    wanted.push({
      x: group ? group.x : x, y: group ? group.y : y, name, style, dot: settled && !group, centred: !settled && !group,
      width: context.measureText(name).width, height: style.size + 3, reach: group ? group.reach + 3 : settled ? 6 : 2,
      order: (events ? 0 : 10) + (RANK[place.kind] ?? 6) - (place.capital ? 0.5 : 0) - Math.min(0.4, events / 100),
    });
  }
  for (const label of app.lines()) drawLineName(context, label, view, taken, colours);
  wanted.sort((a, b) => a.order - b.order);
  const dots = wanted.filter((label) => label.dot).map((label) => [label.x - 3, label.y - 3, label.x + 3, label.y + 3]);
  const spots = arrange(wanted, [...taken, ...dots], view);
  context.textAlign = "left";
  context.textBaseline = "top";
  wanted.forEach((label, at) => {
    if (label.dot && (spots[at] || label.order < 10)) {
      context.fillStyle = colours.text;
      context.strokeStyle = colours.ground;
      context.lineWidth = 2;
      context.strokeRect(label.x - 2.5, label.y - 2.5, 5, 5);
      context.fillRect(label.x - 2.5, label.y - 2.5, 5, 5);
    }
    if (!spots[at]) return;
    context.font = label.style.font;
    write(context, label.name, spots[at][0], spots[at][1] + 1, label.style.colour, colours.ground);
  });
}

/** The group whose centre is nearest to a point and no farther from it than its own size and some room. */
function nearest(groups, x, y, room) {
  let best = null;
  let least = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    const distance = Math.hypot(group.x - x, group.y - y);
    if (distance < least && distance < group.reach + room) {
      best = group;
      least = distance;
    }
  }
  return best;
}

/** A line's name beside it, where it covers nothing; left out where there is no such spot. */
function drawLineName(context, label, view, taken, colours) {
  context.font = `italic 600 12px ${FONT}`;
  const width = context.measureText(label.name).width;
  for (const part of label.parts) {
    const points = part.map((position) => toView(position[0], position[1], view));
    for (const spot of alongLine(points, view, width)) {
      const boxes = alongBoxes(spot, width);
      if (boxes.some((box) => taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]))) continue;
      taken.push(...boxes);
      context.save();
      context.translate(spot.x, spot.y);
      context.rotate(spot.angle);
      context.textAlign = "center";
      context.textBaseline = "middle";
      write(context, label.name, 0, 0, colours.layer[label.layer] ?? colours.text, colours.ground);
      context.restore();
      return;
    }
  }
}

/** The room of slanted text as a row of small boxes: one box around all of it would claim far too much. */
function alongBoxes(spot, width) {
  const parts = Math.max(1, Math.ceil(width / 16));
  return Array.from({ length: parts }, (_, at) => {
    const along = ((at + 0.5) / parts - 0.5) * width;
    const [x, y] = [spot.x + Math.cos(spot.angle) * along, spot.y + Math.sin(spot.angle) * along];
    return [x - 9, y - 9, x + 9, y + 9];
  });
}

function labelled(place, events, zoom) {
  if (events) return true;
  if (place.kind === "country" || place.kind === "sea" || place.kind === "lake") return zoom < 10;
  if (place.kind === "city" || place.capital) return zoom >= 5;
  if (place.kind === "town") return zoom >= 8.2;
  return place.kind === "village" ? zoom >= 10.5 : false;
}

function styleOf(place, events, colours) {
  const water = ["lake", "sea", "reservoir", "river"].includes(place.kind);
  const size = place.kind === "city" || place.capital ? 13 : 12;
  if (place.kind === "country") return { size: 12, font: `600 12px ${FONT}`, colour: colours.quiet };
  if (water) return { size: 12, font: `italic 12px ${FONT}`, colour: colours.water };
  return { size, font: `${events ? 600 : 400} ${size}px ${FONT}`, colour: events ? colours.text : colours.quiet };
}

function write(context, text, x, y, colour, ground) {
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = ground;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
