import assert from "node:assert/strict";
import { test } from "node:test";
import { Gate } from "../gmail/gate.js";
import { placeBeside } from "../gmail/place.js";
import { bareAddress, bytesOf, changeOf, changesOf, mailbox } from "../gmail/text.js";

const applied = (text: string, changes: readonly { at: number; length: number; text: string }[]): string =>
  [...changes].reverse().reduce((so, one) => so.slice(0, one.at) + one.text + so.slice(one.at + one.length), text);

const inline = (): boolean => false;

test("a change is the smallest one", () => {
  assert.equal(changeOf("same", "same"), null);
  assert.deepEqual(changeOf("ASIN BO8X", "ASIN B08X"), { at: 6, length: 1, text: "0" });
  assert.deepEqual(changeOf("aa", "aaa"), { at: 2, length: 0, text: "a" });
  assert.deepEqual(changeOf("abc", ""), { at: 0, length: 3, text: "" });
});

test("a change never cuts a character of two units", () => {
  assert.deepEqual(changeOf("\ud83d\ude00", "\ud83d\ude01"), { at: 0, length: 2, text: "\ud83d\ude01" });
  assert.deepEqual(changeOf("x\ud83d\ude00", "x\ud83e\ude00"), { at: 1, length: 2, text: "\ud83e\ude00" });
});

test("a fix across tags touches only what changed", () => {
  // <b>BO8</b>XYZ 的: the service writes all of it into the first text.
  assert.deepEqual(changesOf(["see ", "BO8", "XYZ 的"], ["see ", "B08XYZ", " 的"], inline), [{ at: 5, length: 1, text: "0" }]);
  assert.deepEqual(changesOf(["", "110105", "19491231002X"], ["", "110105********002X", ""], inline), [{ at: 6, length: 8, text: "********" }]);
});

test("a fix across tags, and another in the next line", () => {
  const [before, after] = [["BO8", "XYZ", "", "O"], ["B08XYZ", "", "", "0"]];
  assert.deepEqual(changesOf(before, after, (index) => index === 2), [{ at: 1, length: 1, text: "0" }, { at: 6, length: 1, text: "0" }]);
});

test("changes of neighbouring paragraphs stay in their own", () => {
  const [before, after] = [["one O", "", "two O", "", "three"], ["one 0", "", "two 0", "", "three"]];
  const changes = changesOf(before, after, inline);
  assert.deepEqual(changes.map(({ at, length }) => [at, length]), [[4, 1], [9, 1]]);
  assert.equal(applied(before.join(""), changes), after.join(""));
});

test("whatever changed, applying it gives the text after", () => {
  const words = ["", "a", "O", "ab", "\ud83d\ude00", "ba"];
  for (const a of words) for (const b of words) for (const c of words) for (const d of words) {
    assert.equal(applied(a + "|" + b, changesOf([a + "|", b], [c + "|", d], inline)), c + "|" + d, JSON.stringify([a, b, c, d]));
  }
});

test("addresses as a header has them", () => {
  assert.equal(mailbox("", "a@b.cn"), "a@b.cn");
  assert.equal(mailbox("a@b.cn", "a@b.cn"), "a@b.cn");
  assert.equal(mailbox("王芳", "a@b.cn"), "王芳 <a@b.cn>");
  assert.equal(mailbox('Wu, "Di"', "a@b.cn"), '"Wu, \\"Di\\"" <a@b.cn>');
  for (const name of ["", "王芳", "Wu, Di"]) assert.equal(bareAddress(mailbox(name, "a@b.cn")), "a@b.cn");
});

test("sizes as shown in any language", () => {
  const cases: [string, number][] = [["(12K)", 12288], ["(1,234K)", 1263616], ["1,2 MB", 1258291], ["(3.5 M)", 3670016], ["987", 987], ["1\u202f024 K", 1048576], ["", -1], ["(…)", -1]];
  for (const [shown, bytes] of cases) assert.equal(bytesOf(shown), bytes, shown);
});

test("a gate lets the cleared draft out, and no other", () => {
  let now = 0;
  const gate = new Gate(() => now);
  const lets = (mark: string, trusted = true): boolean => gate.lets(() => mark, trusted);
  assert.equal(lets("a"), false);
  gate.clear("a");
  assert.equal(lets("b"), false);
  assert.equal(lets("a"), true);
  gate.busy = true;
  assert.equal(lets("a"), false, "a check is under way");
  gate.busy = false;
  now = 200_000;
  assert.equal(lets("a"), false, "too long ago");
});

test("the second half of a double click is none of its own; our press is", () => {
  let now = 1000;
  const gate = new Gate(() => now);
  gate.clear("a");
  gate.sending();
  assert.equal(gate.lets(() => "a", true), false);
  assert.equal(gate.lets(() => "a", false), true);
  now += 600;
  assert.equal(gate.lets(() => "a", true), true, "Gmail did not take our press: the user's own goes through");
});

test("our press goes through whole, and only with the cleared draft", () => {
  const gate = new Gate();
  gate.clear("a");
  const let_: boolean[] = [];
  assert.equal(gate.press(() => "a", () => let_.push(gate.lets(() => "changed by the press", false))), true);
  assert.equal(gate.press(() => "b", () => let_.push(true)), false);
  assert.deepEqual(let_, [true]);
  assert.equal(gate.lets(() => "b", false), false);
});

test("a gate that failed is open, and reads nothing", () => {
  const gate = new Gate();
  gate.open();
  assert.equal(gate.lets(() => { throw new Error(); }, true), true);
});

test("a panel stands beside a window, on the page, off its buttons", () => {
  const pages = [[1280, 760], [1920, 1080], [800, 600], [390, 700], [320, 300]] as const;
  for (const [width, height] of pages) {
    for (const compose of [{ left: width - 584, top: height - 520, width: 560, height: 520 }, { left: 24, top: 24, width: width - 48, height: height - 48 }, { left: 0, top: -400, width, height: 3000 }]) {
      const place = placeBeside(compose, [], { width, height });
      const label = JSON.stringify({ width, height, compose, place });
      assert.ok(place.left >= 0 && place.left + place.width <= width, label);
      assert.ok(place.most >= 200 && place.bottom + place.most <= height, label);
      const beside = place.left + place.width <= compose.left || place.left >= compose.left + compose.width;
      assert.ok(beside || place.bottom >= 60, label);
    }
  }
});

test("a panel covers no other compose window", () => {
  const page = { width: 1280, height: 760 };
  const [left, right] = [{ left: 112, top: 240, width: 560, height: 520 }, { left: 684, top: 240, width: 560, height: 520 }];
  const first = placeBeside(right, [left], page);
  assert.ok(first.left >= right.left && first.bottom >= 60, "no room beside: over its own end");
  const second = placeBeside(left, [right], { ...page, width: 1700 });
  assert.ok(second.left + second.width <= right.left);
  const alone = placeBeside(right, [{ ...left, left: 0, width: 300 }], page);
  assert.ok(alone.left >= 300 && alone.left + alone.width <= right.left, "what room there is");
});
