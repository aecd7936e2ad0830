// Vague symbols make room for precise ones.

const TURNS = 12;
const FARTHER = [0, 12, 24]; // pixels beyond touching

/**
 * Vague symbols step aside from precise ones that they would cover, and from each other; `home` is where they belong, and
 * a thin line leads back there. Precise symbols never move. Where nothing near is free a symbol stays.
 */
export function stepAside(groups) {
  const placed = groups.filter((group) => !group.vague);
  for (const group of groups) {
    if (!group.vague) continue;
    const spot = freeSpot(group, placed);
    if (spot) {
      group.home = [group.x, group.y];
      [group.x, group.y] = spot;
    }
    placed.push(group);
  }
}

/** Where a group covers no other: around the one it covers, the nearest first; null where it covers none, or always one. */
function freeSpot(group, placed) {
  const coveredFrom = (x, y) => placed.find((one) => Math.hypot(one.x - x, one.y - y) < one.reach + group.reach - 1);
  const other = coveredFrom(group.x, group.y);
  if (!other) return null;
  const away = Math.hypot(group.x - other.x, group.y - other.y);
  const outward = away < 2 ? Math.PI / 4 : Math.atan2(group.y - other.y, group.x - other.x);
  for (const farther of FARTHER) {
    const distance = other.reach + group.reach + 1 + farther;
    for (let turn = 0; turn < TURNS; turn++) {
      const angle = outward + (turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * ((2 * Math.PI) / TURNS);
      const spot = [other.x + Math.cos(angle) * distance, other.y + Math.sin(angle) * distance];
      if (!coveredFrom(...spot)) return spot;
    }
  }
  return null;
}
