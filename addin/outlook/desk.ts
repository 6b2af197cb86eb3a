/** The desk of the mail in Outlook's window: the review lies in its session data. */

import { LIMITS } from "../core/attachments.js";
import type { Limits } from "../core/attachments.js";
import type { Client, Outcome } from "../core/client.js";
import { connect } from "../core/client.js";
import type { Desk, Shell } from "../core/desk.js";
import type { Draft } from "../core/draft.js";
import { markOf } from "../core/draft.js";
import type { Report } from "../core/report.js";
import type { Review } from "../core/review.js";
import type { Settings } from "../core/settings.js";
import { readDraft, readOutline, writeDraft } from "./draft.js";
import { fits, loadAhead, loadReview, saveAhead, saveReview } from "./kept.js";
import type { Ahead } from "./kept.js";
import { asked } from "./office.js";
import type { Item } from "./office.js";

/**
 * Contents of attachments at Send: what Outlook hands over, and a slow line carries, within the limit. A check ahead, or
 * one in the pane, sends them all.
 */
const AT_SEND: Limits = { one: 2 * 1024 * 1024, all: 2 * 1024 * 1024 };
/** Milliseconds in which they have to be there. */
const CONTENTS = 1200;
/** Milliseconds in the pane, where the user sees that something is under way: for the contents, and for the answer. */
const IN_PANE = { contents: 10_000, answer: 15_000 } as const;

/** For the task pane. What it checks is known at Send. `send`: what “send” does where the client cannot be told to. */
export function deskOf(item: Item, settings: Settings, send: () => Promise<void>): Desk {
  const client = connect(settings);
  const check = async (draft: Draft): Promise<Outcome<Report>> => {
    const outcome = await client.check(draft, IN_PANE.answer);
    if (outcome.ok) await saveAhead(item, draft, outcome.value).catch(() => undefined);
    return outcome;
  };
  return { settings, client: { ...client, check }, shell: shell(item, () => readDraft(item, LIMITS, IN_PANE.contents), send) };
}

/** For the hook at Send: a report that was had ahead, of this very draft, is as good as a new one. */
export async function deskAtSend(item: Item, settings: Settings): Promise<Desk> {
  const [ahead, review] = await Promise.all([loadAhead(item), loadReview(item)]);
  const client = connect(settings);
  const never = (): Promise<void> => Promise.reject(new Error("Send is pressed already"));
  const read = (): Promise<Draft> => readAtSend(item, ahead, review);
  return { settings, client: { ...client, check: checkAhead(client, ahead) }, shell: shell(item, read, never) };
}

function checkAhead(client: Client, ahead: Ahead | null): Client["check"] {
  return async (draft, within) =>
    fits(ahead, draft, draft.override) ? { ok: true, value: ahead.report } : client.check(draft, within);
}

/** With the contents of attachments only where a new check needs them. */
async function readAtSend(item: Item, ahead: Ahead | null, review: Review | null): Promise<Draft> {
  const outline = await readOutline(item);
  const settled = fits(ahead, outline, review?.override ?? null) || review?.pass === markOf(outline);
  return settled || outline.attachments.length === 0 ? outline : readDraft(item, AT_SEND, CONTENTS);
}

function shell(item: Item, read: () => Promise<Draft>, send: () => Promise<void>): Shell {
  return {
    read,
    write: (before, after) => writeDraft(item, before, after),
    send,
    load: () => loadReview(item),
    save: (review) => saveReview(item, review),
  };
}

/** Presses Send (Mailbox 1.15). */
export function pressSend(item: Item): Promise<void> {
  return asked<void>((done) => item.sendAsync(done));
}
