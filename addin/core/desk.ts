/**
 * What happens at Send and in the panel, the same in every mail client. A shell says how a draft is read and written,
 * how it is sent, and where a review is kept; everything else is here.
 */

import type { Client, Outcome } from "./client.js";
import { failed, LIMIT } from "./client.js";
import type { Draft } from "./draft.js";
import { EMPTY, markOf } from "./draft.js";
import type { Report } from "./report.js";
import type { Review } from "./review.js";
import { disputed, mayLeave, pressing, reviewed, usePass, withPass } from "./review.js";
import type { Settings } from "./settings.js";
import { inTime } from "./time.js";

/** One mail being written, as its client shows it. */
export interface Shell {
  /** The draft as it stands now; attachments within limits. May throw. */
  read(): Promise<Draft>;
  /** Puts the changed parts of `after` where those of `before` stand. May throw; ByHandError: some parts it cannot. */
  write(before: Draft, after: Draft): Promise<void>;
  /** Presses Send; the hook at Send then meets the pass. May throw. */
  send(): Promise<void>;
  /** The review kept for this mail; it has to outlive the page or worker that made it. */
  load(): Promise<Review | null>;
  save(review: Review): Promise<void>;
  /** Tells of reviews that are saved elsewhere: Send was pressed again while the panel is open. */
  watch?(saved: (review: Review) => void): void;
}

/** What a shell cannot write in its client, and the user has to; all else is written. */
export class ByHandError extends Error {}

export interface Desk {
  readonly shell: Shell;
  readonly client: Client;
  readonly settings: Settings;
}

/** Milliseconds of the limit that reading the draft may take: an attachment can lie on a drive that is gone. */
const READING = 2000;

/** At Send: whether the mail may go on its way. Never throws, and answers within the client's limit. */
export async function atSend(desk: Desk): Promise<boolean> {
  const started = Date.now();
  const before = await kept(desk);
  const draft = await inTime(drafted(desk, before), READING);
  if (draft && before) {
    const { passed, left } = usePass(before, draft);
    if (before.pass !== null) await keep(desk, left);
    if (passed) return true;
  }
  const review = await checked(desk, draft, "send", before, LIMIT - (Date.now() - started));
  await keep(desk, review);
  return mayLeave(review, desk.settings);
}

/** For the panel: the review of the draft as it stands; the kept one where nothing was touched since. */
export async function look(desk: Desk): Promise<Review> {
  const before = await kept(desk);
  const draft = await drafted(desk, before);
  const fresh = before && draft && before.mark === markOf(draft) && before.phase === "checked";
  return fresh ? before : again(desk, before, draft);
}

/** A new check, wanted by the user or needed after a change. */
export async function again(desk: Desk, before: Review | null, given?: Draft | null): Promise<Review> {
  const draft = given === undefined ? await drafted(desk, before) : given;
  const review = await checked(desk, draft, before?.intent ?? "look", before, LIMIT);
  await keep(desk, review);
  return review;
}

export interface Step {
  readonly review: Review;
  /** What to tell the user; null: done. */
  readonly trouble: ReturnType<typeof failed> | null;
}

/** Applies the fixes of those findings to the draft, then checks what came of it. */
export async function apply(desk: Desk, review: Review, findings: readonly string[]): Promise<Step> {
  const digest = review.report?.digest;
  try {
    const draft = await desk.shell.read();
    if (!digest || markOf(draft) !== review.mark) return { review: await again(desk, review), trouble: failed("changed") };
    const fixed = await desk.client.fix(draft, digest, findings);
    if (!fixed.ok) return { review: fixed.fault === "changed" ? await again(desk, review) : review, trouble: fixed };
    await desk.shell.write(draft, fixed.value);
  } catch (error) {
    if (error instanceof ByHandError) return { review: await again(desk, review), trouble: failed("hand") };
    return { review, trouble: failed("draft") };
  }
  return { review: await again(desk, review), trouble: null };
}

/** Sends although findings are left, with the user's reason; or although nothing could be checked. */
export async function sendAnyway(desk: Desk, review: Review, reason: string): Promise<Step> {
  try {
    const draft = await desk.shell.read();
    const untouched = markOf(draft) === review.mark;
    if (!untouched && review.phase === "checked") {
      return { review: await again(desk, review), trouble: failed("changed") };
    }
    const token = await overridden(desk, review, draft, reason);
    if (!token.ok) return { review, trouble: token };
    const passing = withPass(review, draft, token.value || null);
    await desk.shell.save(passing);
    await desk.shell.send();
    return { review: passing, trouble: null };
  } catch {
    return { review, trouble: failed("draft") };
  }
}

/** Tells the service that a finding is wrong. The finding stays: a person has to look at the rule. */
export async function dispute(desk: Desk, review: Review, id: string): Promise<Step> {
  const finding = review.report?.findings.find((one) => one.id === id);
  if (!finding) return { review, trouble: null };
  const told = await desk.client.feedback(finding, review.report?.digest ?? "");
  if (!told.ok) return { review, trouble: told };
  const after = disputed(review, id);
  await keep(desk, after);
  return { review: after, trouble: null };
}

/**
 * A token for every finding that holds the mail; "" where nothing has to be overridden. A service that went away since
 * holds no mail that the user may send anyway, unless the policy says so: the reason is lost then, the mail is not.
 */
async function overridden(desk: Desk, review: Review, draft: Draft, reason: string): Promise<Outcome<string>> {
  const findings = pressing(review).map((one) => one.id);
  const digest = review.report?.digest;
  if (findings.length === 0 || !digest) return { ok: true, value: "" };
  const token = await desk.client.override(draft, digest, findings, reason);
  const gone = !token.ok && (token.fault === "away" || token.fault === "slow");
  return gone && desk.settings.unavailable !== "block" ? { ok: true, value: "" } : token;
}

async function checked(
  desk: Desk, draft: Draft | null, intent: Review["intent"], before: Review | null, within: number,
): Promise<Review> {
  const outcome: Outcome<Report> =
    draft === null ? failed("draft") : within <= 0 ? failed("slow") : await desk.client.check(draft, within);
  return reviewed(draft ?? EMPTY, outcome, intent, before);
}

/** The draft with the override that it was given; null where the client does not hand it over. */
async function drafted(desk: Desk, before: Review | null): Promise<Draft | null> {
  try {
    return { ...(await desk.shell.read()), override: before?.override ?? null };
  } catch {
    return null;
  }
}

/** A store that fails costs the kept review, never the mail. */
async function kept(desk: Desk): Promise<Review | null> {
  try {
    return await desk.shell.load();
  } catch {
    return null;
  }
}

async function keep(desk: Desk, review: Review): Promise<void> {
  try {
    await desk.shell.save(review);
  } catch {
    // The panel checks again when it finds nothing kept.
  }
}
