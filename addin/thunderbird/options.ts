/** The settings page in Thunderbird's add-on manager. */

import { showOptions } from "../core/options.js";
import { managed, settingsInForce, stored } from "./desk.js";

async function start(): Promise<void> {
  const host = document.getElementById("options");
  if (!host) return;
  showOptions(host, {
    settings: await settingsInForce(),
    stored: await stored(),
    managed: Object.keys(await managed()),
    save: (given) => messenger.storage.local.set({ ...given }),
  });
}

void start();
