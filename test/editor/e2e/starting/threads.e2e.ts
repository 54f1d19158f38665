// Ordinary functions as threads, with the packaged extension: from the lens of a comment into an expression, and back to cooperative tasks.
// Pictures go to out/pictures.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openCommon } from "../opened";
import type { PanelPage } from "../panelPage";

describe("threads", function () {
  this.timeout(180_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openCommon();
  });

  after(() => opened?.leave());

  const picture = (name: string) => opened.workbench.screenshot(path.join(root, "out", "pictures", `threads-${name}.png`));

  async function step(count: number): Promise<string> {
    let now = "";
    for (let at = 0; at < count; at += 1) {
      const head = Number(/^Step (\d+)/.exec(now)?.[1] ?? 0);
      await panel.button("Step").click();
      now = await panel.showsStep(head + 1, "paused");
    }
    return now;
  }

  for (const file of ["serving-requests.ts", "serving_requests.py"]) {
    it(`are stepped within an expression in ${file}`, async () => {
      panel = await opened.begin(`threads/${file}`, "Run these threads");
      await panel.frame.getByText("Threads", { exact: true }).waitFor();
      const now = await step(6);
      assert.match(now, /serve #2 gave way before reading /);
      const tasks = await panel.tasks();
      assert.deepEqual(
        tasks.map(({ task, state }) => `${task} ${state}`),
        ['serve("x") ready · next', 'serve("y") #2 ready'],
      );
      await panel.frame
        .getByRole("treeitem", { name: /^worker: / })
        .first()
        .waitFor();
      await picture(file.endsWith("py") ? "python" : "typescript");
    });
  }

  it("deadlock by locks of the language's own", async () => {
    panel = await opened.begin("threads/two_locks.py", "Run these threads");
    await panel.button("Run").click();
    await panel.frame
      .getByText(/Deadlock\. ann holds left and waits for right/)
      .first()
      .waitFor();
    await panel.region("Who waits for whom").waitFor();
    await picture("deadlock");
    await opened.workbench.setTheme("light");
    await picture("deadlock-light");
  });

  it("look as well in a light theme", async () => {
    panel = await opened.begin("threads/serving_requests.py", "Run these threads");
    await step(6);
    await picture("light");
    await opened.workbench.setTheme("dark");
  });

  it("are started by a command, and joined by others", async () => {
    const { workbench } = opened;
    await workbench.focusFirstGroup();
    await workbench.openFile("threads/serving_requests.py");
    await workbench.runCommand("Cooperative Tasks: Run Calls as Threads…");
    await workbench.inputBox().waitFor();
    await workbench.inputBox().fill("main(");
    await workbench.page.getByText("the ( of main( is not closed").waitFor();
    await workbench.answerInputBox("main()");
    panel = await opened.panel();
    await panel.shows(/^Before step 1.*serving_requests\.py.*· paused/s);
    await panel.button("Add task").click();
    await workbench.inputBox().waitFor();
    assert.equal(await workbench.inputBox().inputValue(), "main()");
    await workbench.answerInputBox('serve("z")');
    await panel.region("Tasks").locator(".row[data-task]").nth(1).waitFor();
    const tasks = await panel.tasks();
    assert.deepEqual(
      tasks.map(({ task }) => task),
      ["main()", 'serve("z")'],
    );
    await panel.button("Step").click();
    await panel.showsStep(1, "paused");
  });

  it("become cooperative tasks, and threads again, by a restart", async () => {
    panel = await opened.begin("lost-update.ts", "Run these tasks");
    assert.equal(await panel.frame.getByText("Threads", { exact: true }).count(), 0);
    await panel.button("More ways to restart").click();
    await panel.frame.getByRole("menuitem", { name: "Restart as threads" }).click();
    await panel.frame.getByText("Threads", { exact: true }).waitFor();
    assert.match(await step(1), /gave way before (?:reading|writing) /);
    await panel.button("More ways to restart").click();
    await panel.frame.getByRole("menuitem", { name: "Restart as cooperative tasks" }).click();
    await panel.frame.getByText("Threads", { exact: true }).waitFor({ state: "detached" });
    assert.doesNotMatch(await step(1), /before/);
  });
});
