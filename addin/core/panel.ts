/** The panel: one accessible view of a review, the same in every mail client. It decides nothing and asks nobody. */

import { body } from "./body.js";
import { element } from "./elements.js";
import { footer } from "./footer.js";
import { counts, header } from "./header.js";
import { FOLDED, faultText, titleOf } from "./scene.js";
import type { Acts, Scene, View } from "./scene.js";
import type { Settings } from "./settings.js";
import { STYLE } from "./style.js";
import { speaker } from "./texts.js";
import type { Say } from "./texts.js";

export interface Panel {
  show(view: View): void;
}

export interface Frame {
  readonly settings: Settings;
  readonly acts: Acts;
  /** The panel lies over the page: focus stays inside until it is closed. */
  readonly modal: boolean;
}

/** Draws into a shadow root of `host`; the panel goes when `host` is taken out of the page. */
export function openPanel(host: HTMLElement, frame: Frame): Panel {
  const root = shadow(host);
  const say = speaker(frame.settings.language);
  const panel = section(frame);
  const live = element("p", { class: "live", role: "status", "aria-live": "polite" });
  root.append(panel, live);
  panel.addEventListener("keydown", (event) => onKey(event, root, frame));
  let unfolded = FOLDED;
  let shown: View | null = null;
  const draw = (view: View): void => {
    const focused = root.activeElement?.getAttribute("name") ?? null;
    const unfold: Scene["unfold"] = (change) => {
      unfolded = { ...unfolded, ...change };
      draw(view);
    };
    const remember = (reason: string): void => { unfolded = { ...unfolded, reason }; };
    panel.setAttribute("aria-busy", String(view.busy));
    panel.replaceChildren(...parts({ view, settings: frame.settings, acts: frame.acts, say, unfolded, unfold, remember }));
    keepFocus(root, focused);
  };
  return {
    show(view) {
      // Another review asks its own question.
      if (view.review !== shown?.review) unfolded = { ...unfolded, reason: null };
      shown = view;
      draw(view);
      live.textContent = spoken(view, frame.settings, say);
    },
  };
}

function shadow(host: HTMLElement): ShadowRoot {
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];
  return root;
}

function section({ settings, modal }: Frame): HTMLElement {
  return element("section", {
    class: "panel", role: "dialog", "aria-labelledby": "title", "aria-modal": modal && "true",
    lang: settings.language === "zh" ? "zh-CN" : "en",
  });
}

function parts(scene: Scene): HTMLElement[] {
  const { review } = scene.view;
  if (!review) return [header(scene), element("div", { class: "busy" }, element("div", { class: "bar" }))];
  return [header(scene), body(scene, review), footer(scene, review)];
}

/** One sentence for a screen reader: what changed. */
function spoken({ review, busy, told, trouble }: View, settings: Settings, say: Say): string {
  if (trouble) return faultText(trouble.fault, trouble.detail, say);
  if (busy && told) return say(told);
  return [told && say(told), say(titleOf(review, settings)), review && counts(review, say)].filter(Boolean).join(" ");
}

/** Focus goes to the reason when it is asked for, else stays on the button that was used; failing that, to the title. */
function keepFocus(root: ShadowRoot, name: string | null): void {
  const same = name ? root.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`) : null;
  const reason = name === "anyway" ? root.querySelector<HTMLElement>("[name=reason]") : null;
  (reason ?? same ?? root.querySelector<HTMLElement>("h1"))?.focus();
}

function onKey(event: KeyboardEvent, root: ShadowRoot, frame: Frame): void {
  if (event.key === "Escape") {
    event.preventDefault();
    frame.acts.close();
  } else if (event.key === "Tab" && frame.modal) {
    stayInside(event, root);
  }
}

function stayInside(event: KeyboardEvent, root: ShadowRoot): void {
  const stops = [...root.querySelectorAll<HTMLElement>("button, textarea, summary, [tabindex='0']")];
  const at = stops.indexOf(root.activeElement as HTMLElement);
  if (event.shiftKey ? at > 0 : at !== stops.length - 1) return;
  event.preventDefault();
  stops.at(event.shiftKey ? -1 : 0)?.focus();
}
