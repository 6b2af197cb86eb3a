/** Being reminded of a mail that nobody answered: the service knows it by its digest, never by its words. */

import type { Ask, Outcome } from "./client.js";
import { field } from "./report.js";

export function remind(ask: Ask, digest: string, due: Date): Promise<Outcome<true>> {
  return ask("/v1/followups", { digest, due: due.toISOString() }, (reply) => (field(reply, "status") === "kept" ? true : null));
}

/** What people mean by “tomorrow” and the like: that day at ten, when an answer could have come. */
export function usualTimes(now: Date): { readonly tomorrow: Date; readonly threeDays: Date; readonly nextWeek: Date } {
  const inDays = (days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 10);
  return { tomorrow: inDays(1), threeDays: inDays(3), nextWeek: inDays(7) };
}
