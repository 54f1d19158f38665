import assert from "node:assert/strict";
import * as vscode from "vscode";
import { begun, cleared, command, extension, retype, runLens, shown, viewAt, viewOfNew, viewThat } from "./host";

const good = "export function* task() {\n  yield 1;\n}\n";

describe("bad code", () => {
  before(() => extension().activate());
  afterEach(cleared);

  const unloadable: Record<string, { text: string; line: number; message: RegExp }> = {
    "a syntax error": { text: `${good}const broken = ;\n`, line: 4, message: /unexpected|expected/i },
    "a throw while loading": { text: `${good}throw new RangeError("no luck");\n`, line: 4, message: /no luck/ },
  };
  for (const [what, { text, line, message }] of Object.entries(unloadable)) {
    it(`with ${what} is reported with file and line, and runs once it is corrected`, async () => {
      const { document } = await shown("bad.ts", text);
      await runLens(document, "task");
      const { notice } = await viewThat((view) => view.notice?.severity === "error");
      assert.match(notice?.message ?? "", /^Could not start task\(\): /);
      assert.match(notice?.message ?? "", message);
      assert.match(notice?.message ?? "", new RegExp(`bad\\.ts:${line}`));
      assert.deepEqual(notice?.actions, ["editCall", "retryStart", "showSource", "dismissStart"]);
      await retype(document, good);
      await document.save();
      command("retryStart");
      await viewOfNew("bad.ts");
      command("step");
      assert.equal((await viewAt(1)).now?.value, "1");
    });
  }

  it("that ends its process leaves a trace to read, and can be restarted", async () => {
    await begun("exits.ts", "exits", "export function* exits() {\n  yield 'before';\n  process.exit(3);\n}\n");
    command("step");
    await viewAt(1);
    command("step");
    const view = await viewThat(({ status }) => status === "failed");
    assert.equal(view.now?.value, '"before"');
    assert.match(view.notice?.message ?? "", /process\.exit|exit code 3/);
    command("restart");
    await viewOfNew("exits.ts");
    command("step");
    assert.equal((await viewAt(1)).now?.value, '"before"');
  });

  it("that throws ends its task, not the session", async () => {
    await begun("throws.ts", "throws", "export function* throws() {\n  yield 1;\n  throw new Error('on purpose');\n}\n");
    command("run");
    const view = await viewAt(2, "finished");
    assert.equal(view.now?.event, "threw");
    assert.match(view.now?.value ?? "", /on purpose/);
    assert.equal(view.tasks[0]?.state, "threw");
  });

  it("that never yields is named, and can be interrupted while the session continues", async () => {
    const text = "export function* hog() {\n  yield 1;\n  while (true) {}\n}\n";
    await begun("hog.ts", "hog", text);
    command("run");
    const { notice } = await viewThat((view) => view.notice !== undefined);
    assert.match(notice?.message ?? "", /^hog has been running for \d+ s without returning control, now in hog at hog\.ts:3\./);
    command("interrupt");
    const view = await viewAt(2, "finished");
    assert.equal(view.now?.event, "threw");
    assert.equal(view.notice, undefined);
  });

  it("may have no generator functions, and the user is told so", async () => {
    await shown("plain.ts", "export const plain = 1;\n");
    const asked = vscode.commands.executeCommand("yieldpoint.runTask");
    await asked;
    const api = await extension().activate();
    assert.notEqual(api.view?.file, "plain.ts");
  });
});
