/** Words that the page shows, read; and what changed between two texts. Pure. */

/** name and address as a header has them. */
export function mailbox(name: string, address: string): string {
  const shown = name.trim();
  if (!shown || shown === address) return address;
  return /[",;:<>()@\\.[\]]/.test(shown) ? `"${shown.replace(/["\\]/g, "\\$&")}" <${address}>` : `${shown} <${address}>`;
}

/** The address alone of one that `mailbox` made. */
export function bareAddress(given: string): string {
  return /<([^<>]*)>\s*$/.exec(given)?.[1] ?? given.trim();
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Bytes of a size as shown: “(12K)”, “1,234K”, “1,2 MB”; -1 where it is none. A decimal comma counts, a grouping one too. */
export function bytesOf(shown: string): number {
  const [, digits = "", unit = ""] = /(\d[\d.,\s\u00a0\u202f]*)([KMG]?)/i.exec(shown) ?? [];
  const number = Number(digits.replace(/[\s\u00a0\u202f]/g, "").replace(/[.,](?=\d{3}(?!\d))/g, "").replace(",", "."));
  return digits ? Math.round(number * (UNITS[unit.toUpperCase()] ?? 1)) : -1;
}

/** In UTF-16 units of the text before. */
export interface Change {
  readonly at: number;
  readonly length: number;
  readonly text: string;
}

/** The smallest change that turns one text into the other; null: they are the same. Whole characters only. */
export function changeOf(before: string, after: string): Change | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  if (splits(before, head) || splits(after, head)) head--;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  if (splits(before, before.length - tail) || splits(after, after.length - tail)) tail--;
  return { at: head, length: before.length - head - tail, text: after.slice(head, after.length - tail) };
}

/**
 * What changed in texts that stand one after the other, with tags between; offsets are those in all of them joined. A
 * fix across tags comes as all the words in the first text and none in the next: seen as one, it mostly touches less.
 * `starts(index)`: whether a new line starts with that text; what is seen as one never crosses that.
 */
export function changesOf(before: readonly string[], after: readonly string[], starts: (index: number) => boolean): Change[] {
  const changes: Change[] = [];
  let [from, at] = [0, 0];
  while (from < before.length) {
    const to = runFrom(before, after, from, starts);
    changes.push(...runChanges(before.slice(from, to), after.slice(from, to), at));
    at += before.slice(from, to).join("").length;
    from = to;
  }
  return changes;
}

/** The end of the texts of a line from `from` on that all changed, empty ones between them included. */
function runFrom(before: readonly string[], after: readonly string[], from: number, starts: (index: number) => boolean): number {
  let end = from + 1;
  if (before[from] === after[from]) return end;
  for (let next = end; next < before.length && !starts(next) && (before[next] !== after[next] || before[next] === ""); next++) {
    if (before[next] !== after[next]) end = next + 1;
  }
  return end;
}

function runChanges(before: readonly string[], after: readonly string[], at: number): Change[] {
  const whole = changeOf(before.join(""), after.join(""));
  if (whole && (before.length === 1 || isWithinOne(whole, before))) return [{ ...whole, at: at + whole.at }];
  const changes: Change[] = [];
  before.forEach((text, index) => {
    const change = changeOf(text, after[index] ?? "");
    if (change) changes.push({ ...change, at: at + change.at });
    at += text.length;
  });
  return changes;
}

function isWithinOne({ at, length }: Change, texts: readonly string[]): boolean {
  let start = 0;
  for (const text of texts) {
    if (at >= start && at + length <= start + text.length) return true;
    start += text.length;
  }
  return false;
}

function splits(text: string, at: number): boolean {
  return at > 0 && /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");
}
