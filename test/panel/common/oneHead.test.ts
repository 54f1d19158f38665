/**
 * During a run, everything that is on the screen at one time belongs to the same step.
 */
import assert from "node:assert/strict";
import { figuresOf } from "../../../src/session/analysis/statistics";
import { OutputLog } from "../../../src/session/seen/outputLog";
import type { RunRecord } from "../../../src/session/seen/runRecord";
import { Panel } from "../browser";
import { makeRun } from "../runs";

/** The host is always ahead of what is shown. */
const run = makeRun(3, 6_000);
const record = {
  trace: run.trace,
  output: new OutputLog(),
  tasks: run.view.tasks,
  added: run.view.tasks.map(() => ({ step: 0 })),
} as unknown as RunRecord;

/**
 * The heads that the parts of a frame show: the now line, the header of the timeline, its slider, its ruler, its text equivalent, the list
 * and the statistics.
 */
interface Frame {
  readonly now: number;
  readonly header: number;
  readonly slider: number;
  readonly axis: number;
  readonly table: number;
  readonly list: number;
  readonly statistics: number;
}

/** Records after each frame what is on the screen. */
const watchFrames = `
  window.frames = [];
  const number = (text) => Number((text.match(/[\\d,]+/) ?? ["0"])[0].replaceAll(",", ""));
  const look = () => {
    const mark = performance.getEntriesByName("yieldpoint:timeline").at(-1);
    const option = document.querySelector(".list [aria-setsize]");
    if (mark && option) window.frames.push({
      now: number(document.querySelector(".sentence .step").textContent),
      header: number(document.querySelector(".timeline .note").textContent.replace(/^.* of /, "")),
      slider: number(document.querySelector(".plot").getAttribute("aria-valuemax")),
      axis: Math.round(mark.detail.to),
      table: number((document.querySelector(".timeline caption")?.textContent ?? "").replace(/^.* to (.*) of .*$/, "$1")),
      list: number(option.getAttribute("aria-setsize")),
      statistics: number((document.querySelector(".about-figures .dim")?.textContent ?? "").replace(/^.* step /, "")),
    });
  };
  const each = () => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = look;
    port2.postMessage(undefined);
    each();
  });
  each();
`;

describe("the head in all parts of a frame", () => {
  for (const [what, changes] of [
    ["a run at full speed", { status: "running", rate: 120_000 }],
    ["a slow run", { status: "running", speed: 20 }],
    ["steps by hand", { status: "paused" }],
  ] as const) {
    it(`is the same for ${what}`, async () => {
      const panel = await Panel.open({ width: 760, height: 900 });
      panel.answer = async (message) =>
        message.type === "figures"
          ? { type: "figures", id: message.id, figures: await figuresOf(record, message.upTo) }
          : run.answer(message);
      const at = (head: number) => {
        const { point, ...now } = run.trace.at(head);
        return { ...run.view, ...changes, head, cursor: head, now: { ...now, ...(point ? { point } : {}) } };
      };
      await panel.say({ type: "view", view: at(1_000) });
      await panel.page.getByRole("button", { name: "Statistics", exact: true }).click();
      await panel.page.getByText("The whole run, up to step 1,000").waitFor();
      await panel.page.locator(".timeline caption").waitFor({ state: "attached" });
      await panel.page.evaluate(watchFrames);
      for (let head = 1_007; head < 1_300; head += 7) await panel.tell({ type: "view", view: at(head) });
      await panel.say({ type: "view", view: at(1_301) });
      const seen = await panel.page.evaluate<Frame[]>("window.frames");
      for (const { table, ...frame } of seen) {
        assert.deepEqual(Object.values(frame), Object.values(frame).fill(frame.now), JSON.stringify(frame));
        // A step by hand is shown immediately; the timeline's text equivalent follows later.
        if (changes.status === "running") assert.equal(table, frame.now);
      }
      assert.ok(new Set(seen.map(({ now }) => now)).size > 3, `${seen.length} frames are too few`);
      await panel.close();
    });
  }
});
