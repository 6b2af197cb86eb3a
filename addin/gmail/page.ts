/** Compose windows in Gmail's page: which one an element belongs to, and whether we understand it. */

import type { Selectors } from "./selectors.js";
import { BEYOND, DIALOG, EDITOR, MAIL_LIKE, NO_MAIL, OTHER_ENTRY, RECIPIENTS, SEND, SENDS, SUBJECT, WITHIN } from "./selectors.js";

/** A window, or a reply in its conversation, in which a mail is written. */
export interface Compose {
  readonly root: HTMLElement;
  readonly editor: HTMLElement;
  /** Send first. */
  readonly sends: readonly HTMLElement[];
}

/** What the first selector that finds something finds. */
export function all(root: ParentNode, selectors: Selectors): HTMLElement[] {
  for (const selector of selectors) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (found.length > 0) return found;
  }
  return [];
}

export function first(root: ParentNode, selectors: Selectors): HTMLElement | null {
  return all(root, selectors)[0] ?? null;
}

/** The element itself or the nearest around it that one of the selectors fits. */
export function around(element: Element, selectors: Selectors): HTMLElement | null {
  return element.closest<HTMLElement>(selectors.join(", "));
}

export function visible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}

/** The compose window that an element belongs to; null: none, or none that we understand. */
export function composeAt(element: Element): Compose | null {
  return composes().find(({ root }) => frameOf(root).contains(element)) ?? null;
}

/** All that we understand. */
export function composes(): Compose[] {
  return editorsIn(document).map(composeOf).filter((one) => one !== null);
}

/** The whole window with title and edges; a reply in its conversation is its own. */
export function frameOf(root: HTMLElement): HTMLElement {
  return around(root, WITHIN) ?? root;
}

function editorsIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(EDITOR.join(", "))];
}

/** The smallest element around an editor that has all the parts of a mail; what belongs to two mails is none of them. */
function composeOf(editor: HTMLElement): Compose | null {
  for (const root of rootsOf(editor)) {
    if (editorsIn(root).length > 1) return null;
    const sends = sendsIn(root, editor);
    if (sends.length > 0 && first(root, RECIPIENTS.to)) return { root, editor, sends };
  }
  return null;
}

/** Whether Gmail asks something: a dialog that is no compose window. */
export function asking(): boolean {
  const dialogs = [...document.querySelectorAll<HTMLElement>(DIALOG.join(", "))];
  return dialogs.some((dialog) => visible(dialog) && editorsIn(dialog).length === 0);
}

/** Editors of mails that we do not understand: Send would go unseen. */
export function strangers(): HTMLElement[] {
  if (NO_MAIL.test(location.hash)) return [];
  const editors = [...document.querySelectorAll<HTMLElement>([...EDITOR, '[contenteditable="true"]'].join(", "))];
  return editors.filter((editor) => visible(editor) && !composeAt(editor) && isMail(editor));
}

function isMail(editor: HTMLElement): boolean {
  const known = [...SEND.slice(0, -1), ...SUBJECT, ...RECIPIENTS.to];
  const alone = rootsOf(editor).filter((root) => editorsIn(root).length <= 1);
  if (alone.some((root) => first(root, known))) return true;
  const like = around(editor, MAIL_LIKE);
  return like !== null && first(like, OTHER_ENTRY) !== null;
}

/** Elements around one, from the inside, as far as a compose window can reach. */
function rootsOf(element: Element): HTMLElement[] {
  const roots: HTMLElement[] = [];
  for (let root = element as HTMLElement | null; root && !root.matches(BEYOND.join(", ")); root = root.parentElement) {
    roots.push(root);
    if (root.matches(WITHIN.join(", "))) break;
  }
  return roots;
}

/** The buttons stand below what is written. */
function sendsIn(root: HTMLElement, editor: HTMLElement): HTMLElement[] {
  for (const selector of SEND) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)].filter((one) => isBefore(editor, one));
    if (found.length > 0 && found.length <= SENDS) return found;
  }
  return [];
}

export function isBefore(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
