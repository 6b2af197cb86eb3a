/** A check before Send is pressed, so that Send is answered at once when nothing changes any more. */

import { connect } from "../core/client.js";
import type { Settings } from "../core/settings.js";
import { readDraft, readOutline } from "./draft.js";
import { fits, loadAhead, loadReview, saveAhead } from "./kept.js";
import type { Item } from "./office.js";

/** Milliseconds for the answer: nobody waits for it, and attachments may be large. */
const LIMIT = 15_000;

export async function checkAhead(item: Item, settings: Settings): Promise<void> {
  const outline = await readOutline(item);
  // Nobody sends a mail without a subject on purpose: this one is being written.
  if (outline.subject.trim() === "") return;
  const override = (await loadReview(item))?.override ?? null;
  if (fits(await loadAhead(item), outline, override)) return;
  const draft = { ...(await readDraft(item)), override };
  const outcome = await connect(settings).check(draft, LIMIT);
  if (outcome.ok) await saveAhead(item, draft, outcome.value);
}
