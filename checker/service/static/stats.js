// The figures of /stats: tables and charts that the server draws, asked for with the key where one is needed.

import { byId } from "./dom.js";
import { page } from "./service.js";
import { tell } from "./problems.js";

const figures = byId("figures");

async function load() {
  try {
    const drawn = await page(figures.dataset.from);
    figures.replaceChildren(...drawn.body.childNodes);
    byId("problem").replaceChildren();
  } catch (problem) {
    tell(problem, load);
  } finally {
    figures.removeAttribute("aria-busy");
  }
}

load();
