/**
 * A fix into a compose window of Gmail, as if the user had typed it: only the words that change are touched, Gmail
 * notices, and Ctrl+Z takes it back. Signature, quoted mails and formatting around them stay.
 */

import type { Draft, Part } from "../core/draft.js";
import { changedParts } from "../core/draft.js";
import { ByHandError } from "../core/desk.js";
import { addressOf, chips, recipients } from "./draft.js";
import type { Compose } from "./page.js";
import { first, visible } from "./page.js";
import { ENTRY, RECIPIENTS, REMOVE, SUBJECT } from "./selectors.js";
import type { Field } from "./selectors.js";
import { bareAddress, changeOf, changesOf } from "./text.js";

/** Recipients last: where they cannot be changed, all else is. Throws ByHandError for what only the user can change. */
export async function writeDraft(compose: Compose, before: Draft, after: Draft): Promise<void> {
  const changed = changedParts(before, after);
  const hand: Part[] = [];
  for (const part of [...changed].reverse()) {
    if (part === "html") writeBody(compose.editor, before.html ?? "", after.html ?? "");
    else if (part === "subject") writeSubject(compose.root, before.subject, after.subject);
    else if (!(isField(part) && await writeRecipients(compose.root, part, before[part], after[part]))) hand.push(part);
  }
  if (hand.length > 0) throw new ByHandError(hand.join(", "));
}

function isField(part: Part): part is Field {
  return part === "to" || part === "cc" || part === "bcc";
}

function writeSubject(root: HTMLElement, before: string, after: string): void {
  const entry = first(root, SUBJECT);
  const change = changeOf(before, after);
  if (!(entry instanceof HTMLInputElement) || !visible(entry) || entry.value !== before || !change) throw new ByHandError("subject");
  entry.focus();
  entry.setSelectionRange(change.at, change.at + change.length);
  type(entry, change.text);
}

function writeBody(editor: HTMLElement, before: string, after: string): void {
  const [old, wanted] = [skeleton(parsed(before)), skeleton(parsed(after))];
  editor.focus();
  if (old.tags.join() !== wanted.tags.join()) return writeBlocks(editor, before, after);
  if (old.texts.join("") !== skeleton(editor).texts.join("")) throw new Error("the mail changed");
  // From the end, so that the places of the others stay.
  for (const { at, length, text } of changesOf(old.texts, wanted.texts, (index) => old.lines.has(index)).reverse()) {
    select(rangeIn(editor, at, at + length));
    type(editor, text);
  }
}

/** A fix that brings markup of its own: the topmost elements in which it stands are written anew. */
function writeBlocks(editor: HTMLElement, before: string, after: string): void {
  const [old, wanted] = [[...parsed(before).childNodes], [...parsed(after).childNodes]];
  if (old.length !== editor.childNodes.length) throw new Error("the mail changed");
  const most = Math.min(old.length, wanted.length);
  let head = 0;
  while (head < most && old[head]?.isEqualNode(wanted[head] ?? null)) head++;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail)?.isEqualNode(wanted.at(-1 - tail) ?? null)) tail++;
  const range = document.createRange();
  range.setStart(editor, head);
  range.setEnd(editor, old.length - tail);
  select(range);
  const block = document.createElement("div");
  block.append(...wanted.slice(head, wanted.length - tail));
  command(editor, "insertHTML", block.getHTML());
}

function parsed(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** The tags of a tree, and the texts between them: one more than there are tags, most of them empty. */
interface Skeleton {
  readonly tags: string[];
  readonly texts: string[];
  /** The texts with which a line starts: before them stands a tag that is none of INLINE. */
  readonly lines: Set<number>;
}

const INLINE = new Set(["a", "abbr", "b", "big", "code", "em", "font", "i", "mark", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u"]);

function skeleton(tree: Node): Skeleton {
  const { tags, texts, lines }: Skeleton = { tags: [], texts: [""], lines: new Set() };
  const cut = (tag: string, element: Element): void => {
    tags.push(tag);
    texts.push("");
    if (!INLINE.has(element.localName)) lines.add(texts.length - 1);
  };
  const walk = (node: Node): void => {
    if (node instanceof Text) texts.push((texts.pop() ?? "") + node.data);
    if (!(node instanceof Element)) return;
    cut(node.localName, node);
    node.childNodes.forEach(walk);
    cut("/", node);
  };
  tree.childNodes.forEach(walk);
  return { tags, texts, lines };
}

/** The range of an editor's text between two offsets in it. */
function rangeIn(editor: HTMLElement, from: number, to: number): Range {
  const range = document.createRange();
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  let at = 0;
  let open = false;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const end = at + node.length;
    if (!open && (from < end || (from === end && from === to))) {
      range.setStart(node, from - at);
      open = true;
    }
    if (open && to <= end) {
      range.setEnd(node, to - at);
      return range;
    }
    at = end;
  }
  throw new Error("no such place");
}

function select(range: Range): void {
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** In place of what is selected. */
function type(entry: HTMLElement, text: string): void {
  command(entry, text ? "insertText" : "delete", text);
}

/** The browser's own command, for that can be undone. It goes where the focus is: nowhere else may it be. */
function command(entry: HTMLElement, name: string, text: string): void {
  if (document.activeElement !== entry || !document.execCommand(name, false, text)) throw new Error("cannot be typed here");
}

/** Milliseconds in which Gmail makes a chip, or takes one away. */
const CHIPPING = 1000;

/** Pastes the new addresses, then takes the old chips away; gives whether Gmail did both. Where it did not, none is lost. */
async function writeRecipients(root: HTMLElement, field: Field, before: readonly string[], after: readonly string[]): Promise<boolean> {
  const box = first(root, RECIPIENTS[field]);
  const entry = box && first(box, ENTRY);
  if (!box || !entry) return false;
  const now = (): string[] => recipients(root, field).map(bareAddress);
  const added = after.filter((one) => !before.includes(one)).map(bareAddress);
  const gone = before.filter((one) => !after.includes(one)).map(bareAddress);
  paste(entry, added.join(", "));
  if (!await soon(() => added.every((one) => now().includes(one)))) return false;
  for (const chip of chips(box).filter((one) => gone.includes(bareAddress(addressOf(one))))) first(chip, REMOVE)?.click();
  return soon(() => !gone.some((one) => now().includes(one)));
}

function paste(entry: HTMLElement, text: string): void {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  entry.focus();
  entry.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}

async function soon(holds: () => boolean): Promise<boolean> {
  for (const started = Date.now(); Date.now() - started < CHIPPING;) {
    if (holds()) return true;
    await new Promise((done) => setTimeout(done, 30));
  }
  return false;
}
