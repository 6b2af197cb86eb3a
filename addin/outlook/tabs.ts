/**
 * The tabs of the task pane, as the WAI-ARIA pattern has them: arrows move, Enter shows; the shown tab alone is in the
 * tab order. A tab is not shown by moving to it: what it shows is asked of the service, and takes the focus.
 */

import { element } from "../core/elements.js";

export interface Tab {
  readonly name: string;
  readonly label: string;
  /** Fills the tab anew each time that it is shown. */
  show(panel: HTMLElement): void;
}

/** Shows one of the tabs by its name. */
export type Show = (name: string) => void;

export function openTabs(host: HTMLElement, tabs: readonly Tab[]): Show {
  const buttons = tabs.map(({ name, label }) =>
    element("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "shown", click: () => show(name) }, label));
  const panel = element("div", { id: "shown", role: "tabpanel" });
  const bar = element("div", { role: "tablist" }, ...buttons);
  const show: Show = (name) => {
    tabs.forEach((tab, at) => {
      buttons[at]?.setAttribute("aria-selected", String(tab.name === name));
      buttons[at]?.setAttribute("tabindex", tab.name === name ? "0" : "-1");
    });
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    panel.replaceChildren();
    tabs.find((tab) => tab.name === name)?.show(panel);
  };
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = (buttons.indexOf(document.activeElement as HTMLElement) + step + buttons.length) % buttons.length;
    buttons[at]?.focus();
  });
  host.replaceChildren(bar, panel);
  return show;
}
