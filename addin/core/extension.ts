/** An add-in that is a browser extension: where its settings come from, and its page for them. */

import { showOptions } from "./options.js";
import type { Settings } from "./settings.js";
import { readSettings } from "./settings.js";

/** The part of a WebExtension platform that holds settings. */
export interface Platform {
  readonly storage: { readonly managed: Readable; readonly local: Readable & Writable };
  readonly runtime: { getURL(path: string): string };
  readonly i18n: { getUILanguage(): string };
}

interface Readable {
  get(): Promise<Record<string, unknown>>;
}

interface Writable {
  set(items: Record<string, unknown>): Promise<void>;
}

export async function settingsInForce(platform: Platform): Promise<Settings> {
  const layers = await Promise.all([managed(platform), platform.storage.local.get(), built(platform)]);
  return readSettings(layers, platform.i18n.getUILanguage());
}

/** Fills the settings page in which it runs. */
export async function startOptions(platform: Platform): Promise<void> {
  const host = document.getElementById("options");
  if (!host) return;
  showOptions(host, {
    settings: await settingsInForce(platform),
    stored: await platform.storage.local.get(),
    managed: Object.keys(await managed(platform)),
    save: (given) => platform.storage.local.set({ ...given }),
  });
}

/** The administrator's settings; {} where there is no policy. */
async function managed(platform: Platform): Promise<Record<string, unknown>> {
  try {
    return await platform.storage.managed.get();
  } catch {
    return {};
  }
}

/** What `presend addin build` wrote beside the scripts. */
async function built(platform: Platform): Promise<unknown> {
  const response = await fetch(platform.runtime.getURL("settings.json"));
  return response.json();
}
