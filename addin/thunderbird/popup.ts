/** The popup of the button in a compose window: looks while writing, or shows what stopped the mail. */

import { converse } from "../core/conversation.js";
import { deskOf } from "./desk.js";

async function start(): Promise<void> {
  const host = document.getElementById("panel");
  const tab = await shownTab();
  if (!host || tab === null) return;
  const desk = await deskOf(tab);
  document.documentElement.lang = desk.settings.language === "zh" ? "zh-CN" : "en";
  await converse(desk, { host, modal: false, close: () => window.close() });
}

/** The tab that the background named, for a window of our own; else the compose window that the popup belongs to. */
async function shownTab(): Promise<number | null> {
  const named = new URLSearchParams(location.search).get("tab");
  if (named) return Number(named);
  const [tab] = await messenger.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? null;
}

void start();
