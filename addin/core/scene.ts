/** What the parts of the panel draw from. */

import type { Fault } from "./client.js";
import { element } from "./elements.js";
import type { Review } from "./review.js";
import { mayLeave } from "./review.js";
import type { Settings } from "./settings.js";
import type { Key, Say } from "./texts.js";

/** What the user may do; a click calls one of these and nothing else. */
export interface Acts {
  apply(findings: readonly string[]): void;
  dispute(finding: string): void;
  sendAnyway(reason: string): void;
  again(): void;
  close(): void;
}

export interface View {
  /** null: a check is under way and nothing is known yet. */
  readonly review: Review | null;
  /** Something is under way: buttons do not answer. */
  readonly busy: boolean;
  readonly trouble: { readonly fault: Fault; readonly detail: string } | null;
  /** Said aloud during and after an act. */
  readonly told: Key | null;
}

export interface Scene {
  readonly view: View;
  readonly settings: Settings;
  readonly acts: Acts;
  readonly say: Say;
  /** What the user has unfolded. */
  readonly unfolded: Unfolded;
  /** Unfolds something and draws again. */
  unfold(change: Partial<Unfolded>): void;
  /** Keeps the reason as far as it is written, without drawing: the caret stays where it is. */
  remember(reason: string): void;
}

export interface Unfolded {
  /** All findings, not the first five. */
  readonly all: boolean;
  /** The reason as far as it is written; null: not asked for. */
  readonly reason: string | null;
}

export const FOLDED: Unfolded = { all: false, reason: null };

const FAULTS: Readonly<Record<Fault, Key>> = {
  unset: "faultUnset", away: "faultAway", slow: "faultSlow", key: "faultKey", changed: "faultChanged",
  forbidden: "faultForbidden", large: "faultLarge", garbled: "faultGarbled", draft: "faultDraft", hand: "faultHand",
};

/** Why something did not work: the service's own sentence, else ours. */
export function faultText(fault: Fault, detail: string, say: Say): string {
  return detail || say(FAULTS[fault]);
}

/** What the review comes to, in a few words. */
export function titleOf(review: Review | null, settings: Settings): Key {
  if (!review) return "checking";
  if (review.phase === "unchecked") return "uncheckedTitle";
  if (mayLeave(review, settings)) return "clearTitle";
  return review.intent === "send" ? "foundTitle" : "lookTitle";
}

export interface Button {
  /** Names it for the focus and for tests. */
  readonly name: string;
  readonly text: string;
  /** main, quiet, push (to the far end), or "". */
  readonly kind?: string;
  /** For a screen reader, where the text alone says too little. */
  readonly label?: string;
  readonly click: () => void;
}

/** A button that stays in reach of the keyboard while it does not answer. */
export function button({ view }: Scene, { name, text, kind = "", label, click }: Button): HTMLElement {
  return element("button", {
    type: "button", name, class: kind || undefined, "aria-label": label, "aria-disabled": view.busy && "true",
    click: () => { if (!view.busy) click(); },
  }, text);
}

export function note(text: string): HTMLElement {
  return element("p", { class: "note" }, text);
}
