import assert from "node:assert/strict";
import { test } from "node:test";
import { toCsv, toGeoJson, toKml } from "../../maps/static/formats.js";

const feature = {
  type: "Feature", id: "e1", geometry: { type: "Point", coordinates: [46.75, 39.82] },
  properties: { event_type: "shelling", date_start: "2023-09-19", date_end: "2023-09-19", claims: [
    { quote: '=cmd|"x",\ny', claimant: "A & B <c>", casualties: [{ metric: "killed", group: "total", side: null, text: "two" }] },
    { quote: "second", claimant: null, casualties: [] },
  ] },
};
const nothing = { type: "Feature", id: 2, geometry: null, properties: {} };

test("GeoJSON gives the features back", () => {
  assert.deepEqual(JSON.parse(toGeoJson([feature, nothing])).features, [feature, nothing]);
});

test("CSV has a row a claim, quotes cells, and lets no spreadsheet run one", () => {
  const text = toCsv([feature, nothing]);
  assert.equal(text.match(/\r\n/g).length, 4);
  assert.ok(text.includes(`"'=cmd|""x"",\ny"`));
  assert.ok(text.includes("39.82,46.75"));
  assert.equal(toCsv([]).split("\r\n").length, 2);
});

test("KML escapes markup, leaves out what has no place, and takes every kind of geometry", () => {
  const text = toKml([feature, nothing], "A & B", () => "<name>\u0000");
  assert.ok(text.includes("<name>A &amp; B</name>") && text.includes("<name>&lt;name&gt;\ufffd</name>"));
  assert.equal(text.match(/<Placemark>/g).length, 1);
  const ring = [[0, 0], [1, 0], [1, 1], [0, 0]];
  for (const geometry of [
    { type: "LineString", coordinates: ring }, { type: "Polygon", coordinates: [ring, ring] }, { type: "MultiPoint", coordinates: ring },
    { type: "MultiPolygon", coordinates: [[ring]] }, { type: "GeometryCollection", geometries: [{ type: "Point", coordinates: [1, 2] }] },
  ]) assert.match(toKml([{ ...feature, geometry }], "t", () => "n"), /<coordinates>[\d., ]+<\/coordinates>/);
});
