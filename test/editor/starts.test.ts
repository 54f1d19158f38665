import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { View } from "../../src/protocol/panel";
import {
  atOnce,
  begun,
  cleared,
  closePanel,
  command,
  extension,
  folder,
  runCall,
  runLens,
  settingOf,
  shown,
  tabOnceThere,
  viewAt,
  viewOfNew,
  viewThat,
} from "./host";

const tally = "export function* tally() {\n  for (let n = 1; ; n += 1) yield n;\n}\n";
const endless = "export function* endless() {\n  while (true) yield;\n}\n";

/** The view of a start that failed. */
async function failure(): Promise<View> {
  return viewThat(({ notice, starting }) => !starting && /^Could not /.test(notice?.message ?? ""));
}

async function dismissed(): Promise<void> {
  command("cancelStart");
  command("dismissStart");
  await viewThat(({ notice, starting }) => !starting && !/^Could not /.test(notice?.message ?? ""));
  await cleared();
}

describe("a start that fails", () => {
  before(() => extension().activate());
  afterEach(dismissed);

  const cases: Record<string, { text: string; call: string; message: RegExp }> = {
    "a module that throws": {
      text: `${tally}throw new RangeError("no luck");\n`,
      call: "tally()",
      message: /no luck.*failing\.ts:4/,
    },
    "a call that throws": { text: tally, call: "nobody()", message: /nobody is not defined/ },
    "a call that does not return a generator": {
      text: `${tally}export const seven = () => 7;\n`,
      call: "seven()",
      message: /seven\(\)/,
    },
    "a module that ends its process": { text: `${tally}process.exit(5);\n`, call: "tally()", message: /exit/ },
  };
  for (const [what, { text, call, message }] of Object.entries(cases)) {
    it(`${what}: leaves the current session unchanged, and the panel says why`, async () => {
      await begun("tally.ts", "tally", tally);
      command("step");
      await viewAt(1);
      await runCall((await shown("failing.ts", text)).document, call);
      const { notice, file, head, status, tasks } = await failure();
      assert.deepEqual([file, head, status, tasks.length], ["tally.ts", 1, "paused", 1]);
      assert.match(notice?.message ?? "", message);
      assert.match(notice?.remedy ?? "", /The current session is unchanged\.$/);
      assert.equal(notice?.actions[0], "editCall");
      command("step");
      assert.equal((await viewAt(2)).now?.value, "2");
    });
  }

  it("is also reported if there was no session, and succeeds once the file is corrected", async () => {
    const { document } = await shown("failing.ts", `${tally}console.log("so far");\nthrow new RangeError("no luck");\n`);
    await runLens(document, "tally");
    const { notice } = await failure();
    assert.match(notice?.message ?? "", /RangeError: no luck \(failing\.ts:5\)/);
    assert.match(notice?.detail ?? "", /^ *at .*failing\.ts:5[\s\S]*Printed before:\nso far/);
    await writeFile(document.fileName, tally);
    command("retryStart");
    await viewOfNew("failing.ts");
  });

  it("reports a missing interpreter, as does a restart, which leaves the session unchanged", async () => {
    await begun("tally.ts", "tally", tally);
    command("step");
    await viewAt(1);
    const restore = await settingOf("nodePath", path.join(folder(), "no-node"));
    try {
      command("restart");
      const { notice, head, status } = await failure();
      assert.match(notice?.message ?? "", /^Could not restart tally\.ts: Could not start Node at .*no-node/);
      assert.deepEqual([head, status], [1, "paused"]);
      await runCall((await shown("tally.ts")).document, "tally()");
      assert.match((await failure()).notice?.message ?? "", /^Could not start tally\(\): Could not start Node at .*no-node/);
    } finally {
      await restore();
    }
    command("restart");
    await viewOfNew("tally.ts");
  });

  it("offers the setting where a program is no interpreter, whether or not the system starts it", async () => {
    const { document } = await shown("counts.py", "def counts():\n    yield 1\n");
    for (const text of ["#!/bin/sh\nexit 3\n", "no program\n"]) {
      const program = path.join(folder(), "no-python");
      await writeFile(program, text, { mode: 0o755 });
      const restore = await settingOf("pythonPath", program);
      try {
        await runCall(document, "counts()");
        assert.deepEqual((await failure()).notice?.actions, ["openSetting", "retryStart", "dismissStart"]);
      } finally {
        await restore();
      }
    }
  });

  it("may be a restart with a call that now fails", async () => {
    const document = await begun("renamed.ts", "tally", tally);
    command("step");
    await viewAt(1);
    await writeFile(document.fileName, "export function* other() {\n  yield 1;\n}\n");
    command("restart");
    const { notice, head } = await failure();
    assert.match(notice?.message ?? "", /^Could not restart renamed\.ts: tally\(\): .*tally is not defined/);
    assert.deepEqual([head, notice?.actions[0]], [1, "editCall"]);
  });

  it("may be the replay of a schedule with a wrong call, which can be edited", async () => {
    await begun("tally.ts", "tally", tally);
    command("step");
    await viewAt(1);
    await vscode.commands.executeCommand("yieldpoint.replaySchedule", 'round-robin; "tally()" "nobody()"; 0 1');
    const { notice, head } = await failure();
    assert.match(notice?.message ?? "", /^Could not replay the schedule: .*nobody/);
    assert.deepEqual([head, notice?.actions[0]], [1, "editSchedule"]);
  });

  it("may be the addition of a task; the session continues without it", async () => {
    const document = await begun("tally.ts", "tally", tally);
    await runCall(document, "nobody()", "addTask");
    const { notice, tasks } = await failure();
    assert.match(notice?.message ?? "", /^Could not add nobody\(\): .*nobody is not defined/);
    assert.deepEqual([tasks.length, notice?.actions[0]], [1, "editCall"]);
    await runCall(document, "tally()", "addTask");
    assert.equal((await viewThat((view) => view.tasks.length === 2)).notice, undefined);
  });

  it("may hang while loading, which is reported, and can be cancelled", async () => {
    await begun("tally.ts", "tally", tally);
    command("step");
    await viewAt(1);
    const { document } = await shown("hanging.ts", `${tally}while (true) {}\n`);
    const start = runCall(document, "tally()");
    const { notice, file } = await viewThat((view) => view.notice?.severity === "warning");
    assert.match(
      notice?.message ?? "",
      /^Trying to start tally\(\): its code has been running for \d+ s without returning control/,
    );
    assert.deepEqual([notice?.actions, file], [["cancelStart"], "tally.ts"]);
    command("cancelStart");
    await start;
    command("step");
    assert.equal((await viewAt(2)).notice, undefined);
  });
});

