/** How much of the attachments travels with a draft: contents within limits, names and sizes always. */

import type { Attachment } from "./draft.js";

/** An attachment as a shell hands it over; `read` gives its bytes when, and only when, they are wanted. */
export interface Source {
  readonly name: string;
  readonly size: number;
  readonly type: string | null;
  readonly inline: boolean;
  readonly link?: string | null;
  readonly read: () => Promise<Uint8Array>;
}

export interface Limits {
  /** Bytes of one attachment, and of all together, whose contents are sent. */
  readonly one: number;
  readonly all: number;
}

export const LIMITS: Limits = { one: 8 * 1024 * 1024, all: 16 * 1024 * 1024 };

/** The attachments of a draft. One that cannot be read, or is too large, is judged by its name and size. */
export async function collect(sources: readonly Source[], limits: Limits = LIMITS): Promise<Attachment[]> {
  let left = limits.all;
  const collected: Attachment[] = [];
  for (const source of sources) {
    const bytes = await contentWithin(source, Math.min(limits.one, left));
    left -= bytes?.length ?? 0;
    const { name, type, inline, link = null } = source;
    const content = bytes && toBase64(bytes);
    collected.push({ name, size: bytes?.length ?? source.size, type: type || null, inline, content, link });
  }
  return collected;
}

async function contentWithin(source: Source, most: number): Promise<Uint8Array | null> {
  if (source.link || source.size > most) return null;
  try {
    const bytes = await source.read();
    return bytes.length <= most ? bytes : null;
  } catch {
    return null;
  }
}

const STEP = 0x8000; // String.fromCharCode takes so many arguments on every engine

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += STEP) {
    binary += String.fromCharCode(...bytes.subarray(at, at + STEP));
  }
  return btoa(binary);
}
