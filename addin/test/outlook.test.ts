import assert from "node:assert/strict";
import { test } from "node:test";
import { failed } from "../core/client.js";
import { EMPTY, markOf } from "../core/draft.js";
import { usualTimes } from "../core/followup.js";
import { readReport } from "../core/report.js";
import { reviewed } from "../core/review.js";
import type { Review } from "../core/review.js";
import { readSettings } from "../core/settings.js";
import { answerTo, LABEL, MOST } from "../outlook/alert.js";
import { writeDraft } from "../outlook/draft.js";
import { momentOf, withOffset } from "../outlook/form.js";
import { fits } from "../outlook/kept.js";
import type { Item } from "../outlook/office.js";
import { add, parsed, replace, written } from "../outlook/recipients.js";
import type { Mail } from "./fake-outlook.js";
import { fakeOutlook, MAIL, nothingYet } from "./fake-outlook.js";
import { DRAFT, finding, report } from "./samples.js";

const settings = (given: object = {}) => readSettings([{ service: "https://presend.example", help: "IT 8001", ...given }], "en");
const ABLE = { buttons: true, markdown: true };

/** A made-up Outlook as the global one. */
function outlook(given: Partial<Mail> = {}): { item: Item; mail: Mail; wrong: string[] } {
  const mail = { ...MAIL, ...given };
  const happened = nothingYet();
  const { Office } = fakeOutlook(mail, happened, "pane");
  Object.assign(globalThis, { Office });
  return { item: (Office as unknown as typeof globalThis.Office).context.mailbox.item as unknown as Item, mail, wrong: happened.wrong };
}

function judged(verdict: string, ...findings: object[]): Review {
  const value = readReport(report(verdict, ...findings));
  assert.ok(value);
  return reviewed(DRAFT, { ok: true, value }, "send");
}

for (const [name, address, header] of [
  ["李强", "li@a.cn", "李强 <li@a.cn>"],
  ["", "li@a.cn", "li@a.cn"],
  ["li@a.cn", "li@a.cn", "li@a.cn"],
  ["Li, Qiang (HQ)", "li@a.cn", '"Li, Qiang (HQ)" <li@a.cn>'],
  ['Li "Q" \\', "li@a.cn", '"Li \\"Q\\" \\\\" <li@a.cn>'],
] as const) {
  test(`a recipient as in a header and back: ${header}`, () => {
    assert.equal(written({ displayName: name, emailAddress: address }), header);
    assert.deepEqual(parsed(header), { displayName: name || address, emailAddress: address });
  });
}

test("recipients are set and added in portions that Outlook takes, nobody twice", async () => {
  const { item, mail, wrong } = outlook({ cc: [{ displayName: "", emailAddress: "B@a.cn" }] });
  const many = Array.from({ length: 250 }, (_, at) => `p${at}@a.cn`);
  await replace(item.to, many);
  assert.deepEqual(mail.to.map((one) => one.emailAddress), many);
  await add(item.cc, ["b@a.cn", "c@a.cn"]);
  assert.deepEqual(mail.cc.map((one) => one.emailAddress), ["B@a.cn", "c@a.cn"]);
  assert.deepEqual(wrong, []);
});

test("a fix of what Outlook cannot change is refused, not lost", async () => {
  const { item } = outlook();
  await assert.rejects(writeDraft(item, EMPTY, { ...EMPTY, reply_to: ["a@b.c"] }), /reply_to/);
});

test("a body of another format than the mail's is never set", async () => {
  const { item, mail } = outlook({ bodyType: "text", body: "old" });
  await assert.rejects(writeDraft(item, { ...EMPTY, html: "<p>old</p>" }, { ...EMPTY, html: "<p>new</p>" }));
  assert.equal(mail.body, "old");
});

test("an error is held, a warning may insist, an info holds nothing", () => {
  outlook();
  const error = answerTo(judged("block", finding({ severity: "error" })), settings(), ABLE);
  assert.equal(error.allowEvent, false);
  assert.equal(error.sendModeOverride, undefined);
  assert.equal(answerTo(judged("confirm", finding()), settings(), ABLE).sendModeOverride, "promptUser");
  assert.deepEqual(answerTo(judged("allow", finding({ severity: "info" })), settings(), ABLE), { allowEvent: true });
});

