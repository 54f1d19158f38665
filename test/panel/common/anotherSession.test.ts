/**
 * When other tasks replace the shown ones, nothing that the panel remembers about the old ones applies to the new ones.
 */
import assert from "node:assert/strict";
import type { View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import type { Answer } from "../runs";
import { makeRun } from "../runs";

const many = makeRun(40, 4_000);
const few = makeRun(2, 30);
const none = { bySteps: undefined, byTime: undefined };
const figures = { steps: 30, micros: 9, share: 1, lastStep: 30, longestWait: none, characters: 0, lines: 0, firstPrinted: 0 };

describe("another session in the same panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 760, height: 900 });
    await panel.theme("vscode-dark vscode-reduce-motion");
  });
  afterEach(async () => {
    assert.deepEqual([panel.complaints, await panel.posted("problem")], [[], []]);
    await panel.close();
  });

  async function show(run: { view: View; answer: Answer }, changes: Partial<View>): Promise<void> {
    panel.answer = run.answer;
    await panel.say({ type: "view", view: { ...run.view, ...changes } });
  }

  /** The visible names: those below the lower edge of the lanes do not count. */
  const names = () =>
    panel.page.evaluate<string[]>(`(() => {
      const { top, bottom } = document.querySelector("div.lanes").getBoundingClientRect();
      return [...document.querySelectorAll(".lane-name")].filter((name) => {
        const box = name.getBoundingClientRect();
        return box.bottom > top && box.top < bottom;
      }).map((name) => name.title);
    })()`);

  const restarts: Partial<View>[] = [
    { status: "loading", head: 0, cursor: 0, tasks: [] },
    { status: "paused", head: 0, cursor: 0 },
  ];

  /** Scrolls to the last lane, and waits until it is visible. */
  async function scrollLanes(): Promise<void> {
    await panel.page.evaluate("document.querySelector('div.lanes').scrollTo(0, 1e6)");
    await panel.page.locator('.lane-name[data-task="39"]').waitFor();
  }

  for (const between of [[], restarts]) {
    it(`shows its lanes if the previous ones were scrolled away, ${between.length === 0 ? "at once" : "after loading"}`, async () => {
      await show(many, {});
      await scrollLanes();
      for (const changes of between) await show(few, { ...changes, run: 2, file: "few.ts" });
      await show(few, { run: 2, file: "few.ts" });
      assert.deepEqual(await names(), ["counter", "bogosort"]);
    });
  }

  it("shows the first lanes for the same number of tasks, since the scrollbar is at the top", async () => {
    await show(many, {});
    await scrollLanes();
    for (const changes of restarts) await show(many, { ...changes, run: 2 });
    const { now } = many.view;
    await show(many, { run: 2, ...(now ? { now: { ...now, task: 0 } } : {}) }); // the lane of the last step is kept visible
    assert.equal(await panel.page.evaluate("document.querySelector('div.lanes').scrollTop"), 0);
    assert.equal((await names())[0], "counter");
  });

  it("pins, collapses or filters no lanes by itself; a restart keeps the user's arrangement", async () => {
    await show(many, {});
    await panel.page.locator('.lane-name[data-task="1"]').hover();
    await panel.page.locator('.lane-name[data-task="1"]').getByTitle("Pin to the top (P)").click();
    await panel.page.getByRole("searchbox", { name: "Filter lanes" }).fill("count");
    assert.equal((await names())[0], "bogosort");
    await show(many, { run: 2, status: "loading", head: 0, cursor: 0, tasks: [] });
    await show(many, { run: 2 });
    assert.deepEqual((await names()).slice(0, 2), ["bogosort", "counter"]);
    await show(few, { run: 3, file: "few.ts" });
    assert.deepEqual(await names(), ["counter", "bogosort"]);
    assert.equal(await panel.page.locator(".lane-name.pinned").count(), 0);
    await panel.page.reload();
    await show(few, { run: 3, file: "few.ts" });
    assert.deepEqual(await names(), ["counter", "bogosort"]);
  });

  it("closes a form about a task of the previous session, and keeps the focus in the panel", async () => {
    await show(few, {});
    await panel.page.locator('.row[data-task="1"]').getByRole("button", { name: /^More/ }).click();
    assert.equal(await panel.page.getByRole("menu").count(), 1);
    await show(many, { run: 2, file: "many.ts" });
    assert.equal(await panel.page.getByRole("menu").count(), 0);
    assert.equal(await panel.page.evaluate("document.querySelector('.app').contains(document.activeElement)"), true);
  });

  it("has its own figures, even if its run has the same length", async () => {
    const counted = { upTo: 30, head: 30, tasks: [], total: figures };
    const answerWith =
      (upTo: number): Answer =>
      (message) => {
        return message.type === "figures"
          ? { type: "figures", id: message.id, figures: { ...counted, upTo } }
          : few.answer(message);
      };
    await show({ ...few, answer: answerWith(30) }, {});
    await panel.page.getByRole("button", { name: "Statistics", exact: true }).click();
    await panel.page.getByText("The whole run, up to step 30").waitFor();
    const asked = (await panel.posted("figures")).length;
    await show({ ...few, answer: answerWith(30) }, { run: 2 });
    await panel.page.getByText("The whole run, up to step 30").waitFor();
    assert.equal((await panel.posted("figures")).length, asked + 1);
  });

  it("begins its list like any other session", async () => {
    await show(many, {});
    await panel.page.evaluate("document.querySelector('.list').scrollTo(0, 0)");
    await show(few, { run: 2, file: "few.ts" });
    await panel.page.locator("#switch-30 .what").waitFor();
    assert.equal(await panel.page.locator(".switch.current").getAttribute("id"), "switch-30");
  });
});
