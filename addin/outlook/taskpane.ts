/** The task pane: the review of the mail, a draft from a template, a reminder, the user's settings. */

import { asking } from "../core/client.js";
import { converse } from "../core/conversation.js";
import { element } from "../core/elements.js";
import { showOptions } from "../core/options.js";
import type { Settings } from "../core/settings.js";
import { speaker } from "../core/texts.js";
import { deskOf, pressSend } from "./desk.js";
import { has, itemInHand } from "./office.js";
import type { Item } from "./office.js";
import { showReminder } from "./reminder.js";
import { settingsInForce, store, stored } from "./settings.js";
import { openTabs } from "./tabs.js";
import { showTemplates } from "./templates.js";

function start(): void {
  const host = document.getElementById("pane");
  const item = itemInHand();
  if (!host || !item) return;
  const settings = settingsInForce();
  const say = speaker(settings.language);
  document.documentElement.lang = settings.language === "zh" ? "zh-CN" : "en";
  const ask = asking(settings);
  const show = openTabs(host, [
    { name: "check", label: say("tabCheck"), show: (panel) => void showReview(panel, item, settings) },
    { name: "templates", label: say("tabTemplates"), show: (panel) => void showTemplates(panel, { item, settings, ask, say, done: () => show("check") }) },
    { name: "reminder", label: say("tabReminder"), show: (panel) => showReminder(panel, { desk: reviewDesk(item, settings), ask, say, now: () => new Date() }) },
    { name: "settings", label: say("tabSettings"), show: (panel) => showSettings(panel, settings, start) },
  ]);
  show("check");
}

/** A client that cannot be told to send (before Mailbox 1.15) lets its user press Send: the pass waits for that. */
async function showReview(panel: HTMLElement, item: Item, settings: Settings): Promise<void> {
  const host = element("div", { id: "panel" });
  panel.replaceChildren(host);
  let byHand = false;
  const send = async (): Promise<void> => {
    if (has("1.15")) await pressSend(item);
    else byHand = true;
  };
  const close = (): void => {
    if (byHand) panel.replaceChildren(element("p", { class: "big", role: "status" }, speaker(settings.language)("pressSend")));
    else Office.context.ui.closeContainer();
  };
  await converse(deskOf(item, settings, send), { host, modal: false, close });
}

function reviewDesk(item: Item, settings: Settings): ReturnType<typeof deskOf> {
  return deskOf(item, settings, () => Promise.reject(new Error("a reminder sends nothing")));
}

function showSettings(panel: HTMLElement, settings: Settings, again: () => void): void {
  const host = element("div", { id: "options" });
  panel.replaceChildren(host);
  showOptions(host, {
    settings, stored: stored(), managed: [], risk: "keyInMailbox",
    save: async (given) => {
      await store(given);
      if (given.language && given.language !== settings.language) again();
    },
  });
}

void Office.onReady().then(start);
