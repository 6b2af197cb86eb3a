/** The draft as the service reads it (the draft JSON of presend), and what identifies it on this side. */

export interface Attachment {
  readonly name: string;
  /** Bytes; -1 where the client does not know. */
  readonly size: number;
  readonly type: string | null;
  readonly inline: boolean;
  /** Base64; null: judged by name and size alone. */
  readonly content: string | null;
  readonly link: string | null;
}

/** The mail that is answered: its headers, not its text. */
export interface Reply {
  readonly message_id: string | null;
  readonly subject: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly date: string | null;
  readonly references: readonly string[];
}

export interface Draft {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly reply_to: readonly string[];
  readonly subject: string;
  readonly html: string | null;
  readonly text: string | null;
  readonly date: string | null;
  readonly attachments: readonly Attachment[];
  readonly reply: Reply | null;
  readonly override: string | null;
}

export const EMPTY: Draft = {
  from: "", to: [], cc: [], bcc: [], reply_to: [], subject: "", html: null, text: null, date: null,
  attachments: [], reply: null, override: null,
};

/** The parts of a draft that a fix may change. */
export const EDITABLE = ["from", "to", "cc", "bcc", "reply_to", "subject", "html", "text"] as const;
export type Part = (typeof EDITABLE)[number];

/** The parts in which two drafts differ, in the order of EDITABLE. */
export function changedParts(before: Draft, after: Draft): Part[] {
  return EDITABLE.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
}

/**
 * A mark of what is written: two drafts with the same mark are the same mail to its writer. Not a secret and no
 * proof: the service has its own digest; this one only says "nothing was touched since". Contents of attachments do
 * not count, their names and sizes do: a mark is taken at each press of Send.
 */
export function markOf(draft: Draft): string {
  const attachments = draft.attachments.map(({ name, size, type, inline, link }) => [name, size, type, inline, link]);
  return hash53(JSON.stringify([...EDITABLE.map((part) => draft[part]), attachments, draft.reply?.message_id ?? null]));
}

/** Two multiplicative hashes of 32 bits over UTF-16 units, mixed: 53 bits, as hexadecimal digits. */
function hash53(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16);
}
