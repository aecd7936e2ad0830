// Which of a place's names is written. Names stand side by side by rule (the alphabet), never by whose they are.

const KINDS = ["official", "endonym", "press", "exonym", "historical", "transliteration"];
const ENGLISH_KINDS = ["press", "exonym", "official", "endonym", "historical", "transliteration"];
const [TEXT, LANG, KIND, USERS, SINCE, UNTIL] = [0, 1, 2, 3, 4, 5];
const ENOUGH = 0.1;

const base = (lang) => lang.split("-")[0];

/** The modes on offer: as written, English press, every language that a tenth of the places has, and all of them. */
export function modes(places) {
  const having = new Map();
  for (const place of places) {
    for (const lang of new Set(place.names.map((name) => base(name[LANG])))) having.set(lang, (having.get(lang) ?? 0) + 1);
  }
  const languages = [...having].filter(([lang, n]) => lang !== "en" && n >= ENOUGH * places.length).map(([lang]) => lang);
  const offered = languages.map((lang) => ({ key: lang, label: languageName(lang) })).sort((a, b) => (a.label < b.label ? -1 : 1));
  return [{ key: "written", label: "As written" }, { key: "en", label: "English press" }, ...offered, { key: "all", label: "All names" }];
}

function languageName(lang) {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(lang) ?? lang;
  } catch {
    return lang;
  }
}

/** The name or names of a place in a mode; `day` (ISO) drops names that were not in use then, `written` is the source's. */
export function nameOf(place, mode, { day = null, written = "" } = {}) {
  if (mode === "written" && written) return written;
  if (mode === "written" || mode === "en") return english(place, day).join(" / ");
  if (mode === "all") {
    const languages = [...new Set(place.names.map((name) => base(name[LANG])))].filter((lang) => lang !== "en").sort();
    return [...new Set([...english(place, day), ...languages.flatMap((lang) => best(place, lang, day))])].join(" · ");
  }
  const own = best(place, mode, day);
  return own.length ? own.join(" / ") : english(place, day).join(" / ");
}

function inUse(place, day) {
  if (!day) return place.names;
  const current = place.names.filter((name) => (!name[SINCE] || name[SINCE] <= day) && (!name[UNTIL] || day < name[UNTIL]));
  return current.length ? current : place.names;
}

/** Kinds whose names describe them: "line of contact", "contact line". One is enough. */
const DESCRIBED = new Set(["line", "corridor", "area", "road", "railway", "river", "range"]);

function english(place, day) {
  if (DESCRIBED.has(place.kind)) return [place.name];
  const names = inUse(place, day).filter((name) => base(name[LANG]) === "en");
  return ofBestKind(names, ENGLISH_KINDS) ?? [place.name];
}

function best(place, lang, day) {
  return ofBestKind(inUse(place, day).filter((name) => base(name[LANG]) === lang), KINDS) ?? [];
}

/**
 * All rival names of the first kind that there is, in the order of the alphabet.
 * Of one user's names the first counts, which the entry prefers; of the press's, those that no party's name resembles.
 */
function ofBestKind(names, kinds) {
  for (const kind of kinds) {
    const ofKind = names.filter((name) => name[KIND] === kind);
    const parties = ofKind.filter((name) => name[USERS] !== "press");
    const kept = [...new Map([...parties].reverse().map((name) => [name[USERS], name[TEXT]])).values()];
    for (const name of ofKind) {
      if (name[USERS] === "press" && !kept.some((other) => alike(other, name[TEXT]))) kept.push(name[TEXT]);
    }
    if (kept.length) return [...new Set(kept)].sort();
  }
  return null;
}

/** Spellings of one name share most letters in order; names that different people gave do not. */
function alike(a, b) {
  const [x, y] = [a, b].map((text) => [...text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()]);
  let before = new Array(y.length + 1).fill(0);
  for (const letter of x) {
    const now = [0];
    y.forEach((other, at) => now.push(letter === other ? before[at] + 1 : Math.max(before[at + 1], now[at])));
    before = now;
  }
  return before[y.length] / Math.max(x.length, y.length) > 0.5;
}
