// Shapes of event symbols, drawn on the canvas and in the legend from one description, in a box from -10 to 10.

import { svg } from "./dom.js";

export const PATHS = {
  triangle: "M0-9.5 10 8.5H-10Z",
  star: "M0-11 3-3.6 10.6-3.3 4.7 1.5 6.6 9 0 4.6-6.6 9-4.7 1.5-10.6-3.3-3-3.6Z",
  square: "M-8-8H8V8H-8Z",
  hexagon: "M-9.6 0-4.8-8.4H4.8L9.6 0 4.8 8.4H-4.8Z",
  diamond: "M0-10.5 10.5 0 0 10.5-10.5 0Z",
  cross: "M-3.6-9.5H3.6V-3.6H9.5V3.6H3.6V9.5H-3.6V3.6H-9.5V-3.6H-3.6Z",
  circle: "M0-9A9 9 0 0 1 0 9 9 9 0 0 1 0-9Z",
  pentagon: "M0-9.8 9.6-2.6 5.9 8.6H-5.9L-9.6-2.6Z",
};

const made = new Map();

function path(shape) {
  if (!made.has(shape)) made.set(shape, new Path2D(PATHS[shape]));
  return made.get(shape);
}

/** How a symbol is filled: by how many independent voices there are, and whether they contradict each other. */
export function fillOf(verification) {
  if (verification === "contested") return "half";
  return verification === "single_source" || !verification ? "hollow" : "full";
}

/** Draw a symbol: `colours` {fill, edge, ground}. */
export function drawSymbol(context, shape, x, y, radius, fill, colours, faint = false) {
  const scale = radius / 10;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.lineJoin = "round";
  const form = path(shape);
  context.lineWidth = 6;
  context.strokeStyle = colours.ground;
  context.stroke(form);
  if (faint) context.setLineDash([3.2, 2.6]);
  context.fillStyle = fill === "full" ? colours.fill : colours.ground;
  context.fill(form);
  if (fill !== "full") {
    context.save();
    context.clip(form);
    if (fill === "half") {
      context.fillStyle = colours.fill;
      context.fillRect(-12, -12, 12, 24);
    }
    context.setLineDash([]);
    context.lineWidth = 6.6;
    context.strokeStyle = colours.fill;
    context.stroke(form);
    context.restore();
  }
  context.lineWidth = 1.9;
  context.strokeStyle = colours.edge;
  context.stroke(form);
  context.restore();
}

/** The same symbol for the legend and the list; its colours come from the style sheet and the category. */
export function icon(category, fill = "full", size = 18) {
  const id = `clip-${category.key}-${fill}`;
  const form = PATHS[category.shape];
  const box = svg("svg", { viewBox: "-12 -12 24 24", width: size, height: size, class: `icon icon-${fill}`, "aria-hidden": "true" });
  box.style.setProperty("--light", category.light);
  box.style.setProperty("--dark", category.dark);
  if (fill === "full") box.append(svg("path", { d: form, class: "fill" }));
  else {
    box.append(svg("clipPath", { id }, svg("path", { d: form })), svg("path", { d: form, class: "ground" }));
    if (fill === "half") box.append(svg("rect", { x: -12, y: -12, width: 12, height: 24, class: "fill", "clip-path": `url(#${id})` }));
    box.append(svg("path", { d: form, class: "ring", "clip-path": `url(#${id})` }));
  }
  box.append(svg("path", { d: form, class: "edge" }));
  return box;
}
