/** What is kept of a mail until it is sent: in its session data, which the hook at Send and the task pane share. */

import type { Draft } from "../core/draft.js";
import { markOf } from "../core/draft.js";
import type { Report } from "../core/report.js";
import type { Review } from "../core/review.js";
import { asked } from "./office.js";
import type { Item } from "./office.js";

const REVIEW = "review";
const AHEAD = "ahead";
/** Characters of a value: session data takes 50,000 in all, in clients before Mailbox 1.16. */
export const MOST = 24_000;
/** Milliseconds for which a check ahead of Send counts: deadlines come nearer. */
const FRESH = 5 * 60_000;

/** A report that was had before Send was pressed. */
export interface Ahead {
  readonly mark: string;
  readonly override: string | null;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly report: Report;
}

export async function loadReview(item: Item): Promise<Review | null> {
  return (await load(item, REVIEW)) as Review | null;
}

/** A review that is too long is kept without its findings: the panel then checks again when it opens. */
export async function saveReview(item: Item, review: Review): Promise<void> {
  const whole = JSON.stringify(review);
  await save(item, REVIEW, whole.length <= MOST ? whole : JSON.stringify({ ...review, report: null, mark: "" }));
}

export async function loadAhead(item: Item): Promise<Ahead | null> {
  return (await load(item, AHEAD)) as Ahead | null;
}

/** The report of a draft as it was sent to the service. One that is too long is not kept: Send then checks. */
export async function saveAhead(item: Item, draft: Draft, report: Report): Promise<void> {
  const ahead: Ahead = { mark: markOf(draft), override: draft.override, at: Date.now(), report };
  const whole = JSON.stringify(ahead);
  if (whole.length <= MOST) await save(item, AHEAD, whole);
}

/** Whether the report is one of this draft, as it stands and with what it was granted. */
export function fits(ahead: Ahead | null, draft: Draft, override: string | null): ahead is Ahead {
  return ahead !== null && ahead.mark === markOf(draft) && ahead.override === override && Date.now() - ahead.at < FRESH;
}

/** null where nothing is kept, or nothing of ours. */
async function load(item: Item, name: string): Promise<unknown> {
  try {
    return JSON.parse(await asked<string>((done) => item.sessionData.getAsync(name, done))) as unknown;
  } catch {
    return null;
  }
}

function save(item: Item, name: string, value: string): Promise<void> {
  return asked<void>((done) => item.sessionData.setAsync(name, value, done));
}
