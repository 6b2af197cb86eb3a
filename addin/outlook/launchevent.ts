/**
 * The hooks at Send and before it. In classic Outlook on Windows this one file runs in an engine of its own, with Office.js,
 * fetch and timers and nothing else: no page, no storage, no built-ins later than ES2016. Elsewhere a page loads it.
 */

import { failed } from "../core/client.js";
import type { Fault } from "../core/client.js";
import { atSend } from "../core/desk.js";
import { EMPTY } from "../core/draft.js";
import type { Review } from "../core/review.js";
import { reviewed } from "../core/review.js";
import type { Settings } from "../core/settings.js";
import { inTime } from "../core/time.js";
import { checkAhead } from "./ahead.js";
import { answerTo } from "./alert.js";
import { deskAtSend } from "./desk.js";
import { has, itemInHand } from "./office.js";
import { settingsInForce } from "./settings.js";

/** Milliseconds after which Send is answered whatever happened. At 5 s, loading included, Outlook asks the user to wait. */
const PATIENCE = 4000;
/** Milliseconds without a further change before a draft is checked ahead: recipients come in a row. */
const QUIET = 800;

/** Never rejects: Outlook would wait for an answer that never comes. */
async function answered(): Promise<Office.SmartAlertsEventCompletedOptions> {
  const settings = settingsInForce();
  try {
    const judged = await inTime(judge(settings), PATIENCE);
    return judged?.leaves ? { allowEvent: true } : answer(judged?.review ?? unanswered("slow"), settings);
  } catch {
    return answer(unanswered("draft"), settings);
  }
}

interface Judged {
  readonly leaves: boolean;
  readonly review: Review | null;
}

async function judge(settings: Settings): Promise<Judged> {
  const desk = await deskAtSend(itemInHand(), settings);
  let review: Review | null = null;
  const save = (saved: Review): Promise<void> => {
    review = saved;
    return desk.shell.save(saved);
  };
  const leaves = await atSend({ ...desk, shell: { ...desk.shell, save } });
  return { leaves, review };
}

function answer(review: Review, settings: Settings): Office.SmartAlertsEventCompletedOptions {
  return answerTo(review, settings, { buttons: has("1.14"), markdown: has("1.15") });
}

function unanswered(fault: Fault): Review {
  return reviewed(EMPTY, failed(fault), "send");
}

/** Only the last of a row of changes is worth a check. Never rejects: a check ahead that fails is made at Send. */
function changeHook(): (event: Office.AddinCommands.Event) => void {
  let changes = 0;
  const quiet = async (): Promise<void> => {
    const change = (changes += 1);
    await new Promise((done) => setTimeout(done, QUIET));
    if (change === changes) await checkAhead(itemInHand(), settingsInForce()).catch(() => undefined);
  };
  return (event) => void quiet().then(() => event.completed());
}

// At once, and not in Office.onReady: classic Outlook does not run that for an event.
Office.actions.associate("onMessageSend", (event: Office.AddinCommands.Event) => {
  void answered().then((options) => event.completed(options));
});
Office.actions.associate("onMessageChanged", changeHook());
