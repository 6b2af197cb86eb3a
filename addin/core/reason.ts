/** The question before a mail leaves with findings: why. */

import { element } from "./elements.js";
import type { Say } from "./texts.js";

export interface Asking {
  readonly say: Say;
  readonly busy: boolean;
  send(reason: string): void;
  typed(reason: string): void;
  back(): void;
}

/** Characters that the service keeps of a reason. */
const LONGEST = 200;

export function reasonForm(written: string, { say, busy, send, typed, back }: Asking): HTMLElement {
  const missing = element("p", { class: "trouble", id: "missing", role: "alert" });
  const reason = element("textarea", {
    id: "reason", name: "reason", maxlength: String(LONGEST), "aria-describedby": "hint missing",
    input: () => typed((reason as HTMLTextAreaElement).value),
  }) as HTMLTextAreaElement;
  reason.value = written;
  const submit = (): void => {
    if (busy) return;
    if (reason.value.trim()) return send(reason.value.trim());
    reason.setAttribute("aria-invalid", "true");
    missing.textContent = say("reasonMissing");
    reason.focus();
  };
  return element("div", { role: "group", "aria-labelledby": "why" },
    element("label", { id: "why", for: "reason" }, say("reason")),
    element("p", { class: "note", id: "hint" }, say("reasonHint")),
    reason, missing,
    element("div", { class: "row" },
      element("button", { type: "button", name: "send", class: "main", "aria-disabled": busy && "true", click: submit }, say("sendAnyway")),
      element("button", { type: "button", name: "back", click: back }, say("back"))));
}
