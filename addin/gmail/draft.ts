/** A compose window of Gmail as a draft. Nothing here throws: what the page does not show is empty. */

import type { Attachment, Draft, Reply } from "../core/draft.js";
import { EMPTY } from "../core/draft.js";
import type { Compose } from "./page.js";
import { all, around, first, isBefore } from "./page.js";
import { bytesOf, mailbox } from "./text.js";
import {
  ACCOUNT, ADDRESSEE, ATTACHMENT, ATTACHMENT_NAME, ATTACHMENT_SIZE, CHIP, ENTRY, FROM, MESSAGE, RECIPIENTS, SENDER, SUBJECT,
  THREAD_SUBJECT, WITHIN,
} from "./selectors.js";
import type { Field } from "./selectors.js";

export function readDraft({ root, editor }: Compose): Draft {
  const reply = answered(editor);
  return {
    ...EMPTY,
    from: valueOf(first(root, FROM)) || account(),
    to: recipients(root, "to"),
    cc: recipients(root, "cc"),
    bcc: recipients(root, "bcc"),
    // A reply in its conversation shows no subject: it keeps that of the conversation.
    subject: valueOf(first(root, SUBJECT)) || (reply ? `Re: ${reply.subject}` : ""),
    html: editor.getHTML(),
    attachments: attachments(root),
    reply,
  };
}

/** Recipients of a box: its chips, and an address that is typed and no chip yet: Gmail makes it one at Send. */
export function recipients(root: HTMLElement, field: Field): string[] {
  const box = first(root, RECIPIENTS[field]);
  if (!box) return [];
  const typed = valueOf(first(box, ENTRY)).split(/[,;\uff0c\uff1b]/).map((one) => one.trim());
  return [...chips(box).map(addressOf), ...typed].filter((one) => one.includes("@"));
}

export function chips(box: HTMLElement): HTMLElement[] {
  return all(box, CHIP);
}

export function addressOf(chip: HTMLElement): string {
  const address = chip.dataset["hovercardId"] ?? chip.getAttribute("email");
  return address === null || address === undefined ? valueOf(chip) : mailbox(chip.dataset["name"] ?? chip.getAttribute("name") ?? "", address);
}

function attachments(root: HTMLElement): Attachment[] {
  return all(root, ATTACHMENT).map((box) => ({
    name: first(box, ATTACHMENT_NAME)?.textContent?.trim() ?? "",
    size: bytesOf(first(box, ATTACHMENT_SIZE)?.textContent ?? ""),
    // What was uploaded lies at Google; fetching it again would take a right that we do not ask for.
    type: null, inline: false, content: null, link: null,
  }));
}

/** The headers of the mail that a reply stands under; null for a window of its own, which does not show it. */
function answered(editor: HTMLElement): Reply | null {
  const subject = first(document, THREAD_SUBJECT)?.textContent?.trim();
  if (!subject || around(editor, WITHIN)) return null;
  const message = all(document, MESSAGE).filter((one) => isBefore(one, editor)).at(-1);
  const from = message && first(message, SENDER);
  if (!message || !from) return null;
  const to = all(message, ADDRESSEE).map(addressOf);
  return { message_id: null, subject, from: addressOf(from), to: [...new Set(to)], cc: [], date: null, references: [] };
}

/** The address that mails are written from: on the account's link, and in the title of the page. */
function account(): string {
  const label = first(document, ACCOUNT)?.getAttribute("aria-label") ?? "";
  return [label, document.title].map((text) => /[^\s()<>"'\uff08\uff09\uff0c\uff1a]+@[^\s()<>"'\uff08\uff09\uff0c\uff1a]+/.exec(text)?.[0]).find(Boolean) ?? "";
}

function valueOf(entry: HTMLElement | null): string {
  return entry instanceof HTMLInputElement || entry instanceof HTMLTextAreaElement ? entry.value : "";
}
