/** Fields of the task pane's forms. */

import type { Fault } from "../core/client.js";
import { element } from "../core/elements.js";
import { faultText } from "../core/scene.js";
import type { Say } from "../core/texts.js";

/** A labelled input of one line. */
export function input(label: string, attributes: Readonly<Record<string, string>>): [HTMLElement, HTMLInputElement] {
  const made = element("input", attributes) as HTMLInputElement;
  return [element("label", {}, label, made), made];
}

export function select(label: string, choices: readonly (readonly [string, string])[]): [HTMLElement, HTMLSelectElement] {
  const made = element("select", {}, ...choices.map(([value, shown]) => element("option", { value }, shown))) as HTMLSelectElement;
  return [element("label", {}, label, made), made];
}

/** A line that says what came of a press of a button. */
export interface Told {
  readonly line: HTMLElement;
  say(words: string): void;
  /** What the user has to put right. */
  wrong(words: string): void;
  fault(fault: Fault, detail: string): void;
}

export function told(say: Say): Told {
  const line = element("p", { role: "status", class: "told" });
  const put = (words: string, isFault: boolean): void => {
    line.textContent = words;
    line.classList.toggle("trouble", isFault);
  };
  return {
    line,
    say: (words) => put(words, false),
    wrong: (words) => put(words, true),
    fault: (fault, detail) => put(faultText(fault, detail, say), true),
  };
}

/** A button that does one thing at a time. */
export function action(text: string, act: () => Promise<void>): HTMLElement {
  let busy = false;
  const made = element("button", {
    type: "button", class: "main",
    click: () => {
      if (busy) return;
      busy = true;
      made.setAttribute("aria-disabled", "true");
      void act().finally(() => {
        busy = false;
        made.removeAttribute("aria-disabled");
      });
    },
  }, text);
  return made;
}

/** What a datetime-local input holds, as a moment of this machine's zone; null: nothing, or none. */
export function momentOf(value: string): Date | null {
  const moment = new Date(value);
  return value === "" || Number.isNaN(moment.getTime()) ? null : moment;
}

/** RFC 3339 with the offset of this machine's zone: a deadline is written in the mail as it was entered. */
export function withOffset(moment: Date): string {
  const two = (n: number): string => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  const east = -moment.getTimezoneOffset();
  return `${localMinute(moment)}:00${east < 0 ? "-" : "+"}${two(east / 60)}:${two(east % 60)}`;
}

/** As a datetime-local input writes it. */
export function localMinute(moment: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
