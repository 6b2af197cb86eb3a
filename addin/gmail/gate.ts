/** What is known of one mail between two presses: in the page, so that it outlives the worker. Pure but for the clock. */

import type { Review } from "../core/review.js";

/** Milliseconds in which a mail that was let out may be sent as it stands: the choice of a time needs some. */
const CLEARED_FOR = 120_000;
/** Milliseconds after a press of our own in which another is the second half of a double click. */
const DOUBLE = 500;

export class Gate {
  review: Review | null = null;
  /** A check is under way: further presses wait for it. */
  busy = false;
  private watcher: ((review: Review) => void) | null = null;
  private broken = false;
  private pressing = false;
  private cleared: { readonly mark: string; readonly at: number } | null = null;
  private pressed = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Lets the draft with that mark out. */
  clear(mark: string): void {
    this.cleared = { mark, at: this.now() };
  }

  /** Lets everything out from now on: we failed. */
  open(): void {
    this.broken = true;
    this.busy = false;
  }

  /**
   * Presses something for the user, if the draft is still the cleared one; gives whether it was. The press goes through
   * whole: its first half already changes the draft where Gmail makes a chip of what was typed.
   */
  press(mark: () => string, act: () => void): boolean {
    if (this.cleared?.mark !== mark()) return false;
    this.pressing = true;
    try {
      act();
    } finally {
      this.pressing = false;
    }
    return true;
  }

  /** What was pressed sends the mail: another press right after it is the second half of a double click. */
  sending(): void {
    this.pressed = this.now();
  }

  /** Whether an event of a press may go on to Gmail. `trusted`: it comes from the user, not from us. */
  lets(mark: () => string, trusted: boolean): boolean {
    if (this.broken || this.pressing) return true;
    if (this.busy || !this.cleared || this.now() - this.cleared.at > CLEARED_FOR) return false;
    return !(trusted && this.isDouble()) && this.cleared.mark === mark();
  }

  /** The second click of a double click, whose first one was already answered. */
  isDouble(): boolean {
    return this.now() - this.pressed < DOUBLE;
  }

  /** Calls back when a review is saved; null: no more. */
  watch(saved: ((review: Review) => void) | null): void {
    this.watcher = saved;
  }

  save(review: Review): void {
    this.review = review;
    this.watcher?.(review);
  }
}
