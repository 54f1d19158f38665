import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import * as vscode from "vscode";
import type { SetupTarget } from "../../src/editor/session/workspaceSetups";
import type { TaskLineTarget } from "../../src/editor/source/lenses";
import { cleared, extension, folder, lensesIn, shown, viewThat } from "./host";

const update = `// @tasks deposit() deposit()
// @tasks deposit() withdraw(
let balance = 0;

function* deposit() {
  const read = balance;
  yield read;
  balance = read + 1;
}
`;

const setups = `{
  // both orders
  "setups": {
    "in turn": { "file": "update.ts", "tasks": ["deposit()", "deposit()"], "until": "all", "watches": ["balance"] },
    "one after the other": {
      "file": "update.ts",
      "tasks": ["deposit()", "deposit()"],
      "policy": "lottery:0=3", "seed": 5,
      "breakpoints": [{ "kind": "returned" }],
    },
    "wrong": { "file": "update.ts", "tasks": ["deposit()", "nobody()"] },
    "later": { "file": "update.ts", "tasks": ["deposit()"], "until": "later" },
  },
}
`;

const file = ".vscode/yieldpoint.json";
const run = (name: string, given?: unknown) => vscode.commands.executeCommand(`yieldpoint.${name}`, given);

describe("a comment line with tasks", () => {
  before(() => extension().activate());
  afterEach(cleared);

  it("has one lens, which starts all of them; an invalid one says what is wrong", async () => {
    const { document } = await shown("update.ts", update);
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
    const lenses = all
      .filter(({ range }) => range.start.line < 3)
      .map(({ range, command }) => [range.start.line + 1, command?.title]);
    assert.deepEqual(lenses, [
      [1, "$(play) Run these tasks"],
      [2, "$(circle-slash) Cannot run these tasks: the ( of withdraw( is not closed"],
    ]);
    const [lens] = await lensesIn(document);
    await run("runTasks", lens?.target);
    const { tasks } = await viewThat(({ status, tasks, starting }) => status === "paused" && tasks.length === 2 && !starting);
    assert.deepEqual(
      tasks.map(({ name, call }) => [name, call]),
      [
        ["deposit", "deposit()"],
        ["deposit #2", "deposit()"],
      ],
    );
  });

  it("with a call that fails goes to that call", async () => {
    const { document } = await shown("failing.ts", `${update.split("\n").slice(2).join("\n")}// @tasks deposit() nobody()\n`);
    const lens = (await lensesIn(document)).find(({ command }) => command === "yieldpoint.runTasks");
    await run("runTasks", lens?.target as unknown as TaskLineTarget);
    const { notice } = await viewThat((view) => view.notice?.severity === "error");
    assert.match(
      notice?.message ?? "",
      /Could not start deposit\(\), nobody\(\) of failing\.ts: .*nobody is not defined.*failing\.ts:8/,
    );
    await run("editCall");
    assert.deepEqual(vscode.window.activeTextEditor?.selection.active, new vscode.Position(7, 20));
    await run("dismissStart");
  });
});

