// The thinking parts of our scripts; what touches a page is walked in a real browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetSaved, putBack, readDraft, taken } from "../js/drafts.js";
import { sizeInWords } from "../js/files.js";
import { isCall, lastOnly } from "../js/find.js";
import { nextIndex } from "../js/rows.js";
import { curves, longEnough } from "../js/sign.js";
import { iconNames, symbol } from "../icons.mjs";

const text = (name, value) => ({ type: "text", name, value });
const box = (name, value, checked) => ({ type: "checkbox", name, value, checked });

class Store extends Map {
  get length() { return this.size; }
  key(i) { return [...this.keys()][i]; }
  getItem(key) { return this.get(key) ?? null; }
  removeItem(key) { this.delete(key); }
}

test("a draft keeps what was typed and never a password, a key or a file", () => {
  const fields = [
    text("note", "Приїхати до 10:00"), { type: "password", name: "password", value: "x" },
    { type: "hidden", name: "_once", value: "k" }, { type: "file", name: "paper", value: "a.pdf" },
    text("csrfmiddlewaretoken", "t"), box("bank", "1", true), box("bank", "2", false),
  ];
  assert.deepEqual(taken(fields), { note: ["Приїхати до 10:00"], bank: ["1"] });
});

test("a draft goes back into the same fields, the second of one name too", () => {
  const fields = [text("phone", ""), text("phone", ""), box("bank", "1", true), box("bank", "2", false)];
  putBack(fields, { phone: ["050", "067"], bank: ["2"] });
  assert.deepEqual(fields.map((f) => f.value), ["050", "067", "1", "2"]);
  assert.deepEqual(fields.slice(2).map((f) => f.checked), [false, true]);
});

test("only sent drafts of this person are forgotten when a page says saved", () => {
  const draft = (sent) => JSON.stringify({ at: Date.now(), values: {}, sent });
  const store = new Store([
    ["suprovid.draft.person:1.a", draft(true)], ["suprovid.draft.person:1.b", draft(false)],
    ["suprovid.draft.person:11.a", draft(true)],
  ]);
  forgetSaved(store, "person:1");
  assert.deepEqual([...store.keys()], ["suprovid.draft.person:1.b", "suprovid.draft.person:11.a"]);
});

test("a draft older than a week, or broken, is no draft", () => {
  const store = new Store([["old", JSON.stringify({ at: 0, values: {} })], ["broken", "{"]]);
  assert.equal(readDraft(store, "old", 8 * 24 * 3600 * 1000), null);
  assert.equal(readDraft(store, "broken", 0), null);
});

test("the arrows stop at the ends of a list and enter it from either side", () => {
  assert.equal(nextIndex(-1, 1, 3), 0);
  assert.equal(nextIndex(-1, -1, 3), 2);
  assert.equal(nextIndex(2, 1, 3), 2);
  assert.equal(nextIndex(1, -Infinity, 3), 0);
  assert.equal(nextIndex(0, 1, 0), -1);
});

test("Ctrl-K is heard on a Ukrainian layout too", () => {
  const key = (extra) => ({ key: "л", code: "KeyK", ctrlKey: true, metaKey: false, altKey: false, ...extra });
  assert.ok(isCall(key()));
  assert.ok(!isCall(key({ ctrlKey: false })));
  assert.ok(!isCall(key({ code: "KeyL" })));
});

test("a late answer to an old question is dropped", async () => {
  const waits = { a: 20, ab: 1 };
  const ask = lastOnly((q) => new Promise((done) => { setTimeout(done, waits[q], q); }));
  const answers = await Promise.all([ask("a"), ask("ab")]);
  assert.deepEqual(answers, [null, "ab"]);
});

test("a file's size is said in the reader's language", () => {
  assert.equal(sizeInWords(10, "uk"), "1\u00a0КБ");
  assert.equal(sizeInWords(421_888, "uk"), "412\u00a0КБ");
  assert.equal(sizeInWords(1_572_864, "en"), "1.5\u00a0MB");
});

test("a dot is no signature; strokes join without gaps", () => {
  const line = [{ x: 0, y: 0 }, { x: 2, y: 0 }, { x: 4, y: 2 }];
  assert.ok(!longEnough([[{ x: 1, y: 1 }]]));
  assert.ok(longEnough([line, line]));
  const [first, second] = curves(line);
  assert.deepEqual(first.to, second.from);
});

test("every icon is listed once and keeps only its drawing", async () => {
  const names = await iconNames();
  assert.equal(names.length, new Set(names).size);
  const drawn = symbol("x", '<svg class="icon"><path stroke="none" d="M0 0h24v24H0z" fill="none" />\n<path d="M1 1" /></svg>');
  assert.match(drawn, /^<symbol id="x" [^>]*><path d="M1 1" \/><\/symbol>$/);
});
