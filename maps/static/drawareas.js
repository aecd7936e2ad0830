// Below the symbols: lines and areas that events refer to, and circles where a place is known only so far.

import { METRES_PER_PIXEL, toView } from "./projection.js";

/** Lines and areas that shown events refer to, each once. */
export function drawShapes({ context, view, app, store, colours }) {
  for (const [shape, info] of app.shapes.all()) {
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
      context.globalAlpha = 1;
      context.fillStyle = hatch(context, colour, info.selected ? 0.45 : 0.22);
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

const hatches = new Map();

/** A pattern of slanted lines; their strength is part of it, because printers leave it out of a pattern's surroundings. */
function hatch(context, colour, strength) {
  const key = `${colour} ${strength}`;
  if (!hatches.has(key)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.globalAlpha = strength;
    pen.strokeStyle = colour;
    pen.lineWidth = 1.4;
    pen.beginPath();
    for (const shift of [-8, 0, 8]) {
      pen.moveTo(shift, 8);
      pen.lineTo(shift + 8, 0);
    }
    pen.stroke();
    hatches.set(key, context.createPattern(tile, "repeat"));
  }
  return hatches.get(key);
}

/** A dashed, hatched circle at the true radius where a place is known only so far. */
export function drawHalos({ context, view, groups, app, store, colours }) {
  for (const group of groups) {
    if (!group.same) continue;
    const event = store.spotEvent[group.spot];
    if (store.shapeOf(event) >= 0) continue;
    const radius = app.places.radiusAt(group.spot, group.count);
    const latitude = store.lat(group.spot);
    const pixels = (radius / (METRES_PER_PIXEL * Math.cos((latitude * Math.PI) / 180))) * view.world;
    if (pixels < group.reach + 4 || pixels > Math.max(view.width, view.height)) continue;
    const colour = group.count === 1 ? colours.category[store.category[event]] : colours.neutral;
    const [x, y] = [store.x[group.spot] * view.world - view.west, store.y[group.spot] * view.world - view.north];
    context.beginPath();
    context.arc(x, y, pixels, 0, Math.PI * 2);
    context.save();
    context.fillStyle = hatch(context, colour, 0.2);
    context.fill();
    context.globalAlpha = 0.85;
    context.setLineDash([5, 4]);
    context.lineWidth = 1.4;
    context.strokeStyle = colour;
    context.stroke();
    context.restore();
  }
}