test("a warning that the policy binds may not insist", () => {
  outlook();
  const bound = answerTo(judged("confirm", finding({ overridable: false })), settings(), ABLE);
  assert.equal(bound.allowEvent, false);
  assert.equal(bound.sendModeOverride, undefined);
  const override = answerTo(judged("block", finding({ severity: "error", overridable: true })), settings(), ABLE);
  assert.equal(override.sendModeOverride, undefined, "an error wants its reason, which Outlook's dialog does not ask for");
});

test("a message of any length fits, in both formats, and no character is cut in half", () => {
  outlook();
  for (const length of [1, 80, 439, 440, 460, 499, 500, 501, 3000]) {
    for (const sign of ["x", "*", "\u{1F4E6}", "货"]) {
      const answer = answerTo(judged("block", finding({ message: sign.repeat(length) }), finding({ id: "2" })), settings(), ABLE);
      for (const text of [answer.errorMessage ?? "", answer.errorMessageMarkdown ?? ""]) {
        assert.ok(text.length > 0 && text.length <= MOST, `${length} × ${sign}: ${text.length}`);
        assert.doesNotMatch(text, /[\ud800-\udbff](?![\udc00-\udfff])/);
      }
      assert.doesNotMatch(answer.errorMessageMarkdown ?? "", /[^\\*]\*[^*]/, "every asterisk of a message is escaped");
    }
  }
  const button = answerTo(judged("block", finding({ severity: "error" })), settings(), ABLE).cancelLabel ?? "";
  assert.ok(button.length > 0 && button.length <= LABEL);
});

test("without findings, only that something is incomplete, the message says what", () => {
  outlook();
  const review = judged("confirm");
  assert.ok(review.report);
  const incomplete = { ...review, report: { ...review.report, incomplete: [{ what: "a.zip", why: "encrypted" }] } };
  assert.match(answerTo(incomplete, settings(), ABLE).errorMessage ?? "", /a\.zip/);
  assert.doesNotMatch(answerTo(review, settings(), ABLE).errorMessage ?? "", /\u2022/, "and no empty line where there is nothing to list");
});

test("not checked: the policy decides, and whom to call is said where nothing gets out", () => {
  outlook();
  const review = reviewed(DRAFT, failed("key", "Show a key."), "send");
  const blocked = answerTo(review, settings({ unavailable: "block" }), ABLE);
  assert.equal(blocked.sendModeOverride, undefined);
  assert.match(blocked.errorMessage ?? "", /Show a key\.[\s\S]*IT 8001/);
  assert.equal(answerTo(review, settings(), ABLE).sendModeOverride, "promptUser");
  assert.deepEqual(answerTo(review, settings({ unavailable: "allow" }), ABLE), { allowEvent: true });
});

test("a check ahead counts for the same draft with the same override, and not for ever", () => {
  const value = readReport(report("allow"));
  assert.ok(value);
  const ahead = { mark: markOf(DRAFT), override: null, at: Date.now(), report: value };
  const cases: [Parameters<typeof fits>, boolean][] = [
    [[ahead, DRAFT, null], true],
    [[ahead, { ...DRAFT, cc: ["a@b.c"] }, null], false],
    [[ahead, DRAFT, "token"], false],
    [[{ ...ahead, at: Date.now() - 6 * 60_000 }, DRAFT, null], false],
    [[null, DRAFT, null], false],
  ];
  for (const [given, expected] of cases) assert.equal(fits(...given), expected);
});

test("a moment is written with this machine's offset, and is the same moment", () => {
  const moment = momentOf("2026-12-03T17:05");
  assert.ok(moment);
  assert.match(withOffset(moment), /^2026-12-03T17:05:00[+-]\d\d:\d\d$/);
  assert.equal(Date.parse(withOffset(moment)), moment.getTime());
  assert.equal(momentOf(""), null);
  assert.equal(momentOf("soon"), null);
});

test("the usual times are mornings to come", () => {
  const now = new Date(2026, 11, 31, 23, 59);
  const { tomorrow, threeDays, nextWeek } = usualTimes(now);
  assert.deepEqual([tomorrow, threeDays, nextWeek].map((time) => [time.getMonth() + 1, time.getDate(), time.getHours()]), [[1, 1, 10], [1, 3, 10], [1, 7, 10]]);
});
