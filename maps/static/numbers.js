// Numbers as text.

/** A number with a comma before each three whole digits; toLocaleString takes long on a page that has just opened. */
export function withCommas(number) {
  const [whole, ...rest] = String(number).split(".");
  return [whole.replace(/\B(?=(\d{3})+$)/g, ","), ...rest].join(".");
}
