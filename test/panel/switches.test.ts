/**
 * The list of switches with ten million rows: the DOM stays small, and every row can be reached.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "./browser";
import { view } from "./recorded";
import type { Answer } from "./runs";

const head = 10_000_000;

describe("ten million switches", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    const rows = answerRows(head);
    panel.answer = (message): ReturnType<Answer> => {
      if (message.type === "select") return { type: "view", view: view(head, { cursor: message.step }) };
      if (message.type === "command" && message.command === "toHead") return { type: "view", view: view(head) };
      return rows(message);
    };
    await panel.say({ type: "view", view: view(head) });
    await panel.page.locator(`#switch-${head - 1} .what`).waitFor();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const selected = (step: number) => panel.page.locator(`#switch-${step}.current .what`).waitFor();
  const count = () => panel.page.locator(".switch").count();

  it("puts only visible rows into the page, and requests only ranges of rows", async () => {
    assert.ok((await count()) < 40);
    for (const asked of await panel.posted("rows")) assert.ok(asked.count <= 2_000);
  });

  it("goes to both ends and by pages", async () => {
    await panel.page.locator(".list").focus();
    await panel.press("Home");
    await selected(1);
    await panel.press("ArrowDown");
    await selected(2);
    await panel.press("PageDown");
    const page = (await panel.posted("select")).at(-1)?.step ?? 0;
    assert.ok(page > 5);
    await selected(page);
    await panel.press("End");
    await selected(head);
    assert.ok((await count()) < 40);
  });

  it("tells assistive technology the position of the selected row and the number of rows", async () => {
    const list = panel.page.locator(".list");
    assert.equal(await list.getAttribute("aria-activedescendant"), `switch-${head}`);
    const option = panel.page.locator(`#switch-${head}`);
    assert.equal(await option.getAttribute("aria-posinset"), String(head));
    assert.equal(await option.getAttribute("aria-setsize"), String(head));
  });

  it("reaches the middle with the scrollbar, and moves a few rows with the wheel", async () => {
    await panel.page.evaluate(`{
      const list = document.querySelector(".list");
      list.scrollTop = (list.scrollHeight - list.clientHeight) / 2;
    }`);
    await panel.page.locator("#switch-5000000 .what").waitFor();
    await panel.page.locator(".list").hover();
    await panel.page.mouse.wheel(0, 220);
    await panel.page.locator("#switch-5000018 .what").waitFor();
    assert.ok((await count()) < 40);
  });

  it("shows the numbers of rows that are still to come", async () => {
    panel.answer = () => undefined;
    await panel.say({ type: "view", view: view(head, { cursor: 700_000 }) });
    assert.equal(await panel.text("#switch-699999"), "699,999");
    assert.equal(await panel.page.locator("#switch-700000 .what").count(), 1);
  });
});
