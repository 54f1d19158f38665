/**
 * The statistics of a run: their text, sorting and copying, and that they are computed only while they are shown.
 */
import assert from "node:assert/strict";
import { markdown, sorted, tabSeparated } from "../../src/panel/statistics/statisticsText";
import type { Figures, RunFigures } from "../../src/protocol/find";
import { Panel } from "./browser";
import { Host } from "./find/found";
import { view } from "./recorded";

const head = 1_000;

/** A task's figures; only those relevant to a test are given. */
function figuresOf(changes: Partial<Figures> = {}): Figures {
  const none = { bySteps: undefined, byTime: undefined };
  return { steps: 0, micros: 0, share: 0, lastStep: 0, longestWait: none, characters: 0, lines: 0, firstPrinted: 0, ...changes };
}

describe("figures as text", () => {
  const wait = { step: 9, steps: 4, micros: 7, open: false };
  const figures: RunFigures = {
    upTo: 9,
    head: 9,
    tasks: [
      {
        task: 0,
        name: "a|b\t",
        ...figuresOf({
          steps: 2,
          micros: 1_500,
          share: 0.75,
          lastStep: 8,
          longestSlice: { step: 8, micros: 1_000 },
          longestWait: { bySteps: wait, byTime: wait },
          characters: 12,
          lines: 3,
          firstPrinted: 1,
        }),
      },
      { task: 1, name: "idle", ...figuresOf() },
    ],
    total: figuresOf({ steps: 2, micros: 1_500, share: 1, lastStep: 8 }),
  };

  it("are a Markdown table that no name can break", () => {
    assert.deepEqual(markdown(figures, figures.tasks).split("\n"), [
      "| Task | Steps | Run time | Share | Longest slice | Longest wait | Longest wait in time | Output |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      "| a\\|b␉ | 2 | 1.50 ms | 75.0 % | 1.00 ms | 4 steps | 7 µs | 12 in 3 lines |",
      "| idle | 0 | 0.00 ms | 0.0 % | – | – | – | – |",
      "| All tasks | 2 | 1.50 ms | 100.0 % | – | – | – | – |",
      "",
    ]);
  });

  it("are tab-separated plain numbers, with their steps", () => {
    const [titles, first, second] = tabSeparated(figures, figures.tasks).split("\n");
    assert.match(titles ?? "", /^Task\tSteps\tSteps: step\tRun time \(µs\)\tShare\tLongest slice \(µs\)\tLongest slice: step\t/);
    assert.equal(first, "a|b␉\t2\t8\t1500\t0.75\t1000\t8\t4\t9\t7\t9\t12\t1");
    assert.equal(second, "idle\t0\t\t0\t0\t0\t\t0\t\t0\t\t0\t");
  });

  it("are in any order, by default in the order in which the tasks were added", () => {
    const tasks = ["b 10", "b 9", "a"].map((name, task) => ({ task, name, ...figuresOf({ steps: [5, 7, 5][task] ?? 0 }) }));
    const names = (column: string | undefined, direction: "ascending" | "descending") =>
      sorted(tasks, { column, direction }).map(({ name }) => name);
    assert.deepEqual(names(undefined, "descending"), ["b 10", "b 9", "a"]);
    assert.deepEqual(names("steps", "descending"), ["b 9", "b 10", "a"]);
    assert.deepEqual(names("steps", "ascending"), ["b 10", "a", "b 9"]);
    assert.deepEqual(names("task", "ascending"), ["a", "b 9", "b 10"]);
  });
});

