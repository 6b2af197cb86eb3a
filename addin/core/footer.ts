/** The foot of the panel: what can be done with the mail as a whole. */

import { element } from "./elements.js";
import { reasonForm } from "./reason.js";
import type { Review } from "./review.js";
import { binding, mayLeave, pressing, safeFixes } from "./review.js";
import type { Button, Scene } from "./scene.js";
import { button, faultText, note } from "./scene.js";

export function footer(scene: Scene, review: Review): HTMLElement {
  const { view, say, unfolded } = scene;
  const trouble = view.trouble && element("p", { class: "trouble" }, faultText(view.trouble.fault, view.trouble.detail, say));
  if (unfolded.reason !== null) return element("footer", {}, trouble, reasonForm(scene, unfolded.reason));
  // The other acts show in the findings themselves.
  const told = !trouble && view.told === "applied" ? note(say("applied")) : null;
  return element("footer", {}, trouble, told, ...locked(scene, review),
    element("div", { class: "row" }, ...choices(scene, review).map((one) => button(scene, one))));
}

function choices(scene: Scene, review: Review): Button[] {
  if (review.phase === "unchecked") return unchecked(scene, review);
  return mayLeave(review, scene.settings) ? clear(scene, review) : held(scene, review);
}

function unchecked({ say, acts, settings }: Scene, review: Review): Button[] {
  const maySend = review.intent === "send" && settings.unavailable !== "block";
  return [
    { name: "again", kind: "main", text: say("retry"), click: acts.again },
    { name: "back", text: say("close"), click: acts.close },
    ...(maySend ? [{ name: "send", kind: "quiet push", text: say("sendUnchecked"), click: () => acts.sendAnyway("") }] : []),
  ];
}

function clear({ say, acts }: Scene, review: Review): Button[] {
  const send = { name: "send", kind: "main", text: say("send"), click: () => acts.sendAnyway("") };
  const back = { name: "back", kind: "main", text: say("close"), click: acts.close };
  return [review.intent === "send" ? send : back];
}

function held(scene: Scene, review: Review): Button[] {
  const { say, acts, settings } = scene;
  const safe = safeFixes(review);
  // What could not be checked whole asks for no reason: there is no rule to give one for.
  const ask = pressing(review).length > 0 ? (): void => scene.unfold({ reason: "" }) : (): void => acts.sendAnyway("");
  const maySend = review.intent === "send" && binding(review, settings).length === 0;
  return [
    ...(safe.length > 0 ? [{ name: "safe", kind: "main", text: say("applySafe", { count: safe.length }), click: () => acts.apply(safe) }] : []),
    { name: "back", text: say("close"), click: acts.close },
    { name: "again", kind: "quiet", text: say("recheck"), click: acts.again },
    ...(maySend ? [{ name: "anyway", kind: "quiet push", text: say("sendAnyway"), click: ask }] : []),
  ];
}

/** Where no reason lets the mail out: why, and what to do if it cannot wait. */
function locked({ say, settings }: Scene, review: Review): HTMLElement[] {
  const count = binding(review, settings).length;
  if (review.intent !== "send" || count === 0) return [];
  return [
    note(say("mustFix", { count })),
    element("details", {}, element("summary", {}, say("cannotWait")), note(say("stuck")),
      settings.help ? note(say("help", { help: settings.help })) : null),
  ];
}
