/** The panel at work: what the user does goes to the desk, what comes of it is shown. */

import type { Desk, Step } from "./desk.js";
import { again, apply, dispute, look, sendAnyway } from "./desk.js";
import type { Acts, View } from "./scene.js";
import { openPanel } from "./panel.js";
import type { Review } from "./review.js";
import type { Key } from "./texts.js";

export interface Place {
  /** The element whose shadow root holds the panel. */
  readonly host: HTMLElement;
  readonly modal: boolean;
  /** The user is done: close the popup, take the panel away. */
  close(): void;
}

/** Opens the panel with the review of the draft as it stands. Gives a promise of its first full view. */
export async function converse(desk: Desk, place: Place): Promise<void> {
  let view: View = { review: null, busy: true, trouble: null, told: "checking" };
  const show = (next: Partial<View>): void => {
    view = { ...view, ...next };
    panel.show(view);
  };
  /** One act at a time; `doing` is said while it lasts. */
  const act = async (doing: Key, done: Key | null, step: (review: Review) => Promise<Step>): Promise<Step | null> => {
    if (view.busy || !view.review) return null;
    show({ busy: true, told: doing, trouble: null });
    const result = await step(view.review);
    show({ review: result.review, busy: false, trouble: result.trouble, told: result.trouble ? null : done });
    return result;
  };
  const send = async (reason: string): Promise<void> => {
    const sent = await act("sending", null, (review) => sendAnyway(desk, review, reason));
    if (sent && !sent.trouble) place.close();
  };
  const acts: Acts = {
    apply: (findings) => void act("checking", "applied", (review) => apply(desk, review, findings)),
    dispute: (finding) => void act("checking", "wrongTold", (review) => dispute(desk, review, finding)),
    again: () => void act("checking", null, async (review) => ({ review: await again(desk, review), trouble: null })),
    sendAnyway: (reason) => void send(reason),
    close: () => place.close(),
  };
  const panel = openPanel(place.host, { settings: desk.settings, acts, modal: place.modal });
  panel.show(view);
  desk.shell.watch?.((review) => { if (!view.busy) show({ review, told: null, trouble: null }); });
  show({ review: await look(desk), busy: false, told: null });
}
