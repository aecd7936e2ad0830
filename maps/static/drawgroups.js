// Symbols of single events, rings of several, and the mark around the chosen one.

import { groupOf } from "./cluster.js";
import { FONT } from "./drawnames.js";
import { drawSymbol, fillOf } from "./symbols.js";

const TURN = Math.PI * 2;
const RING = 5; // pixels between a symbol and the ring around it

/** The radius of a group's symbol in pixels. */
export function reachOf(group) {
  return group.count === 1 ? 9.5 : Math.min(22, 11 + 2.6 * Math.log2(group.count));
}

export function drawLeader({ context, colours }, group) {
  if (!group.home) return;
  context.beginPath();
  context.moveTo(...group.home);
  context.lineTo(group.x, group.y);
  context.lineWidth = 1.2;
  context.strokeStyle = colours.edge;
  context.stroke();
}

export function drawSingle({ context, app, store, colours }, group) {
  const event = store.spotEvent[group.spot];
  const category = store.data.categories[store.category[event]];
  const faint = app.say.faint(event);
  drawSymbol(context, category.shape, group.x, group.y, faint ? 7.5 : 9.5, fillOf(store.get(event, "verification")), {
    fill: colours.category[store.category[event]],
    edge: colours.edge,
    ground: colours.ground,
  }, faint);
}

/** A ring whose arcs are the categories, with the number of events; dashed outside where the place is vague. */
export function drawGroup({ context, colours }, group) {
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

function short(count) {
  if (count < 1000) return String(count);
  return count < 9950 ? `${(count / 1000).toFixed(1)}k` : `${Math.round(count / 1000)}k`;
}

/** Where the chosen event is marked: {x, y, radius, group}, around the group that holds it where there is one. */
export function ringsOf({ view, groups, spots, app, store }) {
  const event = app.selected;
  const rings = [];
  if (event < 0 || !store.placed[event]) return rings;
  for (let spot = store.spotOf(event); spot >= 0 && store.spotEvent[spot] === event; spot++) {
    const group = groupOf(spots, groups, spot, view.world);
    const [x, y] = group ? [group.x, group.y] : [store.x[spot] * view.world - view.west, store.y[spot] * view.world - view.north];
    rings.push({ x, y, radius: Math.max(17, (group?.reach ?? 0) + RING), group });
  }
  return rings;
}

export function drawSelection({ context, rings, colours }) {
  for (const { x, y, radius } of rings) {
    context.beginPath();
    context.arc(x, y, radius, 0, TURN);
    context.lineWidth = 5;
    context.strokeStyle = colours.ground;
    context.stroke();
    context.lineWidth = 2.5;
    context.strokeStyle = colours.accent;
    context.stroke();
  }
}
