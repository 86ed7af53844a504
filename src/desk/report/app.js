"use strict";
// Shows the documents, doubts first, and keeps the reviewer's decisions until they are saved to a file.
const labels = JSON.parse(document.getElementById("labels").textContent);
const documents = JSON.parse(document.getElementById("data").textContent);
const languages = { en: "English", ru: "Русский", kk: "Қазақша", zh: "中文" };
const statuses = ["fails", "doubtful", "unchecked", "passes"];
const pages = JSON.parse(document.getElementById("page-list").textContent);
const decisions = new Map();
let unsaved = false;
let language = (navigator.language || "en").slice(0, 2);
if (!(language in labels)) language = "en";

const byId = (id) => document.getElementById(id);
const word = (id) => labels[language][id] || id.replace(/^(ui|key|kind|status|reason|verdict|state|rule)_/, "").replaceAll("_", " ");
// A rule names the fields it compares; those of machine-readable zones have no label of their own.
const ruleWords = (rule) => labels[language]["rule_" + rule] || (rule.endsWith("_matches_mrz") ? word("key_" + rule.slice(0, -12)) + " / " + word("key_mrz") : word("rule_" + rule));
// Compared digit by digit: never broken over lines.
const numbers = new Set(["id_number", "iin", "bin", "document_number", "personal_number"]);
// Details are phrases, some with a value behind: "code of …", "off by 3 days".
const detailWords = (detail) => detail.split("; ").map((part) => {
  const known = (phrase) => labels[language]["detail_" + phrase.replace(/[,']/g, "").replaceAll(" ", "_")];
  if (known(part)) return known(part);
  for (let at = part.lastIndexOf(" "); at > 0; at = part.lastIndexOf(" ", at - 1)) {
    const head = known(part.slice(0, at));
    if (head) return head + ": " + part.slice(at + 1).replace(/ days$/, "");
  }
  // Or a number or a field's key before: "12 days early …", "name was read …".
  const first = part.split(" ", 1)[0];
  const tail = known(part.slice(first.length + 1));
  if (tail) return /^\d+$/.test(first) ? first + " " + tail : (labels[language]["key_" + first] || first) + ": " + tail;
  return part;
}).join("; ");
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
  return node;
}
const clock = (s) => new Date(Math.max(0, s) * 1000).toISOString().slice(11, 23);
const percent = (x) => (100 * x).toFixed(x >= 0.995 || x < 0.1 ? 1 : 0) + "\u00a0%";
const idOf = (d, i) => d.source.sha256 + "/" + d.number + "/" + i;
const decided = (review) => review && review.state !== "unreviewed";  // a note alone decides nothing
const decisionOf = (d, i) => decisions.get(idOf(d, i)) || (d.fields[i].review ? d.fields[i].review : null);

function worst(d) {
  let rank = 3;
  d.fields.forEach((f, i) => {
    if (f.key === "text" || decided(decisionOf(d, i))) return;
    rank = Math.min(rank, statuses.indexOf(f.status));
  });
  if (rank > 1 && d.checks.some((c) => c.verdict === "disagrees")) rank = 1;
  return statuses[rank];
}
// The order is taken once, so that a card does not jump away under the reviewer's hands.
const ordered = documents.map((d, at) => ({ d, at, worst: worst(d), doubts: d.fields.filter((f) => f.status === "fails" || f.status === "doubtful").length }));
ordered.sort((a, b) => statuses.indexOf(a.worst) - statuses.indexOf(b.worst) || b.doubts - a.doubts || a.at - b.at);

function decide(d, i, state, value, note) {
  const before = decisionOf(d, i) || {};
  decisions.set(idOf(d, i), {
    source_sha256: "SHA-256:" + d.source.sha256, document: d.number, field: i, key: d.fields[i].key, value_seen: d.fields[i].value,
    state, ...(state === "edited" ? { value } : {}), reviewer: byId("reviewer").value, note: note !== undefined ? note : before.note || "",
    reviewed_at: new Date().toISOString().slice(0, 19) + "Z",
  });
  unsaved = true;
  const row = document.getElementById(idOf(d, i));
  const fresh = fieldRow(d, i);
  row.replaceWith(fresh);
  fresh.focus({ preventScroll: true });
  count();
}

function ask(d, i, initial, done, emptyIsAnAnswer) {
  const row = document.getElementById(idOf(d, i));
  const box = make("input", { class: "edit-box", "aria-label": word("key_" + d.fields[i].key) });
  box.value = initial;
  const back = () => { row.replaceWith(fieldRow(d, i)); document.getElementById(idOf(d, i)).focus(); };
  box.addEventListener("keydown", (e) => {
    e.stopPropagation();
    if (e.key === "Enter") { if (box.value.trim() || emptyIsAnAnswer) done(box.value.trim()); else back(); }
    if (e.key === "Escape") back();
  });
  row.querySelector(".value-cell").append(box);
  box.focus();
  box.select();
}
const edit = (d, i) => ask(d, i, (decisionOf(d, i) || {}).value || d.fields[i].value, (value) => decide(d, i, "edited", value));
const annotate = (d, i) => ask(d, i, (decisionOf(d, i) || {}).note || "", (note) => {
  const now = decisionOf(d, i);
  decide(d, i, now ? now.state : "unreviewed", now ? now.value : undefined, note);
}, true);

function fieldRow(d, i) {
  const f = d.fields[i];
  const review = decisionOf(d, i);
  const state = decided(review) ? review.state : null;
  const crop = f.evidence && f.evidence.crop && d.pictures[f.evidence.crop];
  const others = f.alternatives.filter((a) => a.value !== f.value).map((a) => a.value + " (" + percent(a.confidence) + ")");
  const why = f.reasons.map((r) => word("reason_" + r));
  return make("tr", { class: "field", id: idOf(d, i), tabindex: 0, "data-document": d.number },
    make("th", { class: "key" }, word("key_" + f.key), f.subject ? " [" + f.subject + "]" : ""),
    make("td", { class: "crop" }, crop ? make("img", { src: crop, alt: "" }) : null),
    make("td", { class: "value-cell" },
      make("div", { class: "value" + (numbers.has(f.key) ? " number" : "") + (state === "edited" || state === "rejected" ? " struck" : "") }, f.value || "–"),
      state === "edited" ? make("div", { class: "edited" }, review.value) : null,
      f.raw && f.raw !== f.value ? make("div", { class: "raw" }, word("ui_raw") + ": " + f.raw) : null,
      others.length ? make("div", { class: "others" }, word("ui_alternatives") + ": " + others.join("; ")) : null,
      f.detail ? make("div", { class: "why" }, detailWords(f.detail)) : null,
      review && review.note ? make("div", { class: "note-text" }, word("ui_note") + ": " + review.note) : null),
    make("td", { class: "judged" },
      make("span", { class: "status " + f.status }, word("status_" + f.status)), " ", percent(f.confidence),
      f.seen ? make("div", { class: "why" }, word("ui_frames") + ": " + f.agree + "\u00a0/\u00a0" + f.seen) : null,
      f.evidence ? make("div", { class: "why" }, clock(f.evidence.time_s) + ", " + word("ui_frame") + " " + f.evidence.frame) : null,
      ...why.map((text) => make("div", { class: "why" }, "– " + text))),
    make("td", { class: "review" },
      state ? make("span", { class: "state" }, word("state_" + state), review.reviewer ? " · " + review.reviewer : "") : null,
      make("button", { onclick: () => decide(d, i, "accepted"), title: "A" }, word("ui_accept")),
      make("button", { onclick: () => edit(d, i), title: "E" }, word("ui_edit")),
      make("button", { onclick: () => decide(d, i, "rejected"), title: "R" }, word("ui_reject"))));
}

function card({ d, worst: status }) {
  const doc = d.document;
  const thumbnail = doc.thumbnail && d.pictures[doc.thumbnail];
  let figure = null;
  if (thumbnail) {
    figure = make("figure", {}, make("img", { src: thumbnail, alt: "" }));
    if (doc.quad && d.source.width) {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("viewBox", (doc.thumbnail_area || [0, 0, d.source.width, d.source.height]).join(" "));
      svg.setAttribute("preserveAspectRatio", "none");
      const outline = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
      outline.setAttribute("points", doc.quad.map((p) => p.join(",")).join(" "));
      svg.append(outline);
      figure.append(svg);
    }
  }
  const entry = d.catalogue && d.catalogue.entry_no;
  const rows = d.fields.map((f, i) => (f.key === "text" ? null : fieldRow(d, i)));
  const text = d.fields.find((f) => f.key === "text");
  return make("article", { class: status, "data-kind": doc.kind },
    make("h2", {}, make("span", {}, word("kind_" + doc.kind)), make("small", {}, d.source.name),
      entry ? make("small", {}, word("ui_entry") + " " + entry) : null,
      d.source.duration_s ? make("small", {}, clock(doc.first_seen_s) + " – " + clock(doc.last_seen_s)) : null,
      make("small", {}, word("ui_score") + " " + percent(doc.score)),
      make("small", {}, "SHA-256 " + d.source.sha256.slice(0, 12) + "…")),
    make("div", { class: "body" + (figure ? "" : " bare") }, figure,
      make("div", {}, make("table", {}, make("tbody", {}, ...rows.filter(Boolean))),
        make("ul", { class: "checks" }, ...d.checks.map((c) => make("li", { class: c.verdict },
          word("verdict_" + c.verdict) + ": " + ruleWords(c.rule) + (c.detail ? " (" + detailWords(c.detail) + ")" : "")))),
        text ? make("details", {}, make("summary", {}, word("key_text")), make("pre", {}, text.value)) : null)));
}

function show() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-label]")) node.textContent = word(node.dataset.label);
  const kind = byId("kind").value;
  const status = byId("status").value;
  fill("kind", [...new Set(documents.map((d) => d.document.kind))].sort(), "kind_", kind);
  fill("status", statuses, "status_", status);
  const shown = ordered.filter((o) => (!kind || o.d.document.kind === kind) &&
    (!status || o.d.fields.some((f) => f.key !== "text" && f.status === status)));
  byId("documents").replaceChildren(...shown.map(card));
  count(shown.length);
  byId("no-pictures").hidden = pages.masked || documents.some((d) => Object.keys(d.pictures).length);
  // The other pages of the same report, as files beside this one.
  byId("pages").replaceChildren(...(pages.names.length < 2 ? [] : [word("ui_page") + " ",
    ...pages.names.flatMap((name, i) => [i + 1 === pages.page ? make("b", {}, String(i + 1)) : make("a", { href: encodeURIComponent(name) }, String(i + 1)), " "])]));
}
function fill(id, values, prefix, chosen) {
  byId(id).replaceChildren(make("option", { value: "" }, word("ui_all")), ...values.map((v) => make("option", { value: v }, word(prefix + v))));
  byId(id).value = chosen;
}
let shownDocuments = 0;
function count(shown) {
  if (shown !== undefined) shownDocuments = shown;
  byId("count").textContent = shownDocuments + " / " + (pages.documents || documents.length) + " " + word("ui_documents") + ", " + decisions.size + " " + word("ui_decisions");
  byId("save").textContent = word("ui_save");
  byId("save").disabled = decisions.size === 0;
}
function exportDecisions() {
  return JSON.stringify({ schema: "kualik.review/1", reviewer: byId("reviewer").value, decisions: [...decisions.values()] }, null, 1) + "\n";
}
function save() {
  if (decisions.size === 0) return;
  const link = make("a", { href: URL.createObjectURL(new Blob([exportDecisions()], { type: "application/json" })), download: pages.page > 1 ? "decisions-" + pages.page + ".json" : "decisions.json" });
  link.click();
  URL.revokeObjectURL(link.href);
  unsaved = false;
}

