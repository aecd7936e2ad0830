// The state of the page in the part of the address after "#", so that a link shows what its sender saw.

/** State -> "#m=39.8,46.7,9&t=2023-09-19..2023-09-21&…"; what is at its default is left out. */
export function toFragment(state) {
  const parts = [];
  const add = (key, value) => value && parts.push(`${key}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":")}`);
  if (state.view) add("m", state.view.map((number, at) => number.toFixed(at === 2 ? 2 : 4)).join(","));
  if (state.time) add("t", state.time.join(".."));
  if (state.single) add("d", "1");
  add("c", state.categories?.join(","));
  for (const [facet, values] of Object.entries(state.facets ?? {})) add(`f.${facet}`, values === null ? "" : JSON.stringify(values));
  add("q", state.query);
  add("n", state.names);
  add("l", state.layers?.join(","));
  add("p", state.periods);
  add("e", state.event);
  add("s", state.theme);
  return parts.length ? `#${parts.join("&")}` : "";
}

/** The reverse; what cannot be read is left out rather than failing: links get cut when they are mailed. */
export function fromFragment(fragment) {
  const state = { facets: {} };
  for (const part of fragment.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    const key = part.slice(0, at);
    const value = decoded(part.slice(at + 1));
    if (value === null) continue;
    if (key === "m") {
      const view = value.split(",").map(Number);
      if (view.length === 3 && view.every(Number.isFinite)) state.view = view;
    } else if (key === "t") {
      const match = /^(-?\d{4}-\d\d-\d\d)\.\.(-?\d{4}-\d\d-\d\d)$/.exec(value);
      if (match) state.time = [match[1], match[2]];
    } else if (key === "d") state.single = true;
    else if (key === "c") state.categories = value.split(",");
    else if (key === "l") state.layers = value.split(",");
    else if (key.startsWith("f.")) {
      const values = parsed(value);
      if (Array.isArray(values)) state.facets[key.slice(2)] = values;
    } else if (key === "q") state.query = value;
    else if (key === "n") state.names = value;
    else if (key === "p") state.periods = value;
    else if (key === "e") state.event = value;
    else if (key === "s") state.theme = value;
  }
  return state;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
