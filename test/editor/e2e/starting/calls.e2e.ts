// The box that asks for calls: what it lists, what it refuses, several calls, calls of before; and the setting of an interpreter.
import assert from "node:assert/strict";
import path from "node:path";
import type { Locator } from "playwright-core";
import type { ThemeKind } from "../../../vscode/drive";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";

const shop = `const unsold = [3, 1, 2];

/** Sells the goods, one at a step. */
export function* sell(goods: number[], discount = 0) {
  for (const price of goods) yield price - discount;
}

export function* tick(start = 0) {
  for (let n = start; ; n += 1) yield n;
}
`;

const bank = `export function* pay(amount: number) {
  yield amount;
}
`;

const python = `unsold = [3, 1, 2]


def sell(goods):
    """Sells the goods, one at a step."""
    for price in goods:
        yield price
`;

const run = "Run as cooperative task";

describe("the box for calls", function () {
  this.timeout(180_000);
  let opened: Opened;

  before(async () => {
    opened = await openExtension({ files: { "shop.ts": shop, "bank.ts": bank, "shop.py": python } });
    await opened.workbench.openFile("shop.ts");
  });

  after(() => opened?.close());

  it("shows the function, its comment and the names of the file, and completes them", async () => {
    const { workbench } = opened;
    await workbench.clickLens(run, 0);
    await entry(/sell\(goods\), goods at column 6 is the name of a parameter, and of nothing in the file/).waitFor();
    assert.equal(await workbench.selectedInput(), "goods");
    await entry("sell(goods: number[], discount = 0), Sells the goods, one at a step.").waitFor();
    await workbench.inputBox().press("Enter");
    await workbench.inputBox().pressSequentially("uns");
    await take("call-box");
    await entry("unsold").click();
    await entry("sell(unsold), Start a session").waitFor();
    assert.equal(await workbench.inputBox().inputValue(), "sell(unsold)");
  });

  it("does not accept what cannot run, and says why and where", async () => {
    const { workbench } = opened;
    await workbench.inputBox().fill("sell(goods);");
    await workbench.inputBox().press("Enter");
    await entry(/goods at column 6 is the name of a parameter, and of nothing in the file/).waitFor();
    await workbench.inputBox().fill("sell([1, 2);");
    await workbench.inputBox().press("Enter");
    await entry("sell([1, 2);, The [ at column 6 is not closed.").waitFor();
    await take("call-box-wrong");
    assert.ok(await workbench.inputBox().isVisible());
  });

  it("starts a session with several calls", async () => {
    const { workbench } = opened;
    await workbench.inputBox().fill("sell([9, 8]); tick(5)");
    await entry("sell([9, 8]); tick(5), Start a session, 2 tasks in this order").waitFor();
    await workbench.answerInputBox();
    const panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await panel.showsTasks(2);
  });

  it("offers calls of before, and takes arguments for a function that needs none, for a new session or this one", async () => {
    const { workbench } = opened;
    const panel = await opened.panel();
    await workbench.clickLens(run, 0);
    await entry("sell([9, 8]); tick(5), Start a session, 2 tasks in this order").waitFor();
    await workbench.page.keyboard.press("Escape");
    await workbench.clickLens("Run with arguments…", 0);
    await workbench.inputBox().fill("tick(100)");
    await entry("tick(100), Start a session").waitFor();
    await entry("tick(100), Add to the session of shop.ts").click();
    await panel.showsTasks(3);
    await workbench.clickLens("Add to session", 0);
    await workbench.answerInputBox("sell([1]); sell(unsold)");
    await panel.showsTasks(5);
  });

  it("adds tasks of a second file", async () => {
    const { workbench } = opened;
    const panel = await opened.panel();
    await workbench.focusFirstGroup();
    await workbench.openFile("bank.ts");
    await workbench.clickLens("Add to session", 0);
    await workbench.answerInputBox("pay(3); pay(4)");
    await panel.showsTasks(7);
  });

  it("works the same in Python, where a missing interpreter leads to its setting", async () => {
    const { workbench } = opened;
    // Lenses that go away and come back show that the settings have been read.
    await workbench.changeSettings({ "yieldpoint.pythonPath": "/no/such/python", "yieldpoint.codeLens.enabled": false });
    await workbench.lens(run).first().waitFor({ state: "hidden" });
    await workbench.changeSettings({ "yieldpoint.codeLens.enabled": true });
    await workbench.openFile("shop.py");
    await workbench.clickLens(run, 0);
    await entry("sell(goods), Sells the goods, one at a step.").waitFor();
    await workbench.answerInputBox("sell(unsold); sell([1])");
    const panel = await opened.panel();
    await panel.notice(/There is no Python at \/no\/such\/python/);
    await take("no-interpreter");
    await panel.wayOut("Choose the interpreter").click();
    await workbench.page.locator(".settings-editor").getByText("Python Path").first().waitFor();
  });

  /** An entry of the list by what a screen reader says, after the name of its icon. */
  function entry(said: string | RegExp): Locator {
    const name =
      said instanceof RegExp
        ? said
        : new RegExp(`(^|\\s)${said.replace(/[()[\].;]/g, "\\$&")}(, function|, names in the file|, called before)?$`);
    return opened.workbench.page.locator(".quick-input-list").getByRole("option", { name });
  }

  async function take(moment: string): Promise<void> {
    const { workbench } = opened;
    for (const kind of ["light", "dark"] as const satisfies readonly ThemeKind[]) {
      await workbench.setTheme(kind);
      await workbench.screenshot(path.join(root, "out", "pictures", `${kind}-${moment}.png`));
    }
  }
});