describe("repeated and simultaneous actions", () => {
  before(() => extension().activate());
  afterEach(dismissed);

  it("start one session for a double click on a lens, without an error", async () => {
    const log = path.join(folder(), "loads");
    const text = `import { appendFileSync } from "node:fs";\nappendFileSync(${JSON.stringify(log)}, "loaded ");\n${tally}`;
    const { document } = await shown("clicked.ts", text);
    await Promise.all([runCall(document, "tally()"), runCall(document, "tally()")]);
    await viewOfNew("clicked.ts");
    assert.equal(await readFile(log, "utf8"), "loaded ");
  });

  it("perform only the last of several starts", async () => {
    const { document } = await shown("tally.ts", tally);
    const other = await vscode.workspace.openTextDocument(vscode.Uri.file(path.join(folder(), "tally.ts")));
    await Promise.all([runCall(document, "tally()"), runCall(other, "tally(2)"), runCall(other, "tally(3)")]);
    assert.equal((await viewOfNew("tally.ts")).tasks[0]?.call, "tally(3)");
  });

  it("cause no error when commands overtake each other", async () => {
    const document = await begun("endless.ts", "endless", endless);
    const combinations = [
      ["restart", "restart"],
      ["step", "step", "restart", "step"],
      ["run", "run", "restart"],
      ["run", "restartSamePolicy", "restart", "pause"],
      ["step", "stop", "stop"],
      ["restart", "stop"],
      ["restart", "run", "stop"],
    ];
    for (const names of combinations) {
      await atOnce(...names);
      await viewThat(({ starting }) => !starting);
    }
    await Promise.all([runCall(document, "endless()"), atOnce("stop", "restart")]);
    await Promise.all([runCall(document, "endless()"), runCall(document, "endless()", "addTask"), atOnce("stop")]);
    await viewThat(({ starting }) => !starting);
  });
});

