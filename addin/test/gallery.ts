/** The panel on a page of its own, over mails made up here: gallery.html?state=errors&lang=zh&modal. */

import { connect } from "../core/client.js";
import { converse } from "../core/conversation.js";
import { atSend } from "../core/desk.js";
import { showOptions } from "../core/options.js";
import { readSettings } from "../core/settings.js";
import type { Answer } from "./samples.js";
import { FakeNet, FakeShell, finding, report } from "./samples.js";

const asked = new URLSearchParams(location.search);
const lang = asked.get("lang") === "zh" ? "zh" : "en";
const state = asked.get("state") ?? "errors";
const pick = (zh: string, en: string): string => (lang === "zh" ? zh : en);
const span = (part: string, line: number, more: object = {}): object => ({ part, name: null, cell: null, readable_utf16: [0, 4], line, ...more });
const edit = [{ part: "text", utf16: [0, 4], text: "" }];

const WARNINGS = [
  finding({
    id: "2", rule: "tone/blunt-urgency", safe: false, edits: edit, span: span("text", 4), text: pick("请尽快处理", "Please handle this ASAP"),
    message: pick("“请尽快处理”语气生硬，也没说到什么时候。", "“Please handle this ASAP” is blunt and names no time."),
    suggestion: pick("您是否方便在3月12日17:00前确认？", "Could you confirm by 12 March, 17:00?"),
  }),
  finding({
    id: "3", rule: "data/wrong-coverage", span: span("attachment", 1, { name: pick("补货明细.xlsx", "restock.xlsx"), cell: "Sheet1!D3" }), text: pick("200件", "200 units"),
    message: pick("这个数量加上库存只够 20 天，不够写明的 30 天。", "Together with the stock this lasts 20 days, not the 30 that are claimed."),
    suggestion: pick("要覆盖 30 天，请下单 345 件。", "To cover 30 days, order 345 units."),
  }),
];
const ERRORS = [
  finding({
    id: "1", rule: "subject/untagged", severity: "error", span: span("subject", 1), text: "", message: pick("主题没有事项标签。", "The subject has no tag."),
    suggestion: pick("在主题前加上【补货】。", "Put [Restock] before the subject."),
  }),
  finding({
    id: "4", rule: "sensitive/identity", severity: "error", safe: true, edits: edit, span: span("text", 9), text: "1101**********1234",
    message: pick("正文里有完整的身份证号。", "The text holds a complete ID card number."), suggestion: pick("只留前四位和后四位。", "Keep the first and last four digits only."),
  }),
];
const INFO = [1, 2, 3].map((n) => finding({
  id: `${6 + n}`, severity: "info", rule: "deadline/non-working-day", span: span("text", n), text: pick("3月14日", "14 March"),
  message: pick("3月14日是周六。", "14 March is a Saturday."), suggestion: null,
}));

const STATES: Readonly<Record<string, () => Answer>> = {
  errors: () => ({ body: report("block", ...ERRORS, ...WARNINGS, ...INFO) }),
  warnings: () => ({ body: report("confirm", ...WARNINGS) }),
  clear: () => ({ body: report("allow") }),
  away: () => new TypeError("refused"),
  key: () => ({ status: 401, body: {} }),
};

const net = new FakeNet((path, body) => {
  if (path === "/v1/check") return body.text === "fixed" ? { body: report("allow") } : (STATES[state] ?? STATES["errors"]!)();
  if (path === "/v1/fix") return { body: { draft: { ...body.draft, text: "fixed" } } };
  if (path === "/v1/overrides") return { body: { override: "token" } };
  return { body: {} };
});
const settings = readSettings([{
  service: "https://presend.example", language: lang, unavailable: asked.get("unavailable"), help: pick("IT 服务台 8001", "IT desk, 8001"),
}], lang);
const shell = new FakeShell();
const host = document.getElementById("host")!;
const desk = { shell, client: connect(settings, net), settings };

/** For the tests: what the panel did. */
Object.assign(window, { shell, net, closes: 0 });

if (state === "options") {
  document.head.replaceChildren(document.createElement("title"));
  document.title = "presend";
  const managed = asked.has("managed") ? ["key", "language"] : [];
  showOptions(host, { settings, stored: { key: "old" }, managed, save: async (given) => { Object.assign(window, { saved: given }); } });
} else void atSend(desk).then(() => {
  // A mail that may leave is shown for "check while writing", one that may not as it was stopped at Send.
  return converse(desk, { host, modal: asked.has("modal"), close: () => { (window as unknown as { closes: number }).closes += 1; } });
});
