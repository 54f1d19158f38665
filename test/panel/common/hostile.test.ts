/**
 * Names, values, paths and output of the user's program are shown as text, and cannot break the page or its layout.
 */
import assert from "node:assert/strict";
import type { View } from "../../../src/protocol/panel";
import { hostile, unseen } from "../../fixtures/hostile";
import { Panel } from "../browser";
import { detail, row, view } from "../recorded";

/** Runs in the page: the names of its elements, and the attributes that could load or run something, with their values. */
const elements = `[...document.querySelectorAll("*")].flatMap(({ localName, attributes }) => [
  localName,
  ...[...attributes].filter(({ name }) => /^on|href|src|action|srcdoc/.test(name)).map(({ name, value }) => name + "=" + value),
])`;

/** Runs in the page: everything that can be read there. */
const everyText = `[
  document.title,
  document.body.textContent,
  ...[...document.querySelectorAll("[title], [aria-label]")].flatMap((each) => [each.title, each.ariaLabel]),
].join(" ")`;

const image = `<img src=x onerror="testHost.posted.push('owned')">`;
const override = "\u202egnp.exe\u202c \u2067\u061c";
const long = `"${"x".repeat(100_000)}"`;
const lines = "first\nsecond\r\nthird\u0000\u001b[31m";

/** A view with the same text everywhere the user's program can put one. */
function filledWith(text: string): View {
  const recorded = view(3);
  const point = { file: `/src/${text}`, line: 1, column: 1, function: text };
  const value = { text, handle: 1 };
  return {
    ...recorded,
    file: text,
    executable: text,
    now: { ...row(3), value: text, output: text },
    tasks: recorded.tasks.map((task) => ({ ...task, name: text, call: text, value: text, stack: [point, point] })),
    result: { task: 0, step: 3, value: text },
    notice: { severity: "error", message: text, remedy: text, detail: text, actions: ["restart"] },
    detail: {
      ...detail(3),
      value,
      frames: [{ ...point, locals: [{ name: text, value, change: "changed", was: text }] }],
      output: [{ stream: "stderr", text }],
      soFar: { pieces: [{ step: 1, task: 0, stream: "stderr", text }] },
    },
    breakpoints: [
      { id: 1, kind: "line", enabled: true, task: text, file: text, line: 1 },
      { id: 2, kind: "condition", enabled: true, task: text, expression: text, problem: text },
    ],
    hit: 2,
    watches: [
      { expression: text, text, was: text },
      { expression: `${text} `, error: text },
    ],
    rebuild: { state: "refused", missing: "step", message: text },
  };
}

describe("hostile text", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.say({ type: "view", view: view(3) });
    await panel.page.getByRole("button", { name: "Breakpoints", exact: true }).click();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  /** How far the page is wider than the window; only the scroll containers may be wider. */
  const overflow = () => panel.page.evaluate<number>("document.querySelector('.app').scrollWidth - document.body.clientWidth");

  it("is never interpreted as HTML", async () => {
    await panel.say({ type: "view", view: filledWith(image) });
    assert.equal(await panel.page.locator("img").count(), 0);
    assert.equal(await panel.text(".sentence .value"), image);
    assert.equal(await panel.text("#switch-3 .value"), image);
    assert.ok((await panel.text(".tree")).includes(image));
    assert.equal(await panel.page.evaluate("testHost.posted.includes('owned')"), false);
  });

  it("adds nothing to the page and hides nothing, whatever it is", async () => {
    await panel.say({ type: "view", view: filledWith("harmless") });
    const harmless = await panel.page.evaluate<string[]>(elements);
    for (const [what, text] of Object.entries(hostile)) {
      await panel.say({ type: "view", view: filledWith(text) });
      const own = await panel.page.evaluate<string[]>(elements);
      assert.deepEqual(
        [...new Set(own)].filter((each) => !harmless.includes(each)),
        [],
        what,
      );
      const shown = await panel.page.evaluate<string>(everyText);
      assert.doesNotMatch(shown, unseen, what);
    }
  });

  it("escapes direction overrides", async () => {
    await panel.say({ type: "view", view: filledWith(override) });
    assert.equal(await panel.text(".sentence .value"), "\\u202egnp.exe\\u202c \\u2067\\u061c");
    const raw = await panel.page.evaluate<string>("document.body.textContent + document.title");
    assert.doesNotMatch(raw, /[\u202a-\u202e\u2066-\u2069\u061c]/);
  });

  it("stays in one line when it is 100 kB long", async () => {
    await panel.say({ type: "view", view: filledWith(long) });
    assert.equal(await overflow(), 0);
    const heights = await panel.page.evaluate<number[]>(
      "[...document.querySelectorAll('.grid .row')].map((row) => row.offsetHeight)",
    );
    assert.deepEqual(heights, [26, 26, 26]);
  });

  it("stays in one line when it has several", async () => {
    await panel.say({ type: "view", view: filledWith(lines) });
    assert.equal(await panel.text(".sentence .value"), "first␊second␍␊third␀␛[31m");
    assert.equal(await panel.text(".detail .output .text bdi"), "first second third␀␛[31m");
    assert.equal(await overflow(), 0);
  });
});