describe("closing the panel", () => {
  before(() => extension().activate());
  afterEach(dismissed);

  it("pauses the run, which can be continued; the status bar item opens the panel again", async () => {
    await begun("endless.ts", "endless", endless);
    command("run");
    await viewThat((view) => view.status === "running" && view.head > 1_000);
    await closePanel();
    const { head } = await viewThat((view) => view.status === "paused");
    command("step");
    assert.equal((await viewAt(head + 1)).tasks[0]?.steps, head + 1);
    await vscode.commands.executeCommand("yieldpoint.showPanel");
  });

  it("cancels a comparison, and a start in progress", async () => {
    await begun("slow.ts", "slow", "export function* slow() {\n  for (let n = 0; ; n += 1) if (n % 1e6 === 0) yield n;\n}\n");
    command("step");
    await viewAt(1);
    void vscode.commands.executeCommand("yieldpoint.comparePolicies", { policies: ["fcfs", "random"], steps: 1_000_000 });
    await viewThat(({ comparing }) => comparing !== undefined && !comparing.isOver);
    await closePanel();
    assert.equal((await viewThat(({ comparing }) => comparing?.isOver === true)).comparing?.cancelled, true);
    const hanging = await shown("hanging.ts", "export function* hangs() {}\nwhile (true) {}\n");
    const start = runCall(hanging.document, "hangs()");
    await viewThat(({ notice }) => notice?.severity === "warning");
    await closePanel();
    await start;
    assert.equal((await viewAt(1)).file, "slow.ts");
  });
});

describe("the last session", () => {
  before(() => extension().activate());
  afterEach(dismissed);

  it("is kept when it is replaced or restarted, and can be shown again", async () => {
    await begun("tally.ts", "tally", tally);
    for (const step of [1, 2]) {
      command("step");
      await viewAt(step);
    }
    await begun("endless.ts", "endless", endless);
    assert.equal((await viewAt(0)).replaced, "tally.ts");
    const tab = await shownLast();
    assert.match(tab.label, /^tally\.ts \d\d\.\d\d\.\d\d\.yieldtrace$/);
    await vscode.window.tabGroups.close(tab);
    command("step");
    assert.equal((await viewAt(1)).replaced, undefined);
    command("restart");
    assert.equal((await viewOfNew("endless.ts")).replaced, "endless.ts");
    const kept = await readdir(path.dirname(uriOf(await shownLast()).fsPath));
    assert.equal(kept.length, 1, "only the last one");
    assert.match(kept[0] ?? "", /^endless\.ts /);
  });

  async function shownLast(): Promise<vscode.Tab> {
    await vscode.commands.executeCommand("yieldpoint.showLastSession");
    return tabOnceThere(lastTab);
  }

  function lastTab(): vscode.Tab | undefined {
    return vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(({ input }) => input instanceof vscode.TabInputCustom && input.viewType === "yieldpoint.trace");
  }

  function uriOf({ input }: vscode.Tab): vscode.Uri {
    assert.ok(input instanceof vscode.TabInputCustom);
    return input.uri;
  }
});
