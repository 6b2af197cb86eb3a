import assert from "node:assert/strict";
import { test } from "node:test";
import { connect } from "../core/client.js";
import { DRAFT, FakeNet, finding, report } from "./samples.js";

const ADDRESS = { service: "https://presend.example", key: "k", language: "zh" } as const;
const refused = (): Error => new TypeError("NetworkError");

test("a check asks once, with key and language, and gives the report", async () => {
  const net = new FakeNet(() => ({ body: report("block", finding({ severity: "error" })) }));
  const outcome = await connect(ADDRESS, net).check(DRAFT);
  assert.ok(outcome.ok);
  assert.equal(outcome.value.verdict, "block");
  assert.equal(outcome.value.findings[0]?.text, "asap");
  assert.equal(net.asked.length, 1);
  assert.deepEqual(net.asked[0]?.body, DRAFT);
  assert.equal(net.asked[0]?.headers["Authorization"], "Bearer k");
  assert.equal(net.asked[0]?.headers["Accept-Language"], "zh");
});

test("without a key no Authorization is sent; without an address nothing is asked", async () => {
  const net = new FakeNet(() => ({ body: report("allow") }));
  await connect({ ...ADDRESS, key: "" }, net).check(DRAFT);
  assert.equal("Authorization" in (net.asked[0]?.headers ?? {}), false);
  const outcome = await connect({ ...ADDRESS, service: "" }, net).check(DRAFT);
  assert.deepEqual(outcome, { ok: false, fault: "unset", detail: "" });
  assert.equal(net.asked.length, 1);
});

test("a connection refused at once is tried once more", async () => {
  const net = new FakeNet((_path, _body, count) => (count === 1 ? refused() : { body: report("allow") }));
  assert.ok((await connect(ADDRESS, net).check(DRAFT)).ok);
  assert.equal(net.asked.length, 2);
});

test("refused twice: away, and no third try", async () => {
  const net = new FakeNet(refused);
  assert.deepEqual(await connect(ADDRESS, net).check(DRAFT), { ok: false, fault: "away", detail: "" });
  assert.equal(net.asked.length, 2);
});

test("a connection that breaks later is not tried again: the mail may have been read", async () => {
  const net: FakeNet = new FakeNet(() => {
    net.clock += 1000;
    return refused();
  });
  assert.deepEqual(await connect(ADDRESS, net).check(DRAFT), { ok: false, fault: "away", detail: "" });
  assert.equal(net.asked.length, 1);
});

test("an answer is never tried again, whatever its status", async () => {
  const net = new FakeNet(() => ({ status: 503, body: "" }));
  assert.deepEqual(await connect(ADDRESS, net).check(DRAFT), { ok: false, fault: "away", detail: "" });
  assert.equal(net.asked.length, 1);
});

test("no answer in time: the call is given up and says slow", async () => {
  let stopped = false;
  const fetch = (_url: string, init: RequestInit): Promise<Response> =>
    new Promise((_done, fail) => init.signal?.addEventListener("abort", () => {
      stopped = true;
      fail(new DOMException("gone", "AbortError"));
    }));
  const outcome = await connect(ADDRESS, { fetch, now: () => 0, wait: async () => undefined }).check(DRAFT, 20);
  assert.deepEqual(outcome, { ok: false, fault: "slow", detail: "" });
  assert.ok(stopped);
});

test("where there is no AbortController, as in classic Outlook, the limit holds all the same", async () => {
  const kept = globalThis.AbortController;
  Reflect.deleteProperty(globalThis, "AbortController");
  try {
    const asked: RequestInit[] = [];
    const fetch = (_url: string, init: RequestInit): Promise<Response> => {
      asked.push(init);
      return new Promise(() => undefined);
    };
    const outcome = await connect(ADDRESS, { fetch, now: () => 0, wait: async () => undefined }).check(DRAFT, 20);
    assert.deepEqual(outcome, { ok: false, fault: "slow", detail: "" });
    assert.equal(asked[0]?.signal, null);
  } finally {
    globalThis.AbortController = kept;
  }
});

for (const [status, fault] of [[401, "key"], [403, "forbidden"], [409, "changed"], [413, "large"], [422, "draft"], [500, "away"]] as const) {
  test(`status ${status} is ${fault}, with the service's sentence`, async () => {
    const net = new FakeNet(() => ({ status, body: { title: "t", detail: "why" } }));
    assert.deepEqual(await connect(ADDRESS, net).check(DRAFT), { ok: false, fault, detail: "why" });
  });
}

for (const body of ["<html>Sign in</html>", "null", "[]", { results: [] }, { results: [{ verdict: "fine" }] }, report("block", { id: 1 })]) {
  test(`no report: ${JSON.stringify(body)}`, async () => {
    const outcome = await connect(ADDRESS, new FakeNet(() => ({ body }))).check(DRAFT);
    assert.deepEqual(outcome, { ok: false, fault: "garbled", detail: "" });
  });
}

test("a fix changes what is written and nothing else", async () => {
  const reply = { draft: { ...DRAFT, subject: "[Restock]", attachments: [{ name: "planted" }] }, applied: ["1"] };
  const net = new FakeNet(() => ({ body: reply }));
  const outcome = await connect(ADDRESS, net).fix(DRAFT, "d1", ["1"]);
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.value, { ...DRAFT, subject: "[Restock]" });
  assert.deepEqual(net.asked[0]?.body, { draft: DRAFT, digest: "d1", findings: ["1"] });
});

test("an override names each finding with the reason", async () => {
  const net = new FakeNet(() => ({ body: { override: "token", expires: "2026-03-10T10:00:00Z", findings: ["1", "2"] } }));
  assert.deepEqual(await connect(ADDRESS, net).override(DRAFT, "d1", ["1", "2"], "agreed"), { ok: true, value: "token" });
  assert.deepEqual(net.asked[0]?.body.findings, [{ id: "1", reason: "agreed" }, { id: "2", reason: "agreed" }]);
});
