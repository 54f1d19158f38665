import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import {
  begun,
  cleared,
  command,
  example,
  extension,
  folder,
  lensesIn,
  retype,
  runLens,
  shown,
  viewAt,
  viewOfNew,
  viewThat,
} from "./host";

const counts = "export function* counts() {\n  yield { n: 1 };\n  yield [2, 3];\n  return 'over';\n}\n";

describe("a session", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("steps through a task, and shows what it yielded and where it is suspended", async () => {
    await begun("counts.ts", "counts", counts);
    assert.equal((await viewAt(0)).tasks[0]?.state, "created");
    const seen: unknown[] = [];
    for (const step of [1, 2, 3]) {
      command("step");
      const view = await viewAt(step, step === 3 ? "finished" : "paused");
      const [task] = view.tasks;
      seen.push([view.now?.event, view.now?.value, task?.state, task?.stack[0]?.line, task?.stack[0]?.column]);
    }
    assert.deepEqual(seen, [
      ["yielded", "{n: 1}", "ready", 2, 3],
      ["yielded", "[2, 3]", "ready", 3, 3],
      ["returned", '"over"', "returned", undefined, undefined],
    ]);
  });

  it("runs every requested step, however quickly they follow", async () => {
    await begun(example, "counter");
    for (let click = 0; click < 20; click += 1) command("step");
    assert.equal((await viewAt(20)).tasks[0]?.steps, 20);
  });

  it("shows a step as soon as it is done", async () => {
    await begun(example, "counter");
    const api = await extension().activate();
    for (const step of [1, 2, 3, 4, 5]) {
      const heads: number[] = [];
      const listening = api.onDidChangeView(() => heads.push(api.view.head));
      await vscode.commands.executeCommand("yieldpoint.step");
      listening.dispose();
      assert.deepEqual(heads.slice(-1), [step]);
    }
  });

  it("runs what the user sees: a changed file is saved first", async () => {
    const { document } = await shown("dirty.ts", "export function* dirty() {\n  yield 'old';\n}\n");
    await retype(document, "export function* dirty() {\n  yield 'new';\n}\n");
    assert.ok(document.isDirty);
    await runLens(document, "dirty");
    await viewOfNew("dirty.ts");
    assert.ok(!document.isDirty);
    assert.match(await readFile(document.fileName, "utf8"), /new/);
    command("step");
    assert.equal((await viewAt(1)).now?.value, '"new"');
  });

  it("says that the file was changed, and restarts with the new code", async () => {
    const document = await begun("stale.ts", "stale", "export function* stale() {\n  yield 1;\n}\n");
    await retype(document, "export function* stale() {\n  yield 2;\n}\n");
    await document.save();
    const notice = (await viewThat((view) => view.notice !== undefined)).notice;
    assert.match(notice?.message ?? "", /changed/);
    command("restart");
    await viewThat((view) => view.notice === undefined && view.tasks.length === 1);
    command("step");
    assert.equal((await viewAt(1)).now?.value, "2");
  });

  it("can be stopped, and keeps its trace", async () => {
    await begun(example, "counter");
    command("step");
    await viewAt(1);
    command("stop");
    const view = await viewAt(1, "stopped");
    assert.equal(view.now?.step, 1);
    assert.deepEqual(view.notice?.actions, ["restart"]);
  });

  it("continues after its trace was full, once the setting is raised", async () => {
    const settings = vscode.workspace.getConfiguration("yieldpoint", vscode.Uri.file(folder()));
    const setMegabytes = (most: number | undefined) =>
      settings.update("maxTraceMegabytes", most, vscode.ConfigurationTarget.Workspace);
    await setMegabytes(16);
    try {
      await begun("endless.ts", "endless", "export function* endless() {\n  while (true) yield;\n}\n");
      command("run");
      const full = await viewThat((view) => view.status === "paused" && view.notice !== undefined);
      assert.match(full.notice?.message ?? "", /more than 16 MB/);
      await setMegabytes(32);
      command("run");
      await viewThat((view) => view.head > full.head + 100_000);
    } finally {
      await setMegabytes(undefined);
    }
  });

  it("asks for the call only if arguments are needed", async () => {
    const { document } = await shown(example);
    const lenses = (await lensesIn(document)).filter(({ command }) => command === "yieldpoint.runTask");
    const needed = lenses.map(({ target }) => [target.generator.call, target.generator.needsArguments]);
    assert.deepEqual(needed, [
      ["counter()", false],
      ["bogosort(unsorted)", true],
    ]);
  });

  it("runs the function at the cursor from the palette if it is the only one", async () => {
    await shown("counts.ts", counts);
    void vscode.commands.executeCommand("yieldpoint.runTask");
    const view = await viewOfNew("counts.ts");
    assert.equal(view.tasks[0]?.name, "counts");
  });
});
