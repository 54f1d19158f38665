// Tasks in processes of their own, with the packaged extension: from the lens of a comment to the timeline by time, in which slices overlap; a
// process that is killed from outside; and back to cooperative tasks. Pictures go to out/pictures.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openCommon } from "../opened";
import type { PanelPage } from "../panelPage";

const killed = `// @processes dies() worker(["a", "b", "c"])
export function* dies(): Generator<number> {
  yield process.pid;
  process.kill(process.pid, "SIGKILL");
  for (;;);
}
export function* worker(pile: string[]): Generator<string, string> {
  for (const request of pile) yield request;
  return "done";
}
`;

describe("processes", function () {
  this.timeout(180_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openCommon({ files: { "killed.ts": killed } });
    const { workbench } = opened;
    await workbench.changeSettings({ "yieldpoint.runUntil": "all" });
  });

  after(() => opened?.leave());

  const picture = (name: string) => opened.workbench.screenshot(path.join(root, "out", "pictures", `processes-${name}.png`));

  for (const file of ["own-piles.ts", "own_piles.py"]) {
    it(`work at the same time in ${file}`, async () => {
      panel = await opened.begin(`processes/${file}`, "Run these processes");
      await panel.frame.getByText("Processes", { exact: true }).waitFor();
      await panel.button("Step").click();
      assert.match(await panel.showsStep(1, "paused"), /worker yielded .x serves b/);
      await panel.button("Run").click();
      assert.match(await panel.showsStep(7, "finished"), /its process ran at the same time as the others/);
      const tasks = await panel.tasks();
      assert.deepEqual(
        tasks.map(({ value }) => value),
        ["→ 2", "→ 3"],
      );
      await panel.frame.getByRole("radio", { name: "by time" }).click();
      await picture(file.endsWith("py") ? "python" : "typescript");
    });
  }

  it("end alone when they are killed, and look as well in a light theme", async () => {
    panel = await opened.begin("killed.ts", "Run these processes");
    await panel.button("Run").click();
    await panel.shows(/· finished/);
    const tasks = await panel.tasks();
    assert.match(tasks[0]?.value ?? "", /Process 1 was ended by SIGKILL\./);
    assert.match(tasks[1]?.value ?? "", /"done"/);
    await opened.workbench.setTheme("light");
    await panel.frame.getByRole("radio", { name: "by time" }).click();
    await picture("killed-light");
    await opened.workbench.setTheme("dark");
  });

  it("become cooperative tasks by a restart, and processes again", async () => {
    await panel.button("More ways to restart").click();
    await panel.frame.getByRole("menuitem", { name: "Restart as cooperative tasks" }).click();
    await panel.frame.getByText("Processes", { exact: true }).waitFor({ state: "detached" });
    await panel.button("More ways to restart").click();
    await panel.frame.getByRole("menuitem", { name: "Restart as processes" }).click();
    await panel.frame.getByText("Processes", { exact: true }).waitFor();
  });
});
