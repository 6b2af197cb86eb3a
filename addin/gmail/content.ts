/**
 * In Gmail's page: every way to send is held back until the mail was checked, then pressed again for the user. Where
 * the page is not understood, or anything here fails, Gmail goes on as ever and the user is told.
 */

import { readSettings } from "../core/settings.js";
import type { Settings } from "../core/settings.js";
import { Mail } from "./mail.js";
import { askedSettings, LOOK } from "./messages.js";
import { stickNotice } from "./notice.js";
import type { Compose } from "./page.js";
import { composeAt } from "./page.js";
import { decides, EVENTS, picks, pressOf } from "./press.js";
import { watchForStrangers } from "./watch.js";

function start(): void {
  const mails = new WeakMap<HTMLElement, Mail>();
  const settings = settingsKept();
  let recent: HTMLElement | null = null;
  let picking = false;
  const used = (): Compose | null => recent && composeAt(recent);
  const mailOf = (compose: Compose): Mail => {
    const mail = mails.get(compose.editor) ?? new Mail(compose, settings);
    mails.set(compose.editor, mail);
    return mail;
  };
  // Whatever is thrown here leaves the event to Gmail.
  const onEvent = (event: Event): void => {
    const press = pressOf(event, { compose: used, picking });
    if (picks(event)) picking = true;
    if (!press) return;
    const mail = mailOf(press.compose);
    if (mail.gate.lets(() => mail.mark(), event.isTrusted)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (decides(event) && !(event.isTrusted && mail.gate.isDouble())) void mail.hold(press.way);
  };
  const onUse = (event: Event): void => {
    const compose = event.target instanceof Element ? composeAt(event.target) : null;
    if (!compose) return;
    recent = compose.editor;
    // Who is back in the mail has closed the dialogs.
    picking = false;
  };
  for (const type of ["focusin", "pointerdown"]) addEventListener(type, onUse, true);
  for (const type of EVENTS) addEventListener(type, onEvent, true);
  chrome.runtime.onMessage.addListener((message) => {
    if (message === LOOK) void look(used(), mailOf, settings);
  });
  watchForStrangers(settings);
  // Known before they are needed, and the worker is awake.
  void settings();
}

/** The button in the browser's toolbar: the mail that was used last, and a word where there is none. */
async function look(compose: Compose | null, mailOf: (compose: Compose) => Mail, settings: () => Promise<Settings>): Promise<void> {
  if (compose) return mailOf(compose).look();
  const { body } = document;
  stickNotice(() => ({ root: body, editor: body }), "nothingToCheck", await settings());
}

/** The settings in force; those known last where the worker does not answer. */
function settingsKept(): () => Promise<Settings> {
  let kept = readSettings([], navigator.language);
  return async () => {
    kept = (await askedSettings()) ?? kept;
    return kept;
  };
}

start();
