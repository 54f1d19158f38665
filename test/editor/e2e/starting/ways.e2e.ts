// Ways of working compared with the packaged extension: from the lens of the example to the table, and from a row into its run. Pictures go to
// out/pictures.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openCommon } from "../opened";
import { type PanelPage, shownText } from "../panelPage";

describe("ways of working", function () {
  this.timeout(240_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openCommon({ size: { width: 1800, height: 1100 } });
  });

  after(() => opened?.leave());

  const picture = (name: string) => opened.workbench.screenshot(path.join(root, "out", "pictures", `ways-${name}.png`));
  const section = () => panel.region("Compare runs");
  const table = () => section().getByRole("table", { name: "Side by side" });

  /** The figures of a row, by the titles of their columns. */
  async function row(name: string): Promise<Record<string, string>> {
    const heads = await table().locator("thead th").allInnerTexts();
    const cells = await table().locator("tbody tr").filter({ hasText: name }).first().locator("th, td").allInnerTexts();
    return Object.fromEntries(heads.map((head, index) => [head.trim(), (cells[index] ?? "").replace(/\s+/g, " ").trim()]));
  }

  /** @param last the last of its setups */
  async function compared(file: string, last: string): Promise<void> {
    const { workbench } = opened;
    if ((await workbench.groups().count()) > 1) await workbench.focusFirstGroup();
    await workbench.openFile(file);
    await workbench.lens("Compare ways of working (10 setups)").first().waitFor();
    await workbench.clickLens("Compare ways of working (10 setups)");
    panel = await opened.panel();
    await table().getByRole("rowheader", { name: last, exact: true }).waitFor();
    await section()
      .getByText(/^10 compared$/)
      .waitFor();
    // The table comes a moment after the text. The orders of its last line of threads are tried last.
    const locked = table()
      .locator("tbody tr")
      .filter({ hasText: last.replace("generators", "threads with a mutex") });
    await locked.getByRole("cell", { name: /^0 of \d+$/ }).waitFor();
  }

  for (const [file, kind, lasting] of [
    ["serving-requests.ts", "", "typescript"],
    ["serving_requests.py", " (Python)", "python"],
  ] as const) {
    it(`are compared by a click on a lens of ${file}`, async () => {
      await compared(`ways/${file}`, `wait: generators${kind}`);
      const worker = await row(`compute: one worker${kind}`);
      assert.deepEqual([worker.Served, worker["Served twice"], worker.Lost, worker.Ended], ["10", "0", "0", "all finished"]);
      assert.match(worker.Time ?? "", /^[\d.]+ m?s [\d.]+ m?s–[\d.]+ m?s$/);
      assert.match(worker.Throughput ?? "", /^[\d,.]+ served\/s$/);
      assert.match(worker.Processor ?? "", / %$/);
      // Round-robin switches at every point, so each request that computes is served by both, and every second one is lost.
      const threads = await row(`compute: threads${kind}`);
      assert.deepEqual([threads["Served twice"], threads.Lost, threads.Way], ["5", "5", "threads"]);
      assert.match(threads["Orders that fail"] ?? "", /^[1-9]\d* of \d+$/);
      const locked = await row(`compute: threads with a mutex${kind}`);
      assert.match(locked["Orders that fail"] ?? "", /^0 of [1-9]\d*$/);
      const processes = await row(`compute: processes${kind}`);
      assert.deepEqual([processes.Served, processes.Way, processes["Orders that fail"]], ["10", "processes", ""]);
      for (const name of ["compute: threads with a mutex", "wait: threads with a mutex", "wait: processes", "wait: generators"]) {
        const { Lost, "Served twice": twice } = await row(`${name}${kind}`);
        assert.deepEqual([Lost, twice], ["0", "0"], name);
      }
      const orders = panel.frame.getByRole("button", { name: `Explore the orders of wait: processes${kind}`, exact: true });
      assert.equal(await orders.getAttribute("aria-disabled"), "true");
      assert.match((await orders.getAttribute("title")) ?? "", /share nothing/);
      await table().scrollIntoViewIfNeeded();
      await picture(lasting);
    });
  }

  it("look as well in a light theme", async () => {
    await opened.workbench.setTheme("light");
    await panel.wears("light");
    await picture("light");
    await opened.workbench.setTheme("dark");
  });

  it("open the run of a row, while the table stays", async () => {
    await panel.frame.getByRole("button", { name: "Open the run of compute: threads with a mutex (Python)" }).click();
    await panel.frame.getByText("Threads", { exact: true }).waitFor();
    await panel.shows(/serving_requests\.py.*· finished/s);
    const tasks = await panel.tasks();
    assert.deepEqual(
      tasks.map(({ task, state }) => `${task} ${state}`),
      ["work_under_lock(compute) returned", "work_under_lock(compute) #2 returned"],
    );
    assert.equal(await table().locator("tbody tr").count(), 10);
    await picture("opened");
  });

  it("have orders in which they go wrong, which a click looks for", async () => {
    await panel.frame.getByRole("button", { name: "Explore the orders of wait: threads (Python)" }).click();
    const orders = panel.region("Orders");
    await orders
      .getByText(/the check does not hold|IndexError/)
      .first()
      .waitFor();
    assert.equal(await orders.getByLabel("Check at the end").inputValue(), "sorted(done) == list(range(REQUESTS))");
    await picture("orders");
  });

  it("are those of the session's tasks, too, from the menu beside Restart", async () => {
    const { workbench } = opened;
    await workbench.focusFirstGroup();
    await workbench.openFile("lost-update.ts");
    await workbench.clickLens("Run these tasks");
    panel = await opened.panel();
    await panel.shows(/^Before step 1.*lost-update\.ts.*· paused/s);
    await panel.button("More ways to restart").click();
    await panel.frame.getByRole("menuitem", { name: "Compare ways of working…" }).click();
    await workbench.inputBox().waitFor();
    await workbench.choose("The tasks of the session");
    await section()
      .getByText(/^\d+ compared$/)
      .waitFor();
    assert.match(await shownText(table()), /cooperative.*threads.*processes/s);
  });
});
