// The only place where text from data becomes part of the document: always as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. `props` are attributes; `on…` are listeners, `class`, `text`, `dataset` as named. */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** Make an SVG element. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") node.textContent = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A link only where the address is http or https; anything else stays text. */
export function safeLink(address, text) {
  const url = webAddress(address);
  if (!url) return el("span", { text: text || address });
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", text: text || url });
}

/** Return an http(s) address in its normal form, or an empty string. */
export function webAddress(address) {
  try {
    const url = new URL(String(address));
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
  } catch {
    return "";
  }
}

/** Text from data keeps its own direction: an Arabic or Persian title does not turn the line around it. */
export function said(text, props = {}) {
  return el("bdi", { ...props, text: String(text) });
}

export const byId = (id) => document.getElementById(id);

/** Put new children in place of the old ones. */
export function refill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return node;
}
