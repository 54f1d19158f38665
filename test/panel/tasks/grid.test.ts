/**
 * The grid of tasks: with thousands of them, and with its columns as the user wants them.
 */
import assert from "node:assert/strict";
import { Panel } from "../browser";
import { view } from "../recorded";
import { manyTasks } from "../whole/states";

describe("the grid of tasks", () => {
  let panel: Panel;
  const opened = async (count: number, width = 720) => {
    panel = await Panel.open({ width, height: 800 });
    await panel.say({ type: "view", view: view(0, { tasks: manyTasks(count) }) });
  };
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const rows = () => panel.page.locator(".grid .row");
  const heads = () => panel.page.getByRole("columnheader").allInnerTexts();
  const focused = () => panel.page.evaluate<string | undefined>("document.activeElement.dataset.task");
  const scrollTo = (top: number) => panel.page.evaluate(`document.querySelector(".grid").scrollTo(0, ${top})`);
  const head = (name: string) => panel.page.getByRole("columnheader", { name });

  it("has only the rows of 2,000 that are seen, which scroll", async () => {
    await opened(2_000);
    const grid = panel.page.locator(".grid");
    for (const task of [0, 700, 1_999]) {
      await scrollTo(task * 26);
      const row = panel.page.locator(`.row[data-task="${task}"]`);
      await row.waitFor();
      const [around, box] = [await grid.boundingBox(), await row.boundingBox()];
      assert.ok(around && box && box.y >= around.y && box.y + box.height <= around.y + around.height + 1, `${task}`);
      assert.ok((await rows().count()) < 40);
      assert.equal(await row.getAttribute("aria-rowindex"), String(task + 2));
    }
    assert.equal(await grid.getAttribute("aria-rowcount"), "2001");
  });

  it("keeps the focus in rows that are scrolled away, and goes to the first and the last by keyboard", async () => {
    await opened(2_000);
    await rows().first().focus();
    await panel.press("End");
    assert.equal(await focused(), "1999");
    await panel.press("ArrowUp");
    assert.equal(await focused(), "1998");
    await scrollTo(9_000);
    await panel.page.locator('.row[data-task="350"]').waitFor();
    assert.equal(await focused(), "1998");
    await panel.press("Home", "ArrowDown");
    assert.equal(await focused(), "1");
    assert.equal(await panel.page.locator(".grid [tabindex='0']").count(), 1);
  });

  it("shows what differs of calls that are alike, and the whole in the tooltip", async () => {
    await opened(30, 380);
    const cell = panel.page.locator('.row[data-task="1"] .task');
    assert.match((await cell.getAttribute("title")) ?? "", /^worker #2: worker\(queue, "https:.*", 2\)$/);
    const apart = cell.locator(".apart");
    assert.equal(await apart.getAttribute("data-text"), "2");
    assert.equal(await apart.evaluate((piece) => piece.scrollWidth <= piece.clientWidth + 1), true);
  });

  it("hides and shows columns by keyboard, which are as they were after a reload", async () => {
    await opened(3);
    assert.deepEqual(await heads(), ["Task", "State", "Suspended at", "Last value", "Steps", "Run time", "Acts"]);
    await rows().first().focus();
    await panel.press("ArrowUp", "ArrowRight", "ArrowRight", "Delete");
    assert.deepEqual((await heads()).slice(0, 3), ["Task", "State", "Last value"]);
    assert.equal(await rows().first().locator(".at").count(), 0);
    await panel.press("ArrowRight", "Enter", "End", "ArrowUp", "Enter");
    assert.deepEqual(await heads(), ["Task", "State", "Last value", "Steps", "Acts"]);
    await panel.page.reload();
    await panel.say({ type: "view", view: view(0, { tasks: manyTasks(3) }) });
    assert.deepEqual(await heads(), ["Task", "State", "Last value", "Steps", "Acts"]);
    await head("Task").click();
    await panel.press("End", "Enter");
    assert.deepEqual(await heads(), ["Task", "State", "Suspended at", "Last value", "Steps", "Run time", "Acts"]);
  });

  it("shows a column that the panel is too narrow for, if the user wants it", async () => {
    await opened(3, 380);
    assert.deepEqual(await heads(), ["Task", "State", "Suspended at", "Acts"]);
    await head("State").click();
    await panel.page.getByRole("menuitem", { name: "Show Steps" }).click();
    assert.deepEqual(await heads(), ["Task", "State", "Suspended at", "Steps", "Acts"]);
  });

  it("has columns that are resized by keyboard and by their edges", async () => {
    await opened(3);
    const width = async () => Math.round((await head("Last value").boundingBox())?.width ?? 0);
    const before = await width();
    await head("Last value").focus();
    await panel.press("Shift+ArrowRight", "Shift+ArrowRight");
    assert.equal(await width(), before + 32);
    await panel.press("Shift+ArrowLeft");
    assert.equal(await width(), before + 16);
    const edge = await head("Last value").locator(".edge").boundingBox();
    assert.ok(edge);
    await panel.page.mouse.move(edge.x + 3, edge.y + 5);
    await panel.page.mouse.down();
    await panel.page.mouse.move(edge.x + 43, edge.y + 5);
    await panel.page.mouse.up();
    assert.equal(await width(), before + 56);
    assert.equal(await panel.page.getByRole("menu").count(), 0, "a drag is no click");
    assert.equal((await rows().first().locator(".last").boundingBox())?.width, before + 56);
  });
});
