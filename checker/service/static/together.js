// The marks in the letter and the cards beside it: one leads to the other, and what belongs together lights up.

import { byId } from "./dom.js";

const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

/** From a card to its words. */
export function showInLetter(finding) {
  const mark = byId("letter").querySelector(`a.mark[data-findings~="${finding.id}"]`);
  if (!mark) return;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center", behavior: motion() });
}

/** From words to the card of the severest finding there. */
function showCard(id) {
  const card = byId(`finding-${id}`);
  if (!card) return;
  if (card.hidden) card.dispatchEvent(new Event("unfold"));
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", behavior: motion() });
}

function highlight(ids) {
  for (const mark of document.querySelectorAll("a.mark")) {
    mark.classList.toggle("active", mark.dataset.findings.split(" ").some((id) => ids.includes(id)));
  }
  for (const card of document.querySelectorAll(".card")) {
    card.classList.toggle("active", ids.includes(card.id.replace("finding-", "")));
  }
}

function follow(event) {
  const mark = event.target.closest?.("a.mark");
  const card = event.target.closest?.(".card");
  if (mark) highlight(mark.dataset.findings.split(" "));
  else if (card) highlight([card.id.replace("finding-", "")]);
}

/** Marks lead to their cards; pointer and keyboard light up what belongs together. */
export function listenToMarks() {
  byId("letter").addEventListener("click", (event) => {
    const mark = event.target.closest("a.mark");
    if (!mark) return;
    event.preventDefault();
    showCard(mark.dataset.findings.split(" ")[0]);
  });
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, follow);
}
