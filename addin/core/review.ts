/** The state of one mail between two presses of Send. Pure: plain data in, plain data out, so that it can be stored. */

import type { Fault, Outcome } from "./client.js";
import type { Draft } from "./draft.js";
import { markOf } from "./draft.js";
import type { Finding, Report } from "./report.js";
import type { Settings } from "./settings.js";
import { mayOverride } from "./settings.js";

export interface Review {
  /** checked: `report` says what was found; unchecked: `fault` says why there is no report. */
  readonly phase: "checked" | "unchecked";
  /** send: the user pressed Send and was stopped; look: the user only wanted to know. */
  readonly intent: "send" | "look";
  /** Of the draft that was judged. */
  readonly mark: string;
  readonly report: Report | null;
  readonly fault: Fault | null;
  /** The service's own sentence about the fault, or "". */
  readonly detail: string;
  /** Ids of the findings that the user said are wrong. */
  readonly disputed: readonly string[];
  /** Override token of the service: void once the mail changes. */
  readonly override: string | null;
  /** The mark of the draft that may leave, once, without a question. */
  readonly pass: string | null;
}

/** What a check came to. `before`: the review of the same mail, whose override still holds for the same draft. */
export function reviewed(
  draft: Draft, outcome: Outcome<Report>, intent: Review["intent"], before: Review | null = null,
): Review {
  const mark = markOf(draft);
  const same = before?.mark === mark;
  return {
    phase: outcome.ok ? "checked" : "unchecked",
    intent,
    mark,
    report: outcome.ok ? outcome.value : null,
    fault: outcome.ok ? null : outcome.fault,
    detail: outcome.ok ? "" : outcome.detail,
    disputed: same ? before.disputed : [],
    override: before?.override ?? null,
    pass: null,
  };
}

/** Whether the mail may leave without a question. */
export function mayLeave(review: Review, settings: Settings): boolean {
  return review.phase === "checked" ? review.report?.verdict === "allow" : settings.unavailable === "allow";
}

/** Let this draft leave, once, and only as it stands. */
export function withPass(review: Review, draft: Draft, override: string | null): Review {
  return { ...review, override: override ?? review.override, pass: markOf(draft) };
}

/** The pass is used up by the first press of Send after it, whether it fits that draft or not. */
export function usePass(review: Review, draft: Draft): { readonly passed: boolean; readonly left: Review } {
  return { passed: review.pass !== null && review.pass === markOf(draft), left: { ...review, pass: null } };
}

export function disputed(review: Review, id: string): Review {
  return review.disputed.includes(id) ? review : { ...review, disputed: [...review.disputed, id] };
}

/** Findings that ask something of the user: those that only inform do not hold a mail. */
export function pressing(review: Review): readonly Finding[] {
  return (review.report?.findings ?? []).filter((one) => one.severity !== "info");
}

/** Findings that no reason overrides: the mail has to change first. */
export function binding(review: Review, settings: Settings): readonly Finding[] {
  return pressing(review).filter((one) => !mayOverride(one, settings));
}

/** Ids of the findings that can be fixed unread. */
export function safeFixes(review: Review): readonly string[] {
  return (review.report?.findings ?? []).filter((one) => one.safe && one.edits.length > 0).map((one) => one.id);
}
