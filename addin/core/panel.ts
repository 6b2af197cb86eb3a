/** The panel: one accessible view of a review, the same in every mail client. It decides nothing and asks nobody. */

import type { Fault } from "./client.js";
import { drawing, element } from "./elements.js";
import { findingCard } from "./finding.js";
import { reasonForm } from "./reason.js";
import { SEVERITIES } from "./report.js";
import type { Finding } from "./report.js";
import type { Review } from "./review.js";
import { binding, mayLeave, pressing, safeFixes } from "./review.js";
import type { Settings } from "./settings.js";
import { STYLE } from "./style.js";
import { speaker } from "./texts.js";
import type { Key, Say } from "./texts.js";

/** Findings that are shown before the user asks for the rest. */
const MOST = 5;

const FAULTS: Readonly<Record<Fault, Key>> = {
  unset: "faultUnset", away: "faultAway", slow: "faultSlow", key: "faultKey", changed: "faultChanged",
  forbidden: "faultForbidden", large: "faultLarge", garbled: "faultGarbled", draft: "faultDraft",
};

/** What the user may do; a click calls one of these and nothing else. */
export interface Acts {
  apply(findings: readonly string[]): void;
  dispute(finding: string): void;
  sendAnyway(reason: string): void;
  again(): void;
  close(): void;
}

export interface View {
  /** null: a check is under way and nothing is known yet. */
  readonly review: Review | null;
  /** Something is under way: buttons do not answer. */
  readonly busy: boolean;
  readonly trouble: { readonly fault: Fault; readonly detail: string } | null;
  /** Said aloud, and shown, after an act. */
  readonly told: Key | null;
}

export interface Panel {
  show(view: View): void;
  /** Takes the panel out of the page. */
  remove(): void;
}

export interface Frame {
  readonly settings: Settings;
  readonly acts: Acts;
  /** The panel lies over the page: focus stays inside until it is closed. */
  readonly modal: boolean;
}

/** Draws into a shadow root of `host`. */
export function openPanel(host: HTMLElement, frame: Frame): Panel {
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  root.adoptedStyleSheets = [style];
  const say = speaker(frame.settings.language);
  const live = element("p", { class: "live", role: "status", "aria-live": "polite" });
  const panel = element("section", {
    class: "panel", role: "dialog", "aria-labelledby": "title", lang: frame.settings.language === "zh" ? "zh-CN" : "en",
    ...(frame.modal ? { "aria-modal": "true" } : {}),
  });
  root.append(panel, live);
  const shown: Shown = { all: false, reason: null };
  const draw = (view: View): void => {
    const focused = focusedName(root);
    panel.setAttribute("aria-busy", String(view.busy));
    panel.replaceChildren(...parts(view, frame, say, shown, () => draw(view)));
    keepFocus(root, focused);
  };
  panel.addEventListener("keydown", (event) => onKey(event, root, frame));
  return {
    show(view) {
      if (view.review && view.review !== shown.of) Object.assign(shown, { of: view.review, reason: null });
      draw(view);
      live.textContent = spoken(view, frame.settings, say);
    },
    remove: () => host.remove(),
  };
}

/** What the user has unfolded. */
interface Shown {
  of?: Review;
  all: boolean;
  /** The reason as far as it is written; null: not asked for. */
  reason: string | null;
}

function parts(view: View, frame: Frame, say: Say, shown: Shown, redraw: () => void): HTMLElement[] {
  const { review } = view;
  const top = heading(view, frame, say);
  if (!review) return [top, element("div", { class: "busy" }, element("div", { class: "bar" }))];
  return [top, body(review, view, frame, say, shown, redraw), footer(review, view, frame, say, shown, redraw)];
}

function heading(view: View, frame: Frame, say: Say): HTMLElement {
  const cross = element("button", { class: "close", type: "button", name: "close", "aria-label": say("close"), click: frame.acts.close },
    drawing("cross", "M5 5 19 19", "M19 5 5 19"));
  const sum = view.review && counted(view.review, say);
  return element("header", {},
    drawing(`mark ${tone(view.review, frame.settings)}`, "M3 6h18v12H3z", "M3 7l9 6 9-6"),
    element("div", {},
      element("h1", { id: "title", tabindex: "-1" }, say(title(view.review, frame.settings))),
      sum ? element("p", { class: "sum" }, sum) : null),
    cross);
}

function title(review: Review | null, settings: Settings): Key {
  if (!review) return "checking";
  if (review.phase === "unchecked") return "uncheckedTitle";
  if (mayLeave(review, settings)) return "clearTitle";
  return review.intent === "send" ? "foundTitle" : "lookTitle";
}

function tone(review: Review | null, settings: Settings): string {
  if (!review) return "";
  if (review.phase === "unchecked") return "warning";
  if (mayLeave(review, settings)) return "good";
  return review.report?.verdict === "block" ? "error" : "warning";
}

function counted(review: Review, say: Say): string {
  return SEVERITIES.map((severity) => [severity, count(review, severity)] as const)
    .filter(([, found]) => found > 0)
    .map(([severity, found]) => `${say(severity)} ${found}`)
    .join(" · ");
}

function count(review: Review, severity: Finding["severity"]): number {
  return review.report?.findings.filter((one) => one.severity === severity).length ?? 0;
}

