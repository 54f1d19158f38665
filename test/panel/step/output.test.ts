/**
 * Output in the panel: of all tasks up to the shown step, and of that step alone.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import type { View } from "../../../src/protocol/panel";
import type { Detail } from "../../../src/protocol/stepDetail";
import { answerRows, Panel } from "../browser";
import { detail, row, view } from "../recorded";

const bottom = `(() => {
  const box = document.querySelector(".so-far").getBoundingClientRect();
  const last = [...document.querySelectorAll(".piece")].at(-1).getBoundingClientRect();
  return last.bottom <= box.bottom + 1 && last.top >= box.top - 1;
})()`;

/** Whether the output was scrolled back. It runs in the page, so it must not refer to anything outside. */
function isScrolledBack(): boolean {
  const { document } = globalThis as unknown as { document: { querySelector(selector: string): { scrollTop: number } } };
  return document.querySelector(".so-far").scrollTop < 0;
}

describe("the output in the panel", () => {
  let panel: Panel;
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });
  beforeEach(async () => {
    panel = await Panel.open({ width: 900, height: 900 });
    panel.answer = answerRows(9_000_000);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const show = (shown: View) => panel.say({ type: "view", view: shown });
  const changed = (head: number, changes: Partial<Detail>) => view(head, { detail: { ...detail(head), ...changes } });
  const pieces = () => panel.page.locator(".piece");
  const thisStep = () => panel.page.getByRole("button", { name: "this step" }).click();

  it("shows what all tasks printed up to the shown step, with their names, also at a past step", async () => {
    await show(view(64));
    const texts = ["loading stderr loaded", "counter Elapsed: 1 s", "counter Elapsed: 21 s", "counter Elapsed: 41 s"];
    assert.deepEqual(
      (await pieces().allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim()),
      [...texts, "counter Elapsed: 61 s"],
    );
    await show(view(64, { cursor: 41 }));
    assert.equal(await pieces().count(), texts.length);
    assert.equal(await pieces().last().getAttribute("aria-current"), "step");
    assert.ok(await panel.page.evaluate(bottom));
  });

  it("begins at the top of the box where the box is higher than the output", async () => {
    await panel.page.setViewportSize({ width: 380, height: 900 });
    await show(
      view(1, { detail: { ...detail(1), soFar: { pieces: [{ step: 1, task: 0, stream: "stdout", text: "short\n" }] } } }),
    );
    const offset = `document.querySelector(".piece").getBoundingClientRect().top - document.querySelector(".so-far").getBoundingClientRect().top`;
    assert.ok((await panel.page.evaluate<number>(offset)) < 12);
  });

  it("goes to the step of a piece by mouse and keyboard, and to earlier output", async () => {
    await show(view(9_000));
    assert.equal(await panel.text(".piece.earlier"), "… 431 earlier, up to step 8,581");
    await pieces().last().click();
    await panel.press("ArrowUp", "Enter", "Home", "Enter");
    assert.deepEqual(
      (await panel.posted("select")).map(({ step }) => step),
      [8_981, 8_961, 8_581],
    );
    await show(view(64));
    await pieces().first().click();
    assert.deepEqual((await panel.posted("select")).at(-1), { type: "select", step: 0 });
  });

  it("follows the end during a run, stays where the user scrolled back, and shows the end of another step", async () => {
    await show(view(400));
    assert.ok(await panel.page.evaluate(bottom));
    await show(view(421, { status: "running" }));
    await pieces().last().filter({ hasText: "421 s" }).waitFor();
    assert.ok(await panel.page.evaluate(bottom));
    await panel.page.locator(".so-far").hover();
    await panel.page.mouse.wheel(0, -200);
    await panel.page.waitForFunction(isScrolledBack);
    await show(view(441, { status: "running" }));
    await pieces().last().filter({ hasText: "441 s" }).waitFor();
    assert.equal(await panel.page.evaluate(bottom), false);
    await show(view(441, { cursor: 381 }));
    assert.ok(await panel.page.evaluate(bottom));
  });

  it("keeps the focus on a piece when its step is shown", async () => {
    await show(view(400));
    await pieces().nth(5).focus();
    const focused = await panel.text(".piece:focus");
    await panel.press("Enter");
    await show(view(400, { cursor: 81 }));
    assert.equal(await panel.text(".piece:focus"), focused);
  });

  it("shows what is cut off, what was dropped, and the output of a step in progress", async () => {
    const under = { step: 65, stream: "stdout" as const, text: "half", dropped: 7 };
    const cut = { step: 1, task: 0, stream: "stdout" as const, text: "end\n" };
    await show(changed(64, { soFar: { pieces: [cut, under], cut: 54_000 } }));
    assert.equal(await panel.text(".piece >> nth=0"), "counter … 54,000 characters before this are not shown end");
    assert.equal(await panel.text(".piece >> nth=1"), "under way half … 7 more characters were dropped");
    await pieces().last().click();
    assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 64 }]);
  });

  it("says that nothing was printed, and that output was not kept", async () => {
    await show(changed(64, { soFar: { pieces: [] } }));
    assert.equal(await panel.text(".output"), "Nothing printed so far.");
    await show(changed(64, { outputLostFrom: 62 }));
    assert.match(
      await panel.text(".output"),
      /Elapsed: 61 s.*Output from step 62 on is not kept\.$|^Output from step 62 on is not kept\./,
    );
    await thisStep();
    assert.equal(await panel.text(".output"), "Output from step 62 on is not kept.");
  });

  it("says so in the list, too", async () => {
    const kept = answerRows(64);
    panel.answer = (message) => (message.type === "rows" ? undefined : kept(message));
    await show(view(64, { rows: [row(63)], now: { ...row(64), outputLost: true } }));
    assert.match(await panel.text("#switch-64"), /output not kept/);
    assert.doesNotMatch(await panel.text("#switch-63"), /not kept/);
  });

  it("shows the output of the step alone, and remembers that choice", async () => {
    await show(view(121));
    await thisStep();
    assert.equal(await panel.text(".output"), "Elapsed: 121 s … 12,345 more characters were dropped");
    await show(view(122));
    assert.equal(await panel.text(".output"), "nothing printed");
    await panel.page.getByRole("button", { name: "so far" }).click();
    assert.equal(await pieces().count(), 8);
  });

  for (const [width, theme] of [
    [900, "vscode-dark"],
    [360, "vscode-light"],
    [360, "vscode-high-contrast"],
  ] as const) {
    it(`is readable ${width} pixels wide in ${theme}`, async () => {
      await panel.page.setViewportSize({ width, height: 900 });
      await panel.theme(theme);
      await show(view(9_000));
      const error = {
        step: 9_000,
        task: 1,
        stream: "stderr" as const,
        text: `a long line ${"of words ".repeat(12)}\nand another\n`,
      };
      await show(changed(9_000, { soFar: { pieces: [...(detail(9_000).soFar?.pieces ?? []), error] } }));
      await panel.page.locator(".output").scrollIntoViewIfNeeded();
      await panel.page.screenshot({ path: `out/pictures/output-${width}-${theme}.png` });
      assert.ok(
        await panel.page.evaluate(
          "document.querySelector('.so-far').scrollWidth <= document.querySelector('.so-far').clientWidth",
        ),
      );
    });
  }
});
