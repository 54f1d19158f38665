// Tasks that wait, with the packaged extension: the deadlock of two locks and the way out of it, a wait in the past, and every example run
// to its end from its lens. Pictures of the deadlock in the four kinds of theme go to out/pictures.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { type ThemeKind, themes } from "../../../vscode/drive";
import { root } from "../../../vscode/run";
import { examples } from "../../../vscode/workspace";
import { type Opened, openCommon } from "../opened";
import { type PanelPage, shownText } from "../panelPage";

const lens = "Run these tasks";
const kinds: Record<ThemeKind, string> = {
  dark: "dark",
  light: "light",
  highContrast: "high-contrast",
  highContrastLight: "high-contrast-light",
};

describe("tasks that wait", function () {
  this.timeout(180_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openCommon();
  });

  after(() => opened?.leave());

  /** Opens a file of the examples and starts the tasks of its first line that names some. */
  async function begin(file: string): Promise<void> {
    const { workbench } = opened;
    if ((await workbench.groups().count()) > 1) await workbench.focusFirstGroup();
    await workbench.openFile(`waiting/${file}`);
    await workbench.lens(lens).first().waitFor();
    await workbench.clickLens(lens, 0);
    panel = await opened.panel();
    await panel.shows(new RegExp(`^Before step 1.*${file.replace(".", "\\.")}.*· paused`, "s"));
    await panel.frame.getByRole("combobox", { name: "Run until" }).selectOption("all");
  }

  const graph = () => panel.region("Who waits for whom");
  const sentence =
    "Deadlock. ann holds fork 1 and waits for fork 2, which bob holds, who waits for fork 1. Step 4 closed the cycle.";

  it("reach a deadlock, shown as one sentence, two marked lines and a cycle in the graph", async () => {
    await begin("two-locks.ts");
    await panel.button("Run").click();
    await panel.showsStep(4, "paused");
    assert.ok((await panel.notice(/^Deadlock/)).startsWith(sentence));
    await opened.workbench.showsMarks([
      "using _second = yield fork2.acquire(); | ◌ ann waits for fork 2, which bob holds",
      "using _second = yield fork1.acquire(); | ◌ bob waits for fork 1, which ann holds",
    ]);
    const nodes = graph().getByRole("group", { name: "Wait-for graph" }).getByRole("button");
    assert.deepEqual(await Promise.all((await nodes.all()).map(shownText)), ["ann", "bob", "fork 1", "fork 2"]);
    assert.equal(await graph().locator(".arrow.in-cycle").count(), 4);
    await graph().getByRole("button", { name: "as text" }).click();
    assert.match(await shownText(graph()), /ann waits for fork 2, which bob holds, since step 3\./);
    await graph().getByRole("button", { name: "as text" }).click();
  });

  it("look well in four themes", async () => {
    for (const kind of Object.keys(themes) as ThemeKind[]) {
      await opened.workbench.setTheme(kind);
      panel = await opened.panel();
      await panel.wears(kinds[kind]);
      await opened.workbench.screenshot(path.join(root, "out", "pictures", `deadlock-${kinds[kind]}.png`));
    }
    await opened.workbench.setTheme("dark");
    panel = await opened.panel();
    await panel.wears(kinds.dark);
  });

  it("can be seen in the past: after step 3 one waits, and the other closes the cycle next", async () => {
    await panel.wayOut("Step back").click();
    assert.match(await panel.shows(/Step 3 of 4/), /ann yielded acquire\(fork 2\)/);
    const tasks = await panel.tasks();
    assert.deepEqual(
      tasks.map(({ task, state }) => [task, state.split(" ")[0]]),
      [
        ["ann()", "blocked"],
        ["bob()", "ready"],
      ],
    );
    assert.equal(await graph().locator(".arrow.in-cycle").count(), 0);
    await panel.frame.getByRole("button", { name: "Step 4", exact: true }).click();
    await panel.showsStep(4, "paused");
  });

  it("find an order without the deadlock in a branch before the last lock was taken", async () => {
    await panel.wayOut("Branch before step 2").click();
    await panel.shows(/Step 1 of 4/);
    await panel.frame.getByRole("menuitem", { name: "ann next" }).click();
    await panel.showsStep(2, "paused");
    await panel.button("Run").click();
    await panel.shows(/· finished/);
    const tasks = await panel.tasks();
    assert.deepEqual(
      tasks.map(({ state }) => state),
      ["returned", "returned"],
    );
  });

  const deadlocks = ["two-locks.ts", "two_locks.py", "philosophers.ts", "philosophers.py"];
  // An hour in real time.
  const long = ["long-waits.ts", "long_waits.py"];
  for (const file of readdirSync(path.join(examples, "waiting")).filter((name) => !long.includes(name))) {
    it(`run to the end from the lens in ${file}`, async () => {
      await begin(file);
      await panel.button("Run").click();
      if (deadlocks.includes(file)) await panel.notice(/^Deadlock/);
      else await panel.shows(/· finished/);
    });
  }

  for (const file of long) {
    it(`sleep for an hour in a moment under virtual time in ${file}`, async () => {
      await opened.workbench.changeSettings({ "yieldpoint.virtualTime": 1 });
      await begin(file);
      await panel.button("Run").click();
      assert.match(await panel.shows(/· finished/), /returned .films after 60 minutes.*virtual time: 01:00:00/s);
      await opened.workbench.changeSettings({ "yieldpoint.virtualTime": 0 });
    });
  }
});
