/**
 * The hook at Send. It answers within the client's limit and never waits for the user: Thunderbird stops an idle
 * background even while the window is locked and waits for it, and the window would stay locked for good.
 */

import { atSend } from "../core/desk.js";
import { deskOf, forget } from "./desk.js";

async function onSend(tab: number): Promise<{ cancel: boolean }> {
  if (await atSend(await deskOf(tab))) return { cancel: false };
  void showReview(tab);
  return { cancel: true };
}

/** The popup of our button; a window where the user took the button off the toolbar. */
async function showReview(tab: number): Promise<void> {
  const { windowId } = await messenger.tabs.get(tab);
  const opened = await messenger.composeAction.openPopup(windowId === undefined ? {} : { windowId }).catch(() => false);
  if (!opened) await messenger.windows.create({ url: `popup.html?tab=${tab}`, type: "popup", width: 480, height: 620 });
}

messenger.compose.onBeforeSend.addListener((tab: messenger.tabs.Tab) => (tab.id === undefined ? {} : onSend(tab.id)));
messenger.tabs.onRemoved.addListener((tab) => void forget(tab));
