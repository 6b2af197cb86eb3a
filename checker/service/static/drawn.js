// Parts of a page that the server draws and this page asks for, with the key where one is needed.

import { byId } from "./dom.js";
import { tell } from "./problems.js";
import { page } from "./service.js";

/** Fills the element from its data-from, then calls then(). What goes wrong is told, and can be tried again. */
export async function draw(place, then = () => {}) {
  try {
    const drawn = await page(place.dataset.from);
    place.replaceChildren(...drawn.body.childNodes);
    byId("problem").replaceChildren();
    then();
  } catch (problem) {
    tell(problem, () => draw(place, then));
  } finally {
    place.removeAttribute("aria-busy");
  }
}
