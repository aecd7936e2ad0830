// From degrees to pixels of the view, as Leaflet does it (Web Mercator).

export const METRES_PER_PIXEL = 40075016.686; // around the equator; divided by the world's width in pixels

/** The map's view: the world's width in pixels, and the corner and size of what is seen of it. */
export function viewOf(map) {
  const { x: width, y: height } = map.getSize();
  const corner = map.getPixelBounds().min;
  return { world: worldSize(map), west: corner.x, north: corner.y, width, height };
}

export function worldSize(map) {
  return 256 * 2 ** map.getZoom();
}

export function toView(lon, lat, view) {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [(lon / 360 + 0.5) * view.world - view.west, y * view.world - view.north];
}

/** The latitude as a fraction of the world, 0 to 1, north up; the poles are cut off. */
export function mercatorY(lat) {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
