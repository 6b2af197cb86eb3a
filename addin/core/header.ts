/** The top of the panel: what the check came to. */

import { drawing, element } from "./elements.js";
import { SEVERITIES } from "./report.js";
import type { Review } from "./review.js";
import { mayLeave } from "./review.js";
import type { Scene } from "./scene.js";
import { titleOf } from "./scene.js";
import type { Settings } from "./settings.js";
import type { Say } from "./texts.js";

export function header({ view, settings, acts, say }: Scene): HTMLElement {
  const sum = view.review ? counts(view.review, say) : "";
  return element("header", {},
    drawing(`mark ${tone(view.review, settings)}`, "M3 6h18v12H3z", "M3 7l9 6 9-6"),
    element("div", {},
      element("h1", { id: "title", tabindex: "-1" }, say(titleOf(view.review, settings))),
      sum ? element("p", { class: "sum" }, sum) : null),
    element("button", { class: "close", type: "button", name: "close", "aria-label": say("close"), click: acts.close },
      drawing("cross", "M5 5 19 19", "M19 5 5 19")));
}

/** How many findings of each severity. */
export function counts(review: Review, say: Say): string {
  const found = review.report?.findings ?? [];
  return SEVERITIES.map((severity) => ({ severity, count: found.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${say(severity)} ${count}`)
    .join(" · ");
}

function tone(review: Review | null, settings: Settings): string {
  if (!review) return "";
  if (review.phase === "unchecked") return "warning";
  if (mayLeave(review, settings)) return "good";
  return review.report?.verdict === "block" ? "error" : "warning";
}
