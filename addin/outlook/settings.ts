/** Settings in Outlook: what the build wrote before the script, and what the user keeps in the mailbox. */

import type { Stored } from "../core/options.js";
import { readSettings } from "../core/settings.js";
import type { Settings } from "../core/settings.js";
import { asked } from "./office.js";

/** `presend addin build` writes it in a line of its own before the bundle: classic Outlook loads one file. */
declare const presendSettings: unknown;

const KEPT = "presend";

/** Never throws: without settings a mail could not even be let go. */
export function settingsInForce(): Settings {
  const built = typeof presendSettings === "undefined" ? null : presendSettings;
  return readSettings([stored(), built], Office.context.displayLanguage || "");
}

/** What the user chose; roaming settings lie in the mailbox, unencrypted, for this add-in alone. */
export function stored(): Stored {
  try {
    const kept = Office.context.roamingSettings.get(KEPT) as Stored | undefined;
    return kept ? { key: kept.key ?? "", language: kept.language ?? "" } : {};
  } catch {
    return {};
  }
}

export async function store(given: Stored): Promise<void> {
  Office.context.roamingSettings.set(KEPT, { ...given });
  await asked<void>((done) => Office.context.roamingSettings.saveAsync(done));
}
