/**
 * The section that compares policies, ways of working and setups, and its requests.
 */
import assert from "node:assert/strict";
import { ways } from "../../../src/core/ways";
import { nextOrder, sortedRows } from "../../../src/panel/compare/compareColumns";
import type { View } from "../../../src/protocol/panel";
import type { ComparedTable } from "../../../src/protocol/schedule";
import { Panel } from "../browser";
import { answerOrder, ordered, policiesCompared } from "./ordered";

const title = "Compare runs";

describe("the comparison in the panel", () => {
  let panel: Panel;
  let compared: ComparedTable;
  before(async () => {
    compared = await policiesCompared();
  });
  beforeEach(async () => {
    panel = await Panel.open({ width: 900, height: 1_200 });
    panel.answer = answerOrder(compared);
    await show();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (changes: Partial<View> = {}) => panel.say({ type: "view", view: ordered(changes) });
  const press = (...keys: string[]) => panel.press(...keys);
  const section = () => panel.page.getByRole("region", { name: title, exact: true });
  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const open = () => button(title).click();
  const compare = () => section().getByRole("button", { name: "Compare", exact: true }).click();
  const checked = () => section().getByRole("checkbox", { checked: true });
  const labels = async () => (await checked().locator("xpath=..").allInnerTexts()).map((label) => label.trim());
  // biome-ignore lint/performance/useDomNodeTextContent: innerText separates cells and lines as on the screen
  const text = async () => ((await section().innerText()) ?? "").replace(/\s+/g, " ").trim();
  const table = () => panel.page.getByRole("table", { name: "Side by side" });
  const names = async () => (await table().locator("tbody > tr > th").allInnerTexts()).map((name) => name.trim());

  const comparing = (isOver: boolean): NonNullable<View["comparing"]> => ({
    kind: "policies",
    lines: [
      { name: "round-robin", state: "done", runs: 1, steps: 300 },
      { name: "lottery:seed=7", state: isOver ? "done" : "running", runs: isOver ? 1 : 0, steps: 240 },
      { name: "mine.js", state: isOver ? "failed" : "waiting", runs: isOver ? 1 : 0, steps: 0 },
    ],
    runs: 1,
    isOver,
    cancelled: false,
  });

  describe("the form", () => {
    it("asks for policies by check boxes, with a number of steps", async () => {
      await open();
      for (const name of ["lifo", "priority", "random", "lottery", "fair", "pct"]) {
        await panel.page.getByRole("checkbox", { name, exact: true }).uncheck();
      }
      const steps = panel.page.getByLabel("Maximum number of steps for each");
      await steps.fill("no");
      await press("Enter");
      assert.match(await panel.text(".compare-policies [role=alert]"), /Type a whole number/);
      await steps.fill("1e8");
      await press("Enter");
      assert.match(await panel.text(".compare-policies [role=alert]"), /At most 10,000,000/);
      await steps.fill("5,000");
      await press("Enter");
      assert.deepEqual(await panel.posted("compare"), [
        { type: "compare", kind: "policies", names: ["lottery:seed=7", "round-robin", "fcfs"], steps: 5_000 },
      ]);
    });

    it("needs at least one", async () => {
      await open();
      for (const box of await section().getByRole("checkbox").all()) await box.uncheck();
      await compare();
      assert.equal(await panel.text(".compare-policies [role=alert]"), "Choose at least one.");
      assert.deepEqual(await panel.posted("compare"), []);
    });

    it("asks for ways of working, which run several times, and for measures", async () => {
      await open();
      await panel.page.getByLabel("What to compare").selectOption("ways of working");
      assert.deepEqual(await labels(), [...ways]);
      await panel.page.getByRole("checkbox", { name: "processes" }).uncheck();
      const measures = panel.page.getByLabel("Measures, one on each line");
      await measures.fill("served");
      await compare();
      assert.match(await panel.text(".compare-policies [role=alert]"), /Write "served" as a name and an expression/);
      await measures.fill("served = done.length\n\ntwice = done.length - new Set(done).size");
      await panel.page.getByLabel("Number of runs of each").fill("101");
      await compare();
      assert.match(await panel.text(".compare-policies [role=alert]"), /from 1 to 100, or none/);
      await panel.page.getByLabel("Number of runs of each").fill("5");
      await compare();
      assert.deepEqual(await panel.posted("compare"), [
        {
          type: "compare",
          kind: "ways",
          names: ["cooperative", "threads"],
          steps: 100_000,
          runs: 5,
          measures: [
            { name: "served", expression: "done.length" },
            { name: "twice", expression: "done.length - new Set(done).size" },
          ],
        },
      ]);
    });

    it("asks for setups, first of all for those of the file", async () => {
      await open();
      await panel.page.getByLabel("What to compare").selectOption("setups");
      await panel.page.getByRole("checkbox", { name: "philosophers" }).waitFor();
      assert.deepEqual(await labels(), ["computing", "waiting"]);
      await compare();
      const [asked] = await panel.posted("compare");
      assert.deepEqual(asked, { type: "compare", kind: "setups", names: ["computing", "waiting"], steps: 100_000, runs: 3 });
    });

    it("does not offer setups where there are none", async () => {
      const answer = answerOrder();
      panel.answer = (message) =>
        message.type === "comparable" ? { type: "comparable", id: message.id, own: [], others: [] } : answer(message);
      await open();
      assert.deepEqual(await panel.page.getByLabel("What to compare").locator("option").allInnerTexts(), [
        "policies",
        "ways of working",
      ]);
    });
  });

  describe("the table", () => {
    it("comes with the progress of each line, and a way to cancel", async () => {
      await show({ comparing: comparing(false) });
      await table().waitFor();
      assert.match(await text(), /1 of 3 compared so far.*lottery, seed 7: running, 240 steps/);
      await section().getByRole("button", { name: "Cancel" }).click();
      assert.equal((await panel.posted("cancelCompare")).length, 1);
    });

    it("tells how many of the runs are over", async () => {
      const lines = [
        { name: "threads", state: "waiting", runs: 2, steps: 30 } as const,
        { name: "cooperative", state: "running", runs: 1, steps: 4 } as const,
      ];
      await show({ comparing: { kind: "ways", lines, runs: 3, isOver: false, cancelled: false } });
      await table().waitFor();
      assert.match(await text(), /0 of 2 ways of working.*threads: waiting, 2 of 3 runs.*cooperative: running, 1 of 3 runs/);
      assert.equal(
        await section()
          .getByRole("progressbar")
          .evaluate((bar) => (bar as { value?: number }).value),
        3,
      );
    });

    it("is requested once for each finished run, but not while the section is closed", async () => {
      await show({ comparing: comparing(true) });
      await table().waitFor();
      await open(); // closes it
      await show({ comparing: comparing(false) });
      assert.equal((await panel.posted("comparison")).length, 1);
      await show({ comparing: comparing(true) });
      await open();
      await table().waitFor();
      await show({ comparing: comparing(true) });
      assert.equal((await panel.posted("comparison")).length, 2);
    });

    it("can be sorted, expanded and copied; its policies can be used, and its runs opened", async () => {
      await show({ comparing: comparing(true) });
      await table().waitFor();
      assert.deepEqual(await names(), ["round-robin", "lottery, seed 7", "mine.js"]);
      await button("Longest wait").click();
      await button("Longest wait").click();
      assert.deepEqual(await names(), ["lottery, seed 7", "round-robin", "mine.js"]);
      assert.equal(await panel.page.locator("th.of-worst").getAttribute("aria-sort"), "descending");
      assert.equal(await table().getByRole("img").count(), 3);
      await button("round-robin").click();
      assert.equal(await panel.page.getByRole("table", { name: "Tasks under round-robin" }).getByRole("row").count(), 4);
      await button("mine.js").click();
      await panel.page.getByText("which is no ready task").last().waitFor();
      await button("Use lottery, seed 7").focus();
      await press("Enter");
      assert.deepEqual(await panel.posted("setPolicy"), []);
      await button("Use round-robin").click();
      assert.deepEqual(await panel.posted("setPolicy"), [{ type: "setPolicy", policy: "round-robin" }]);
      // The rows are sorted; the request has the row's own position.
      await button("Open the run of lottery, seed 7").click();
      assert.deepEqual(await panel.posted("openCompared"), [{ type: "openCompared", row: 1 }]);
      for (const format of ["Markdown", "CSV", "JSON Lines"]) {
        await button(`Copy as ${format}`).click();
        await panel.page.getByText(`Copied as ${format}.`).waitFor();
      }
      assert.deepEqual(
        (await panel.posted("copy")).map((message) => "text" in message && message.text),
        ["as markdown", "as csv", "as jsonl"],
      );
      await button("Discard it").click();
      assert.equal((await panel.posted("dismissCompare")).length, 1);
    });

    it("explores the orders of a line, where ways of working or setups are compared", async () => {
      await show({ comparing: { ...comparing(true), kind: "setups" } });
      await table().waitFor();
      assert.equal(await button("Use round-robin").count(), 0);
      await button("Explore the orders of mine.js").click({ force: true });
      assert.deepEqual(await panel.posted("openCompared"), [], "it could not be run");
      await button("Explore the orders of round-robin").click();
      assert.deepEqual(await panel.posted("openCompared"), [{ type: "openCompared", row: 0, explores: true }]);
    });

    it("sorts what has no value last, in either direction", () => {
      const { columns, rows } = compared;
      const column = columns.findIndex(({ id }) => id === "first");
      const order = nextOrder({ column: 0, direction: "ascending" }, column);
      const sorted = (by: typeof order) => sortedRows(rows, by).map(({ name }) => name);
      assert.deepEqual(sorted(order), ["lottery:seed=7", "round-robin", "mine.js"]);
      assert.deepEqual(sorted(nextOrder(order, column)), ["round-robin", "lottery:seed=7", "mine.js"]);
    });
  });
});
