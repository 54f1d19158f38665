/**
 * Pictures of waiting tasks in the four kinds of theme and in narrow panels, to be looked at in `out/pictures`.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import type { View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { themes } from "../looks";
import { answerWaits, deadlockView, philosophers, queueView } from "./waitingViews";

describe("pictures of waiting tasks", () => {
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });

  async function picture(name: string, theme: string, shown: View, width: number, height = 900): Promise<void> {
    const panel = await Panel.open({ width, height });
    panel.answer = answerWaits(shown.head);
    await panel.theme(theme);
    await panel.say({ type: "view", view: shown });
    await panel.page.locator(".graph .node").first().waitFor();
    await panel.page.screenshot({ path: `out/pictures/waiting-${name}-${width}.png` });
    assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  }

  for (const [name, theme] of Object.entries(themes)) {
    for (const width of [380, 560, 720, 900]) {
      it(`show a deadlock in ${name} at ${width} pixels`, () => picture(name, theme, deadlockView(), width));
    }
  }

  it("show a cycle of five tasks and one of thirty", async () => {
    await picture("five", "vscode-dark", philosophers(5), 720);
    await picture("five", "vscode-light", philosophers(5), 380);
    await picture("thirty", "vscode-dark", philosophers(30), 900, 1_200);
  });

  it("show a queue, and the beginning of a long one", async () => {
    await picture("queue", "vscode-dark", queueView(6), 720);
    await picture("queue", "vscode-light", queueView(6), 380);
    await picture("long-queue", "vscode-dark", queueView(60), 720, 1_200);
  });
});
