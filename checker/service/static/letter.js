// The mail as a letter: headers, subject, body and attachments, with the words of the findings marked.

import { element, icon } from "./dom.js";
import { marksIn, pieces } from "./marks.js";
import { say } from "./words.js";

const HEADERS = ["from", "reply_to", "to", "cc", "bcc"];
const MOST_PEOPLE = 8;
const MOST_BODY = 40000; // characters shown at once
const BEYOND = 2000; // and behind the last mark
const MOST_SHOWN = 200000; // however far the last mark is: more makes a page slow
const WIDE = 120; // a mark longer than this is drawn lightly: it is about a passage, not about words

/** The letter. view: as /page/mail gives it. */
export function letter(view, findings) {
  return [
    element("h2", { class: "letter-subject" }, subject(view, findings)),
    element("dl", { class: "letter-headers" }, HEADERS.flatMap((part) => header(part, view.headers[part], findings))),
    element("div", { class: "letter-body" }, body(view.body, findings)),
    attachments(view.attachments, findings),
  ];
}

function subject(view, findings) {
  if (!view.subject) return element("span", { class: "nothing" }, say("mail.no-subject"));
  return marked(view.subject, 0, view.subject.length, marksIn(findings, "subject"));
}

function header(part, given, findings) {
  const wanted = part === "from" || part === "to";
  if (!given || (!given.text.trim() && !wanted)) return [];
  const marks = marksIn(findings, part);
  const people = given.mailboxes.length ? given.mailboxes : given.text.trim() ? [[0, given.text.length]] : [];
  const list = element("dd", {}, people.length ? crowd(given.text, people, marks)
    : element("span", { class: "nothing" }, say("mail.nobody")));
  return [element("dt", {}, say(`part.${part}`)), list];
}

/** The mailboxes; of many, the first ones and those with a finding of their own, and a button for the rest. */
function crowd(text, people, marks) {
  const chips = people.map(([start, end]) => element("span", { class: "person" }, marked(text, start, end, marks)));
  const singled = ([start, end]) => marks.some((mark) => mark.start >= start && mark.end <= end);
  const rest = chips.filter((_, i) => i >= MOST_PEOPLE && !singled(people[i]));
  if (rest.length < 2) return chips;
  rest.forEach((chip) => { chip.hidden = true; });
  const toggle = element("button", { type: "button", class: "quiet", "aria-expanded": "false" },
    say("mail.more", { n: rest.length }));
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-expanded") === "true";
    rest.forEach((chip) => { chip.hidden = open; });
    toggle.setAttribute("aria-expanded", String(!open));
    toggle.textContent = open ? say("mail.more", { n: rest.length }) : say("mail.fewer");
  });
  return [...chips, toggle];
}

function body(given, findings) {
  if (!given.text.trim()) return element("p", { class: "nothing" }, say("mail.no-body"));
  const marks = marksIn(findings, given.part, given.hidden);
  const wanted = Math.min(MOST_SHOWN, Math.max(MOST_BODY, ...marks.map((mark) => mark.end + BEYOND)));
  const shown = given.text.length > wanted ? wanted : given.text.length;
  const zones = element("div", { class: "zones" }, zonesUpTo(given, marks, 0, shown));
  return [given.part === "html" ? element("p", { class: "note" }, say("mail.html")) : null, zones,
    shown < given.text.length ? rest(given, marks, zones, shown) : null];
}

function rest(given, marks, zones, shown) {
  const note = element("p", { class: "note" }, say("mail.long"), " ");
  note.append(element("button", {
    type: "button", class: "quiet", onclick: () => {
      zones.append(...zonesUpTo(given, marks, shown, given.text.length));
      note.remove();
    },
  }, say("mail.rest")));
  return note;
}

function zonesUpTo(given, marks, from, to) {
  const zones = given.zones.length ? given.zones : [["own", 0, given.text.length]];
  return zones
    .map(([kind, start, end], i) => [kind, i ? start : 0, i + 1 < zones.length ? zones[i + 1][1] : Math.max(end, given.text.length)])
    .map(([kind, start, end]) => [kind, Math.max(start, from), Math.min(end, to)])
    .filter(([, start, end]) => end > start)
    .map(([kind, start, end]) => zone(kind, given.text, start, end, marks));
}

function zone(kind, text, from, to, marks) {
  const [start, end] = trimmed(text, from, to, marks);
  const words = element("div", { class: "words" }, marked(text, start, end, marks));
  if (kind === "own") return element("div", { class: "zone zone-own" }, words);
  const label = element("p", { class: "zone-label" }, say(`mail.zone-${kind}`));
  return element("div", { class: `zone zone-${kind}` }, label, words);
}

/** A zone without the blank lines round it, unless a finding points at them. */
function trimmed(text, start, end, marks) {
  const words = text.slice(start, end);
  const first = Math.min(start + words.length - words.trimStart().length, ...marks.filter((m) => m.end > start).map((m) => Math.max(start, m.start)));
  const last = Math.max(end - words.length + words.trimEnd().length, ...marks.filter((m) => m.start < end).map((m) => Math.min(end, m.end)));
  return [Math.max(start, text.lastIndexOf("\n", first - 1) + 1), Math.max(first, last)];
}

function attachments(files, findings) {
  if (!files.length) return null;
  const items = files.map((file, index) => attachment(file, findings.filter((f) => f.span.attachment === index)));
  return element("section", { class: "letter-files", "aria-label": say("mail.attachments") },
    element("h3", {}, say("mail.attachments")), element("ul", {}, items));
}

function attachment(file, findings) {
  const whole = findings.filter((finding) => !finding.span.cell);
  const places = findings.filter((finding) => finding.span.cell)
    .map((finding) => element("li", {}, link(finding, [finding], `${finding.span.cell}  ${finding.text.trim()}`)));
  const name = file.name || "—";
  return element("li", {}, icon("clip"), element("span", { class: "file-name" }, whole.length ? link(whole[0], whole, name) : name),
    file.size >= 0 ? element("span", { class: "file-size" }, sized(file.size)) : null,
    places.length ? element("ul", { class: "file-places" }, places) : null);
}

function sized(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A stretch of text as nodes, the words of findings as links to them. */
export function marked(text, start, end, marks) {
  return pieces(start, end, marks).map((piece) => {
    const words = text.slice(piece.start, piece.end);
    return piece.findings.length ? link(piece.findings[0], piece.findings, words) : document.createTextNode(words);
  });
}

function link(finding, findings, words) {
  const [start, end] = finding.span.readable_utf16;
  const wide = end - start > WIDE;
  return element("a", {
    class: `mark mark-${finding.severity}${wide ? " mark-wide" : ""}${finding.waived ? " mark-waived" : ""}`,
    href: `#finding-${finding.id}`,
    "data-findings": findings.map((one) => one.id).join(" "),
    "aria-describedby": `finding-${finding.id}-message`,
  }, words);
}
