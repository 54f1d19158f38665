/**
 * The lanes below that of a task, for what it delegates to. Screenshots go to `out/pictures`.
 */
import assert from "node:assert/strict";
import { TraceStore } from "../../../src/core/trace/traceStore";
import type { View } from "../../../src/protocol/panel";
import { timelineReply } from "../../../src/session/analysis/timeline";
import { type Content, chunkOf } from "../../unit/core/chunks";
import { answerRows, Panel } from "../browser";
import { looks } from "../looks";
import { file, view } from "../recorded";
import { seenSteps } from "./timelinePage";

const head = 128;
const names = ["counter", "bogosort", "deals", "<b>shuffles</b>"];

/** Two tasks take turns. The second one is suspended in itself, and then for a while in each of the functions that it delegates to. */
function made() {
  const trace = new TraceStore();
  trace.addPoints(names.map((name, index) => ({ file, line: 18 + index, column: 7, function: name })));
  const contents = Array.from({ length: head }, (_, index): Content => {
    const task = index % 2;
    return { task, event: "yielded", value: "", point: task === 0 ? 1 : 2 + (Math.floor(index / 10) % 3), micros: 3 };
  });
  trace.append(chunkOf(1, contents));
  const tasks = view(head).tasks.map(({ id, name, call }) => ({ id, name, call, state: "ready" as const }));
  return { trace, tasks, output: { entries: [] }, added: tasks.map(() => ({ step: 0 })) };
}

describe("the lanes of what tasks delegate to", () => {
  const source = made();
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 720, height: 900 });
    const rows = answerRows(head);
    panel.answer = (message) => (message.type === "timeline" ? timelineReply(source, message) : rows(message));
    await show();
    await lane("counter").waitFor();
  });
  afterEach(async () => {
    assert.deepEqual([panel.complaints, await panel.posted("problem")], [[], []]);
    await panel.close();
  });

  const show = (changes: Partial<View> = {}) => panel.say({ type: "view", view: { ...view(head), ...changes } });
  const list = () => panel.page.getByRole("listbox", { name: "Lanes" });
  const lane = (name: string) => list().getByRole("option", { name, exact: true });
  const asked = () => panel.posted("showBelow");

  it("are asked for in the task's menu and in the list of lanes, and appear below it", async () => {
    await panel.page.getByRole("button", { name: "More for bogosort" }).click();
    await panel.page.getByRole("menuitem", { name: "Show lanes of what bogosort delegates to" }).click();
    await list().focus();
    await panel.press("ArrowDown", "d");
    assert.deepEqual(await asked(), Array(2).fill({ type: "showBelow", function: "bogosort", isShown: true }));
    await show({ below: ["bogosort"] });
    await lane("bogosort in <b>shuffles</b>").waitFor();
    assert.deepEqual(await list().getByRole("option").allInnerTexts(), [
      "counter",
      "bogosort",
      "deals",
      "<b>shuffles</b>",
      "warmUp",
    ]);
    await panel.page.getByRole("button", { name: "More for bogosort" }).click();
    await panel.page.getByRole("menuitem", { name: "Hide the lanes of what bogosort delegates to" }).click();
    assert.deepEqual((await asked()).at(-1), { type: "showBelow", function: "bogosort", isShown: false });
    await show();
    await lane("bogosort in deals").waitFor({ state: "detached" });
  });

  it("have their steps in the table, beside all of those of the task", async () => {
    await show({ below: ["bogosort"] });
    await panel.page.getByRole("button", { name: "Whole run (0)" }).click();
    const cells = panel.page.locator(".unseen tr", { hasText: "bogosort" });
    await seenSteps(panel, { from: 1, to: head });
    const rows = await cells.allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.split(/\s*\t\s*/).slice(0, 2)),
      // Of each stretch of ten steps, five are its; the last stretch has eight.
      [
        ["bogosort", "64"],
        ["bogosort in deals", "20"],
        ["bogosort in <b>shuffles</b>", "20"],
      ],
    );
  });

  it("are left out when lanes are moved, and hidden from there by keyboard", async () => {
    await show({ below: ["bogosort"] });
    await lane("bogosort in deals").waitFor();
    await list().focus();
    await panel.press("ArrowDown", "ArrowDown", "p", "c");
    assert.equal(await list().locator("[aria-selected=true]").getAttribute("aria-label"), "bogosort in deals");
    await panel.press("d");
    assert.deepEqual((await asked()).at(-1), { type: "showBelow", function: "bogosort", isShown: false });
    await panel.press("Alt+ArrowDown");
    const shown = await list().getByRole("option").allInnerTexts();
    assert.deepEqual(shown, ["counter", "warmUp", "bogosort", "deals", "<b>shuffles</b>"]);
    await panel.press("p");
    assert.equal(await list().locator(".pinned").count(), 3);
    assert.deepEqual((await list().getByRole("option").allInnerTexts()).slice(0, 3), ["bogosort", "deals", "<b>shuffles</b>"]);
  });

  it("say what they are under the pointer", async () => {
    await show({ below: ["bogosort"] });
    await lane("bogosort in deals").waitFor();
    await panel.page.getByRole("button", { name: "Whole run (0)" }).click();
    await seenSteps(panel, { from: 1, to: head });
    const canvas = panel.page.locator("canvas.lanes");
    const { width = 0 } = (await canvas.boundingBox()) ?? {};
    await canvas.hover({ position: { x: (26 / head) * width, y: 3.5 * 26 } });
    await panel.page.locator(".tip").waitFor();
    assert.match(await panel.text(".tip"), /^Step 26 bogosort/);
  });

  for (const [name, classes, width] of looks(720)) {
    it(`look well in ${name} at ${width} pixels`, async () => {
      await panel.page.setViewportSize({ width, height: 620 });
      await panel.theme(classes);
      await show({ below: ["bogosort"] });
      await lane("bogosort in deals").waitFor();
      await panel.page.screenshot({ path: `out/pictures/panel-below-${name}.png` });
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
    });
  }
});
