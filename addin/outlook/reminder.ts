/** A reminder of this mail, for when nobody answers. */

import type { Ask } from "../core/client.js";
import type { Desk } from "../core/desk.js";
import { look } from "../core/desk.js";
import { element } from "../core/elements.js";
import { remind, usualTimes } from "../core/followup.js";
import type { Key, Say } from "../core/texts.js";
import { action, input, localMinute, momentOf, told } from "./form.js";

export interface Reminding {
  readonly desk: Desk;
  readonly ask: Ask;
  readonly say: Say;
  readonly now: () => Date;
}

export function showReminder(panel: HTMLElement, { desk, ask, say, now }: Reminding): void {
  const times = usualTimes(now());
  const [row, due] = input(say("remindAt"), { type: "datetime-local", name: "due", value: localMinute(times.threeDays) });
  const usual = (key: Key, time: Date): HTMLElement =>
    element("button", { type: "button", click: () => { due.value = localMinute(time); } }, say(key));
  const report = told(say);
  const keep = action(say("remindMe"), async () => {
    const moment = momentOf(due.value);
    if (!moment || moment <= now()) return report.wrong(say("remindLater"));
    // The digest names this mail as it stands: a mail that is changed afterwards is another one.
    const review = await look(desk);
    const digest = review.report?.digest;
    if (!digest) return report.fault(review.fault ?? "away", review.detail);
    const kept = await remind(ask, digest, moment);
    if (kept.ok) report.say(say("remindKept", { when: moment.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }) }));
    else report.fault(kept.fault, kept.detail);
  });
  panel.replaceChildren(element("div", { class: "form" },
    element("h1", {}, say("reminderTitle")),
    element("p", {}, say("remindWhy")),
    element("div", { class: "row" }, usual("tomorrow", times.tomorrow), usual("threeDays", times.threeDays), usual("nextWeek", times.nextWeek)),
    row, keep, report.line, element("p", { class: "note" }, say("remindHow"))));
}
