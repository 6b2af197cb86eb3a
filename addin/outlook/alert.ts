/** What Outlook's own dialog says and offers when a mail is held. It opens with few words; the task pane has the rest. */

import type { Review } from "../core/review.js";
import { binding, mayLeave, pressing } from "../core/review.js";
import { faultText, titleOf } from "../core/scene.js";
import type { Settings } from "../core/settings.js";
import { speaker } from "../core/texts.js";
import type { Say } from "../core/texts.js";

/** Characters of a message (SmartAlertsEventCompletedOptions.errorMessage, errorMessageMarkdown). */
export const MOST = 500;
/** Characters of the button (SmartAlertsEventCompletedOptions.cancelLabel). */
export const LABEL = 20;
/** Id of the button that opens the task pane, in both manifests. */
export const PANE = "presendPane";
/** What has a meaning in Outlook's Markdown. */
const MARKUP = /[\\`*_[\]()<>#~]/g;

/** What the client can do: has("1.14"), has("1.15"). */
export interface Abilities {
  readonly buttons: boolean;
  readonly markdown: boolean;
}

/** The options of event.completed for a review. */
export function answerTo(review: Review, settings: Settings, able: Abilities): Office.SmartAlertsEventCompletedOptions {
  if (mayLeave(review, settings)) return { allowEvent: true };
  const say = speaker(settings.language);
  const [title, lines, how] = words(review, settings, say);
  return {
    allowEvent: false,
    errorMessage: plain(title, lines, how, say),
    ...(able.markdown ? { errorMessageMarkdown: formatted(title, lines, how, say) } : {}),
    ...(able.buttons ? { cancelLabel: cut(say("alertButton"), LABEL), commandId: PANE } : {}),
    ...(able.buttons && mayInsist(review, settings) ? { sendModeOverride: Office.MailboxEnums.SendModeOverride.PromptUser } : {}),
  };
}

/** Whether Outlook's own “Send Anyway” may let it out. No reason is asked for there: an error never leaves that way. */
function mayInsist(review: Review, settings: Settings): boolean {
  if (review.phase === "unchecked") return settings.unavailable === "confirm";
  return review.report?.verdict === "confirm" && binding(review, settings).length === 0;
}

/** A title, what was found, and what can be done. */
function words(review: Review, settings: Settings, say: Say): [string, string[], string] {
  const title = say(titleOf(review, settings));
  if (review.phase === "unchecked") {
    const blocked = settings.unavailable === "block";
    const help = blocked && settings.help ? [say("help", { help: settings.help })] : [];
    return [title, [faultText(review.fault ?? "away", review.detail, say), ...help], blocked ? say("blocked") : ""];
  }
  const incomplete = (review.report?.incomplete ?? []).map(({ what }) => what);
  const found = pressing(review).map(({ message }) => message);
  const unread = incomplete.length > 0 ? [say("incomplete", { what: incomplete.join(", ") })] : [];
  return [title, [...found, ...unread], say("alertHow")];
}

function plain(title: string, lines: readonly string[], how: string, say: Say): string {
  const whole = (shown: readonly string[]): string => [title, ...shown.map((line) => `\u2022 ${line}`), how].filter(Boolean).join("\n");
  return fitted(lines, whole, say);
}

function formatted(title: string, lines: readonly string[], how: string, say: Say): string {
  const escaped = (text: string): string => text.replace(MARKUP, "\\$&").replace(/\s+/g, " ");
  const whole = (shown: readonly string[]): string =>
    `**${escaped(title)}**\n\n${shown.map((line) => `- ${escaped(line)}\r`).join("")}${how && `\n\n${escaped(how)}`}`;
  return fitted(lines, whole, say);
}

/** As many lines as there is room for, the rest counted; at least the beginning of the first. */
function fitted(lines: readonly string[], whole: (shown: readonly string[]) => string, say: Say): string {
  for (let count = lines.length; count > 0; count--) {
    const rest = lines.length - count;
    const text = whole([...lines.slice(0, count), ...(rest > 0 ? [say("more", { count: rest })] : [])]);
    if (text.length <= MOST) return text;
  }
  if (lines.length === 0) return whole([]);
  let first = cut(lines[0] ?? "", MOST);
  while (whole([first]).length > MOST) first = cut(first, first.length - 1);
  return whole([first]);
}

/** At most so many UTF-16 units, no character in half. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 2)) ? most - 2 : most - 1;
  return `${text.slice(0, end)}\u2026`;
}
