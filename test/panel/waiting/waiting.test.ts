/** What the panel shows about waiting tasks, in a real browser. */
import assert from "node:assert/strict";
import { Panel } from "../browser";
import { view } from "../recorded";
import { answerWaits, deadlockView, queueView } from "./waitingViews";

describe("waiting tasks in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 900, height: 900 });
    panel.answer = answerWaits(6);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const show = (shown: object) => panel.say({ type: "view", view: shown });

  it("are reported as a deadlock in one sentence, with a link to the step that closed it", async () => {
    await show(deadlockView());
    assert.equal(
      await panel.text(".notice .said"),
      "Deadlock. ann holds left and waits for right, which bob holds, who waits for left. Step 5 closed the cycle.",
    );
    await panel.page.locator(".notice").getByRole("button", { name: "Step 5", exact: true }).click();
    await panel.page.locator(".notice").getByRole("button", { name: "Step back" }).click();
    assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 5 }]);
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "stepBack" }]);
  });

  it("can branch before the step that took the last lock, with one of the tasks that were ready then", async () => {
    await show(deadlockView());
    await panel.page.getByRole("button", { name: "Branch before step 2" }).click();
    assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 1 }]);
    const then = deadlockView({ cursor: 1, waiting: undefined, next: 1 });
    await show({ ...then, tasks: then.tasks.map(({ waits: _, ...task }) => ({ ...task, state: "ready" })) });
    await panel.page.getByRole("menu", { name: "Branch here" }).waitFor();
    await panel.press("Enter");
    assert.deepEqual(await panel.posted("branch"), [{ type: "branch", task: 0 }]);
  });

  it("are reported at a past step as well, when no task waited yet", async () => {
    await show(deadlockView());
    await show(deadlockView({ cursor: 1, waiting: undefined }));
    assert.match(await panel.text(".notice .said"), /^Deadlock\. ann holds left and waits for right/);
  });

  it("get columns for what they wait for once one does, until another run", async () => {
    await show(view(6));
    assert.equal(await panel.page.locator(".grid .waits").count(), 0);
    await show(deadlockView());
    assert.equal(await panel.text(".grid .row >> nth=0"), "ann() blocked right ‹ bob 11:3 acquire(ann) 3 2 steps 0.04 ms");
    assert.equal(await panel.text(".grid .row[data-task='2'] .state"), "sleeping");
    assert.equal(await panel.text(".grid .row[data-task='2'] .waits"), "until 12:00:00");
    await show({ ...view(6), run: 1 });
    assert.equal(await panel.page.locator(".grid .head .waits").count(), 1);
    await show({ ...view(6), run: 9 });
    assert.equal(await panel.page.locator(".grid .head .waits").count(), 0);
  });

  it("have tooltips that say since when they wait, and which tasks are before them in the queue", async () => {
    await show(queueView(3));
    assert.equal(
      await panel.page.locator(".grid .row[data-task='3'] .waits-for").getAttribute("title"),
      "job #3 waits for printer, which boss holds.\nSince step 4.\nBefore it in the queue: job #1, job #2.",
    );
  });

  it("are drawn as a graph: arrow keys move between nodes, Enter selects a node's step", async () => {
    await show(deadlockView());
    assert.equal(await panel.page.locator(".graph .node").count(), 4);
    assert.equal(await panel.page.locator(".graph .arrow.in-cycle").count(), 4);
    assert.equal(await panel.page.locator(".graph .arrow.wanted").count(), 2);
    assert.equal(await panel.page.locator('.graph .node[tabindex="0"]').count(), 1);
    await panel.page.locator('.graph .node[tabindex="0"]').focus();
    await panel.press("ArrowRight", "ArrowRight");
    const focused = panel.page.locator(".graph .node:focus");
    assert.equal(
      await focused.getAttribute("aria-label"),
      "bob waits for left, which ann holds.\nSince step 5.\nIt holds right since step 2.",
    );
    await panel.press("Enter");
    assert.deepEqual(await panel.posted("select"), [{ type: "select", step: 5 }]);
  });

  it("are shown as text with the same content", async () => {
    await show(deadlockView());
    await panel.page.getByRole("button", { name: "as text" }).click();
    assert.deepEqual(await panel.page.locator(".wait-text li").allInnerTexts(), [
      "ann holds left and waits for right, which bob holds, who waits for left. The cycle was closed in step 5.",
      "ann waits for right, which bob holds, since step 4.",
      "bob waits for left, which ann holds, since step 5.",
      "naps sleeps, since step 6.",
      "left is held by ann since step 1.",
      "right is held by bob since step 2.",
    ]);
    assert.equal(await panel.page.locator(".graph").count(), 0);
  });

  it("have no graph if none has waited for another, and later keep its place when none does any more", async () => {
    const { notice: _, waiting: __, ...rest } = deadlockView();
    const free = { ...rest, tasks: rest.tasks.map(({ waits: _, ...task }) => ({ ...task, state: "ready" })) };
    await show(free);
    assert.equal(await panel.page.getByText("Who waits for whom").count(), 0);
    await show(deadlockView());
    await panel.page.locator(".graph").waitFor(); // two consecutive views may be drawn as one
    await show(free);
    assert.equal(await panel.text('section[aria-label="Who waits for whom"] .note'), "nobody");
  });

  it("have a column in the table beside the lanes that says for how many steps they were blocked", async () => {
    await show(deadlockView());
    await panel.page.locator("table.unseen tbody tr").first().waitFor({ state: "attached" });
    const cells = panel.page.locator("table.unseen tbody td:nth-child(5)");
    assert.deepEqual(await cells.allTextContents(), ["2 steps", "2 steps", ""]);
  });

  it("are named as what the run waits for while no task is ready", async () => {
    const { notice: _, ...shown } = deadlockView({ status: "running", rate: 0, awaits: [{ task: 2 }, { text: " sleeps." }] });
    await show(shown);
    assert.equal(await panel.text(".sentence .awaits"), "naps sleeps. The first wakes at 12:00:00.");
    assert.match(await panel.text(".origin"), /waiting$/);
  });

  it("have names that are never interpreted as markup", async () => {
    const hostile = "<img src=x onerror=alert(1)>";
    const shown = deadlockView();
    await show({
      ...shown,
      waiting: { ...shown.waiting, resources: shown.waiting?.resources.map((each) => ({ ...each, name: hostile })) },
    });
    assert.match(await panel.text(".notice .said"), /<img src=x onerror=alert\(1\)>/);
    assert.equal(await panel.page.locator("img").count(), 0);
  });
});
