/** The desk of the mail in Outlook's window: the review lies in its session data. */

import { LIMITS } from "../core/attachments.js";
import type { Client } from "../core/client.js";
import { connect } from "../core/client.js";
import type { Desk, Shell } from "../core/desk.js";
import type { Draft } from "../core/draft.js";
import type { Settings } from "../core/settings.js";
import { readDraft, readOutline, writeDraft } from "./draft.js";
import { fits, loadAhead, loadReview, saveReview } from "./kept.js";
import type { Ahead } from "./kept.js";
import { asked } from "./office.js";
import type { Item } from "./office.js";

/** Milliseconds in which contents of attachments have to be there at Send; the rest of the limit is the service's. */
const CONTENTS = 1200;

/** For the task pane. `send`: what “send” does where the client cannot be told to. */
export function deskOf(item: Item, settings: Settings, send: () => Promise<void>): Desk {
  return { settings, client: connect(settings), shell: shell(item, () => readDraft(item), send) };
}

/** For the hook at Send: a report that was had ahead, of this very draft, is as good as a new one. */
export async function deskAtSend(item: Item, settings: Settings): Promise<Desk> {
  const [ahead, review] = await Promise.all([loadAhead(item), loadReview(item)]);
  const override = review?.override ?? null;
  const client = connect(settings);
  const never = (): Promise<void> => Promise.reject(new Error("Send is pressed already"));
  return { settings, client: { ...client, check: checkAhead(client, ahead) }, shell: shell(item, () => readOnce(item, ahead, override), never) };
}

function checkAhead(client: Client, ahead: Ahead | null): Client["check"] {
  return async (draft, within) =>
    fits(ahead, draft, draft.override) ? { ok: true, value: ahead.report } : client.check(draft, within);
}

/** With the contents of attachments only where a new check needs them. */
async function readOnce(item: Item, ahead: Ahead | null, override: string | null): Promise<Draft> {
  const outline = ahead && (await readOutline(item));
  return outline && fits(ahead, outline, override) ? outline : readDraft(item, LIMITS, CONTENTS);
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
