// Days as whole numbers since 1970-01-01 (UTC), and how they are written.

const DAY = 86400000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** Where no day is known. */
export const NO_DAY = -2147483648;

/** "2023-09-19" -> day number; a partial date ("2020-11", "1994") counts from its first day; else NO_DAY. */
export function toDay(iso) {
  const match = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso ?? "");
  if (!match) return NO_DAY;
  return Math.round(Date.UTC(+match[1], match[2] ? match[2] - 1 : 0, match[3] ? +match[3] : 1) / DAY);
}

export function toIso(day) {
  return day === NO_DAY ? "" : new Date(day * DAY).toISOString().slice(0, 10);
}

/** "19 Sep 2023" */
export function dayText(day) {
  if (day === NO_DAY) return "";
  const date = new Date(day * DAY);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A date range as it should be read: no more exact than it is known. */
export function rangeText(start, end, precision) {
  if (start === NO_DAY && end === NO_DAY) return "Date unknown";
  if (start === NO_DAY) return `until ${dayText(end)}`;
  if (end === NO_DAY) return `from ${dayText(start)}`;
  const a = new Date(start * DAY);
  const b = new Date(end * DAY);
  if (precision === "year" && a.getUTCFullYear() === b.getUTCFullYear()) return String(a.getUTCFullYear());
  const sameMonth = a.getUTCFullYear() === b.getUTCFullYear() && a.getUTCMonth() === b.getUTCMonth();
  if (precision === "month" && sameMonth) return `${MONTHS[a.getUTCMonth()]} ${a.getUTCFullYear()}`;
  if (start === end) return dayText(start);
  if (sameMonth) return `${a.getUTCDate()}–${dayText(end)}`;
  if (a.getUTCFullYear() === b.getUTCFullYear()) return `${a.getUTCDate()} ${MONTHS[a.getUTCMonth()]} – ${dayText(end)}`;
  return `${dayText(start)} – ${dayText(end)}`;
}

/** A gazetteer period ("1994-05-12", "2020-11-10" exclusive) in words. */
export function periodText(since, until) {
  if (since && until) return `${since} to ${until}`;
  if (since) return `from ${since}`;
  return until ? `until ${until}` : "no period given";
}

/** Short form for a label on the map: years only. */
export function yearsText(since, until) {
  if (!since && !until) return "";
  const a = since ? since.slice(0, 4) : "";
  const b = until ? until.slice(0, 4) : "";
  return a === b ? a : `${a}–${b}`;
}

/** Tell whether a gazetteer period (end exclusive) touches the days from `first` to `last`. */
export function touches(since, until, first, last) {
  const from = toDay(since);
  const to = toDay(until);
  return (from === NO_DAY || from <= last) && (to === NO_DAY || to > first);
}

/** A step that gives at most `most` bins over `days`: 1, 7, about a month, about a year, or more. */
export function binDays(days, most) {
  return [1, 2, 7, 14, 30, 91, 182, 365, 730, 1826].find((size) => days / size <= most) ?? 3652;
}
