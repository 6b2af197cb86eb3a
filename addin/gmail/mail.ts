/** One mail being written in Gmail: held at Send, shown in a panel, let out. */

import { converse } from "../core/conversation.js";
import type { Desk } from "../core/desk.js";
import { atSend } from "../core/desk.js";
import { markOf } from "../core/draft.js";
import type { Settings } from "../core/settings.js";
import type { Key } from "../core/texts.js";
import { readDraft } from "./draft.js";
import { Gate } from "./gate.js";
import { remote } from "./messages.js";
import { stickNotice } from "./notice.js";
import type { Compose } from "./page.js";
import { asking, composeAt, visible } from "./page.js";
import type { Standing } from "./place.js";
import { standBeside } from "./place.js";
import type { Way } from "./press.js";
import { press } from "./press.js";
import { writeDraft } from "./write.js";

/** Milliseconds after which a check is worth a word. */
const PATIENCE = 400;
/** Milliseconds after which a compose window that is still there was not sent. */
const SENDING = 2000;
/** How often a mail is checked that its writer changes meanwhile. */
const CHECKS = 3;

export class Mail {
  readonly gate = new Gate();
  private panel: Standing | null = null;
  private way: Way | null = null;

  /** `settings`: those in force now. */
  constructor(private last: Compose, private readonly settings: () => Promise<Settings>) {}

  /** The compose window as it is now: Gmail builds it anew when it goes full screen. */
  get compose(): Compose {
    this.last = composeAt(this.last.editor) ?? this.last;
    return this.last;
  }

  mark(): string {
    return markOf(readDraft(this.compose));
  }

  /** The user sends it that way: it goes when it may, else the panel says why not. */
  async hold(way: Way): Promise<void> {
    if (this.gate.busy) return;
    this.way = way;
    this.gate.busy = true;
    const settings = await this.settings();
    const quiet = this.sayLater("checking", settings);
    try {
      const mark = await this.checked(settings).finally(quiet);
      this.gate.busy = false;
      if (mark === null) this.show(settings);
      else await this.release(way, mark, settings);
    } catch {
      // A mistake of ours must not keep a mail in.
      this.gate.open();
      this.say("strange", settings);
    }
  }

  /** The user only wants to know. */
  async look(): Promise<void> {
    this.show(await this.settings());
  }

  /** The mark of the mail that was checked, may go, and is still the one that stands there; else null. */
  private async checked(settings: Settings): Promise<string | null> {
    this.mark(); // what cannot be read throws here, and is let out: the panel could never send it
    for (let count = 0; count < CHECKS; count++) {
      let read: string | null = null;
      const leaves = await atSend(this.desk(settings, (mark) => { read = mark; }));
      if (!leaves) return null;
      if (read === this.mark()) return read;
    }
    return null;
  }

  private async release(way: Way, mark: string, settings: Settings): Promise<void> {
    this.hide();
    this.gate.clear(mark);
    if (way.kind !== "schedule") this.gate.sending();
    const pressed = await press(this.compose, way, (act) => this.gate.press(() => this.mark(), act));
    if (!pressed || (way.kind !== "schedule" && await this.stays(mark))) this.say("pressAgain", settings);
  }

  /** Whether Gmail took no notice of our press: the user's own will do. A question of Gmail's is notice. */
  private async stays(mark: string): Promise<boolean> {
    await new Promise((done) => setTimeout(done, SENDING));
    const { editor } = this.compose;
    return editor.isConnected && visible(editor) && !this.gate.busy && !asking() && this.mark() === mark;
  }

  /** `read` is told the mark of each draft that is read. */
  private desk(settings: Settings, read: (mark: string) => void = () => undefined): Desk {
    const { gate } = this;
    return {
      settings,
      client: remote(settings),
      shell: {
        read: async () => {
          const draft = readDraft(this.compose);
          read(markOf(draft));
          return draft;
        },
        write: (before, after) => writeDraft(this.compose, before, after),
        send: async () => { if (this.way) void this.hold(this.way); },
        load: async () => gate.review,
        save: async (review) => gate.save(review),
        watch: (saved) => gate.watch(saved),
      },
    };
  }

  private show(settings: Settings): void {
    if (this.panel) return;
    const close = (): void => this.hide();
    this.panel = standBeside(() => this.compose, close);
    void converse(this.desk(settings), { host: this.panel.host, modal: false, close });
  }

  private hide(): void {
    const focused = document.activeElement === this.panel?.host;
    this.panel?.take();
    this.panel = null;
    this.gate.watch(null);
    // Where the user goes on writing, and where Ctrl+Z takes a fix back.
    if (focused) this.compose.editor.focus();
  }

  /** Says it if it is not taken back soon; gives what takes it back. */
  private sayLater(key: Key, settings: Settings): () => void {
    const said: Standing[] = [];
    const timer = setTimeout(() => { said.push(this.say(key, settings)); }, PATIENCE);
    return () => {
      clearTimeout(timer);
      for (const one of said) one.take();
    };
  }

  private say(key: Key, settings: Settings): Standing {
    return stickNotice(() => this.compose, key, settings);
  }
}
