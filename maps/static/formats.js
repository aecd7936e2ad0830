// What is shown, as files: GeoJSON, CSV (a row a claim) and KML.

const CSV_COLUMNS = [
  "id", "event_type", "modality", "date_start", "date_end", "date_precision", "place_id", "place_name", "place_text",
  "place_relation", "geo_precision", "uncertainty_m", "lat", "lon", "geo_reason", "verification", "claimant", "act",
  "casualties", "quote", "publisher", "published", "title", "url", "report",
];

export function toGeoJson(features) {
  return `${JSON.stringify({ type: "FeatureCollection", features }, null, 1)}\n`;
}

/** One row a claim, so that rival figures stay apart; an event without claims has one row. */
export function toCsv(features) {
  const rows = [CSV_COLUMNS];
  for (const feature of features) {
    const { properties, geometry } = feature;
    const [lon, lat] = geometry?.type === "Point" ? geometry.coordinates : ["", ""];
    for (const claim of properties.claims?.length ? properties.claims : [{}]) {
      const all = { ...properties, ...claim, id: feature.id, lat, lon, casualties: (claim.casualties ?? []).map(figureText).join("; ") };
      rows.push(CSV_COLUMNS.map((column) => all[column] ?? ""));
    }
  }
  return rows.map((row) => row.map(csvCell).join(",")).join("\r\n").concat("\r\n");
}

function figureText(figure) {
  const number = figure.text || [figure.qualifier, figure.best ?? figure.low ?? ""].filter((part) => part !== "").join(" ");
  return [number, figure.metric, figure.group === "unknown" ? "" : figure.group, figure.side].filter(Boolean).join(" ");
}

/** A cell that no spreadsheet takes for a formula. */
function csvCell(value) {
  let text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (typeof value !== "number" && /^[=+\-@\t\r＝＋－＠]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function toKml(features, title, nameOf) {
  const marks = features.filter((feature) => feature.geometry).map((feature) => placemark(feature, nameOf(feature)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>${xml(title)}</name>`,
    ...marks,
    "</Document></kml>\n",
  ].join("\n");
}

function placemark({ properties, geometry }, name) {
  const claims = (properties.claims ?? []).map((claim) => [claim.claimant, claim.quote, claim.publisher, claim.url].filter(Boolean).join(" | "));
  const time = properties.date_start
    ? `<TimeSpan><begin>${xml(properties.date_start)}</begin><end>${xml(properties.date_end ?? properties.date_start)}</end></TimeSpan>`
    : "";
  return `<Placemark><name>${xml(name)}</name><description>${xml(claims.join("\n\n"))}</description>${time}${kmlGeometry(geometry)}</Placemark>`;
}

const kmlPositions = (list) => list.map((position) => `${position[0]},${position[1]}`).join(" ");

function kmlGeometry(geometry) {
  const { type, coordinates } = geometry;
  const ring = (points) => `<LinearRing><coordinates>${kmlPositions(points)}</coordinates></LinearRing>`;
  if (type === "Point") return `<Point><coordinates>${kmlPositions([coordinates])}</coordinates></Point>`;
  if (type === "LineString") return `<LineString><coordinates>${kmlPositions(coordinates)}</coordinates></LineString>`;
  if (type === "Polygon") {
    const [outer, ...inner] = coordinates;
    const holes = inner.map((hole) => `<innerBoundaryIs>${ring(hole)}</innerBoundaryIs>`).join("");
    return `<Polygon><outerBoundaryIs>${ring(outer)}</outerBoundaryIs>${holes}</Polygon>`;
  }
  const parts = type === "GeometryCollection" ? geometry.geometries : coordinates.map((part) => ({ type: type.slice(5), coordinates: part }));
  return `<MultiGeometry>${parts.map(kmlGeometry).join("")}</MultiGeometry>`;
}

/** Text for XML: markup escaped, characters that XML 1.0 does not allow replaced. */
function xml(text) {
  const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
  return Array.from(String(text ?? ""), (letter) => (allowed(letter.codePointAt(0)) ? (escapes[letter] ?? letter) : "\ufffd")).join("");
}

function allowed(code) {
  return code === 9 || code === 10 || code === 13 || (code >= 32 && code < 0xd800) || (code > 0xdfff && code < 0xfffe) || code > 0xffff;
}
