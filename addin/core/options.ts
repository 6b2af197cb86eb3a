/** The settings page of one user: the key and the language. What the administrator set is shown and cannot be changed. */

import { element } from "./elements.js";
import type { Settings } from "./settings.js";
import { speaker } from "./texts.js";
import type { Key } from "./texts.js";

export interface Stored {
  readonly key?: string;
  readonly language?: string;
}

export interface OptionsPage {
  readonly settings: Settings;
  /** What the user stored before. */
  readonly stored: Stored;
  /** Names of the settings that the administrator gave. */
  readonly managed: readonly string[];
  /** Who can read the key where it is kept. */
  readonly risk?: Key;
  save(stored: Stored): Promise<void>;
}

export function showOptions(host: HTMLElement, page: OptionsPage): void {
  const say = speaker(page.settings.language);
  document.documentElement.lang = page.settings.language === "zh" ? "zh-CN" : "en";
  const key = element("input", { type: "password", id: "key", autocomplete: "off", disabled: page.managed.includes("key") }) as HTMLInputElement;
  key.value = page.stored.key ?? "";
  const language = element("select", { id: "language", disabled: page.managed.includes("language") },
    ...[["", "–"], ["zh", "中文"], ["en", "English"]].map(([value, name]) => element("option", { value: value ?? "" }, name ?? ""))) as HTMLSelectElement;
  language.value = page.stored.language ?? "";
  const told = element("p", { role: "status" });
  const save = async (): Promise<void> => {
    await page.save({ key: key.value.trim(), language: language.value });
    told.textContent = say("saved");
  };
  host.replaceChildren(
    element("h1", {}, "presend"),
    element("p", {}, say("serviceAt", { service: page.settings.service || "–" })),
    element("label", { for: "key" }, say("key"), key, element("small", {}, say(page.managed.includes("key") ? "keyManaged" : page.risk ?? "keyRisk"))),
    element("label", { for: "language" }, say("language"), language),
    element("button", { type: "button", click: () => void save() }, say("save")),
    told);
}
