/** Where something of ours stands in Gmail's page: beside a compose window, and it moves and goes with it. */

import { frameOf } from "./page.js";

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

/** A panel's place in a window of that size: on the side with more room, else over the compose window's end. Pure. */
export function placeBeside(compose: Box, page: { readonly width: number; readonly height: number }): { left: number; bottom: number; width: number; most: number } {
  const before = compose.left - 2 * AIR;
  const after = page.width - compose.left - compose.width - 2 * AIR;
  const bottom = Math.max(AIR, page.height - Math.min(compose.top + compose.height, page.height - AIR));
  const most = Math.min(HEIGHT, page.height - bottom - AIR);
  if (Math.max(before, after) >= LEAST) {
    const width = Math.min(WIDTH, Math.max(before, after));
    return { left: before >= after ? compose.left - AIR - width : compose.left + compose.width + AIR, bottom, width, most };
  }
  const width = Math.min(WIDTH, page.width - 2 * AIR);
  // Over the mail, but not over its buttons.
  const above = bottom + BUTTONS;
  return { left: Math.max(AIR, Math.min(compose.left + compose.width, page.width) - width - AIR), bottom: above, width, most: Math.min(HEIGHT, page.height - above - AIR) };
}

/** Pixels of the row with Send at the end of a compose window. */
const BUTTONS = 60;

export interface Standing {
  readonly host: HTMLElement;
  take(): void;
}

/** Milliseconds between two looks at where the compose window is: it moves when others open or close. */
const LOOKS = 200;

/** An element of ours beside a compose window as it is now; `gone` is called when the window is. */
export function standBeside(compose: () => Anchor, gone: () => void): Standing {
  const host = document.createElement("div");
  host.style.cssText = STYLE;
  // What is typed here is nothing to Gmail, whose shortcuts are single letters.
  for (const kind of ["keydown", "keypress", "keyup"]) host.addEventListener(kind, (event) => event.stopPropagation());
  const place = (): void => {
    const { editor, root } = compose();
    if (!editor.isConnected) return gone();
    const window = frameOf(root).getBoundingClientRect();
    const { left, bottom, width, most } = placeBeside(window, { width: innerWidth, height: innerHeight });
    Object.assign(host.style, { left: `${left}px`, bottom: `${bottom}px`, width: `${width}px`, maxHeight: `${most}px` });
  };
  document.body.append(host);
  const timer = setInterval(place, LOOKS);
  addEventListener("resize", place);
  const take = (): void => {
    clearInterval(timer);
    removeEventListener("resize", place);
    host.remove();
  };
  place();
  return { host, take };
}

const STYLE = `
  all: initial; position: fixed; z-index: 2147483000; display: block; overflow: hidden; border-radius: 12px;
  box-shadow: 0 0 0 1px rgb(0 0 0 / .12), 0 8px 28px rgb(0 0 0 / .28); color-scheme: light dark;
`;
