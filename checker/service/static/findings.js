// The findings beside the letter: what is wrong, why, what to write instead, and what can be done about it.

import { element, icon } from "./dom.js";
import { rule } from "./service.js";
import { facts, has, language, say } from "./words.js";

const ALIKE = 3; // findings of one rule that are shown; the rest behind a button

/** The list of cards. actions: {apply, show, override, feedback}, each given the finding; override may be null. */
export function cards(report, view, actions) {
  const seen = new Map();
  const items = report.findings.map((finding) => {
    const card = cardOf(finding, report, view, actions);
    const group = seen.get(finding.rule) ?? [];
    seen.set(finding.rule, [...group, card]);
    return card;
  });
  for (const group of seen.values()) foldAlike(group);
  return items;
}

function foldAlike(group) {
  const rest = group.slice(ALIKE);
  if (rest.length < 2) return;
  rest.forEach((card) => { card.hidden = true; });
  const more = element("button", {
    type: "button", class: "quiet more", onclick: () => {
      unfold(rest);
      rest[0].focus();
    },
  }, say("finding.more", { n: rest.length }));
  group[ALIKE - 1].append(more);
  rest.forEach((card) => card.addEventListener("unfold", () => unfold(rest)));

  function unfold(some) {
    some.forEach((card) => { card.hidden = false; });
    more.remove();
  }
}

function cardOf(finding, report, view, actions) {
  const id = `finding-${finding.id}`;
  return element("li", {
    class: `card card-${finding.severity}${finding.waived ? " card-waived" : ""}`, id, tabindex: "-1",
    "data-rule": finding.rule, "aria-labelledby": `${id}-message`,
  },
    element("p", { class: "card-head" },
      element("span", { class: `severity severity-${finding.severity}` }, icon(finding.severity), say(`severity.${finding.severity}`)),
      place(finding, view, actions),
      finding.waived ? element("span", { class: "badge" }, say("finding.waived")) : null),
    element("p", { class: "card-message", id: `${id}-message` }, finding.message),
    finding.edits.length ? preview(finding, view) : suggestion(finding),
    element("div", { class: "card-actions" }, buttons(finding, report, actions)),
    why(finding),
    telling(finding, report, actions));
}

function place(finding, view, actions) {
  const words = placeWords(finding);
  if (!stands(finding, view)) return element("span", { class: "card-place" }, words);
  return element("a", {
    class: "card-place", href: "#letter", title: say("finding.show"),
    onclick: (event) => { event.preventDefault(); actions.show(finding); },
  }, words);
}

function placeWords(finding) {
  const { part, name, cell, line } = finding.span;
  if (part === "attachment") return say(cell ? "part.cell" : "part.attachment", { name: name ?? "", cell });
  if (part === "html" || part === "text") return say("part.body", { n: line });
  return has(`part.${part}`) ? say(`part.${part}`) : say("part.mail");
}

function stands(finding, view) {
  const [start, end] = finding.span.readable_utf16;
  return end > start && (finding.span.part !== "html" && finding.span.part !== "text" || finding.span.part === view.body.part);
}

function suggestion(finding) {
  if (!finding.suggestion) return null;
  return element("p", { class: "card-instead" }, element("span", { class: "label" }, say("finding.instead")), finding.suggestion);
}

/** What stands there and what would. The report masks sensitive words; here is the letter's reader, who wrote them. */
function preview(finding, view) {
  const after = replacement(finding);
  const before = stands(finding, view) ? wordsAt(finding.span, view) : "";
  return element("dl", { class: "card-change" },
    before ? [element("dt", {}, say("finding.before")), element("dd", {}, element("del", {}, before))] : null,
    element("dt", {}, say("finding.after")),
    element("dd", {}, after ? element("ins", {}, after) : say("finding.removed")));
}

function wordsAt(span, view) {
  const texts = { subject: view.subject, [view.body.part]: view.body.text };
  return (texts[span.part] ?? view.headers[span.part]?.text ?? "").slice(...span.readable_utf16);
}

/** What the edits put in the words' place, as text: in HTML they are escaped. */
export function replacement(finding) {
  const written = finding.edits.map((edit) => edit.text).join("");
  if (finding.span.part !== "html") return written;
  const parsed = new DOMParser().parseFromString(written.replaceAll("<br>", "\n"), "text/html");
  return parsed.body.textContent;
}

function buttons(finding, report, actions) {
  const apply = finding.edits.length && report.digest
    ? element("button", { type: "button", class: "small", onclick: () => actions.apply(finding) }, say("finding.apply"))
    : null;
  return actions.override && mayOverride(finding, report) ? [apply, ...overriding(finding, actions)] : [apply];
}

function mayOverride(finding, report) {
  if (!facts.overrides || !report.digest || !finding.fingerprint || finding.waived || finding.severity === "info") return false;
  return facts.overridable.includes(finding.severity) || facts.overridable.includes(finding.rule);
}

/** A button that opens a field for the reason. */
function overriding(finding, actions) {
  const id = `finding-${finding.id}-reason`;
  const open = element("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": `${id}-form` }, say("finding.override"));
  const field = element("textarea", { id, rows: "2", maxlength: "200", required: true });
  const note = element("p", { class: "note error-note", id: `${id}-note`, role: "alert" });
  const form = element("form", { class: "reason", id: `${id}-form`, hidden: true, novalidate: true },
    element("label", { for: id }, say("finding.reason")), field, note,
    element("div", { class: "row" }, element("button", { class: "small" }, say("finding.override-send")),
      element("button", { type: "button", class: "quiet", onclick: () => toggle(false) }, say("finding.cancel"))));
  function toggle(on) {
    form.hidden = !on;
    open.setAttribute("aria-expanded", String(on));
    (on ? field : open).focus();
  }
  open.addEventListener("click", () => toggle(form.hidden));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (field.value.trim()) { actions.override(finding, field.value.trim()); return; }
    note.textContent = say("finding.reason-empty");
    field.setAttribute("aria-describedby", note.id);
    field.focus();
  });
  return [open, form];
}

function why(finding) {
  const text = element("p", { class: "why-text" }, "…");
  const more = element("a", { href: `/rules#${finding.rule}` }, say("finding.rule", { rule: finding.rule }));
  const details = element("details", { class: "why" }, element("summary", {}, say("finding.why")), text, element("p", {}, more));
  details.addEventListener("toggle", async () => {
    if (!details.open || text.textContent !== "…") return;
    text.textContent = await rule(finding.rule).then(reason, () => say("finding.no-why"));
  });
  return details;
}

function reason(given) {
  return typeof given.why === "string" ? given.why : given.why[language];
}

/** “Is this right?”: useful, or wrong. */
function telling(finding, report, actions) {
  if (!facts.feedback || !report.digest || !finding.fingerprint) return null;
  const box = element("div", { class: "telling", role: "group", "aria-label": say("finding.feedback") },
    element("span", {}, say("finding.feedback")),
    ...[["useful", "useful"], ["wrong", "false-positive"]].map(([key, verdict]) =>
      element("button", { type: "button", class: "quiet", onclick: () => actions.feedback(finding, verdict, box) }, say(`finding.${key}`))));
  return box;
}
