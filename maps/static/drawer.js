// The evidence: for an event what is claimed, by whom, in which words; for a line or an area who asserts it, and when.

import { dayText, periodText, rangeText, toDay } from "./days.js";
import { byId, el, refill, safeLink, said } from "./dom.js";
import { eventButton, GrowingList } from "./chronology.js";
import { fillOf, icon } from "./symbols.js";
import { metres } from "./wording.js";

export class Drawer {
  constructor(app) {
    this.app = app;
    this.node = byId("drawer");
    byId("drawer-close").addEventListener("click", () => this.close());
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  get open() {
    return !this.node.hidden;
  }

  show(kind, children, focus = true) {
    if (!this.open) this.before = document.activeElement;
    this.kind = kind;
    this.node.hidden = false;
    document.body.classList.add("drawer-open");
    refill(byId("drawer-body"), children);
    byId("drawer-body").scrollTop = 0;
    if (focus) this.node.querySelector("h2").focus({ preventScroll: true });
  }

  close() {
    if (!this.open) return;
    this.node.hidden = true;
    document.body.classList.remove("drawer-open");
    this.app.select(-1);
    if (this.before?.isConnected) this.before.focus({ preventScroll: true });
  }

  event(row, focus) {
    const { app } = this;
    const { store } = app;
    const claims = store.claims(row);
    const category = store.data.categories[store.category[row]];
    const verification = store.get(row, "verification");
    const when = rangeText(store.start[row], store.end[row], store.get(row, "date_precision"));
    const group = store.get(row, "group");
    const same = group ? store.groupRows(group).filter((other) => other !== row) : [];
    this.show("event", [
      el("div", { class: "drawer-head" }, icon(category, fillOf(verification), 26), el("h2", { tabindex: "-1", text: app.say.typeText(row) })),
      el("p", { class: "badges" },
        el("span", { class: `badge badge-${badgeClass(verification)}`, text: app.say.word("verification", verification) }),
        store.get(row, "modality") === "occurred" ? null : el("span", { class: "badge", text: app.say.word("modality", store.get(row, "modality")) })),
      el("dl", {},
        this.pair("When", [when, this.quietly(this.whenNote(row))]),
        this.pair("Where", store.placed[row] || store.get(row, "place_name")
          ? [said(app.say.whereText(row)), this.names(row), this.quietly(app.say.precisionText(row))]
          : ["Not on the map"]),
        this.pair("Why this place", this.reason(store.get(row, "geo_reason"))),
        this.pair("Involved", (store.get(row, "actors") ?? []).length ? [said(store.get(row, "actors").map((actor) => app.say.nameOfId(actor)).join(", "))] : null)),
      figureTable(app, claims),
      el("h3", { text: claims.length === 1 ? "The claim" : `${claims.length} claims` }),
      claims.length ? el("ol", { class: "claims" }, claims.map((claim) => this.claim(claim))) : el("p", { class: "quiet", text: "The events file gives no claims for this event." }),
      same.length ? el("h3", { text: "Told in the same claim" }) : null,
      same.length ? el("ul", { class: "events" }, same.slice(0, 30).map((other) => el("li", {}, eventButton(app, other)))) : null,
      this.merged(store.get(row, "merged")),
      this.foreign(row),
    ], focus);
  }

  pair(term, parts) {
    const given = parts?.filter(Boolean);
    return given?.length ? [el("dt", { text: term }), el("dd", {}, given)] : null;
  }

  quietly(text) {
    return text ? el("span", { class: "quiet", text }) : null;
  }

  reason(text) {
    return text ? [said(text)] : null;
  }

  whenNote(row) {
    const { store } = this.app;
    const precision = this.app.say.word("date_precision", store.get(row, "date_precision"));
    return [precision, this.app.say.word("date_basis", store.get(row, "date_basis"))].filter(Boolean).join("; ");
  }

  names(row) {
    const place = this.app.store.placeOf.get(this.app.store.get(row, "place_id"));
    const written = this.app.store.get(row, "place_text");
    if (!place) return written ? this.quietly(`Written “${written}”`) : null;
    const all = this.app.say.allNames(place);
    return el("span", { class: "quiet" }, said(all), written ? [" – written “", said(written), "”"] : null);
  }

  claim(claim) {
    const { app } = this;
    const side = claim.claimant_side ? app.say.nameOfId(claim.claimant_side) : "";
    const figures = claim.casualties.map((figure) => app.say.figureText(figure)).join("; ");
    return el("li", { class: "claim" },
      el("p", { class: "claim-who" },
        el("b", {}, claim.claimant ? said(claim.claimant) : "The report itself"),
        ` ${app.say.word("act", claim.act) || "reports"}`,
        side ? el("span", { class: "quiet" }, " – speaks for ", said(side)) : null),
      claim.quote ? el("blockquote", {}, said(claim.quote)) : null,
      figures ? el("p", { class: "claim-figures" }, said(figures)) : null,
      el("p", { class: "claim-source" }, this.source(claim)),
      claim.reason || claim.trigger
        ? el("p", { class: "quiet" }, claim.trigger ? ["Read from “", said(claim.trigger), "”"] : null, claim.trigger && claim.reason ? "; " : null, claim.reason ? said(claim.reason) : null)
        : null);
  }

  source(claim) {
    const published = claim.published ? dayText(toDay(claim.published)) : "";
    const characters = Number.isInteger(claim.start) ? `, characters ${claim.start}–${claim.end}` : "";
    const where = claim.report ? claim.report + characters : "";
    return [
      claim.publisher ? said(claim.publisher) : null,
      claim.publisher && (claim.title || claim.url) ? ": " : null,
      claim.url ? safeLink(claim.url, claim.title || claim.url) : claim.title ? said(claim.title) : null,
      published ? `, ${published}` : null,
      where ? el("span", { class: "quiet file" }, said(where)) : null,
    ];
  }

  merged(sentences) {
    if (!Array.isArray(sentences) || sentences.length === 0) return null;
    return el("details", {}, el("summary", { text: "Why these claims are one event" }), el("ul", {}, sentences.map((sentence) => el("li", {}, said(sentence)))));
  }

  /** Properties that this program does not know: shown as they are. */
  foreign(row) {
    const { properties } = this.app.store.feature(row);
    const extra = Object.entries(properties).filter(([key, value]) => !KNOWN.has(key) && value !== null);
    if (!extra.length) return null;
    return el("details", {}, el("summary", { text: "Further properties" }),
      el("dl", {}, extra.map(([key, value]) => [el("dt", {}, said(key)), el("dd", {}, said(typeof value === "object" ? JSON.stringify(value) : value))])));
  }

  /** Everything at one spot. */
  group(title, rows) {
    const list = el("ul", { class: "events" });
    this.show("group", [el("div", { class: "drawer-head" }, el("h2", { tabindex: "-1" }, said(title))), el("p", { class: "quiet", text: `${rows.length} events` }), list]);
    new GrowingList(this.app, list).show(rows);
  }

  /** A gazetteer entry: every name with its language, kind, users and period, and the lines and areas that it has. */
  place(place) {
    const { app } = this;
    const own = app.data.reference.filter((one) => one.place === place.id);
    const cell = (text) => el("td", {}, said(text ?? ""));
    this.show("place", [
      el("div", { class: "drawer-head" }, el("h2", { tabindex: "-1" }, said(place.name))),
      el("dl", {},
        this.pair("Id", [said(place.id)]),
        this.pair("Kind", [said(place.kind.replaceAll("_", " "))]),
        this.pair("Position", place.lon === null ? null : [`${place.lat}, ${place.lon}`, this.quietly(place.precision_m ? `within ${metres(place.precision_m)}` : "")]),
        this.pair("Note", this.reason(place.note))),
      el("div", { class: "figures plain", tabindex: "0", role: "region", "aria-label": "Names" },
        el("table", {},
          el("caption", { text: "Names" }),
          el("thead", {}, el("tr", {}, ["Name", "Language", "Kind", "Used by", "Period"].map((text) => el("th", { scope: "col", text })))),
          el("tbody", {}, place.names.map(([text, lang, kind, users, since, until]) => el("tr", {},
            el("th", { scope: "row" }, said(text)), cell(lang), cell(kind), cell(users.replaceAll(",", ", ")), cell(since || until ? periodText(since, until) : "")))))),
      own.length ? el("h3", { text: "Lines and areas" }) : null,
      el("ul", {}, own.map((one) => el("li", {}, el("button", { class: "link", onclick: () => app.picking.openReference(one) }, said(one.label || place.name)), " ", this.quietly(periodText(one.since, one.until))))),
    ]);
  }

  reference(entry) {
    const { app } = this;
    const place = app.store.placeOf.get(entry.place);
    const others = app.data.reference.filter((one) => one.place === entry.place && one !== entry);
    this.show("reference", [
      el("div", { class: "drawer-head" }, el("h2", { tabindex: "-1" }, said(place ? app.say.placeName(place) : entry.place))),
      entry.label ? el("p", {}, said(entry.label)) : null,
      el("dl", {},
        this.pair("Holds", [periodText(entry.since, entry.until)]),
        this.pair("Asserted by", this.reason(entry.by)),
        this.pair("Source", this.reason(entry.source)),
        this.pair("Drawn to within", entry.precision_m ? [metres(entry.precision_m)] : null),
        this.pair("Names", place ? [said(app.say.allNames(place))] : null),
        this.pair("Note", this.reason(place?.note))),
      others.length ? el("h3", { text: "At other times, or as others say" }) : null,
      others.length ? el("ul", {}, others.map((one) => el("li", {}, el("button", { class: "link", onclick: () => app.picking.openReference(one) }, said(one.label || app.reference.title(one))), " ", this.quietly(periodText(one.since, one.until))))) : null,
      el("p", { class: "quiet", text: app.data.notes.boundary }),
    ]);
  }
}

const KNOWN = new Set([
  "event_type", "modality", "date_start", "date_end", "date_precision", "date_basis", "date_text", "place_id", "place_name", "place_text",
  "place_relation", "place_ids", "geo_precision", "uncertainty_m", "geo_reason", "actors", "verification", "group", "merged", "claims",
]);

function badgeClass(verification) {
  return verification === "contested" ? "contested" : verification === "single_source" ? "one" : "several";
}

/** Claimants against figures: rival numbers side by side, never added or averaged. */
function figureTable(app, claims) {
  const columns = new Map();
  const rows = new Map();
  for (const claim of claims) {
    for (const figure of claim.casualties) {
      const key = [figure.metric, figure.group, figure.side].join("|");
      if (!columns.has(key)) columns.set(key, figure);
      const who = claim.claimant || "The report itself";
      if (!rows.has(who)) rows.set(who, new Map());
      const cells = rows.get(who);
      if (!cells.has(key)) cells.set(key, []);
      const text = app.say.numberText(figure);
      if (!cells.get(key).includes(text)) cells.get(key).push(text);
    }
  }
  if (!columns.size) return null;
  const whats = [...columns].map(([key, figure]) => ({ key, text: app.say.columnText(figure) }));
  const whos = [...rows.keys()].map((who) => ({ key: who, text: who }));
  const cell = (who, what) => rows.get(who).get(what)?.join(" / ");
  // many figures of one or two claimants would not fit side by side: they go below each other
  return whos.length < 3 && whats.length > 3
    ? crossTable("Figure", whos, whats, (row, column) => cell(column, row))
    : crossTable("Claimant", whats, whos, cell);
}

function crossTable(corner, columns, rows, cell) {
  return el("div", { class: "figures", tabindex: "0", role: "region", "aria-label": "Figures by claimant" },
    el("table", {},
      el("caption", { text: "Figures, as each claimant gives them" }),
      el("thead", {}, el("tr", {}, el("th", { scope: "col", text: corner }), columns.map(({ text }) => el("th", { scope: "col" }, said(text))))),
      el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, said(row.text)),
        columns.map((column) => cellOf(cell(row.key, column.key))))))));
}

function cellOf(text) {
  return el("td", {}, text ? said(text) : el("span", { class: "quiet", text: "–", "aria-label": "no figure" }));
}
