/** A mail in Outlook's window as a draft, and a fixed draft back into the window. */

import { collect, LIMITS } from "../core/attachments.js";
import type { Limits, Source } from "../core/attachments.js";
import type { Draft, Part } from "../core/draft.js";
import { changedParts, EMPTY } from "../core/draft.js";
import { inTime } from "../core/time.js";
import { asked } from "./office.js";
import type { Item } from "./office.js";
import { read, replace } from "./recipients.js";

/** Names and sizes of attachments only. */
const NONE: Limits = { one: -1, all: -1 };

/** The draft without the contents of its attachments: what its mark is made of, at little cost. */
export async function readOutline(item: Item): Promise<Draft> {
  return readDraft(item, NONE);
}

/**
 * The draft. Outlook hands over no original of a reply and no Reply-To. Contents of attachments that are not there
 * within `patience` milliseconds are left out; names and sizes never are.
 */
export async function readDraft(item: Item, limits: Limits = LIMITS, patience = Infinity): Promise<Draft> {
  const until = Date.now() + patience;
  const [from, to, cc, bcc, subject, body, listed] = await Promise.all([
    asked<Office.EmailAddressDetails>((done) => item.from.getAsync(done)),
    read(item.to), read(item.cc), read(item.bcc),
    asked<string>((done) => item.subject.getAsync(done)),
    readBody(item),
    asked<Office.AttachmentDetailsCompose[]>((done) => item.getAttachmentsAsync(done)),
  ]);
  const attachments = await collect(listed.map((one) => source(item, one, until)), limits);
  return { ...EMPTY, from: from?.emailAddress ?? "", to, cc, bcc, subject, ...body, attachments };
}

/** Only what changed is set: everything else in the window stays as it is. Throws: Outlook takes it not. */
export async function writeDraft(item: Item, before: Draft, after: Draft): Promise<void> {
  for (const part of changedParts(before, after)) await writePart(item, part, after);
}

async function writePart(item: Item, part: Part, after: Draft): Promise<void> {
  if (part === "to" || part === "cc" || part === "bcc") return replace(item[part], after[part]);
  if (part === "subject") return asked<void>((done) => item.subject.setAsync(after.subject, done));
  if (part === "html") return setBody(item, after.html ?? "", Office.CoercionType.Html);
  if (part === "text") return setBody(item, after.text ?? "", Office.CoercionType.Text);
  throw new Error(`${part} cannot be changed in Outlook`);
}

function setBody(item: Item, content: string, coercionType: Office.CoercionType): Promise<void> {
  return asked<void>((done) => item.body.setAsync(content, { coercionType }, done));
}

async function readBody(item: Item): Promise<Pick<Draft, "html" | "text">> {
  const type = await asked<Office.CoercionType>((done) => item.body.getTypeAsync(done));
  const body = await asked<string>((done) => item.body.getAsync(type, done));
  return type === Office.CoercionType.Html ? { html: body, text: null } : { html: null, text: body };
}

/** A file in the cloud is a link: its content is not ours to fetch. */
function source(item: Item, given: Office.AttachmentDetailsCompose, until: number): Source {
  const { id, name, size, isInline, attachmentType } = given;
  const isLink = attachmentType === Office.MailboxEnums.AttachmentType.Cloud;
  return { name, size, type: null, inline: isInline, link: isLink ? given.url ?? null : null, read: () => content(item, id, until) };
}

/** Base64 as Outlook gives it. Rejects: an attached item (it comes as text), or not in time. */
async function content(item: Item, id: string, until: number): Promise<string> {
  const got = asked<Office.AttachmentContent>((done) => item.getAttachmentContentAsync(id, done));
  const found = await before(got, until);
  if (found?.format !== Office.MailboxEnums.AttachmentContentFormat.Base64) throw new Error("not read");
  return found.content;
}

function before<T>(result: Promise<T>, until: number): Promise<T | null> {
  return until === Infinity ? result : inTime(result, until - Date.now());
}
