/**
 * The section Warnings: its text, the buttons that go to steps, and silencing.
 */
import assert from "node:assert/strict";
import type { Warnings } from "../../src/protocol/warnings";
import { answerRows, Panel } from "./browser";
import { view } from "./recorded";

const warnings: Warnings = {
  list: [
    { kind: "hog", task: 1, steps: [6], sentence: [{ task: 1 }, { text: " ran for 1.2 s in step 6 without yielding." }] },
    {
      kind: "held-at-end",
      task: 2,
      steps: [1, 3],
      sentence: [{ task: 2 }, { text: " has ended and still holds " }, { resource: "<b>fork</b> 1" }, { text: "." }],
    },
  ],
  more: 0,
  silenced: 0,
};

describe("warnings in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(128);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (changes: Partial<Warnings>) =>
    panel.say({ type: "view", view: view(128, { warnings: { ...warnings, ...changes } }) });
  const section = () => panel.page.getByRole("region", { name: "Warnings", exact: true });
  const lines = async () =>
    (await section().locator("[data-row]").allInnerTexts()).map((line) => line.replace(/\s+/g, " ").trim());

  it("are absent until there is one", async () => {
    await panel.say({ type: "view", view: view(128) });
    assert.equal(await section().count(), 0);
    await show({});
    assert.deepEqual(await lines(), [
      "hog bogosort ran for 1.2 s in step 6 without yielding. step 6",
      "held-at-end warmUp has ended and still holds <b>fork</b> 1. step 1 step 3",
    ]);
    assert.match((await section().locator("h2").textContent()) ?? "", /2$/);
  });

  it("can be followed to their steps and silenced by keyboard", async () => {
    await show({});
    await section().getByRole("button", { name: "step 6" }).focus();
    await panel.press(
      "Enter",
      "ArrowRight",
      "Enter",
      "ArrowDown",
      "ArrowLeft",
      "Enter",
      "ArrowRight",
      "ArrowRight",
      "ArrowRight",
      "Enter",
    );
    assert.deepEqual(
      (await panel.posted("select")).map(({ step }) => step),
      [6, 1],
    );
    assert.deepEqual(await panel.posted("silence"), [
      { type: "silence", kind: "hog", task: "bogosort" },
      { type: "silence", kind: "held-at-end" },
    ]);
  });

  it("show how many are silenced, and can be shown again", async () => {
    await show({ list: [], silenced: 2 });
    assert.match((await section().textContent()) ?? "", /2 silenced[\s\S]*2 silenced\. Show them/i);
    await section().getByRole("button", { name: "Show them" }).click();
    assert.equal((await panel.posted("showSilenced")).length, 1);
  });
});
