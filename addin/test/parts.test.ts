import assert from "node:assert/strict";
import { test } from "node:test";
import { collect } from "../core/attachments.js";
import { changedParts, markOf } from "../core/draft.js";
import { readReport } from "../core/report.js";
import { binding, reviewed, safeFixes } from "../core/review.js";
import { mayOverride, readSettings } from "../core/settings.js";
import { speaker, TEXTS } from "../core/texts.js";
import { DRAFT, finding, report } from "./samples.js";

test("both languages have every sentence, with the same holes, in their own script", () => {
  assert.deepEqual(Object.keys(TEXTS.zh).sort(), Object.keys(TEXTS.en).sort());
  for (const key of Object.keys(TEXTS.zh) as (keyof typeof TEXTS.zh)[]) {
    const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    assert.ok(TEXTS.zh[key].trim() && TEXTS.en[key].trim(), key);
    assert.deepEqual(holes(TEXTS.zh[key]), holes(TEXTS.en[key]), key);
    assert.match(TEXTS.zh[key], /\p{Script=Han}/u, key);
    assert.doesNotMatch(TEXTS.en[key], /\p{Script=Han}|[，。：？]/u, key);
    assert.doesNotMatch(TEXTS.zh[key], /\p{Script=Han}[,:;?!]/u, key);
  }
});

test("holes are filled, and an unknown one stays visible", () => {
  assert.equal(speaker("en")("more", { count: 3 }), "3 more");
  assert.equal(speaker("en")("more"), "{count} more");
});

test("a mark changes with what is written and with nothing else", () => {
  const attachment = { name: "a.xlsx", size: 3, type: null, inline: false, content: "AAAA", link: null };
  const same = [{ ...DRAFT, override: "t" }, { ...DRAFT, date: "2026-03-10T10:00:00Z" }];
  const other = [{ ...DRAFT, subject: "x" }, { ...DRAFT, text: `${DRAFT.text} ` }, { ...DRAFT, cc: ["a@b.c"] }, { ...DRAFT, attachments: [attachment] }];
  for (const draft of same) assert.equal(markOf(draft), markOf(DRAFT));
  assert.equal(new Set([DRAFT, ...other].map(markOf)).size, other.length + 1);
});

test("the parts that a fix changed", () => {
  assert.deepEqual(changedParts(DRAFT, { ...DRAFT, cc: ["a@b.c"], text: "x" }), ["cc", "text"]);
  assert.deepEqual(changedParts(DRAFT, { ...DRAFT }), []);
});

test("attachments: contents within the limits, names and sizes always", async () => {
  const source = (name: string, size: number, read: () => Promise<Uint8Array>) => ({ name, size, type: "", inline: false, read });
  const bytes = (count: number) => async () => new Uint8Array(count).fill(65);
  const never = () => Promise.reject(new Error("read although too large"));
  const collected = await collect(
    [source("a", 3, bytes(3)), source("large", 9, never), source("unknown size", -1, bytes(4)), source("no room left", 4, bytes(4)), source("broken", 1, never)],
    { one: 5, all: 8 },
  );
  assert.deepEqual(collected.map(({ name, size, content }) => [name, size, content]), [
    ["a", 3, "QUFB"], ["large", 9, null], ["unknown size", 4, "QUFBQQ=="], ["no room left", 4, null], ["broken", 1, null],
  ]);
});

test("attachments: base64 is taken as it comes, within the same limits; the size that the client tells stays", async () => {
  const source = (size: number, base64: string) => ({ name: "a", size, type: null, inline: false, read: async () => base64 });
  const collected = await collect([source(3, "QUFB"), source(-1, "QUE="), source(7, "QQ=="), source(-1, "QUFBQQ==")], { one: 7, all: 8 });
  assert.deepEqual(collected.map(({ size, content }) => [size, content]), [[3, "QUFB"], [2, "QUE="], [7, null], [-1, null]]);
});

test("settings: the strongest layer counts, what is mistyped does not", () => {
  const settings = readSettings([{ service: "ftp://x", unavailable: "block", overridable: "all" }, { service: "https://a.example/base/", key: "k", unavailable: "allow" }], "zh-TW");
  assert.deepEqual(settings, { service: "https://a.example/base", key: "k", unavailable: "block", overridable: ["warning"], language: "zh", help: "" });
  assert.equal(readSettings([null, undefined, 3], "de").language, "en");
});

test("what a sender may override: the service's word, else severity or rule of the settings", () => {
  const settings = readSettings([{ overridable: ["warning", "subject/untagged"] }], "en");
  const may = (given: object): boolean => {
    const found = readReport(report("block", finding(given)))?.findings[0];
    assert.ok(found);
    return mayOverride(found, settings);
  };
  assert.equal(may({ severity: "warning" }), true);
  assert.equal(may({ severity: "error" }), false);
  assert.equal(may({ severity: "error", rule: "subject/untagged" }), true);
  assert.equal(may({ severity: "warning", overridable: false }), false);
  assert.equal(may({ severity: "error", overridable: true }), true);
  assert.equal(may({ severity: "info", overridable: false }), true);
});

test("findings come gravest first; binding ones and safe fixes are told apart", () => {
  const edits = [{ part: "text", utf16: [0, 1], text: "x" }];
  const read = readReport(report("block", finding({ id: "1", severity: "info" }), finding({ id: "2", safe: true, edits }), finding({ id: "3", severity: "error", safe: true })));
  assert.ok(read);
  const review = reviewed(DRAFT, { ok: true, value: read }, "send");
  assert.deepEqual(read.findings.map(({ id }) => id), ["3", "2", "1"]);
  assert.deepEqual(binding(review, readSettings([], "en")).map(({ id }) => id), ["3"]);
  assert.deepEqual(safeFixes(review), ["2"]);
});
