/** What the page asks its worker: the page holds neither the key nor a right to reach the service. */

import type { Client, Outcome } from "../core/client.js";
import { failed, LIMIT } from "../core/client.js";
import type { Settings } from "../core/settings.js";
import { speaker } from "../core/texts.js";

export type Call = { [Name in keyof Client]: { readonly ask: Name; readonly given: Parameters<Client[Name]> } }[keyof Client];
export type Message = Call | { readonly ask: "settings" };
/** From the worker to the page: the button in the browser's toolbar was pressed. */
export const LOOK = "look";

/** Milliseconds more than the call itself, for the worker to answer. */
const SLACK = 500;

/** The worker's client, from the page. */
export function remote({ language }: Settings): Client {
  const call = async <T>(message: Call, within = LIMIT): Promise<Outcome<T>> => {
    // After an update the page is left with a script whose worker is gone.
    if (!chrome.runtime?.id) return failed("away", speaker(language)("updated"));
    return (await asked<Outcome<T>>(message, within + SLACK)) ?? failed("away");
  };
  return {
    check: (draft, within = LIMIT) => call({ ask: "check", given: [draft, within] }, within),
    fix: (...given) => call({ ask: "fix", given }),
    override: (...given) => call({ ask: "override", given }),
    feedback: (...given) => call({ ask: "feedback", given }),
  };
}

/** The settings as the page may know them; null where the worker does not answer. */
export function askedSettings(): Promise<Settings | null> {
  return asked<Settings>({ ask: "settings" }, LIMIT);
}

async function asked<T>(message: Message, within: number): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((done) => { timer = setTimeout(() => done(null), within); });
  try {
    return ((await Promise.race([chrome.runtime.sendMessage(message), late])) as T | undefined) ?? null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
