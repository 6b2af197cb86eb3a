// The figures of /stats.

import { byId } from "./dom.js";
import { draw } from "./drawn.js";

draw(byId("figures"));
