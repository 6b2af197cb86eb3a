/** The self-test: looks for mails being written that we do not understand, and says that they are not checked. */

import type { Settings } from "../core/settings.js";
import { stickNotice } from "./notice.js";
import { strangers } from "./page.js";
import type { Standing } from "./place.js";

/** Milliseconds between two looks, and those in which Gmail may still be building a window. */
const LOOKS = 1000;
const BUILDING = 1500;

interface Told {
  readonly seen: number;
  notice: Standing | null;
}

export function watchForStrangers(settings: () => Promise<Settings>): void {
  const told = new Map<HTMLElement, Told>();
  const look = async (): Promise<void> => {
    const now = strangers();
    for (const [editor, { notice }] of told) {
      if (now.includes(editor)) continue;
      notice?.take();
      told.delete(editor);
    }
    for (const editor of now) {
      const entry = told.get(editor) ?? { seen: performance.now(), notice: null };
      told.set(editor, entry);
      if (entry.notice || performance.now() - entry.seen < BUILDING) continue;
      entry.notice = stickNotice(() => ({ root: editor.parentElement ?? editor, editor }), "strange", await settings());
    }
  };
  setInterval(() => void look(), LOOKS);
}
