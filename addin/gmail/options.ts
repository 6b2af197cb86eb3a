/** The settings page, from the browser's list of extensions. */

import { startOptions } from "../core/extension.js";

void startOptions(chrome);
