// The result in words: the verdict, what was counted, what was not looked at.

import { element, icon } from "./dom.js";
import { say } from "./words.js";

const MOST_PARTS = 5; // named at once

/** “3 errors”, “2 warnings” …: those that are there, waived ones apart. */
export function counts(report) {
  const open = report.findings.filter((finding) => !finding.waived);
  const of = (severity) => open.filter((finding) => finding.severity === severity).length;
  const parts = [["errors", of("error")], ["warnings", of("warning")], ["infos", of("info")], ["waived", report.findings.length - open.length]];
  return parts.filter(([, n]) => n).map(([key, n]) => say(`verdict.${key}`, { n }));
}

/** The result in one line, to be read aloud. */
export const summary = (report) => [say(`verdict.${report.verdict}`), ...counts(report)].join(" · ");

/** The banner; apply is given the safe fixes. */
export function banner(report, apply) {
  const safe = report.digest ? report.findings.filter((finding) => finding.safe && !finding.waived && finding.edits.length) : [];
  const words = element("div", { class: "verdict-words" },
    element("h2", { id: "verdict-title", tabindex: "-1" }, say(`verdict.${report.verdict}`)),
    element("p", {}, counts(report).join(" · ") || say(`verdict.${report.verdict}-why`)));
  const button = safe.length
    ? element("button", { type: "button", class: "primary", title: say("finding.safe"), onclick: () => apply(safe) }, say("finding.apply-safe", { n: safe.length }))
    : null;
  return element("div", { class: `verdict verdict-${report.verdict}` }, icon(report.verdict), words, button);
}

/** What was not looked at and which rules crashed, by reason; notes on the policy's data. Nothing where there is none. */
export function leftOut(report, notes) {
  const reasons = [...new Set(report.incomplete.map((entry) => entry.why))].map((why) => reason(why, report.incomplete));
  const crashed = report.errors.map((error) => element("li", {}, say("incomplete.crashed", { rule: error.split(":")[0] })));
  const told = notes.map((note) => element("li", {}, note));
  if (!reasons.length && !crashed.length && !told.length) return [];
  return [element("section", { class: "note-box" },
    reasons.length || crashed.length ? element("h2", {}, say("incomplete.title")) : null,
    reasons.length ? element("p", {}, say("incomplete.lead")) : null,
    element("ul", {}, reasons, crashed, told))];
}

function reason(why, incomplete) {
  const parts = incomplete.filter((entry) => entry.why === why).map((entry) => entry.what);
  const words = say("incomplete.parts", { why: say(`incomplete.${why}`), parts: parts.slice(0, MOST_PARTS).join(", ") });
  if (parts.length <= MOST_PARTS) return element("li", {}, words);
  const rest = element("span", { hidden: true }, `, ${parts.slice(MOST_PARTS).join(", ")}`);
  const more = element("button", { type: "button", class: "quiet", onclick: () => { rest.hidden = false; more.remove(); } },
    say("incomplete.more", { n: parts.length - MOST_PARTS }));
  return element("li", {}, words, rest, " ", more);
}
