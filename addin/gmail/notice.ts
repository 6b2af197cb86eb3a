/** One sentence beside a compose window, in a shadow root: that a check is under way, or that there will be none. */

import { element } from "../core/elements.js";
import type { Settings } from "../core/settings.js";
import { STYLE } from "../core/style.js";
import type { Key } from "../core/texts.js";
import { speaker } from "../core/texts.js";
import type { Anchor, Standing } from "./place.js";
import { standBeside } from "./place.js";

/** Stays until the user closes it, the compose window goes, or it is taken. */
export function stickNotice(compose: () => Anchor, key: Key, { language }: Settings): Standing {
  const say = speaker(language);
  const standing = standBeside(compose);
  const root = standing.host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE + NOTICE);
  root.adoptedStyleSheets = [style];
  root.append(element("section", { class: `panel notice ${key}`, role: "status", lang: language === "zh" ? "zh-CN" : "en" },
    element("p", {}, say(key)),
    element("button", { class: "quiet", type: "button", name: "close", click: () => standing.take() }, say("dismiss"))));
  return standing;
}

const NOTICE = `
.notice { flex-direction: row; align-items: center; gap: 12px; padding: 10px 12px 10px 16px; border-inline-start: 4px solid var(--accent); }
.notice.strange { border-color: var(--warning); }
.notice p { flex: 1; }
.notice button { flex: none; }
`;