document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
  const rows = [...document.querySelectorAll("tr.field")];
  const at = rows.indexOf(document.activeElement.closest("tr.field"));
  const go = (to) => { const row = rows[Math.max(0, Math.min(rows.length - 1, to))]; if (row) { row.focus(); row.scrollIntoView({ block: "nearest" }); } };
  const key = e.code.startsWith("Key") ? e.code.slice(3).toLowerCase() : e.key;  // the place on the keyboard, whatever the layout
  if (key === "j" || key === "ArrowDown") { e.preventDefault(); return go(at + 1); }
  if (key === "k" || key === "ArrowUp") { e.preventDefault(); return go(at - 1); }
  if (key === "s") return save();
  if (at < 0) return;
  const [hash, number, field] = rows[at].id.split("/");
  const d = documents.find((x) => x.source.sha256 === hash && x.number === Number(number));
  const i = Number(field);
  const actions = { a: () => decide(d, i, "accepted"), r: () => decide(d, i, "rejected"), e: () => edit(d, i), n: () => annotate(d, i), u: () => decide(d, i, "unreviewed", undefined, "") };
  if (key in actions) { e.preventDefault(); actions[key](); }
});
window.addEventListener("beforeunload", (e) => { if (unsaved) e.preventDefault(); });
byId("language").append(...Object.entries(languages).map(([code, name]) => make("option", { value: code }, name)));
byId("language").value = language;
byId("language").addEventListener("change", () => { language = byId("language").value; show(); });
byId("kind").addEventListener("change", show);
byId("status").addEventListener("change", show);
byId("save").addEventListener("click", save);
show();
