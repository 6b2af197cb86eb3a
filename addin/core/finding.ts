/** One finding in the panel: where, what, the words, what to write instead, and what can be done about it. */

import { element } from "./elements.js";
import type { Finding, Span } from "./report.js";
import type { Scene } from "./scene.js";
import { button } from "./scene.js";
import type { Key, Say } from "./texts.js";

const PARTS: Readonly<Record<string, Key>> = {
  subject: "partSubject", from: "partFrom", to: "partTo", cc: "partCc", bcc: "partBcc",
  html: "partBody", text: "partBody", attachment: "partAttachment",
};
/** Characters of a quotation; the user knows the rest. */
const LONGEST = 140;

export function findingCard(scene: Scene, finding: Finding, disputed: boolean): HTMLElement {
  const { message, text, suggestion } = finding;
  // Most messages quote the words themselves; once is enough.
  const quoted = text !== "" && !message.includes(text);
  return element("li", { class: finding.severity },
    element("p", { class: "where" }, place(finding.span, scene.say)),
    element("p", {}, message),
    quoted ? element("blockquote", { class: "words" }, shortened(text)) : null,
    suggestion ? element("p", { class: "better" }, suggestion) : null,
    element("div", { class: "acts" }, fixButton(scene, finding), disputeButton(scene, finding, disputed)));
}

function fixButton(scene: Scene, { id, message, edits }: Finding): HTMLElement | null {
  if (edits.length === 0) return null;
  const { say, acts } = scene;
  return button(scene, { name: `apply-${id}`, text: say("apply"), label: say("applyThis", { message }), click: () => acts.apply([id]) });
}

function disputeButton(scene: Scene, { id, message }: Finding, disputed: boolean): HTMLElement {
  const { say, acts } = scene;
  if (disputed) return element("span", { class: "told" }, say("wrongTold"));
  return button(scene, { name: `wrong-${id}`, kind: "quiet", text: say("wrong"), label: say("wrongThis", { message }), click: () => acts.dispute(id) });
}

function place({ part, name, cell, line }: Span, say: Say): string {
  const key = PARTS[part];
  const where = key ? say(key, { line, name: name ?? "" }) : part;
  return cell ? `${where} · ${cell}` : where;
}

function shortened(words: string): string {
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
