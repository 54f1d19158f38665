// What the editor tells about tasks: the hover over a variable and the lens above a function with live tasks, as VS Code receives them.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { cleared, command, extension, lensesIn, retype, settingOf, shown, viewAt, viewThat } from "./host";

const programs = {
  "tells.ts": `export function* sells(price: number, name: string) {
  let earned = 0;
  while (true) {
    earned += price;
    yield earned; // earned
    [price].map((name) => name);
  }
}
// @tasks TASKS
`,
  "tells.py": `def sells(price, name):
    earned = 0
    while True:
        earned += price
        yield earned # earned
        [name for name in range(price)]

# @tasks TASKS
`,
} as const;

/** Starts the tasks of the file's comment. */
async function started(name: keyof typeof programs, calls: readonly string[]): Promise<vscode.TextDocument> {
  const { document } = await shown(name, programs[name].replace("TASKS", calls.map((call) => JSON.stringify(call)).join(" ")));
  const lens = (await lensesIn(document)).find((each) => each.command === "yieldpoint.runTasks");
  assert.ok(lens);
  await Promise.all([
    viewThat(({ starting }) => starting !== undefined),
    vscode.commands.executeCommand(lens.command, lens.target),
  ]);
  await viewThat(
    (view) => view.file === name && view.head === 0 && view.tasks.length === calls.length && view.status === "paused",
  );
  return document;
}

/** The extension's hover over the first occurrence of a text, or over a later one. */
async function hoverOver(document: vscode.TextDocument, text: string, word = text): Promise<string | undefined> {
  const offset = document.getText().indexOf(text) + text.indexOf(word);
  const place = document.positionAt(offset);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, place);
  const own = hovers
    .flatMap(({ contents }) => contents as vscode.MarkdownString[])
    .filter(({ value }) => /sells|captured/.test(value) && !/function/.test(value));
  assert.ok(own.every(({ isTrusted, supportHtml, supportThemeIcons }) => !isTrusted && !supportHtml && !supportThemeIcons));
  return own[0]?.value;
}

const block = (...lines: string[]) => `\n\`\`\`text\n${lines.join("\n")}\n\`\`\`\n`;

async function liveLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  const all = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
  return all.filter(({ command: its }) => / here/.test(its?.title ?? ""));
}

async function liveTitles(document: vscode.TextDocument): Promise<string[]> {
  return (await liveLenses(document)).map(({ command: its, range }) => `${range.start.line + 1} ${its?.title}`);
}

/** The lenses are updated a little after the session's view. */
async function become(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  while (JSON.stringify(await read()) !== JSON.stringify(expected));
}

for (const name of ["tells.ts", "tells.py"] as const) {
  const isPython = name === "tells.py";

  describe(`what the editor tells about tasks, ${name}`, () => {
    let document: vscode.TextDocument;
    before(async () => {
      await extension().activate();
      document = await started(name, ['sells(5, "a")', 'sells(7, "b")']);
    });
    after(cleared);

    it("has a lens that says how many tasks are in a function and where, and goes to the one that runs next", async () => {
      await become(() => liveTitles(document), ["1 $(location) 2 tasks here: not started"]);
      command("step");
      await viewAt(1);
      await become(() => liveTitles(document), ["1 $(location) 2 tasks here: line 5, 1 not started"]);
      const [lens] = await liveLenses(document);
      const [uri, place, locations] = lens?.command?.arguments ?? [];
      // The second task runs next, and has not been started.
      assert.deepEqual(
        [`${uri}`, place.line, locations.map((each: vscode.Location) => each.range.start.line)],
        [`${document.uri}`, 0, [0, 4]],
      );
      command("step");
      await viewAt(2);
      await become(() => liveTitles(document), ["1 $(location) 2 tasks here: line 5 (2)"]);
      const [now] = await liveLenses(document);
      await vscode.commands.executeCommand(now?.command?.command ?? "", ...(now?.command?.arguments ?? []));
      assert.equal(vscode.window.activeTextEditor?.selection.active.line, 4);
      const restore = await settingOf("codeLens.enabled", false);
      assert.deepEqual(await liveTitles(document), []);
      await restore();
    });

    it("has a hover over a variable: its value in every task that is suspended there, the next task first", async () => {
      command("step");
      await viewAt(3);
      assert.equal(await hoverOver(document, "yield earned", "earned"), block("sells #2: earned = 7", "sells: earned = 10"));
      assert.equal(await hoverOver(document, "sells(price", "price"), block("sells #2: price = 7", "sells: price = 5"));
      command("stepBack");
      await viewThat(({ cursor }) => cursor === 2);
      assert.equal(await hoverOver(document, "earned"), block("sells: earned = 5", "sells #2: earned = 7"));
    });

    it("has no hover over other words: in a comment, of a variable further inside, a keyword", async () => {
      assert.equal(await hoverOver(document, `${isPython ? "#" : "//"} earned`, "earned"), undefined);
      assert.equal(await hoverOver(document, isPython ? "name for" : "=> name", "name"), undefined);
      assert.equal(await hoverOver(document, "while"), undefined);
    });

    it("has no hover in a text that was edited, until the edit is undone, also after it was saved", async () => {
      const text = document.getText();
      await retype(document, ` \n${text}`);
      assert.equal(await hoverOver(document, "earned"), undefined);
      await document.save();
      assert.match((await viewThat(({ notice }) => notice !== undefined)).notice?.message ?? "", /file was changed/);
      assert.equal(await hoverOver(document, "earned"), undefined);
      await retype(document, text);
      assert.match((await hoverOver(document, "earned")) ?? "", /earned = 5/);
      await document.save();
      await viewThat(({ notice }) => notice === undefined);
      assert.match((await hoverOver(document, "earned")) ?? "", /earned = 5/);
    });
  });

  describe(`hostile values in what the editor tells, ${name}`, () => {
    before(() => extension().activate());
    after(cleared);

    it("are text, and cut", async () => {
      const hostile = "[x](command:workbench.action.quit) $(trash) <b> ``` **x**";
      const long = isPython ? '"x" * 1000000' : '"x".repeat(1000000)';
      const many = Array.from({ length: 21 }, () => `sells(1, ${long})`);
      const document = await started(name, [`sells(1, ${JSON.stringify(hostile)})`, ...many]);
      command("step");
      await viewAt(1);
      const word = isPython ? ", name)" : ", name:";
      assert.match(
        (await hoverOver(document, word, "name")) ?? "",
        /^\n```text\nsells: name = .\[x\]\(command:.*\*\*x\*\*.\n```\n$/,
      );
      command("run");
      await viewThat(({ head }) => head > 100);
      command("pause");
      await viewThat(({ status }) => status === "paused");
      const lines = ((await hoverOver(document, word, "name")) ?? "").trim().split("\n");
      assert.deepEqual([lines.length, lines.at(-2)], [23, "and 2 more tasks"]);
      assert.ok(lines.every((line) => line.length < 300));
    });
  });
}
