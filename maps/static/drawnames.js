// Names of places beside their symbols, and names of lines along them.

import { meets } from "./edge.js";
import { alongLine, arrange } from "./labels.js";
import { toView } from "./projection.js";

export const FONT = '"Noto Sans", "Segoe UI", "Helvetica Neue", Arial, "Noto Sans Armenian", "DejaVu Sans", sans-serif';
const RANK = { city: 1, town: 2, village: 4, lake: 3, sea: 3, reservoir: 5, region: 5, country: 2 };
const SETTLED = new Set(["city", "town", "village", "neighbourhood"]);

export function drawLabels({ context, view, groups, rings, app, store, colours }) {
  const taken = [...groups.map(boxOf), ...rings.map(({ x, y, radius }) => boxOf({ x, y, reach: radius }))];
  taken.push(...app.frame.controls(), ...app.pointers.boxes);
  const zoom = Math.log2(view.world / 256);
  const wanted = [];
  for (const place of store.data.places) {
    if (place.lon === null) continue;
    const events = app.places.eventsAt(place.id) || (store.data.focus.includes(place.id) ? 1 : 0);
    if (!labelled(place, events, zoom)) continue;
    const [x, y] = toView(place.lon, place.lat, view);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const settled = SETTLED.has(place.kind);
    const name = app.say.placeName(place);
    const style = styleOf(place, events, colours);
    context.font = style.font;
    // a town whose own symbol has gone into a group beside it is named beside that group
    const group = nearest(groups, x, y, events ? 11 : 2);
    const ring = group && rings.find((one) => one.group === group);
    wanted.push({
      x: group ? group.x : x, y: group ? group.y : y, name, style, dot: settled && !group, centred: !settled && !group,
      width: context.measureText(name).width, height: style.size + 3, reach: ring ? ring.radius + 4 : group ? group.reach + 3 : settled ? 6 : 2,
      order: (events ? 0 : 10) + (RANK[place.kind] ?? 6) - (place.capital ? 0.5 : 0) - Math.min(0.4, events / 100),
    });
  }
  for (const label of app.reference.labels()) drawLineName(context, label, view, taken, colours);
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

/** The room that a group's symbol takes. */
export function boxOf({ x, y, reach }) {
  return [x - reach, y - reach, x + reach, y + reach];
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
      if (boxes.some((box) => taken.some((other) => meets(box, other)))) continue;
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