function body(review: Review, view: View, frame: Frame, say: Say, shown: Shown, redraw: () => void): HTMLElement {
  const findings = review.report?.findings ?? [];
  const listed = shown.all ? findings : findings.slice(0, MOST);
  const groups = SEVERITIES.map((severity) => listed.filter((one) => one.severity === severity))
    .filter((group) => group.length > 0)
    .flatMap((group) => grouped(group, review, view, frame, say));
  const rest = findings.length - listed.length;
  const more = rest > 0 && element("button", { type: "button", class: "quiet", name: "more", click: () => {
    shown.all = true;
    redraw();
  } }, say("more", { count: rest }));
  return element("div", { class: "body", tabindex: "0", role: "region", "aria-labelledby": "title" },
    ...notes(review, frame.settings, say).map((note) => element("p", { class: "note" }, note)), ...groups, more || null);
}

function grouped(group: readonly Finding[], review: Review, view: View, frame: Frame, say: Say): HTMLElement[] {
  const severity = group[0]?.severity ?? "info";
  const cards = group.map((one) => findingCard(one, { say, acts: frame.acts, busy: view.busy, disputed: review.disputed.includes(one.id) }));
  return [element("h2", { class: severity, id: severity }, say(severity)), element("ul", { "aria-labelledby": severity }, ...cards)];
}

/** The sentences above the findings. */
function notes(review: Review, settings: Settings, say: Say): string[] {
  if (review.phase === "unchecked") {
    const blocked = settings.unavailable === "block" && review.intent === "send";
    return [review.detail || say(FAULTS[review.fault ?? "away"]), ...(blocked ? [say("blocked")] : []), ...help(settings, say, blocked)];
  }
  const incomplete = (review.report?.incomplete ?? []).map(({ what }) => what).join(", ");
  const clear = mayLeave(review, settings) && say(review.intent === "send" ? "clearSend" : "clearLook");
  return [...(clear ? [clear] : []), ...(incomplete ? [say("incomplete", { what: incomplete })] : [])];
}

function help(settings: Settings, say: Say, wanted: boolean): string[] {
  return wanted && settings.help ? [say("help", { help: settings.help })] : [];
}

function footer(review: Review, view: View, frame: Frame, say: Say, shown: Shown, redraw: () => void): HTMLElement {
  const { settings, acts } = frame;
  const trouble = view.trouble && element("p", { class: "trouble" }, view.trouble.detail || say(FAULTS[view.trouble.fault]));
  const told = !trouble && view.told ? element("p", { class: "note" }, say(view.told)) : null;
  if (shown.reason !== null) {
    return element("footer", {}, trouble, reasonForm(shown.reason, {
      say, busy: view.busy, send: acts.sendAnyway,
      typed: (reason) => { shown.reason = reason; },
      back: () => { shown.reason = null; redraw(); },
    }));
  }
  const held = binding(review, settings);
  const locked = review.intent === "send" && held.length > 0;
  const stuck = locked ? [say("mustFix", { count: held.length }), say("stuck"), ...help(settings, say, true)] : [];
  return element("footer", {}, trouble, told, ...stuck.map((note) => element("p", { class: "note" }, note)),
    element("div", { class: "row" }, ...buttons(review, view, frame, say, () => { shown.reason = ""; redraw(); })));
}

function buttons(review: Review, view: View, frame: Frame, say: Say, ask: () => void): (HTMLElement | null)[] {
  const { acts, settings } = frame;
  const button = (name: string, key: Key, kind: string, click: () => void, values = {}): HTMLElement =>
    element("button", { type: "button", name, class: kind, "aria-disabled": view.busy && "true", click: () => { if (!view.busy) click(); } }, say(key, values));
  const back = button("back", "close", "", acts.close);
  const sending = review.intent === "send";
  if (review.phase === "unchecked") {
    const open = sending && settings.unavailable !== "block";
    return [button("again", "retry", "main", acts.again), back, open ? button("send", "sendUnchecked", "quiet push", () => acts.sendAnyway("")) : null];
  }
  if (mayLeave(review, settings)) {
    return [sending ? button("send", "send", "main", () => acts.sendAnyway("")) : button("back", "close", "main", acts.close)];
  }
  const safe = safeFixes(review);
  const free = sending && binding(review, settings).length === 0;
  const anyway = pressing(review).length > 0 ? ask : (): void => acts.sendAnyway("");
  return [
    safe.length > 0 ? button("safe", "applySafe", "main", () => acts.apply(safe), { count: safe.length }) : null,
    back, button("again", "recheck", "quiet", acts.again),
    free ? button("anyway", "sendAnyway", "quiet push", anyway) : null,
  ];
}

/** One sentence for a screen reader: what changed. */
function spoken(view: View, settings: Settings, say: Say): string {
  if (view.trouble) return view.trouble.detail || say(FAULTS[view.trouble.fault]);
  if (view.busy && view.told) return say(view.told);
  const state = say(title(view.review, settings));
  return [view.told && say(view.told), state, view.review && counted(view.review, say)].filter(Boolean).join(" ");
}

function focusedName(root: ShadowRoot): string | null {
  return root.activeElement?.getAttribute("name") ?? null;
}

/** Focus stays on the button that was used; where it went away, on the title. */
function keepFocus(root: ShadowRoot, name: string | null): void {
  const asked = root.querySelector<HTMLElement>("textarea");
  const same = name ? root.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`) : null;
  (asked ?? same ?? root.querySelector<HTMLElement>("h1"))?.focus();
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
  const stops = [...root.querySelectorAll<HTMLElement>("button, textarea, [tabindex='0']")];
  const at = stops.indexOf(root.activeElement as HTMLElement);
  const edge = event.shiftKey ? at <= 0 : at === stops.length - 1;
  if (!edge) return;
  event.preventDefault();
  stops.at(event.shiftKey ? -1 : 0)?.focus();
}
