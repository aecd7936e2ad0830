import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { coded, reader } from "../../maps/static/columns.js";
import { readData, unpack } from "../../maps/static/packed.js";

const part = (of, at, bytes) => ({ of, at, bytes });

function packed(data, bytes) {
  const header = new TextEncoder().encode(JSON.stringify(data));
  const all = new Uint8Array(4 + header.length + bytes.length);
  new DataView(all.buffer).setUint32(0, header.length, true);
  all.set(header, 4);
  all.set(bytes, 4 + header.length);
  return all;
}

const text = new TextEncoder().encode('["a","b"]');
const data = {
  title: "Т",
  events: { n: 3, cols: { id: { v: part("JSON", 0, 9) }, "p:far": { u: part("JSON", 0, 9), i: part("Int8", 9, 3) }, "p:k": { k: { of: "x" } } } },
  spots: { n: 2, event: part("Uint16", 12, 4), lon: { v: [1.5, 2] }, lat: { k: 3 } },
};
const bytes = packed(data, [...text, 1, 255, 0, 2, 1, 1, 1]);

test("lists beside the JSON come back in their width, wherever they begin", () => {
  const read = unpack(bytes.buffer);
  const far = read.events.cols["p:far"];
  assert.deepEqual([0, 1, 2].map(reader(far)), ["b", undefined, "a"]);
  assert.deepEqual([...coded(far, 3).index], [1, -1, 0]);
  assert.deepEqual([...read.spots.event], [258, 257]);
  assert.equal(read.title, "Т");
});

test("equal lists are one, and what every row shares is left alone", () => {
  const { cols } = unpack(bytes.buffer).events;
  assert.equal(cols.id.v, cols["p:far"].u);
  assert.deepEqual(cols["p:k"].k, { of: "x" });
});

test("the block is read compressed or plain", async () => {
  const plain = await readData({ type: "application/json", textContent: '{"title":"T"}' });
  assert.equal(plain.title, "T");
  const letters = gzipSync(bytes).toString("base64");
  const read = await readData({ type: "application/gzip", textContent: letters });
  assert.deepEqual([...read.spots.event], [258, 257]);
});
