/** A compose window of Thunderbird as a draft, and a fixed draft back into the window. */

import { collect, LIMITS } from "../core/attachments.js";
import type { Source } from "../core/attachments.js";
import type { Draft, Part, Reply } from "../core/draft.js";
import { changedParts, EMPTY } from "../core/draft.js";

type Details = messenger.compose.ComposeDetails;

export async function readDraft(tab: number): Promise<Draft> {
  const [details, attachments] = await Promise.all([messenger.compose.getComposeDetails(tab), sources(tab)]);
  return {
    ...EMPTY,
    from: addresses(details.from)[0] ?? "",
    to: addresses(details.to),
    cc: addresses(details.cc),
    bcc: addresses(details.bcc),
    reply_to: addresses(details.replyTo),
    subject: details.subject ?? "",
    // The window holds both; what is sent is the one that its editor edits.
    html: details.isPlainText ? null : details.body ?? "",
    text: details.isPlainText ? details.plainTextBody ?? "" : null,
    attachments: await collect(attachments),
    reply: await answered(details),
  };
}

/** Only what changed is set: everything else in the window stays as it is. */
export async function writeDraft(tab: number, before: Draft, after: Draft): Promise<void> {
  const details: Partial<Record<keyof Details, unknown>> = {};
  for (const part of changedParts(before, after)) details[FIELDS[part]] = after[part];
  await messenger.compose.setComposeDetails(tab, details as Details);
}

const FIELDS: Readonly<Record<Part, keyof Details>> = {
  from: "from", to: "to", cc: "cc", bcc: "bcc", reply_to: "replyTo", subject: "subject", html: "body", text: "plainTextBody",
};

async function sources(tab: number): Promise<Source[]> {
  const listed = await messenger.compose.listAttachments(tab);
  return Promise.all(listed.map(async ({ id, name = "", size = -1 }) => {
    // A file that is too large to be sent need not be opened either.
    const file = size <= LIMITS.one ? await opened(id) : null;
    const read = async (): Promise<Uint8Array> => {
      if (!file) throw new Error("cannot be read");
      return new Uint8Array(await file.arrayBuffer());
    };
    return { name, size: file?.size ?? size, type: file?.type ?? null, inline: false, read };
  }));
}

/** null: a cloud link, or a file that is gone. */
async function opened(id: number): Promise<File | null> {
  try {
    return await messenger.compose.getAttachmentFile(id);
  } catch {
    return null;
  }
}

/** The headers of the mail that is answered; null for a new mail, a forwarded one, or where the original is gone. */
async function answered({ type, relatedMessageId }: Details): Promise<Reply | null> {
  if (type !== "reply" || !relatedMessageId) return null;
  try {
    const original = await messenger.messages.get(relatedMessageId);
    return {
      message_id: original.headerMessageId,
      subject: original.subject,
      from: original.author,
      to: original.recipients,
      cc: original.ccList,
      date: new Date(String(original.date)).toISOString(),
      references: [],
    };
  } catch {
    return null;
  }
}

/** Recipients as written; an entry of the address book or a list has no address to check here. */
function addresses(given: Details["to"] | Details["from"]): string[] {
  const all = Array.isArray(given) ? given : given ? [given] : [];
  return all.filter((one): one is string => typeof one === "string");
}
