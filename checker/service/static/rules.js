// The catalogue and its filter. The address holds the filter, so that a filtered list can be sent to a colleague.

import { byId } from "./dom.js";
import { draw } from "./drawn.js";
import { say } from "./words.js";

const form = byId("filter");
let rules = [];

/** What the filter looks at in each rule. */
function indexed() {
  return [...document.querySelectorAll(".rule")].map((article) => ({
    article,
    family: article.closest(".family").dataset.family,
    severities: article.dataset.severity.split(" "),
    words: article.textContent.toLowerCase(),
  }));
}

function filter() {
  const wanted = new FormData(form);
  const words = wanted.get("q").toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const rule of rules) {
    const fits = (!wanted.get("family") || rule.family === wanted.get("family"))
      && (!wanted.get("severity") || rule.severities.includes(wanted.get("severity")))
      && words.every((word) => rule.words.includes(word));
    rule.article.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const section of document.querySelectorAll(".family")) {
    section.hidden = !section.querySelector(".rule:not([hidden])");
  }
  byId("count").textContent = say("rules.count", { n: shown });
  byId("none").hidden = shown > 0;
  remember(wanted);
}

function remember(wanted) {
  const query = new URLSearchParams([...wanted].filter(([, value]) => value));
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) query.set("lang", lang);
  history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`);
}

/** A rule that the address names is shown and focused, whatever the filter says. */
function goToRule() {
  const named = rules.find((rule) => rule.article.id === decodeURIComponent(location.hash.slice(1)));
  if (!named) return;
  if (named.article.hidden) { form.reset(); filter(); }
  named.article.focus();
  named.article.scrollIntoView();
}

const asked = new URLSearchParams(location.search);
for (const name of ["q", "family", "severity"]) form.elements[name].value = asked.get(name) ?? "";
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
byId("reset").addEventListener("click", () => { form.reset(); filter(); byId("search").focus(); });
addEventListener("hashchange", goToRule);
draw(byId("catalogue"), () => {
  rules = indexed();
  filter();
  goToRule();
});
