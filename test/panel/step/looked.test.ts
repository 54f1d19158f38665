/**
 * Looking at a task from its row, in a browser: by mouse and keyboard, what is said of it, and the way back.
 */
import assert from "node:assert/strict";
import { Panel } from "../browser";
import { view } from "../recorded";

const shown = view(128);
const { step = 0 } = shown.detail ?? {};
const looked = {
  ...shown,
  detail: {
    step,
    task: 0,
    value: { text: "12" },
    looked: { event: "yielded" as const, told: ["It is suspended since step 12.", "Its locals are as step 12 left them."] },
    frames: [
      { function: "counter", file: "/work/bogosort.ts", line: 12, column: 5, locals: [{ name: "n", value: { text: "12" } }] },
    ],
    output: [],
  },
};

describe("a task that is looked at in a browser", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.say({ type: "view", view: shown });
  });
  afterEach(() => panel.close());

  const row = () => panel.page.getByRole("grid", { name: "Tasks" }).getByRole("row", { name: /^counter/ });
  const back = () => panel.page.getByRole("button", { name: `Back to step ${step}` });

  it("is asked for with a click, Enter and Space on its row, with its place, which leaves the focus in the panel", async () => {
    await row().locator(".state").click();
    await row().focus();
    await panel.press("Enter", "Space");
    assert.deepEqual(
      (await panel.posted("look")).map(({ task }) => task),
      [0, 0, 0],
    );
    const places = await panel.posted("reveal");
    assert.deepEqual(
      places.map(({ keepsFocus }) => keepsFocus),
      [true, true, true],
    );
    assert.deepEqual(await panel.posted("pick"), [], "Enter runs nothing");
  });

  it("only shows its place while steps go by", async () => {
    await panel.say({ type: "view", view: { ...shown, status: "running" } });
    await row().locator(".state").click();
    assert.equal((await panel.posted("reveal")).length, 1);
    assert.deepEqual(await panel.posted("look"), []);
  });

  it("shows what it did last, with what is said of it, and marks its row", async () => {
    await panel.say({ type: "view", view: looked });
    await panel.page.getByText("It is suspended since step 12. Its locals are as step 12 left them.").waitFor();
    await panel.page.getByRole("treeitem", { name: /^yielded 12/ }).waitFor();
    await panel.page.getByRole("treeitem", { name: /^n: 12/ }).waitFor();
    assert.equal(await row().getAttribute("aria-selected"), "true");
  });

  it("is left with the button, from which the focus goes to its row, or with Escape, which then leaves the step alone", async () => {
    await panel.say({ type: "view", view: { ...looked, cursor: 121, detail: { ...looked.detail, step: 121 } } });
    await panel.page.getByRole("button", { name: "Back to step 121" }).focus();
    await panel.press("Escape", "Enter");
    assert.deepEqual(
      (await panel.posted("look")).map(({ task }) => task),
      [undefined, undefined],
    );
    assert.deepEqual(await panel.posted("command"), []);
    await panel.say({ type: "view", view: { ...shown, cursor: 121 } });
    assert.equal(await back().count(), 0);
    assert.equal(await panel.page.evaluate("document.activeElement.dataset.task"), "0");
    await panel.press("Escape");
    assert.deepEqual(
      (await panel.posted("command")).map(({ command }) => command),
      ["toHead"],
    );
  });

  it("offers to rebuild what was not recorded of it", async () => {
    await panel.say({ type: "view", view: { ...looked, rebuild: { state: "possible", missing: "task" } } });
    await panel.page.getByText("The locals of this task were not recorded at this step.").waitFor();
    await panel.page.getByRole("button", { name: "Rebuild its locals by replaying" }).click();
    assert.equal((await panel.posted("rebuild")).length, 1);
  });
});
