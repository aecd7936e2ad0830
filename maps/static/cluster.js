// Groups spots that would cover each other, in one pass over typed arrays: it follows time and filters at every step.

/**
 * Group visible spots in a view.
 *
 * Spots are binned into square cells that are fixed to the world, so that groups do not flicker while the map moves;
 * neighbouring groups whose centres are closer than `apart` are joined. Precise and vague places are never joined:
 * a circle that says "here" must not swallow one that says "somewhere in this district".
 *
 * `view`: {west, north, width, height} with the corner in pixels of the world at scale `world` (pixels around the globe).
 * Returns groups {x, y (pixels in the view), count, kinds (events a category), vague, spot (one member), same (all members
 * at one position), cells}.
 */
export function cluster(spots, view, options) {
  const { x, y, spotEvent, category, vague, failed } = spots;
  const { world, west, north, width, height } = view;
  const { cell, apart, margin, kinds } = options;
  const firstColumn = Math.floor((west - margin) / cell);
  const firstRow = Math.floor((north - margin) / cell);
  const columns = Math.ceil((west + width + margin) / cell) - firstColumn + 1;
  const rows = Math.ceil((north + height + margin) / cell) - firstRow + 1;
  const size = columns * rows * 2;
  const count = new Int32Array(size);
  const sumX = new Float64Array(size);
  const sumY = new Float64Array(size);
  const member = new Int32Array(size);
  const same = new Uint8Array(size).fill(1);
  const kind = new Int32Array(size * kinds);
  const used = [];
  for (let spot = 0; spot < x.length; spot++) {
    const event = spotEvent[spot];
    if (failed[event] !== 0) continue;
    const px = x[spot] * world;
    const py = y[spot] * world;
    const column = Math.floor(px / cell) - firstColumn;
    const row = Math.floor(py / cell) - firstRow;
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
    const at = (row * columns + column) * 2 + vague[event];
    if (count[at]++ === 0) {
      used.push(at);
      member[at] = spot;
    } else if (same[at] && (x[spot] !== x[member[at]] || y[spot] !== y[member[at]])) same[at] = 0;
    sumX[at] += px;
    sumY[at] += py;
    kind[at * kinds + category[event]]++;
  }
  const groups = new Map();
  used.sort((a, b) => a - b);
  for (const at of used) {
    const group = {
      x: sumX[at] / count[at] - west,
      y: sumY[at] / count[at] - north,
      count: count[at],
      kinds: kind.slice(at * kinds, at * kinds + kinds),
      vague: at & 1,
      spot: member[at],
      same: same[at] === 1,
      cells: [at],
    };
    const near = neighbour(group, at, groups, columns, apart, spots);
    if (near) join(near, group, spots);
    else groups.set(at, group);
  }
  const apartNow = part([...groups.values()], spots, options.reach);
  return apartNow.map((group) => ({ ...group, grid: { firstColumn, firstRow, columns, cell } }));
}

/** Join groups of one kind whose symbols would cover each other by more than a quarter, until none do. */
function part(groups, spots, reach) {
  if (!reach) return groups;
  for (let again = true; again; ) {
    again = false;
    for (let at = 0; at < groups.length; at++) {
      const a = groups[at];
      for (let next = at + 1; next < groups.length; next++) {
        const b = groups[next];
        if (a.vague !== b.vague) continue;
        const room = 0.75 * (reach(a) + reach(b));
        if ((a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= room * room) continue;
        join(a, b, spots);
        groups[next] = groups[groups.length - 1];
        groups.pop();
        next--;
        again = true;
      }
    }
  }
  return groups;
}

function neighbour(group, at, groups, columns, apart, spots) {
  let best = null;
  let least = apart * apart;
  for (const step of [-2, -2 * columns, -2 * columns - 2, -2 * columns + 2]) {
    const other = groups.get(at + step);
    if (!other) continue;
    const distance = (other.x - group.x) ** 2 + (other.y - group.y) ** 2;
    const here = spots.x[other.spot] === spots.x[group.spot] && spots.y[other.spot] === spots.y[group.spot];
    if (distance < least || (here && other.same && group.same)) {
      least = distance;
      best = other;
    }
  }
  return best;
}

function join(into, group, spots) {
  const total = into.count + group.count;
  into.x = (into.x * into.count + group.x * group.count) / total;
  into.y = (into.y * into.count + group.y * group.count) / total;
  into.same &&= group.same && spots.x[into.spot] === spots.x[group.spot] && spots.y[into.spot] === spots.y[group.spot];
  into.count = total;
  into.kinds = into.kinds.map((value, at) => value + group.kinds[at]);
  into.cells.push(...group.cells);
}

/** The group that holds a spot, null where none in the view does. */
export function groupOf(spots, groups, spot, world) {
  if (!groups.length) return null;
  const { firstColumn, firstRow, columns, cell } = groups[0].grid;
  const column = Math.floor((spots.x[spot] * world) / cell) - firstColumn;
  const row = Math.floor((spots.y[spot] * world) / cell) - firstRow;
  if (column < 0 || column >= columns) return null;
  const at = (row * columns + column) * 2 + spots.vague[spots.spotEvent[spot]];
  return groups.find((group) => group.cells.includes(at)) ?? null;
}

/** The events of one group, without repeats. */
export function members(spots, group, world) {
  const { firstColumn, firstRow, columns, cell } = group.grid;
  const cells = new Set(group.cells);
  const found = [];
  for (let spot = 0; spot < spots.x.length; spot++) {
    const event = spots.spotEvent[spot];
    if (spots.failed[event] !== 0) continue;
    const column = Math.floor((spots.x[spot] * world) / cell) - firstColumn;
    const row = Math.floor((spots.y[spot] * world) / cell) - firstRow;
    if (column < 0 || column >= columns) continue;
    if (cells.has((row * columns + column) * 2 + spots.vague[event])) found.push({ spot, event });
  }
  return found;
}
