/**
 * During a run at full speed, buttons stay where they are, and the effect of a press is not delayed.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "../browser";
import { breakpoints, view, watches } from "../recorded";

describe("the panel while a run goes at full speed", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(9_000_000);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const why = "next in the ring";
  const paused = (head: number) => {
    const { now, ...at } = view(head, { breakpoints, watches, reason: why });
    return { type: "view", view: { ...at, now: now && { ...now, why } } };
  };
  const running = (head: number) => {
    const { now: _, detail, ...at } = view(head, { status: "running", breakpoints, watches });
    const printed = detail && { step: head, task: detail.task, frames: [], output: detail.output, soFar: detail.soFar };
    return { type: "view", view: { ...at, rate: 8_100_000, detail: printed } };
  };
  const tops = () =>
    panel.page.evaluate<number[]>(
      `[".tasks", ".timeline", ".section.watches", ".section.breakpoints"].map((name) => document.querySelector(name).getBoundingClientRect().top)`,
    );

  for (const width of [520, 1_000]) {
    it(`moves nothing when a run begins, continues and pauses, ${width} pixels wide`, async () => {
      await panel.page.setViewportSize({ width, height: 700 });
      await panel.say(paused(128));
      await panel.page.evaluate("document.fonts.ready.then(() => undefined)"); // the icons are a font
      const before = await tops();
      for (const head of [140, 90_000, 8_204_331]) {
        await panel.say(running(head));
        assert.deepEqual(await tops(), before, `at step ${head}`);
      }
      await panel.say(paused(8_204_400));
      assert.deepEqual(await tops(), before);
    });
  }

  it("draws only the effect of a press until its click, and notifies the host of the press", async () => {
    await panel.say(running(140));
    const steps = await panel.page.evaluate<string[]>(`(async () => {
      const pause = document.querySelector(".buttons .codicon-debug-pause").closest("button");
      const drawn = () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const step = () => document.querySelector(".sentence .step").textContent;
      pause.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      testHost.say([${JSON.stringify(running(90_000))}]);
      await new Promise((said) => queueMicrotask(() => queueMicrotask(said))); // enough for it to be in the page, if it were drawn
      const pressed = step();
      pause.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
      pause.click();
      testHost.say([${JSON.stringify(paused(90_005))}]);
      await drawn();
      return [pressed, step()];
    })()`);
    assert.deepEqual(steps, ["Step 140", "Step 90,005"]);
    assert.deepEqual(await panel.posted("giveWay"), [{ type: "giveWay" }]);
    assert.deepEqual(await panel.posted("command"), [{ type: "command", command: "pause" }]);
  });

  it("continues to draw while a button is held", async () => {
    await panel.say(running(140));
    await panel.page.getByRole("button", { name: "Pause", exact: true }).hover();
    await panel.page.mouse.down();
    await panel.tell(running(90_000));
    await panel.page.locator(".sentence").getByText("Step 90,000").waitFor();
    await panel.page.mouse.up();
  });

  it("shows a disabled breakpoint before the host confirms it, and the host's state in the end", async () => {
    await panel.say(paused(128));
    await panel.page.getByRole("button", { name: "Breakpoints", exact: true }).click();
    const line = panel.page.getByRole("row").filter({ hasText: "counter is resumed" });
    await line.getByRole("checkbox").click();
    assert.match((await line.getAttribute("class")) ?? "", /off/);
    assert.deepEqual(await panel.posted("setBreakpoint"), [{ type: "setBreakpoint", breakpoint: 1, enabled: false }]);
    await line.and(panel.page.locator(":not(.off)")).waitFor(); // the host did not reply
    assert.equal(await line.getByRole("checkbox").isChecked(), true);
  });
});
