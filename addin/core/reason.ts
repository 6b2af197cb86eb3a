/** The question before a mail leaves with findings: why. */

import { element } from "./elements.js";
import type { Scene } from "./scene.js";
import { button } from "./scene.js";

/** Characters that the service keeps of a reason. */
const LONGEST = 200;

export function reasonForm(scene: Scene, written: string): HTMLElement {
  const { say, acts } = scene;
  const missing = element("p", { class: "trouble", id: "missing", role: "alert" });
  const reason = document.createElement("textarea");
  reason.id = reason.name = "reason";
  reason.maxLength = LONGEST;
  reason.setAttribute("aria-describedby", "hint missing");
  reason.value = written;
  reason.addEventListener("input", () => scene.remember(reason.value));
  const send = (): void => {
    if (reason.value.trim()) return acts.sendAnyway(reason.value.trim());
    reason.setAttribute("aria-invalid", "true");
    missing.textContent = say("reasonMissing");
    reason.focus();
  };
  return element("div", { role: "group", "aria-labelledby": "why" },
    element("label", { id: "why", for: "reason" }, say("reason")),
    element("p", { class: "note", id: "hint" }, say("reasonHint")),
    reason, missing,
    element("div", { class: "row" },
      button(scene, { name: "send", kind: "main", text: say("sendAnyway"), click: send }),
      button(scene, { name: "back", text: say("back"), click: () => scene.unfold({ reason: null }) })));
}
