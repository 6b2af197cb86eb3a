// What went wrong with a call, in words, with a way on: try again, or enter a key. And what is said aloud.

import { byId, element } from "./dom.js";
import { Problem, useKey } from "./service.js";
import { has, say } from "./words.js";

/** Says words in the live region of the page. */
export function announce(words) {
  byId("live").textContent = words;
}

/** Shows a Problem above the page and moves there; again: what to do once more. Throws what is no Problem. */
export function tell(problem, again) {
  if (!(problem instanceof Problem)) throw problem;
  const words = worded(problem);
  const fields = problem.errors.map((error) => element("li", {}, `${error.field}: ${error.reason}`));
  const box = element("div", { class: "note-box problem", tabindex: "-1" },
    element("h2", {}, say("problem.title")), element("p", {}, words),
    fields.length ? element("ul", {}, fields) : null,
    problem.status === 401 ? keyForm(again)
      : element("button", { type: "button", class: "small", onclick: again }, say("problem.retry")));
  byId("problem").replaceChildren(box);
  announce(words);
  box.focus();
}

function worded(problem) {
  const key = `problem.${problem.status || "offline"}`;
  return say(has(key) ? key : "problem.other", { n: problem.wait ?? 1 });
}

function keyForm(again) {
  const field = element("input", { id: "key", type: "password", autocomplete: "off", required: true, "aria-describedby": "key-note" });
  const use = (event) => {
    event.preventDefault();
    useKey(field.value.trim());
    again();
  };
  return element("form", { class: "key", onsubmit: use },
    element("label", { for: "key" }, say("problem.key")), field,
    element("button", { class: "small" }, say("problem.key-send")),
    element("p", { class: "note", id: "key-note" }, say("problem.key-kept")));
}
