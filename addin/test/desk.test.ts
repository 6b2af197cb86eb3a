import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../core/client.js";
import type { Desk } from "../core/desk.js";
import { again, apply, atSend, dispute, look, sendAnyway } from "../core/desk.js";
import { readSettings } from "../core/settings.js";
import type { Answer } from "./samples.js";
import { DRAFT, FakeNet, FakeShell, finding, report } from "./samples.js";

type Service = (path: string, body: any, count: number) => Answer;

function desk(service: Service, unavailable = "confirm"): { at: Desk; shell: FakeShell; net: FakeNet } {
  const settings = readSettings([{ service: "https://presend.example", unavailable }], "en");
  const shell = new FakeShell();
  const net = new FakeNet(service);
  return { at: { shell, client: connect(settings, net), settings }, shell, net };
}

const AWAY: Service = () => new TypeError("refused");
const WARNED: Service = (path, body) => {
  if (path === "/v1/check") return { body: report(body.text.includes("asap") ? "confirm" : "allow", ...(body.text.includes("asap") ? [finding()] : [])) };
  if (path === "/v1/fix") return { body: { draft: { ...body.draft, text: "Could you handle it by 12 March?" }, applied: body.findings } };
  if (path === "/v1/overrides") return { body: { override: "token", findings: ["1"] } };
  return { body: {} };
};

test("a good mail leaves without a word", async () => {
  const { at, shell } = desk(() => ({ body: report("allow", finding({ severity: "info" })) }));
  assert.equal(await atSend(at), true);
  assert.equal(shell.review?.report?.findings.length, 1);
});

test("a mail with findings is held, and the review is kept for the panel", async () => {
  const { at, shell, net } = desk(WARNED);
  assert.equal(await atSend(at), false);
  assert.equal(shell.review?.intent, "send");
  const review = await look(at);
  assert.equal(review.report?.findings[0]?.text, "asap");
  assert.equal(net.asked.length, 1, "the panel shows what was found at Send, without a second check");
});

test("waived findings hold nothing and are not shown", async () => {
  const { at, shell } = desk(() => ({ body: report("allow", finding({ waived: true })) }));
  assert.equal(await atSend(at), true);
  assert.deepEqual(shell.review?.report?.findings, []);
});

test("a draft that changed since is checked again before it is shown", async () => {
  const { at, shell, net } = desk(WARNED);
  await atSend(at);
  shell.draft = { ...DRAFT, text: "Could you?" };
  const review = await look(at);
  assert.equal(review.report?.verdict, "allow");
  assert.equal(net.asked.length, 2);
});

test("a fix is written into the draft and checked", async () => {
  const { at, shell } = desk(WARNED);
  await atSend(at);
  const step = await apply(at, await look(at), ["1"]);
  assert.equal(step.trouble, null);
  assert.equal(shell.draft.text, "Could you handle it by 12 March?");
  assert.equal(step.review.report?.verdict, "allow");
  assert.equal(step.review.intent, "send");
});

test("a fix for a draft that changed since writes nothing and checks again", async () => {
  const { at, shell, net } = desk(WARNED);
  await atSend(at);
  const review = await look(at);
  shell.draft = { ...DRAFT, text: "asap, and more" };
  const step = await apply(at, review, ["1"]);
  assert.equal(step.trouble?.fault, "changed");
  assert.equal(shell.draft.text, "asap, and more");
  assert.deepEqual(net.asked.map(({ path }) => path), ["/v1/check", "/v1/check"]);
});

test("send anyway: the reason is told, the pass lets the mail out once", async () => {
  const { at, shell, net } = desk(WARNED);
  await atSend(at);
  const step = await sendAnyway(at, await look(at), "agreed on the phone");
  assert.equal(step.trouble, null);
  assert.equal(shell.sent, 1);
  assert.deepEqual(net.asked.at(-1)?.body.findings, [{ id: "1", reason: "agreed on the phone" }]);
  const asked = net.asked.length;
  assert.equal(await atSend(at), true, "the hook meets the pass");
  assert.equal(net.asked.length, asked, "and asks nobody");
  assert.equal(await atSend(at), false, "the pass is used up");
});