describe("statistics in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 900, height: 1_000 });
    panel.answer = new Host(head).answer;
    await panel.say({ type: "view", view: view(head) });
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const open = async () => {
    await panel.page.getByRole("button", { name: "Statistics", exact: true }).click();
    await panel.page.getByText(`The whole run, up to step ${head.toLocaleString("en-US")}`).waitFor();
  };
  const rows = async () =>
    (await panel.page.locator(".figures tbody tr").allInnerTexts()).map((row) => row.replace(/\s+/g, " ").trim());
  const sorter = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const focused = () => panel.text("*:focus");

  it("count nothing while the section is closed, and the whole run once it is open", async () => {
    assert.equal((await panel.posted("figures")).length, 0);
    await open();
    assert.deepEqual(await rows(), [
      "counter 499 1.55 ms 9.0 % 3.1 µs 3 steps 84 µs 744 in 50 lines",
      "bogosort 500 15.70 ms 90.9 % 31 µs 1 step 21 µs –",
      "warmUp 1 0.02 ms 0.1 % 21 µs 2 steps 34 µs –",
      "All tasks 1,000 17.27 ms 100.0 % 31 µs 3 steps 84 µs 744 in 50 lines",
    ]);
    assert.equal((await panel.posted("figures")).length, 1);
  });

  it("sort by a column in both directions, and tell assistive technology", async () => {
    await open();
    const names = async () => (await rows()).map((row) => row.split(" ")[0]);
    await sorter("Run time").click();
    assert.deepEqual(await names(), ["bogosort", "counter", "warmUp", "All"]);
    assert.equal(await panel.page.locator("th.of-time").getAttribute("aria-sort"), "descending");
    await sorter("Run time").focus();
    await panel.press("Enter");
    assert.deepEqual(await names(), ["warmUp", "counter", "bogosort", "All"]);
    assert.equal(await panel.page.locator("th.of-time").getAttribute("aria-sort"), "ascending");
    await panel.press("Home", "Enter");
    assert.deepEqual(await names(), ["bogosort", "counter", "warmUp", "All"]);
    assert.equal(await panel.text("[aria-sort=ascending]"), "Task");
  });

  it("link figures to their steps, by mouse and by keyboard", async () => {
    await open();
    await panel.page.locator(".figures td.of-wait button").first().click();
    await panel.page.locator(".figures td.of-steps button").first().focus();
    await panel.press("ArrowRight", "Enter", "ArrowDown", "ArrowDown", "Enter");
    assert.deepEqual(
      (await panel.posted("select")).map(({ step }) => step),
      [5, 1, 3], // counter waited from step 1 until 5, its slices take the same time, and warmUp ran in step 3
    );
    await panel.press("End");
    assert.equal(await focused(), "–");
    await panel.press("Enter");
    assert.equal((await panel.posted("select")).length, 3);
  });

  it("are copied in the order shown", async () => {
    await open();
    await sorter("Steps").click();
    await panel.page.getByRole("button", { name: "Copy as Markdown" }).click();
    await panel.page.getByRole("status").getByText("Copied as Markdown.").waitFor();
    await panel.page.getByRole("button", { name: "Copy as TSV" }).click();
    await panel.page.getByRole("status").getByText("Copied as TSV.").waitFor();
    const [one, other] = (await panel.posted("copy")).map(({ text }) => text);
    assert.match(one ?? "", /^\| Task \| Steps .*\n.*\n\| bogosort \| 500 \|.*\n\| counter \| 499 \|/);
    assert.match(other ?? "", /^Task\tSteps.*\nbogosort\t500\t1000\t/);
  });

  it("show their progress, and continue until everything is counted", async () => {
    const rest = panel.answer;
    let asked = 0;
    panel.answer = async (message) => {
      const reply = await rest(message);
      if (reply?.type !== "figures") return reply;
      asked += 1;
      return asked > 1 ? undefined : { ...reply, figures: { ...reply.figures, upTo: 400 } };
    };
    await panel.page.getByRole("button", { name: "Statistics", exact: true }).click();
    await panel.page.getByText("Counted up to step 400 of 1,000").waitFor();
    await panel.page.waitForFunction("testHost.posted.filter(({ type }) => type === 'figures').length === 2");
  });

  it("include later steps, and say why they cannot be computed", async () => {
    await open();
    panel.answer = new Host(2_000).answer;
    await panel.say({ type: "view", view: view(2_000) });
    await panel.page.getByText("The whole run, up to step 2,000").waitFor();
    panel.answer = (message) =>
      message.type === "figures" ? { type: "refused", id: message.id, message: "The trace file is closed." } : undefined;
    await panel.say({ type: "view", view: view(3_000) });
    await panel.page.getByText("The trace file is closed.").waitFor();
  });
});
