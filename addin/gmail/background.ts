/** The worker: it alone knows the key and talks to the service. It keeps nothing, so it may be stopped at any time. */

import type { Client } from "../core/client.js";
import { connect } from "../core/client.js";
import { settingsInForce } from "../core/extension.js";
import { LOOK } from "./messages.js";
import type { Call, Message } from "./messages.js";

// The key is for the worker and the settings page; scripts in pages see none of it.
void chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });

chrome.runtime.onMessage.addListener((message: Message, _sender, answer) => {
  void reply(message).then(answer, () => answer(null));
  return true;
});

chrome.action.onClicked.addListener((tab) => {
  // A tab without our script, which is any but Gmail's, has nobody who listens.
  if (tab.id !== undefined) chrome.tabs.sendMessage(tab.id, LOOK).catch(() => chrome.runtime.openOptionsPage());
});

async function reply(message: Message): Promise<unknown> {
  const settings = await settingsInForce(chrome);
  if (message.ask === "settings") return { ...settings, service: "", key: "" };
  return called(connect(settings), message);
}

function called(client: Client, call: Call): Promise<unknown> {
  switch (call.ask) {
    case "check": return client.check(...call.given);
    case "fix": return client.fix(...call.given);
    case "override": return client.override(...call.given);
    case "feedback": return client.feedback(...call.given);
  }
}
