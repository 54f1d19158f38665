// Programs under their own scheduler, with the packaged extension: from the lens through ten steps to the end, back, and again. Pictures go
// to out/pictures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../../../vscode/run";
import { examples } from "../../../vscode/workspace";
import { type Opened, openExtension } from "../opened";
import { type PanelPage, shownText } from "../panelPage";

const lens = "Step this program's context switches";

/** The examples without chance: each shuffle rotates the list by one, so that this one is sorted after seven. Lines stay where they are. */
function turned(): Record<string, string> {
  const text = (file: string) =>
    readFileSync(path.join(examples, "observing", file), "utf8").replace("[3, 1, 4, 2]", "[2, 3, 4, 5, 6, 7, 8, 1]");
  return {
    "observing/round_robin.py": text("round_robin.py").replace("random.shuffle(attempt)", "attempt.append(attempt.pop(0))"),
    "observing/round-robin.ts": text("round-robin.ts").replace(
      "(each) => ({ each, place: Math.random() })",
      "(each, index, all) => ({ each, place: (index + all.length - 1) % all.length })",
    ),
  };
}

describe("programs under their own scheduler", function () {
  this.timeout(180_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ size: { width: 1600, height: 1100 }, files: turned() });
    const { workbench } = opened;
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  });

  after(() => opened?.close());

  /** Opens an example and starts it from its lens. */
  async function begin(file: string): Promise<void> {
    const { workbench } = opened;
    if ((await workbench.groups().count()) > 1) await workbench.focusFirstGroup();
    await workbench.openFile(`observing/${file}`);
    await workbench.lens(lens).first().waitFor();
    await workbench.clickLens(lens, 0);
    panel = await opened.panel();
    await panel.shows(new RegExp(`^Before step 1.*${file.replace(".", "\\.")}.*· paused`, "s"));
  }

  const scheduler = () => panel.region("Tasks").locator(".row.scheduler");

  for (const { file, name, line, drives, yields } of [
    {
      file: "round-robin.ts",
      name: "runAsync",
      line: 37,
      drives: "const { done, value } = task.next();",
      yields: "yield shown;",
    },
    { file: "round_robin.py", name: "run_async", line: 35, drives: "next(task)", yields: "yield shown" },
  ]) {
    it(`are stepped from the lens in ${file}`, async () => {
      await begin(file);
      await panel.frame.getByText("Observed: its own scheduler decides").waitFor();
      assert.equal(await panel.frame.getByRole("region", { name: "Schedule" }).count(), 0);
      assert.equal(await panel.button("Add task").count(), 0);
      for (let step = 1; step <= 10; step += 1) {
        await panel.button("Step").click();
        const now = await panel.showsStep(step, "paused");
        const task = step % 2 === 1 ? "counter" : "bogosort";
        assert.match(now, new RegExp(`^Step ${step} ${task} yielded .* resumed by ${name} ${line}`));
        if (step === 1) await opened.workbench.showsMarks([`${yields} | ● counter: 0`, `${drives} | ⟲ ${name} resumed counter`]);
      }
      assert.match(await shownText(scheduler()), new RegExp(`^${name} scheduler ${line}`));
      await panel.frame.getByRole("treeitem", { name: `scheduler: locals of ${name}` }).waitFor();
      await panel.frame.getByRole("treeitem", { name: /^turn: 4/ }).waitFor();
    });

    it(`go back, and on to the end, in ${file}`, async () => {
      await panel.button("Step back").click();
      assert.match(await panel.shows(/Step 9 of 10/), /Step 9 of 10 counter yielded/);
      await panel.button("Step").click();
      await panel.showsStep(10, "paused");
      await panel.button("Run").click();
      await panel.shows(/· finished/);
      const tasks = await panel.tasks();
      assert.deepEqual(
        tasks.map(({ task, state }) => `${task} ${state}`),
        [`${name} scheduler`, "counter ready", "bogosort returned"],
      );
      assert.match(await shownText(panel.frame.getByRole("region", { name: /^Step \d+$/ })), /Sorted: /);
      await panel.button("Restart").click();
      await panel.shows(/^Before step 1/);
    });
  }

  it("say why nothing can be picked", async () => {
    await panel.button("Step").click();
    await panel.showsStep(1, "paused");
    await panel.region("Tasks").locator(".row[data-task]").first().focus();
    await panel.frame.page().keyboard.press("1");
    await panel.frame.getByText("cannot be next. This program decides itself who runs.").waitFor();
    await panel.button("More ways to run").click();
    await panel.frame.getByRole("menuitem", { name: /^Explore orders/ }).waitFor();
    await panel.frame.page().keyboard.press("Escape");
  });

  it("run under asyncio", async () => {
    await begin("gather.py");
    for (let step = 1; step <= 4; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
    const tasks = await panel.tasks();
    assert.deepEqual(
      tasks.slice(1).map(({ task, state }) => `${task} ${state}`),
      ["main blocked", "client sleeping", "client #2 sleeping", "client #3 blocked"],
    );
    await panel.region("Who waits for whom").waitFor();
    await opened.workbench.screenshot(path.join(root, "out", "pictures", "observed-asyncio.png"));
  });

  it("run async functions, with a switch at each await", async () => {
    await begin("async-functions.ts");
    for (let step = 1; step <= 3; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
    await opened.workbench.screenshot(path.join(root, "out", "pictures", "observed-async.png"));
    await panel.button("Run").click();
    await panel.shows(/· finished/);
  });

  it("rest at a line of their scheduler that has a breakpoint", async () => {
    await begin("round-robin.ts");
    const { workbench } = opened;
    await workbench.focusFirstGroup();
    await workbench.editor().locator(".view-line").filter({ hasText: "task.next()" }).first().click();
    await workbench.page.keyboard.press("F9");
    const breakpoints = panel.region("Breakpoints");
    await breakpoints.getByRole("button", { name: "Breakpoints", exact: true }).click();
    await breakpoints.getByRole("row").filter({ hasText: "line 37" }).waitFor();
    for (const step of [1, 2]) {
      await panel.button("Run").click();
      await panel.shows(new RegExp(`Step ${step}\\D.*paused at breakpoint: line`, "s"));
    }
    await workbench.screenshot(path.join(root, "out", "pictures", "observed-breakpoint.png"));
    await breakpoints.getByRole("button", { name: /^Remove the breakpoint line/ }).click();
    await breakpoints.getByRole("row").first().waitFor({ state: "detached" });
  });

  it("count as tasks what the user has decided, also when they are started again", async () => {
    const runsToTheEnd = async (tasks: readonly string[]) => {
      await panel.button("Run").click();
      await panel.shows(/· finished/);
      assert.deepEqual(
        (await panel.tasks()).map(({ task }) => task),
        tasks,
      );
    };
    await begin("round-robin.ts");
    await runsToTheEnd(["runAsync", "counter", "bogosort"]);
    await panel.region("Tasks").getByRole("button", { name: "More for counter", exact: true }).click();
    await panel.frame.getByRole("menuitem", { name: "Not a task: never count counter" }).click();
    await panel.frame.getByText("What counts as a task has changed.").waitFor();
    await panel.region("Tasks").getByRole("button", { name: "Restart" }).click();
    await panel.shows(/^Before step 1/);
    await runsToTheEnd(["runAsync", "bogosort"]);
    await begin("round-robin.ts");
    await panel.shows(/^Before step 1/);
    await runsToTheEnd(["runAsync", "bogosort"]);
    const functions = panel.region("Functions");
    await functions.getByRole("button", { name: "Functions" }).click();
    await opened.workbench.screenshot(path.join(root, "out", "pictures", "observed-functions.png"));
    await functions.getByRole("button", { name: "counter counts when called" }).click();
    await panel.region("Tasks").getByRole("button", { name: "Restart" }).click();
    await panel.shows(/^Before step 1/);
    await runsToTheEnd(["runAsync", "counter", "bogosort"]);
  });

  it("are watched in the frame of their scheduler, and look well in light and dark", async () => {
    await begin("round-robin.ts");
    await panel.region("Watches").getByRole("button", { name: "in the frame of the scheduler" }).click();
    const expression = panel.frame.getByLabel("Expression to watch");
    await expression.fill("turn % tasks.length");
    await expression.press("Enter");
    for (let step = 1; step <= 5; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
    const watch = panel.region("Watches").getByRole("row");
    await watch.filter({ hasText: /runAsync\s*turn % tasks\.length = 0 was 1/ }).waitFor();
    for (const kind of ["light", "dark"] as const) {
      await opened.workbench.setTheme(kind);
      panel = await opened.panel();
      await panel.wears(kind);
      await opened.workbench.screenshot(path.join(root, "out", "pictures", `observed-${kind}.png`));
    }
  });

  it("run to the end under asyncio at full speed", async () => {
    await begin("gather.py");
    await panel.button("Run").click();
    await panel.shows(/· finished/);
    assert.match(await shownText(panel.frame.getByRole("region", { name: /^Step \d+$/ })), /ann, bob, eve were served/);
  });

  it("are there again after a reload of the window, and can be restarted", async () => {
    await begin("round_robin.py");
    for (let step = 1; step <= 3; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
    await opened.workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await opened.workbench.reload();
    panel = await opened.panel();
    assert.match(await panel.showsStep(3, "stopped"), /resumed by run_async 35/);
    await panel.frame.getByRole("treeitem", { name: "scheduler: locals of run_async" }).waitFor();
    await panel.wayOut("Restart").click();
    await panel.showsStep(0, "paused");
    await panel.frame.getByText("Observed: its own scheduler decides").waitFor();
    await panel.button("Step").click();
    assert.match(await panel.showsStep(1, "paused"), /^Step 1 counter yielded 0 resumed by run_async 35/);
  });

  it("are saved as a setup, and run from it", async () => {
    const { workbench } = opened;
    await panel.button("More ways to restart").click();
    await panel.frame.getByRole("menuitem", { name: "Save as setup…" }).click();
    await workbench.inputBox().waitFor();
    await workbench.answerInputBox("loop");
    await workbench.page.getByText('The setup "loop" was saved').waitFor();
    await workbench.focusFirstGroup();
    await workbench.runCommand("Cooperative Tasks: Run Setup…");
    await workbench.inputBox().waitFor();
    await workbench.answerInputBox("loop");
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await panel.frame.getByText("Observed: its own scheduler decides").waitFor();
  });
});
