/** Where something of ours stands in Gmail's page: beside a compose window, and it moves and goes with it. */

import { composes, frameOf, visible } from "./page.js";

/** What it stands beside: the window around `root`, as long as there is an `editor`. */
export interface Anchor {
  readonly root: HTMLElement;
  readonly editor: HTMLElement;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels: what a panel wants, what it can do with, and the air around it. */
const WIDTH = 420;
const LEAST = 300;
const HEIGHT = 560;
const AIR = 8;
/** Pixels of the row with Send at the end of a compose window. */
const BUTTONS = 60;

interface Place {
  readonly left: number;
  readonly bottom: number;
  readonly width: number;
  /** Pixels that it may be high. */
  readonly most: number;
}

/**
 * A panel's place in a window of that size: on the side with more room, as far as no other compose window stands there;
 * else over the end of its own. Pure.
 */
export function placeBeside(compose: Box, others: readonly Box[], page: { readonly width: number; readonly height: number }): Place {
  const end = compose.left + compose.width;
  const from = Math.max(0, ...others.map((one) => one.left + one.width).filter((edge) => edge <= compose.left));
  const to = Math.min(page.width, ...others.map((one) => one.left).filter((edge) => edge >= end));
  const [before, after] = [compose.left - from - 2 * AIR, to - end - 2 * AIR];
  const bottom = Math.max(AIR, page.height - Math.min(compose.top + compose.height, page.height - AIR));
  if (Math.max(before, after) >= LEAST) {
    const width = Math.min(WIDTH, Math.max(before, after));
    const left = before >= after ? compose.left - AIR - width : end + AIR;
    return { left, bottom, width, most: Math.min(HEIGHT, page.height - bottom - AIR) };
  }
  const width = Math.min(WIDTH, page.width - 2 * AIR);
  // Over the mail, but not over its buttons.
  const above = bottom + BUTTONS;
  const left = Math.max(AIR, Math.min(end, page.width) - width - AIR);
  return { left, bottom: above, width, most: Math.min(HEIGHT, page.height - above - AIR) };
}

export interface Standing {
  readonly host: HTMLElement;
  take(): void;
}

/** Milliseconds between two looks at where the compose window is: it moves when others open or close. */
const LOOKS = 200;

/** An element of ours beside a compose window as it is now; it goes with the window, and `gone` is called then. */
export function standBeside(compose: () => Anchor, gone: () => void = () => undefined): Standing {
  const host = document.createElement("div");
  host.style.cssText = STYLE;
  // What is typed here is nothing to Gmail, whose shortcuts are single letters.
  for (const kind of ["keydown", "keypress", "keyup"]) host.addEventListener(kind, (event) => event.stopPropagation());
  const place = (): void => {
    const { editor, root } = compose();
    const frame = frameOf(root);
    if (!editor.isConnected || !visible(frame)) {
      take();
      return queueMicrotask(gone);
    }
    const others = composes().map((one) => frameOf(one.root)).filter((one) => one !== frame && visible(one));
    const boxes = others.map((one) => one.getBoundingClientRect());
    const page = { width: innerWidth, height: innerHeight };
    const { left, bottom, width, most } = placeBeside(frame.getBoundingClientRect(), boxes, page);
    Object.assign(host.style, { left: `${left}px`, bottom: `${bottom}px`, width: `${width}px`, maxHeight: `${most}px` });
  };
  const timer = setInterval(place, LOOKS);
  const take = (): void => {
    clearInterval(timer);
    removeEventListener("resize", place);
    host.remove();
  };
  addEventListener("resize", place);
  document.body.append(host);
  place();
  return { host, take };
}

const STYLE = `
  all: initial; position: fixed; z-index: 2147483000; display: block; overflow: hidden; border-radius: 12px;
  box-shadow: 0 0 0 1px rgb(0 0 0 / .12), 0 8px 28px rgb(0 0 0 / .28); color-scheme: light dark;
`;