describe("setups", () => {
  before(() => extension().activate());
  afterEach(async () => {
    await cleared();
    await rm(path.join(folder(), ".vscode/yieldpoint.json"), { force: true });
  });

  /** Writes the file and shows it, with the file of the tasks. */
  async function written(): Promise<vscode.TextDocument> {
    await shown("update.ts", update);
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(path.join(folder(), ".vscode")));
    return (await shown(file, setups)).document;
  }

  it("have a lens each, which says why if they cannot run", async () => {
    const document = await written();
    assert.equal(document.languageId, "jsonc");
    const all = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
    assert.deepEqual(
      all.map(({ range, command }) => `${range.start.line + 1} ${command?.title}`),
      [
        "4 $(play) Run setup",
        "5 $(play) Run setup",
        "11 $(play) Run setup",
        '12 $(circle-slash) Cannot be run: Setup "later": "until" cannot be "later".',
      ],
    );
  });

  it("run from their lens and by name, with all of their settings", async () => {
    const document = await written();
    const target: SetupTarget = { uri: document.uri.toString(), name: "in turn" };
    await run("runSetup", target);
    const inTurn = await viewThat(({ status, until }) => status === "paused" && until === "all");
    assert.deepEqual(
      [
        inTurn.file,
        inTurn.tasks.map(({ name }) => name),
        inTurn.policy?.text,
        inTurn.watches?.map(({ expression }) => expression),
      ],
      ["update.ts", ["deposit", "deposit #2"], "round-robin", ["balance"]],
    );
    await run("runSetup", "one after the other");
    const other = await viewThat(({ policy }) => policy?.text === "lottery:0=3,seed=5");
    assert.deepEqual([other.until, other.watches ?? [], other.breakpoints?.map(({ kind }) => kind)], ["first", [], ["returned"]]);
  });

  it("do not change what is remembered for their file", async () => {
    await written();
    await run("runSetup", "one after the other");
    await viewThat(({ breakpoints = [] }) => breakpoints.length === 1);
    await run("choosePolicy", "fcfs");
    await viewThat(({ policy }) => policy?.text === "fcfs");
    const { document } = await shown("update.ts");
    const lens = (await lensesIn(document)).find(({ title }) => title.endsWith("Run these tasks"));
    await run("runTasks", lens?.target);
    const { policy, breakpoints = [] } = await viewThat((view) => view.policy?.text !== "fcfs" && !view.starting);
    assert.deepEqual([policy?.text, breakpoints], ["round-robin", []]);
  });

  it("are compared by a lens above their file, which shows one of them", async () => {
    await written();
    const { document } = await shown("update.ts");
    const lens = (await lensesIn(document)).find(({ title }) => title.includes("Compare ways of working"));
    assert.match(lens?.title ?? "", /\(\d setups\)$/);
    await run("compareWays", lens?.target);
    const { comparing, tasks } = await viewThat((view) => view.comparing?.isOver === true);
    assert.equal(comparing?.kind, "setups");
    assert.equal(comparing?.lines[0]?.name, "in turn");
    assert.ok(comparing.lines.every(({ state }) => state === "done" || state === "failed"));
    assert.equal(tasks.length, 2);
  });

  it("with an invalid call are reported at its place, and start once it is corrected", async () => {
    const document = await written();
    await run("runSetup", "wrong");
    const { notice } = await viewThat((view) => view.notice?.severity === "error");
    assert.match(notice?.message ?? "", /Could not start the setup "wrong": .*nobody is not defined.*yieldpoint\.json:11/);
    await run("editCall");
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 10);
    const edit = new vscode.WorkspaceEdit();
    const begin = document.getText().indexOf("nobody()");
    edit.replace(document.uri, new vscode.Range(document.positionAt(begin), document.positionAt(begin + 8)), "deposit()");
    await vscode.workspace.applyEdit(edit);
    await run("retryStart");
    await viewThat(({ tasks, notice, starting }) => tasks.length === 2 && !notice && !starting);
  });

  it("are checked and completed by their schema", async () => {
    const document = await written();
    const problems = await diagnosed(document.uri);
    assert.deepEqual(
      problems.map(({ range, message }) => [range.start.line + 1, /"first", "all"/.test(message)]),
      [[12, true]],
    );
    const at = document.positionAt(document.getText().indexOf('"kind"'));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      at.translate(0, 1),
    );
    assert.ok(
      items.some(({ label }) => label === "expression"),
      JSON.stringify(items.map(({ label }) => label)),
    );
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      document.positionAt(document.getText().indexOf('"seed"') + 2),
    );
    const texts = hover?.contents.map((each) => (typeof each === "string" ? each : each.value));
    assert.match(String(texts), /seed of a policy that uses random numbers/);
  });

  it("are saved from the session, in a new file or beside others whose comments are preserved", async () => {
    const { document } = await shown("update.ts", update);
    await run("runTasks", (await lensesIn(document))[0]?.target);
    await viewThat(({ tasks, starting }) => tasks.length === 2 && !starting);
    await run("choosePolicy", "random:seed=3");
    await viewThat(({ policy }) => policy?.text === "random:seed=3");
    await run("saveSetup", "drawn");
    const made = await readFile(path.join(folder(), file), "utf8");
    assert.deepEqual(JSON.parse(made), {
      setups: { drawn: { file: "update.ts", tasks: ["deposit()", "deposit()"], policy: "random", seed: 3, until: "first" } },
    });
    await written();
    await run("saveSetup", "drawn");
    const text = await readFile(path.join(folder(), file), "utf8");
    assert.match(text, /\/\/ both orders\n {2}"setups": \{\n {4}"in turn": \{ "file"/);
    assert.match(text, /\n {4}"drawn": \{\n {6}"file": "update\.ts",\n {6}"tasks": \["deposit\(\)", "deposit\(\)"\],/);
  });
});

/** What VS Code says of a file, once it has read it. */
function diagnosed(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = () => {
      const found = vscode.languages.getDiagnostics(uri);
      if (found.length === 0) return;
      listening.dispose();
      resolve(found);
    };
    const listening = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}
