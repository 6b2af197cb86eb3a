/**
 * How Gmail's page is recognised: the one file to change when Google changes the page. Lists are ordered, the surest
 * selector first; the first that finds something counts. None reads a label: they hold in every interface language.
 */

export type Selectors = readonly string[];

/** Where the mail is written. */
export const EDITOR: Selectors = ['[g_editable="true"]', '[contenteditable="true"][role="textbox"]', ".editable[contenteditable='true']"];

/**
 * “Send”, and “Send and archive” beside it. The last one is by structure alone: the one button with a tooltip beside a
 * button with a menu. A selector that finds more than SENDS in a compose has found something else.
 */
export const SEND: Selectors = [
  '.IZ .Up div > [role="button"]:not([aria-haspopup="true"])',
  '.dC > [role="button"]:not([aria-haspopup="true"])',
  '[role="button"].aoO, [role="button"].Uo',
  ':has(> [role="button"][aria-haspopup="true"]) > [role="button"][data-tooltip]:not([aria-haspopup="true"])',
];
export const SENDS = 2;

/** “More send options”, beside Send. */
export const MORE: Selectors = ['[role="button"].hG', '[role="button"][aria-haspopup="true"]'];

/** “Schedule send” in its menu; the menu stands outside of the compose window. */
export const SCHEDULE: Selectors = ['[selector="scheduledSend"]'];

/** The entry of a menu that the keyboard is at. */
export const LIT: Selectors = [".J-N-JT", "[aria-selected='true']"];

/** A proposed time in the dialog after it, which schedules the mail. */
export const TIME: Selectors = ['[role="dialog"] [role="menuitem"].Az:not(.AM)'];
/** What opens the dialog with a date and a time instead, */
export const PICK: Selectors = ['[role="dialog"] [role="menuitem"].Az.AM'];
/** and the OK of that one, which is the OK of any dialog: it counts after PICK only. */
export const OK: Selectors = ['[role="dialog"] button[name="ok"]', '[role="dialog"] .J-at1-auR:not(.J-at1-atl)'];

export const SUBJECT: Selectors = ['input[name="subjectbox"]', 'input[name="subject"]'];
export const FROM: Selectors = ['input[name="from"]'];

export type Field = "to" | "cc" | "bcc";

/** The box of one kind of recipients: chips, and an entry for more. */
export const RECIPIENTS: Readonly<Record<Field, Selectors>> = {
  to: ['div[name="to"]', 'tr:has([name="to"])'],
  cc: ['div[name="cc"]', 'tr:has([name="cc"])'],
  bcc: ['div[name="bcc"]', 'tr:has([name="bcc"])'],
};

/** A recipient in its box. */
export const CHIP: Selectors = ['[role="option"][data-hovercard-id]', "[data-hovercard-id]", "[email]", '.vR input[type="hidden"]'];
/** Of a chip: what takes it away. */
export const REMOVE: Selectors = [".afX", ".vM", '[role="button"]'];
/** Of a box: what is typed and no chip yet. */
export const ENTRY: Selectors = ['input[role="combobox"]', "textarea"];

/** An attachment; an upload that is under way is one too. */
export const ATTACHMENT: Selectors = [".dL", ':has(> input[name="attach"])'];
export const ATTACHMENT_NAME: Selectors = [".vI", "a > :first-child"];
export const ATTACHMENT_SIZE: Selectors = [".vJ", "a > :nth-child(2)"];

/** The account's link; its label ends in the address. */
export const ACCOUNT: Selectors = ['a[href*="SignOutOptions"][aria-label*="@"]', 'header a[aria-label*="@"]', 'a[aria-label*="@"]'];

/** A conversation on the page, its subject, its messages, and who a message is from and to. */
export const THREAD_SUBJECT: Selectors = ["h2[data-thread-perm-id]", "h2.hP"];
export const MESSAGE: Selectors = ["[data-message-id]", ".adn"];
export const SENDER: Selectors = [".gD[email]"];
export const ADDRESSEE: Selectors = [".g2[email]"];

/** A compose window never reaches beyond the first, and never as far as the second. */
export const WITHIN: Selectors = ['[role="dialog"]'];
export const BEYOND: Selectors = ['[role="main"]', "body"];

/** Where Gmail asks something. */
export const DIALOG: Selectors = ['[role="dialog"]', '[role="alertdialog"]'];

/** What else than a compose window holds an editor: signatures and answers are written in the settings. */
export const NO_MAIL = /^#settings/;

/** Beside an editor in a dialog or a form: looks like a mail, though we know none of it. */
export const MAIL_LIKE: Selectors = ['[role="dialog"]', "form"];
export const OTHER_ENTRY: Selectors = ['input[type="text"]', "input:not([type])", "textarea", '[role="combobox"]'];
