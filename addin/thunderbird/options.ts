/** The settings page in Thunderbird's add-on manager. */

import { startOptions } from "../core/extension.js";

void startOptions(messenger);
