/** Every way to send a mail in Gmail: recognised as events of the page, and done again when the mail may go. */

import type { Compose } from "./page.js";
import { all, around, composeAt, first, visible } from "./page.js";
import { LIT, MORE, OK, PICK, SCHEDULE, TIME } from "./selectors.js";

/** send: at once; schedule: opens the choice of a time; confirm: chooses it. */
export interface Way {
  readonly kind: "send" | "schedule" | "confirm";
  readonly control: HTMLElement;
}

export interface Press {
  readonly compose: Compose;
  readonly way: Way;
}

/** Gmail's buttons act on any of these; one that is held back must not see a single one. */
export const EVENTS = [
  "pointerdown", "mousedown", "pointerup", "mouseup", "click", "dblclick", "keydown", "keypress", "keyup",
] as const;

/** What the user did last, for what stands outside of the compose window: menus, and dialogs about a time. */
export interface Recent {
  /** The compose window; asked for only where it matters, for every key that is typed comes by here. */
  compose(): Compose | null;
  /** A date and a time are being chosen. */
  readonly picking: boolean;
}

/** What an event presses; null: nothing that sends a mail. */
export function pressOf(event: Event, recent: Recent): Press | null {
  if (!(event.target instanceof Element)) return null;
  if (event instanceof KeyboardEvent) return keyPress(event, event.target, recent);
  return event instanceof MouseEvent && event.button === 0 ? controlPress(event.target, recent) : null;
}

/** Whether it opens the dialog with a date and a time. */
export function picks(event: Event): boolean {
  return decides(event) && event.target instanceof Element && around(event.target, PICK) !== null;
}

/** Whether this is the event of a press that decides: the others only come with it. */
export function decides(event: Event): boolean {
  return event.type === "click" || (event.type === "keydown" && event instanceof KeyboardEvent && !event.repeat);
}

function keyPress(event: KeyboardEvent, target: Element, recent: Recent): Press | null {
  if (event.isComposing || (event.key !== "Enter" && event.key !== " ")) return null;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const compose = composeAt(target);
    return compose && sending(compose, compose.sends[0]);
  }
  const item = chosenInMenu(target);
  return item ? scheduling(item, composeAt(target) ?? recent.compose()) : controlPress(target, recent);
}

function controlPress(target: Element, recent: Recent): Press | null {
  const compose = composeAt(target);
  const send = compose?.sends.find((one) => one.contains(target));
  if (compose && send) return sending(compose, send);
  const item = around(target, SCHEDULE);
  if (item) return scheduling(item, compose ?? recent.compose());
  const control = around(target, recent.picking ? [...TIME, ...OK] : TIME);
  const about = control && recent.compose();
  return about && { compose: about, way: { kind: "confirm", control } };
}

function sending(compose: Compose, control: HTMLElement | undefined): Press | null {
  return control ? { compose, way: { kind: "send", control } } : null;
}

function scheduling(control: HTMLElement, compose: Compose | null): Press | null {
  return compose && { compose, way: { kind: "schedule", control } };
}

/** “Schedule send”, where it is the entry that Enter would choose. The focus stays on the button or the menu meanwhile. */
function chosenInMenu(target: Element): HTMLElement | null {
  const item = all(document, SCHEDULE).find(visible);
  const menu = item?.closest('[role="menu"]');
  if (!item || !(menu?.contains(target) || around(target, MORE))) return null;
  const active = (target.closest("[aria-activedescendant]") ?? menu)?.getAttribute("aria-activedescendant");
  const lit = active ? document.getElementById(active) : menu && first(menu, LIT);
  return !lit || item.contains(lit) ? item : null;
}

/** Milliseconds in which a menu opens. */
const OPENING = 1000;

/** Presses it for the user, if `allowed` still lets it. Gives whether it was pressed. */
export async function press(compose: Compose, { kind, control: pressed }: Way, allowed: (act: () => void) => boolean): Promise<boolean> {
  const control = standing(pressed) ?? (kind === "send" ? compose.sends.find(visible) : await reopened(compose));
  return Boolean(control && allowed(() => fire(control)));
}

function standing(control: HTMLElement): HTMLElement | null {
  return control.isConnected && visible(control) ? control : null;
}

/** “Schedule send”, after its menu was closed by a click elsewhere. */
async function reopened({ root, sends }: Compose): Promise<HTMLElement | null> {
  const more = first(sends[0]?.parentElement ?? root, MORE);
  if (more) fire(more);
  for (const started = Date.now(); more && Date.now() - started < OPENING;) {
    const item = all(document, SCHEDULE).find(visible);
    if (item) return item;
    await new Promise((done) => setTimeout(done, 30));
  }
  return null;
}

/** A press of the mouse, whole and with its place: Gmail looks for what stands there. */
function fire(control: HTMLElement): void {
  const box = control.getBoundingClientRect();
  const [clientX, clientY] = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(clientX, clientY);
  const target = hit && control.contains(hit) ? hit : control;
  const init = { bubbles: true, cancelable: true, composed: true, view: window, button: 0, clientX, clientY };
  const pointer = { ...init, pointerId: 1, pointerType: "mouse", isPrimary: true };
  target.dispatchEvent(new PointerEvent("pointerdown", { ...pointer, buttons: 1 }));
  target.dispatchEvent(new MouseEvent("mousedown", { ...init, buttons: 1, detail: 1 }));
  target.dispatchEvent(new PointerEvent("pointerup", pointer));
  target.dispatchEvent(new MouseEvent("mouseup", { ...init, detail: 1 }));
  target.dispatchEvent(new MouseEvent("click", { ...init, detail: 1 }));
}
