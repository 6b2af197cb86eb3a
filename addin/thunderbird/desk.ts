/** The desk of one compose window: settings in layers, the review in session storage. */

import { connect } from "../core/client.js";
import type { Desk } from "../core/desk.js";
import { settingsInForce } from "../core/extension.js";
import type { Review } from "../core/review.js";
import { readDraft, writeDraft } from "./draft.js";

export async function deskOf(tab: number): Promise<Desk> {
  const settings = await settingsInForce(messenger);
  const kept = keyOf(tab);
  return {
    settings,
    client: connect(settings),
    shell: {
      read: () => readDraft(tab),
      write: (before, after) => writeDraft(tab, before, after),
      send: async () => { await messenger.compose.sendMessage(tab, { mode: "default" }); },
      load: async () => ((await messenger.storage.session.get(kept))[kept] as Review | undefined) ?? null,
      save: (review) => messenger.storage.session.set({ [kept]: review }),
      watch: (saved) => messenger.storage.session.onChanged.addListener((changes) => {
        const review = changes[kept]?.newValue as Review | undefined;
        if (review) saved(review);
      }),
    },
  };
}

/** What is kept of a mail goes with its window. */
export async function forget(tab: number): Promise<void> {
  await messenger.storage.session.remove(keyOf(tab));
}

function keyOf(tab: number): string {
  return `review-${tab}`;
}
