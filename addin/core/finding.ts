/** One finding in the panel: where, what, the words, what to write instead, and what can be done about it. */

import { element } from "./elements.js";
import type { Acts } from "./panel.js";
import type { Finding, Span } from "./report.js";
import type { Key, Say } from "./texts.js";

export interface Surroundings {
  readonly say: Say;
  readonly acts: Pick<Acts, "apply" | "dispute">;
  readonly busy: boolean;
  readonly disputed: boolean;
}

const PARTS: Readonly<Record<string, Key>> = {
  subject: "partSubject", from: "partFrom", to: "partTo", cc: "partCc", bcc: "partBcc",
  html: "partBody", text: "partBody", attachment: "partAttachment",
};
/** Characters of a quotation; the user knows the rest. */
const LONGEST = 140;

export function findingCard(finding: Finding, { say, acts, busy, disputed }: Surroundings): HTMLElement {
  const { message, text, suggestion } = finding;
  // Most messages quote the words themselves; once is enough.
  const quoted = text !== "" && !message.includes(text);
  return element("li", { class: finding.severity },
    element("p", { class: "where" }, where(finding.span, say)),
    element("p", {}, message),
    quoted ? element("blockquote", { class: "words" }, shortened(text)) : null,
    suggestion ? element("p", { class: "better" }, suggestion) : null,
    element("div", { class: "acts" }, ...actions(finding, say, acts, busy, disputed)));
}

function actions(finding: Finding, say: Say, acts: Surroundings["acts"], busy: boolean, disputed: boolean): HTMLElement[] {
  const { id, message } = finding;
  const button = (name: string, key: Key, spoken: Key, kind: string, click: () => void): HTMLElement =>
    element("button", {
      type: "button", name: `${name}-${id}`, class: kind, "aria-label": say(spoken, { message }),
      "aria-disabled": busy && "true", click: () => { if (!busy) click(); },
    }, say(key));
  return [
    ...(finding.edits.length > 0 ? [button("apply", "apply", "applyThis", "", () => acts.apply([id]))] : []),
    disputed
      ? element("span", { class: "told" }, say("wrongTold"))
      : button("wrong", "wrong", "wrongThis", "quiet", () => acts.dispute(id)),
  ];
}

function where({ part, name, cell, line }: Span, say: Say): string {
  const key = PARTS[part];
  const place = key ? say(key, { line, name: name ?? "" }) : part;
  return cell ? `${place} · ${cell}` : place;
}

function shortened(words: string): string {
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
