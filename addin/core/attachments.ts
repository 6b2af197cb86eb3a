/** How much of the attachments travels with a draft: contents within limits, names and sizes always. */

import type { Attachment } from "./draft.js";

/** An attachment as a shell hands it over; `read` gives its bytes, or their base64, when, and only when, they are wanted. */
export interface Source {
  readonly name: string;
  readonly size: number;
  readonly type: string | null;
  readonly inline: boolean;
  readonly link?: string | null;
  readonly read: () => Promise<Uint8Array | string>;
}

export interface Limits {
  /** Bytes of one attachment, and of all together, whose contents are sent. */
  readonly one: number;
  readonly all: number;
}

export const LIMITS: Limits = { one: 8 * 1024 * 1024, all: 16 * 1024 * 1024 };

/**
 * The attachments of a draft. One that cannot be read, or is too large, is judged by its name and size. The size is the
 * client's where it knows one: read or not, a draft keeps its mark.
 */
export async function collect(sources: readonly Source[], limits: Limits = LIMITS): Promise<Attachment[]> {
  let left = limits.all;
  const collected: Attachment[] = [];
  for (const source of sources) {
    const content = await contentWithin(source, Math.min(limits.one, left));
    const read = content === null ? 0 : bytesIn(content);
    left -= read;
    const { name, type, inline, link = null } = source;
    const size = source.size < 0 && content !== null ? read : source.size;
    collected.push({ name, size, type: type || null, inline, content, link });
  }
  return collected;
}

async function contentWithin(source: Source, most: number): Promise<string | null> {
  if (source.link || source.size > most) return null;
  try {
    const given = await source.read();
    const content = typeof given === "string" ? given : toBase64(given);
    return bytesIn(content) <= most ? content : null;
  } catch {
    return null;
  }
}

function bytesIn(base64: string): number {
  return (base64.length / 4) * 3 - (base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0);
}

const STEP = 0x8000; // String.fromCharCode takes so many arguments on every engine

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += STEP) {
    binary += String.fromCharCode(...bytes.subarray(at, at + STEP));
  }
  return btoa(binary);
}
