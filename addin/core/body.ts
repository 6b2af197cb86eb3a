/** The middle of the panel: the findings by severity, or why there are none. */

import { element } from "./elements.js";
import { findingCard } from "./finding.js";
import { SEVERITIES } from "./report.js";
import type { Finding, Severity } from "./report.js";
import type { Review } from "./review.js";
import { mayLeave } from "./review.js";
import type { Scene } from "./scene.js";
import { button, faultText, note } from "./scene.js";

/** Findings that are shown before the user asks for the rest. */
const MOST = 5;

export function body(scene: Scene, review: Review): HTMLElement {
  const findings = review.report?.findings ?? [];
  const listed = scene.unfolded.all ? findings : findings.slice(0, MOST);
  const groups = SEVERITIES.map((severity) => ({ severity, found: listed.filter((one) => one.severity === severity) }))
    .filter(({ found }) => found.length > 0)
    .flatMap(({ severity, found }) => group(scene, review, severity, found));
  const rest = findings.length - listed.length;
  const more = { name: "more", kind: "quiet", text: scene.say("more", { count: rest }), click: () => scene.unfold({ all: true }) };
  return element("div", { class: "body", tabindex: "0", role: "region", "aria-labelledby": "title" },
    ...sentences(scene, review).map(note), ...groups, rest > 0 ? button(scene, more) : null);
}

function group(scene: Scene, review: Review, severity: Severity, found: readonly Finding[]): HTMLElement[] {
  return [
    element("h2", { class: severity, id: severity }, scene.say(severity)),
    element("ul", { "aria-labelledby": severity }, ...found.map((one) => findingCard(scene, one, review.disputed.includes(one.id)))),
  ];
}

/** What stands above the findings. */
function sentences({ settings, say }: Scene, review: Review): string[] {
  if (review.phase === "unchecked") {
    const blocked = settings.unavailable === "block" && review.intent === "send";
    const why = faultText(review.fault ?? "away", review.detail, say);
    return [why, ...(blocked ? [say("blocked")] : []), ...(blocked && settings.help ? [say("help", { help: settings.help })] : [])];
  }
  const incomplete = (review.report?.incomplete ?? []).map(({ what }) => what).join(", ");
  const clear = mayLeave(review, settings) ? [say(review.intent === "send" ? "clearSend" : "clearLook")] : [];
  return [...clear, ...(incomplete ? [say("incomplete", { what: incomplete })] : [])];
}
