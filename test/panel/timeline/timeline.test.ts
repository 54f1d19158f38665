/**
 * The timeline in a real browser: wheel, pointer and keys, and the text equivalents.
 */
import assert from "node:assert/strict";
import type { View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { makeRun } from "../runs";
import { endsBefore, isElsewhere, seenSteps, shownSteps } from "./timelinePage";

const run = makeRun(12, 20_000);
const head = run.trace.length;

describe("the timeline", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 760, height: 900 });
    panel.answer = run.answer;
    await panel.theme("vscode-dark vscode-reduce-motion");
    await show();
    await seenSteps(panel, { to: head });
  });
  afterEach(async () => {
    assert.deepEqual([panel.complaints, await panel.posted("problem")], [[], []]);
    await panel.close();
  });

  const show = (changes: Partial<View> = {}) => panel.say({ type: "view", view: { ...run.view, ...changes } });
  const selected = async () => (await panel.posted("select")).map(({ step }) => step);
  const names = () => panel.page.locator(".lane-name bdi").allInnerTexts();
  const canvas = () => panel.page.locator("canvas.lanes");

  /** Moves the pointer to the lanes and turns the wheel there, while a key is held. */
  async function wheel(key: "Control" | "Shift", by: number, x = 300): Promise<void> {
    const { from } = await shownSteps(panel);
    await canvas().hover({ position: { x, y: 40 } });
    await panel.page.keyboard.down(key);
    await panel.page.mouse.wheel(0, by);
    await panel.page.keyboard.up(key);
    await panel.page.waitForFunction(isElsewhere, from);
    await seenSteps(panel, {});
  }

  async function drag(element: string, from: { x: number; y: number }, by: { x: number; y: number }): Promise<void> {
    const box = await panel.page.locator(element).boundingBox();
    assert.ok(box);
    await panel.page.mouse.move(box.x + from.x, box.y + from.y);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x + from.x + by.x / 2, box.y + from.y + by.y / 2);
    await panel.page.mouse.move(box.x + from.x + by.x, box.y + from.y + by.y);
    await panel.page.mouse.up();
  }

  it("shows the last steps, and requests no more than it can draw", async () => {
    const { from, to } = await shownSteps(panel);
    assert.ok(to === head && to - from < 80);
    for (const { question } of await panel.posted("timeline"))
      assert.ok(question.buckets <= 2_048 && question.lanes.length <= 64);
  });

  it("zooms about the pointer with Ctrl and the wheel, out and in", async () => {
    const before = await shownSteps(panel);
    await wheel("Control", 120);
    const out = await shownSteps(panel);
    assert.ok(out.to - out.from > before.to - before.from);
    await wheel("Control", -120);
    const { from, to } = await shownSteps(panel);
    assert.ok(to - from < out.to - out.from);
  });

  it("scrolls the page with the wheel alone, and says once what to hold in order to zoom", async () => {
    await panel.page.setViewportSize({ width: 760, height: 300 });
    const hint = panel.page.locator(".timeline").getByText("Hold Ctrl to zoom, Shift to pan");
    const { from, to } = await shownSteps(panel);
    await panel.page.mouse.move(300, 290);
    await panel.page.locator("canvas.lanes").hover();
    // A turn is told from the one before by a pause between them.
    const turns = () =>
      panel.page.locator("canvas.lanes").evaluate((canvas) => {
        const { WheelEvent } = globalThis as unknown as { WheelEvent: typeof Event };
        for (const timeStamp of [1e6, 2e6, 3e6]) {
          const event = new WheelEvent("wheel", { bubbles: true, cancelable: true });
          canvas.dispatchEvent(Object.defineProperty(event, "timeStamp", { value: timeStamp }));
        }
      });
    const scrolled = panel.page.evaluate(
      `new Promise((done) => document.querySelector(".app").addEventListener("scroll", done, { once: true }))`,
    );
    await panel.page.mouse.wheel(0, 40);
    await scrolled;
    const after = await shownSteps(panel);
    assert.deepEqual([after.from, after.to], [from, to]);
    assert.equal(await hint.count(), 0);
    await turns();
    await hint.waitFor();
    assert.equal(await hint.getAttribute("role"), "status");
  });

  it("pans with Shift and the wheel, and goes back to the head with a button", async () => {
    await wheel("Shift", -200);
    const { from, to } = await shownSteps(panel);
    assert.ok(to < head && from < to);
    await panel.page.getByRole("button", { name: "Follow the head (F)" }).click();
    await seenSteps(panel, { to: head });
  });

  it("follows the head during a run, unless the user looks elsewhere", async () => {
    const part = (head: number, status: View["status"]) => ({
      head,
      cursor: head,
      status,
      now: { ...run.trace.at(head), point: undefined },
    });
    await show({ ...part(head, "running") });
    await wheel("Shift", -300);
    const there = await shownSteps(panel);
    await show({ ...part(head, "running"), rate: 10 });
    await show(part(head, "paused"));
    assert.deepEqual(await shownSteps(panel), there);
  });

  it("pans by a drag, or moves the cursor if the drag begins there", async () => {
    const { from } = await shownSteps(panel);
    await drag("canvas.lanes", { x: 200, y: 30 }, { x: 180, y: 0 });
    await panel.page.waitForFunction(isElsewhere, from);
    await seenSteps(panel, {});
    assert.ok((await shownSteps(panel)).to < head);
    assert.deepEqual(await selected(), []);
    await panel.press("f");
    await panel.page.locator(".plot").focus();
    await panel.press("f");
    await seenSteps(panel, { to: head });
    const width = (await canvas().boundingBox())?.width ?? 0;
    await drag("canvas.lanes", { x: width - 2, y: 30 }, { x: -90, y: 0 });
    const steps = await selected();
    assert.ok(steps.length > 0 && (steps.at(-1) ?? 0) < head && (steps.at(-1) ?? 0) >= head - 12, String(steps));
  });

  it("moves the cursor to a clicked slice, and to a clicked step on the ruler", async () => {
    await canvas().click({ position: { x: 4, y: 8 } });
    await panel.page.locator("canvas.ruler").click({ position: { x: 100, y: 8 } });
    const [slice = 0, pointed = 0] = await selected();
    const { from, to } = await shownSteps(panel);
    assert.ok(slice >= from && slice <= to && pointed > from && pointed < to);
  });

  it("moves the window in the overview", async () => {
    const { from } = await shownSteps(panel);
    await panel.page.locator("canvas.overview").click({ position: { x: 200, y: 10 } });
    await panel.page.waitForFunction(isElsewhere, from);
    const clicked = await shownSteps(panel);
    assert.ok(clicked.to < head / 2 && clicked.from > head / 8);
    await drag("canvas.overview", { x: 200, y: 10 }, { x: 100, y: 0 });
    await panel.page.waitForFunction(isElsewhere, clicked.from);
    assert.ok((await shownSteps(panel)).from > clicked.to);
  });

  it("can be used by keyboard: zoom, pan, whole run, axis, cursor", async () => {
    await panel.page.locator(".plot").focus();
    const first = await shownSteps(panel);
    await panel.press("-", "-", "Shift+ArrowLeft");
    await panel.page.waitForFunction(isElsewhere, first.from);
    await panel.page.waitForFunction(endsBefore, head); // each key may be drawn on its own
    await seenSteps(panel, {});
    await panel.press("0");
    await seenSteps(panel, { from: 1, to: head });
    await panel.press("t");
    assert.equal(await panel.page.getByRole("radio", { name: "by time" }).getAttribute("aria-checked"), "true");
    await seenSteps(panel, { from: 1, to: head });
    await panel.press("ArrowLeft", "Home");
    assert.deepEqual(await selected(), [head - 1, 1]);
    await panel.press("End");
    assert.deepEqual(
      (await panel.posted("command")).map(({ command }) => command),
      ["toHead"],
    );
  });

  it("scrolls to the step of the cursor", async () => {
    const step = 500;
    const last = await shownSteps(panel);
    await show({ cursor: step, now: { ...run.trace.at(step), point: undefined } });
    await panel.page.waitForFunction(isElsewhere, last.from);
    await seenSteps(panel, {});
    const { from, to } = await shownSteps(panel);
    assert.ok(from < step && to > step, `${from} to ${to}`);
  });

  it("describes the slice under the pointer, and several slices drawn as one", async () => {
    const { from } = await shownSteps(panel);
    const { width } = (await canvas().boundingBox()) ?? { width: 0 };
    const { task, step } = run.trace.window(from + 10, 1)[0] ?? { task: 0, step: 0 };
    const slot = width / (head - from + 1);
    await canvas().hover({ position: { x: (step - from + 0.5) * slot, y: 22 * task + 11 } });
    await panel.page.locator(".tip .value").waitFor();
    assert.match(await panel.text(".tip"), new RegExp(`^Step ${step.toLocaleString("en-US")} .* undefined .* counter 18:7`));
    await panel.page.locator(".plot").focus();
    await panel.press("0");
    await seenSteps(panel, { from: 1, to: head });
    await canvas().hover({ position: { x: 61, y: 11 } });
    await panel.page.locator(".tip", { hasText: /counter \d+ of steps [\d,]+–[\d,]+/ }).waitFor();
    assert.match(await panel.text(".tip"), /longest .* at step/);
  });

  it("filters lanes by name, and merges the others into one lane", async () => {
    await panel.page.getByLabel("Filter lanes").fill("prod");
    await panel.page.locator("#lane-rest").waitFor();
    assert.deepEqual(await names(), ["producer", "producer #2", "10 more tasks"]);
    await panel.press("Escape");
    assert.equal((await names()).length, 12);
  });

  it("reorders, pins and collapses lanes by keyboard", async () => {
    await panel.page.getByRole("listbox", { name: "Lanes" }).focus();
    await panel.press("Home", "Alt+ArrowDown");
    assert.deepEqual((await names()).slice(0, 3), ["bogosort", "counter", "producer"]);
    await panel.press("ArrowDown", "p");
    assert.deepEqual((await names()).slice(0, 3), ["producer", "bogosort", "counter"]);
    await panel.press("c");
    assert.deepEqual([(await names())[0], (await names()).at(-1)], ["bogosort", "1 more: producer"]);
    await panel.press("End", "Enter");
    assert.equal((await names()).length, 12);
  });

  it("keeps the arrangement of the lanes when the page is reloaded", async () => {
    await panel.page.locator(".labels").focus();
    await panel.press("Home", "Alt+ArrowDown", "End", "p", "End", "c");
    const left = await names();
    await panel.page.reload();
    await show();
    await seenSteps(panel, { to: head });
    assert.deepEqual(await names(), left);
    assert.deepEqual(
      [left.length, await panel.page.locator(".lane-name.pinned").count(), await panel.page.locator(".lane-name.rest").count()],
      [12, 1, 1],
    );
  });

  it("reorders lanes by a drag", async () => {
    const place = await panel.page.locator("#lane-2 bdi").boundingBox();
    assert.ok(place);
    await panel.page.locator("#lane-0 bdi").hover();
    await panel.page.mouse.down();
    await panel.page.mouse.move(place.x + 4, place.y + 4);
    await panel.page.mouse.up();
    assert.deepEqual((await names()).slice(0, 3), ["bogosort", "producer", "counter"]);
  });

  it("has a table of what each lane did in the window", async () => {
    await panel.page.locator(".plot").focus();
    await panel.press("0");
    await seenSteps(panel, { from: 1, to: head });
    assert.match(await panel.text(".unseen caption"), /steps 1 to 20,000 of 20,000/);
    const rows = await panel.page.locator(".unseen tbody tr").all();
    const totals = run.trace.totals(head, 12);
    assert.equal(rows.length, 12);
    for (const [id, row] of rows.entries()) {
      const [steps = ""] = await row.locator("td").allTextContents();
      assert.equal(steps, (totals[id]?.steps ?? 0).toLocaleString("en-US"));
    }
    const over = run.view.tasks.filter(({ state }) => state === "returned" || state === "threw");
    const events = await panel.page.locator(".unseen tbody td:last-child").allTextContents();
    assert.ok(over.every(({ id, state }) => events[id]?.includes(state)));
  });

  it("moves immediately if the user prefers reduced motion, and is animated otherwise", async () => {
    const { length } = await panel.page.evaluate<{ length: number }>(`new Promise((done) => {
      const seen = [];
      const watch = new PerformanceObserver((list) => seen.push(...list.getEntriesByName("yieldpoint:timeline").map(({ detail }) => detail.from)));
      watch.observe({ type: "mark" });
      const plot = document.querySelector(".plot");
      plot.dispatchEvent(new KeyboardEvent("keydown", { key: "-", bubbles: true }));
      const frame = (left) => left > 0 ? requestAnimationFrame(() => frame(left - 1)) : done({ length: new Set(seen).size });
      frame(12);
    })`);
    assert.ok(length <= 1, `${length} windows were drawn`);
    await panel.theme("vscode-dark");
    await panel.page.locator(".plot").focus();
    const { from } = await shownSteps(panel);
    await panel.press("-");
    await panel.page.waitForFunction(isElsewhere, from);
    assert.deepEqual(panel.complaints, []);
  });

  it("draws 500 tasks in lanes that scroll, and shows the lane of the step at the cursor", async () => {
    const many = makeRun(500, 5_000);
    panel.answer = many.answer;
    await panel.say({ type: "view", view: { ...many.view, head: 0, cursor: 0 } }, { type: "view", view: many.view });
    await seenSteps(panel, { to: 5_000 });
    const shown = await panel.page.locator(".lane-name").count();
    assert.ok(shown <= 16);
    await panel.page.locator(`#lane-${many.view.now?.task}`).waitFor();
    await panel.page.getByRole("listbox", { name: "Lanes" }).focus();
    await panel.press("End");
    await panel.page.locator("#lane-499").waitFor();
  });
});
