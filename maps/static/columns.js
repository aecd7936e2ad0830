// Reads the tables that maps/columns.py writes.

/** A column as a function from row to value; `undefined` where the row has no such key. */
export function reader(column) {
  if (!column) return () => undefined;
  if ("k" in column) return () => column.k;
  // a list may be read only when it is first asked for, so it is not asked for here
  let list;
  if ("v" in column) return (row) => (list ??= column.v)[row];
  let index;
  return (row) => {
    list ??= column.u;
    index ??= column.i;
    return index[row] < 0 ? undefined : list[index[row]];
  };
}

/** The distinct values of a column and each row's index into them (-1: absent). */
export function coded(column, n) {
  if (!column) return { values: [], index: new Int32Array(n).fill(-1) };
  if ("k" in column) return { values: [column.k], index: new Int32Array(n) };
  if ("u" in column) return { values: column.u, index: new Int32Array(column.i) };
  const { v } = column;
  const known = new Map();
  const values = [];
  const index = new Int32Array(n);
  for (let row = 0; row < n; row++) {
    const value = v[row];
    let at = known.get(value);
    if (at === undefined) {
      at = values.push(value) - 1;
      known.set(value, at);
    }
    index[row] = at;
  }
  return { values, index };
}

/** Put one row together again, in the order of the columns. */
export function rowOf(table, row, prefix = "") {
  const result = {};
  for (const [key, column] of Object.entries(table.cols)) {
    if (!key.startsWith(prefix) || key === "#") continue;
    const value = reader(column)(row);
    if (value !== undefined) result[key.slice(prefix.length)] = value;
  }
  return result;
}

/** Where each row's children begin, from their counts: n + 1 numbers. */
export function offsets(column, n) {
  const count = reader(column);
  const result = new Int32Array(n + 1);
  for (let row = 0; row < n; row++) result[row + 1] = result[row] + (count(row) ?? 0);
  return result;
}
