// A throw in the panel and in the editor: where it was, its stack and its causes; with screenshots in out/pictures.
import assert from "node:assert/strict";
import path from "node:path";
import { root } from "../../../vscode/run";
import { type Opened, openExtension } from "../opened";
import { type PanelPage, shownText } from "../panelPage";

const text = `function priceOf(order: { price?: { amount: number } }): number {
  return order.price!.amount;
}

export function* report(orders: { price?: { amount: number } }[] = [{}]): Generator<string> {
  yield "counting";
  try {
    yield String(priceOf(orders[0]!));
  } catch (cause) {
    throw new Error("The report of the third quarter has no total, since order 4711 has no price", { cause });
  }
}

export function* many(): Generator<string> {
  yield "asking";
  throw new AggregateError([new TypeError("no answer"), new Error("too late")], "Nobody answered");
}
`;
const lens = "Run as cooperative task";

describe("a task that throws", function () {
  this.timeout(180_000);
  let opened: Opened;
  let panel: PanelPage;

  before(async () => {
    opened = await openExtension({ files: { "throws.ts": text }, size: { width: 1440, height: 1000 } });
    const { workbench } = opened;
    await workbench.openFile("throws.ts");
    await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
    await workbench.clickLens(lens, 0);
    panel = await opened.panel();
    await panel.showsStep(0, "paused");
    await workbench.clickLens("Add to session", 1);
    await panel.showsTasks(2);
    for (let step = 1; step <= 3; step += 1) {
      await panel.button("Step").click();
      await panel.showsStep(step, "paused");
    }
  });

  after(() => opened?.close());

  it("shows the place in the now line, in the list, among the tasks and in the editor", async () => {
    assert.match(await shownText(panel.region("Now")), /^Step 3 report threw .* 10:5 → next many/);
    assert.match(await shownText(panel.switchOf(3)), /10:5/);
    const [report] = await panel.tasks();
    assert.deepEqual([report?.state, report?.at], ["threw", "10:5"]);
    await opened.workbench.showsMarks([
      'throw new Error("The report of the third quarter has no total, since order 4711 has no price", { cause }); | ✗ report: Error: The report of the third quarter has no total, since o…',
      'yield "asking"; | ▶ many: "asking"',
    ]);
  });

  it("shows the full message, the stack and the cause, and goes to each frame", async () => {
    const tree = panel.frame.getByRole("tree", { name: "Values" });
    await tree.getByText("cause", { exact: true }).waitFor();
    const shown = await shownText(tree);
    assert.match(shown, /order 4711 has no price/);
    assert.match(shown, /stack report 10:5/);
    assert.match(shown, /cause TypeError: Cannot read .*'amount'\) stack priceOf 2:\d+ report 8:\d+/);
    await tree.getByText("priceOf").click();
    await panel.frame
      .getByRole("region", { name: "Now" })
      .getByRole("button", { name: /^Show where it threw/ })
      .click();
  });

  it("is readable at 380 pixels, dark and light", async () => {
    const { workbench } = opened;
    await panel.button("Step").click();
    await panel.showsStep(4, "finished");
    for (const [kind, theme] of [
      ["dark", "dark"],
      ["light", "light"],
    ] as const) {
      await workbench.setTheme(kind);
      await (await opened.panel()).wears(theme);
      for (const [name, width] of [
        ["wide", 1440],
        ["narrow", 800],
      ] as const) {
        await workbench.page.setViewportSize({ width, height: 1000 });
        for (const step of [3, 4]) {
          await panel.switchOf(step).click({ position: { x: 30, y: 8 } });
          await panel.shows(new RegExp(`Step ${step}(?!\\d)`));
          await workbench.screenshot(path.join(root, "out", "pictures", `throw-${theme}-${name}-${step}.png`));
        }
      }
    }
    assert.equal(await panel.frame.evaluate("document.querySelector('.app').scrollWidth <= innerWidth"), true);
  });
});
