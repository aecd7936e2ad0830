// Reads the data block: JSON, or what maps/pack.py wrote, compressed and in base64.

const ARRAYS = { Uint8: Uint8Array, Int8: Int8Array, Uint16: Uint16Array, Int16: Int16Array, Int32: Int32Array };

export async function readData(node) {
  const text = node.textContent;
  if (node.type !== "application/gzip") return JSON.parse(text);
  const unzipped = new DecompressionStream("gzip");
  const into = unzipped.writable.getWriter(); // a Blob's stream would take the bytes to another process and back
  const read = new Response(unzipped.readable).arrayBuffer();
  const [buffer] = await Promise.all([read, into.write(fromBase64(text)), into.close()]);
  return unpack(buffer);
}

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** The data; a list that lies beside the JSON is read when it is first asked for, and equal lists are one. */
export function unpack(buffer) {
  const begin = 4 + new DataView(buffer).getUint32(0, true);
  const data = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, begin - 4)));
  const read = new Map();
  const part = ({ of, at, bytes }) => {
    const key = `${of} ${at}`;
    if (!read.has(key)) read.set(key, list(of, buffer, begin + at, bytes));
    return read.get(key);
  };
  const tables = [data.events, data.claims, data.figures].flatMap((table) => Object.values(table?.cols ?? {}));
  for (const column of [...tables, data.shape, data.spots, data.spots?.lon, data.spots?.lat]) if (column) open(column, part);
  return data;
}

function list(kind, buffer, at, bytes) {
  if (kind === "JSON") return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, at, bytes)));
  return new ARRAYS[kind](buffer.slice(at, at + bytes)); // a copy begins where its width wants it to
}

/** Let a column's references to lists stand for the lists. */
function open(column, part) {
  for (const key of ["v", "u", "i", "event"]) {
    const found = column[key];
    if (!found?.of) continue;
    Object.defineProperty(column, key, { enumerable: true, get: () => part(found) });
  }
}
