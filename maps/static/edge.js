// Where at the edge of the view a button goes that points to something outside it.

const STEP = 6;
const TRIES = 30; // to either side

/** Whether two boxes [left, top, right, bottom] share any room. */
export function meets(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/**
 * The corner [left, top] of a box of size [w, h] on the edge of a view of `size` {x, y}, towards the point [x, y] outside;
 * `rim` is the room kept free at the bottom. Where something is `taken` ([left, top, right, bottom]) the box moves along the
 * edge; null where nothing near is free.
 */
export function atEdge(size, [x, y], [w, h], taken, rim = 34) {
  const [dx, dy] = [x - size.x / 2, y - size.y / 2];
  const [across, down] = [(size.x / 2 - 14) / Math.abs(dx), (size.y / 2 - 22) / Math.abs(dy)];
  const part = Math.min(across, down);
  const within = (value, most) => Math.max(6, Math.min(most, value));
  const step = across < down ? [0, STEP] : [STEP, 0];
  for (let at = 0; at <= 2 * TRIES; at++) {
    const far = (at % 2 ? 1 : -1) * Math.ceil(at / 2);
    const left = within(size.x / 2 + dx * part - w / 2 + far * step[0], size.x - w - 6);
    const top = within(size.y / 2 + dy * part - h / 2 + far * step[1], size.y - h - rim);
    if (!taken.some((other) => meets([left - 2, top - 2, left + w + 2, top + h + 2], other))) return [left, top];
  }
  return null;
}
