// Puts names beside their places so that none covers another or a symbol; what finds no room is left out.

import { meets } from "./edge.js";

const GAP = 3;

/** Eight positions around a spot, the best first: right, left, above, below, then the corners. */
function positions(label) {
  const { x, y, width: w, height: h, reach: r } = label;
  return [
    [x + r, y - h / 2],
    [x - r - w, y - h / 2],
    [x - w / 2, y - r - h],
    [x - w / 2, y + r],
    [x + r * 0.8, y - r * 0.8 - h],
    [x + r * 0.8, y + r * 0.8],
    [x - r * 0.8 - w, y - r * 0.8 - h],
    [x - r * 0.8 - w, y + r * 0.8],
  ];
}

/**
 * Choose a position for each label, in the order given (the most important first).
 * `labels`: {x, y, width, height, reach}; `taken`: boxes [left, top, right, bottom]; `view`: {width, height}.
 * Returns for each label its [left, top], or null.
 */
export function arrange(labels, taken, view) {
  const grid = new Map();
  const size = 64;
  const cellsOf = function* (box) {
    for (let c = Math.floor(box[0] / size); c <= Math.floor(box[2] / size); c++) {
      for (let r = Math.floor(box[1] / size); r <= Math.floor(box[3] / size); r++) yield c * 4096 + r;
    }
  };
  const put = (box) => {
    for (const cell of cellsOf(box)) {
      if (!grid.has(cell)) grid.set(cell, []);
      grid.get(cell).push(box);
    }
  };
  const free = (box) => {
    for (const cell of cellsOf(box)) if (grid.get(cell)?.some((other) => meets(box, other))) return false;
    return true;
  };
  for (const box of taken) put(box);
  return labels.map((label) => {
    for (const [left, top] of label.centred ? [[label.x - label.width / 2, label.y - label.height / 2]] : positions(label)) {
      const box = [left - GAP, top - 1, left + label.width + GAP, top + label.height + 1];
      if (box[0] < 0 || box[1] < 0 || box[2] > view.width || box[3] > view.height || !free(box)) continue;
      put(box);
      return [left, top];
    }
    return null;
  });
}

/** Places on a line where its name may go, the best first: along its longest visible runs. `points`: [x, y]. */
export function alongLine(points, view, width) {
  const runs = [];
  let run = [];
  const close = () => {
    const long = length(run);
    if (long > width * 1.15) runs.push({ long, run });
    run = [];
  };
  for (const point of points) {
    if (point[0] > 8 && point[1] > 8 && point[0] < view.width - 8 && point[1] < view.height - 8) run.push(point);
    else close();
  }
  close();
  runs.sort((a, b) => b.long - a.long);
  return runs.slice(0, 2).flatMap((one) => [0.5, 0.3, 0.7, 0.15, 0.85].map((part) => spotOn(one, part, width)).filter(Boolean));
}

/** A spot at a share of a run, with the direction there; null where the line bends too much for a straight name. */
function spotOn({ long, run }, part, width) {
  const from = Math.max(0, Math.min(long - width, long * part - width / 2));
  const a = walk(run, from);
  const b = walk(run, from + width);
  if (Math.hypot(b[0] - a[0], b[1] - a[1]) < width * 0.8) return null;
  const middle = walk(run, from + width / 2);
  let angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
  if (angle > Math.PI / 2) angle -= Math.PI;
  if (angle < -Math.PI / 2) angle += Math.PI;
  // beside the chord, on the side away from the line's bulge
  const side = (middle[0] - a[0]) * -Math.sin(angle) + (middle[1] - a[1]) * Math.cos(angle) > 0 ? -1 : 1;
  return { x: (a[0] + b[0]) / 2 - Math.sin(angle) * 10 * side, y: (a[1] + b[1]) / 2 + Math.cos(angle) * 10 * side, angle };
}

function length(points) {
  let sum = 0;
  for (let at = 1; at < points.length; at++) sum += Math.hypot(points[at][0] - points[at - 1][0], points[at][1] - points[at - 1][1]);
  return sum;
}

function walk(points, distance) {
  let left = distance;
  for (let at = 1; at < points.length; at++) {
    const step = Math.hypot(points[at][0] - points[at - 1][0], points[at][1] - points[at - 1][1]);
    if (left <= step && step > 0) {
      const part = left / step;
      return [points[at - 1][0] + (points[at][0] - points[at - 1][0]) * part, points[at - 1][1] + (points[at][1] - points[at - 1][1]) * part];
    }
    left -= step;
  }
  return points[points.length - 1];
}