test("the pass is void for a mail that was changed after it", async () => {
  const { at, shell } = desk(WARNED);
  await atSend(at);
  await sendAnyway(at, await look(at), "agreed");
  shell.draft = { ...DRAFT, text: "asap!" };
  assert.equal(await atSend(at), false);
  shell.draft = DRAFT;
  assert.equal(await atSend(at), false, "and does not come back with the old text");
});

test("after an override the draft carries the token", async () => {
  const { at, net } = desk(WARNED);
  await atSend(at);
  await sendAnyway(at, await look(at), "agreed");
  await again(at, await look(at));
  assert.equal(net.asked.at(-1)?.body.override, "token");
});

test("an override that the policy refuses sends nothing", async () => {
  const { at, shell } = desk((path, body, count) =>
    path === "/v1/overrides" ? { status: 403, body: { detail: "subject/untagged is not yours to override" } } : WARNED(path, body, count));
  await atSend(at);
  const step = await sendAnyway(at, await look(at), "please");
  assert.deepEqual(step.trouble, { ok: false, fault: "forbidden", detail: "subject/untagged is not yours to override" });
  assert.equal(shell.sent, 0);
  assert.equal(await atSend(at), false);
});

for (const [unavailable, sent] of [["confirm", 1], ["allow", 1], ["block", 0]] as const) {
  test(`an override while the service is away, policy ${unavailable}: ${sent ? "sent" : "held"}`, async () => {
    const { at, shell } = desk((path, body, count) =>
      path === "/v1/overrides" ? { status: 503, body: {} } : WARNED(path, body, count), unavailable);
    await atSend(at);
    const step = await sendAnyway(at, await look(at), "agreed");
    assert.equal(shell.sent, sent);
    assert.equal(step.trouble?.fault, sent ? undefined : "away");
  });
}

test("service away, policy confirm: held, told, and sent when the user says so", async () => {
  const { at, shell } = desk(AWAY);
  assert.equal(await atSend(at), false);
  const review = await look(at);
  assert.equal(review.phase, "unchecked");
  assert.equal(review.fault, "away");
  assert.equal((await sendAnyway(at, review, "")).trouble, null);
  assert.equal(shell.sent, 1);
  assert.equal(await atSend(at), true);
});

test("service away, policy allow: the mail leaves; policy block: it is held", async () => {
  assert.equal(await atSend(desk(AWAY, "allow").at), true);
  assert.equal(await atSend(desk(AWAY, "block").at), false);
});

test("an unchecked review is checked again when the panel opens", async () => {
  let up = false;
  const { at } = desk((path, body, count) => (up ? WARNED(path, body, count) : AWAY(path, body, count)));
  await atSend(at);
  up = true;
  assert.equal((await look(at)).phase, "checked");
});

test("a store that fails loses no mail", async () => {
  const { at, shell } = desk(() => ({ body: report("allow") }));
  shell.load = (): Promise<never> => Promise.reject(new Error("full"));
  shell.save = (): Promise<never> => Promise.reject(new Error("full"));
  assert.equal(await atSend(at), true);
});

test("a draft that cannot be read counts as not checked", async () => {
  const { at, shell } = desk(() => ({ body: report("allow") }));
  shell.read = () => Promise.reject(new Error("closed"));
  assert.equal(await atSend(at), false);
  assert.equal(shell.review?.fault, "draft");
});

test("a draft that takes too long to read is not waited for", async () => {
  const { at, shell, net } = desk(() => ({ body: report("allow") }));
  shell.read = () => new Promise(() => undefined);
  const alive = setInterval(() => undefined, 1000);
  assert.equal(await atSend(at), false);
  clearInterval(alive);
  assert.equal(shell.review?.phase, "unchecked");
  assert.equal(net.asked.length, 0);
});

test("a disputed finding is told by its fingerprint, without words of the mail, and remembered", async () => {
  const { at, net } = desk(WARNED);
  await atSend(at);
  const step = await dispute(at, await look(at), "1");
  assert.deepEqual(net.asked.at(-1)?.body, { rule: "tone/blunt-urgency", fingerprint: "f1", digest: "d1", verdict: "false-positive" });
  assert.deepEqual(step.review.disputed, ["1"]);
  assert.deepEqual((await look(at)).disputed, ["1"]);
});
