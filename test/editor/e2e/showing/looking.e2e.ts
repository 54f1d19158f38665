// Looking at a task that has not just run, in the real editor: with the mouse, by keyboard, now and in the past.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";
import type { PanelPage } from "../panelPage";

const file = "bakery.ts";
const program = `const shelf: string[] = [];

function* kneads(dough: string) {
  const minutes = 4;
  yield \`kneading \${dough}\`;
  return minutes;
}

export function* bakes(dough: string, loaves: number) {
  let baked = 0;
  while (baked < loaves) {
    const took = yield* kneads(dough);
    baked += 1;
    shelf.push(dough);
    yield { baked, took };
  }
  return baked;
}

export function* sells(price: number) {
  let earned = 0;
  while (true) {
    const loaf = shelf.shift();
    if (loaf) earned += price;
    yield loaf;
  }
}

// @tasks bakes("rye", 3) sells(5) bakes("oat", 1)
`;

const crowd = "crowd.ts";
/** Thirty tasks that are suspended at one line. */
const crowded = `export function* waits(turn: number) {
  while (true) {
    const word: string = yield turn;
    if (word) turn += word.length;
  }
}

// @tasks ${Array.from({ length: 30 }, (_, index) => `waits(${index + 1})`).join(" ")}
`;

describe("looking at any task", function () {
  this.timeout(120_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: { [file]: program, [crowd]: crowded }, size: { width: 1400, height: 1000 } });
  });

  after(() => opened?.close());

  for (const kind of ["light", "dark"] as const) {
    describe(kind, () => {
      let panel: PanelPage;

      before(async () => {
        await opened.workbench.setTheme(kind);
        panel = await opened.begin(file, "Run these tasks");
      });

      after(() => opened.workbench.closeTab("Cooperative Tasks"));

      const press = (key: string) => opened.workbench.page.keyboard.press(key);
      const row = (name: string) => panel.frame.getByRole("grid", { name: "Tasks" }).getByRole("row").filter({ hasText: name });
      const values = () => panel.frame.getByRole("tree", { name: "Values" });
      const back = () => panel.frame.getByRole("button", { name: /^Back to (before )?step \d/ });
      const picture = (name: string) =>
        opened.workbench.screenshot(path.join(root, "out", "pictures", `looking-${name}-${kind}.png`));

      it("shows the locals of a task at a click on its row, and the step again at another click", async () => {
        for (const step of [1, 2, 3, 4, 5]) {
          await panel.button("Step").click();
          await panel.showsStep(step, "paused");
        }
        await row('bakes("oat", 1)').locator(".task").click();
        await panel.frame.getByText("It is suspended since step 3.").waitFor();
        const text = (await values().textContent()) ?? "";
        assert.match(text, /locals of kneads.*dough: "oat".*locals of bakes.*baked: 0/s);
        await opened.workbench.showsValues([
          'function* kneads(dough: string) { | dough = "oat"',
          "const minutes = 4; | minutes = 4",
          'export function* bakes(dough: string, loaves: number) { | dough = "oat", loaves = 1',
          "let baked = 0; | baked = 0",
          "while (baked < loaves) { | baked = 0, loaves = 1",
          'const took = yield* kneads(dough); | took = undefined, dough = "oat"',
        ]);
        await picture("now");
        await back().click();
        await values().getByText("earned").waitFor();
        assert.equal(await back().count(), 0);
      });

      it("is done by keyboard: Enter on the row, Escape back", async () => {
        await row('bakes("rye", 3)').focus();
        await press("Enter");
        await panel.frame.getByText("It is suspended since step 4.").waitFor();
        assert.equal(await panel.showsStep(5, "paused").then((now) => /live$/.test(now)), true, "the step that is shown stays");
        await press("Escape");
        await back().waitFor({ state: "detached" });
        await values().getByText("earned").waitFor();
      });

      it("has no values in the source once they are switched off", async () => {
        await opened.workbench.changeSettings({ "yieldpoint.inlineValues": false });
        await opened.workbench.showsValues([]);
        await opened.workbench.changeSettings({ "yieldpoint.inlineValues": true });
      });

      it("shows a task that has not run, in the past, and goes to its steps from there", async () => {
        await panel.switchOf(2).click();
        await panel.showsStep(2, "paused");
        await row('bakes("oat", 1)').locator(".task").click();
        await panel.frame.getByText("It has not been started.").waitFor();
        await row('bakes("rye", 3)').locator(".task").click();
        await panel.frame.getByText("It is suspended since step 1. Its locals are as step 1 left them.").waitFor();
        await picture("past");
        await panel.frame.getByRole("button", { name: "Previous step of this task" }).click();
        assert.match(await panel.showsStep(1, "paused"), /bakes yielded "kneading rye"/);
        assert.equal(await back().count(), 0);
      });

      it("shows the next of many tasks at one line first, and the others in the hovers and the lens", async () => {
        panel = await opened.begin(crowd, "Run these tasks");
        const head = "export function* waits(turn: number) {";
        await opened.workbench.showsMarks([
          `${head} | ▶ waits: not started`,
          `${head} | ● waits #2: not started`,
          `${head} | ● waits #3: not started`,
          `${head} | +27`,
        ]);
        for (const step of [1, 2, 3]) {
          await panel.button("Step").click();
          await panel.showsStep(step, "paused");
        }
        await opened.workbench.lens("30 tasks here: line 3 (3), 27 not started").waitFor();
        await panel.region("Tasks").getByRole("button", { name: "More for waits #2", exact: true }).click();
        await panel.frame.getByRole("menuitem", { name: "Send a value with the next resume…" }).click();
        await panel.frame.locator("form.by-hand input").fill('"go"');
        await panel.frame.locator("form.by-hand").getByRole("button", { name: "Send" }).click();
        await panel.button("Step").click();
        await panel.showsStep(4, "paused");
        const line = "const word: string = yield turn;";
        await opened.workbench.showsMarks([
          `${head} | ▶ waits #4: not started`,
          `${head} | ● waits #5: not started`,
          `${head} | ● waits #6: not started`,
          `${head} | +24`,
          `${line} | ● waits: 1`,
          `${line} | ● waits #2: gave 4 · got "go"`,
          `${line} | ● waits #3: 3`,
        ]);
        const editor = opened.workbench.groups().first();
        await editor
          .locator(".view-line span span")
          .filter({ hasText: /^\s*turn\s*$/ })
          .first()
          .hover();
        await opened.workbench.page.locator(".monaco-hover").getByText("waits #2: turn = 4").waitFor();
        await picture("crowd");
      });
    });
  }
});
