/** Recipients: as Outlook holds them, and as a header says them. */

import { asked } from "./office.js";

/** Recipients that one call takes (Recipients.setAsync, Recipients.addAsync). */
const AT_ONCE = 100;
/** Characters that make a display name need quotation marks (RFC 5322, 3.2.3 specials). */
const SPECIAL = /[()<>[\]:;@\\,."]/;

export async function read(field: Office.Recipients): Promise<string[]> {
  const given = await asked<Office.EmailAddressDetails[]>((done) => field.getAsync(done));
  return given.map(written);
}

export async function replace(field: Office.Recipients, all: readonly string[]): Promise<void> {
  const people = all.map(parsed);
  await asked<void>((done) => field.setAsync(people.slice(0, AT_ONCE), done));
  await append(field, people.slice(AT_ONCE));
}

/** Adds those who are not there yet. */
export async function add(field: Office.Recipients, more: readonly string[]): Promise<void> {
  const there = await asked<Office.EmailAddressDetails[]>((done) => field.getAsync(done));
  const known = there.map(({ emailAddress }) => emailAddress.toLowerCase());
  await append(field, more.map(parsed).filter(({ emailAddress }) => !known.includes(emailAddress.toLowerCase())));
}

async function append(field: Office.Recipients, people: readonly Office.EmailUser[]): Promise<void> {
  for (let at = 0; at < people.length; at += AT_ONCE) {
    await asked<void>((done) => field.addAsync(people.slice(at, at + AT_ONCE), done));
  }
}

/** A name and an address as in a header. */
export function written({ displayName, emailAddress }: Office.EmailUser): string {
  if (!displayName || displayName === emailAddress) return emailAddress;
  const name = SPECIAL.test(displayName) ? `"${displayName.replace(/["\\]/g, "\\$&")}"` : displayName;
  return `${name} <${emailAddress}>`;
}

export function parsed(given: string): Office.EmailUser {
  const parts = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(given);
  if (!parts) return { displayName: given.trim(), emailAddress: given.trim() };
  const [, name = "", emailAddress = ""] = parts;
  const displayName = name.startsWith('"') ? name.slice(1, -1).replace(/\\(.)/g, "$1") : name;
  return { displayName: displayName || emailAddress, emailAddress };
}
