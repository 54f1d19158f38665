/**
 * Screenshots of the parts about who runs next, to be looked at in `out/pictures`: four kinds of theme and the narrow panel.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import type { View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { looks } from "../looks";
import { answerOrder, branches, comparingOf, ordered, policiesCompared } from "./ordered";

const held: Partial<View> = {
  next: 0,
  picked: { task: 0, send: '"go"' },
  reason: "picked by hand",
  tasks: ordered().tasks.map((task) => (task.id === 1 ? { ...task, state: "blocked", held: true } : task)),
};

for (const [name, theme, width] of looks()) {
  describe(`screenshots of who runs next in ${name}`, () => {
    let panel: Panel;
    before(async () => {
      await mkdir("out/pictures", { recursive: true });
    });
    beforeEach(async () => {
      panel = await Panel.open({ width, height: 900 });
      panel.answer = answerOrder();
      await panel.theme(theme);
    });
    afterEach(async () => {
      assert.equal(await panel.page.evaluate("document.querySelector('.app').scrollWidth"), width);
      assert.deepEqual(panel.complaints, []);
      await panel.close();
    });

    const show = async (shown: View) => {
      await panel.say({ type: "view", view: shown });
      await panel.page.locator(`#switch-${shown.cursor - 1} .what`).waitFor();
    };
    const picture = (what: string) => panel.page.screenshot({ path: `out/pictures/order-${name}-${what}.png` });

    it("shows the policy's form, with errors beside their fields", async () => {
      await show(ordered());
      await panel.page.getByRole("button", { name: /^Policy: / }).click();
      await panel.page.getByRole("combobox", { name: "Policy", exact: true }).selectOption("pct");
      await panel.page.getByRole("textbox", { name: "depth" }).fill("none");
      await panel.press("Enter");
      await picture("policy");
    });

    it("shows a pick by hand, a task that is held back, and the menu of a task", async () => {
      await show(ordered(held));
      await panel.page.getByRole("button", { name: "More for bogosort" }).click();
      await picture("tasks");
      await panel.press("Escape");
      await panel.page.getByRole("button", { name: "More for counter" }).click();
      await panel.press("ArrowDown", "Enter", "Control+A", "Backspace", "Enter");
      await picture("send");
    });

    it("shows a past step, with the ways to branch", async () => {
      await show(ordered({ cursor: 121, policyThen: "fcfs" }));
      await panel.page.getByRole("button", { name: "Branch here", exact: true }).click();
      await picture("past");
    });

    it("shows branches, their comparison, and the replay that a switch needs", async () => {
      await show(ordered({ branches, replaying: { branch: "first", done: 40, of: 128 } }));
      await panel.page.getByRole("button", { name: "Compare", exact: true }).click();
      await panel.page.getByRole("button", { name: "Delete first" }).focus();
      await panel.page.getByText("First difference at").scrollIntoViewIfNeeded();
      await panel.page.locator(".branches-compared tr").last().scrollIntoViewIfNeeded();
      await picture("branches");
    });

    it("shows a schedule being followed, and one that cannot be parsed", async () => {
      const following = { ...ordered().schedule, text: "lottery:seed=7; 0 1", cut: true, follows: { done: 128, of: 4_000 } };
      await show(ordered({ schedule: following }));
      await panel.page.getByRole("button", { name: "Schedule", exact: true }).click();
      await panel.page.getByRole("button", { name: "Replay…" }).click();
      await panel.page.getByLabel("Schedule to replay").fill("round-robin; 0 1 (0 1*3");
      await panel.press("Control+Enter");
      await panel.page.getByRole("form", { name: "Replay a schedule" }).scrollIntoViewIfNeeded();
      await picture("schedule");
    });

    it("shows a comparison of policies", async () => {
      const table = await policiesCompared();
      panel.answer = answerOrder(table);
      await show(ordered({ comparing: comparingOf(table) }));
      await panel.page.getByRole("button", { name: "round-robin", exact: true }).click();
      await panel.page.getByRole("button", { name: "Discard it" }).scrollIntoViewIfNeeded();
      await picture("compare");
    });
  });
}
