/**
 * Staying with one task: from the menu of its row, and by the commands, which are about the row that is selected.
 */
import assert from "node:assert/strict";
import type { View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { answerOrder, ordered } from "./ordered";

describe("staying with one task", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 720, height: 1_000 });
    panel.answer = answerOrder();
    await show();
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    assert.deepEqual(await panel.posted("problem"), []);
    await panel.close();
  });

  const show = (changes: Partial<View> = {}) => panel.say({ type: "view", view: ordered(changes) });
  const row = (id: number) => panel.page.locator(`.tasks .row[data-task="${id}"]`);
  const more = (name: string) => panel.page.getByRole("button", { name: `More for ${name}`, exact: true });
  const item = (name: RegExp) => panel.page.getByRole("menuitem", { name });
  const selected = async () => (await panel.posted("row")).map(({ task }) => task);

  it("is in the menu of a task, with its keys", async () => {
    await more("counter").click();
    await item(/^Step this task \(F11\)$/).click();
    await more("bogosort").click();
    await item(/^Run this task to its end \(Shift\+F11\)$/).click();
    assert.deepEqual(await panel.posted("stay"), [
      { type: "stay", task: 0, until: "step" },
      { type: "stay", task: 1, until: "end" },
    ]);
  });

  it("is possible at a past step, in an observed program, and for a task that waits", async () => {
    const tasks = ordered().tasks.map((task) => (task.id === 0 ? { ...task, state: "blocked" as const } : task));
    for (const changes of [{ cursor: 57, next: 1 }, { observed: true as const }, { tasks }]) {
      await show(changes);
      await more("counter").click();
      await item(/^Step this task/).click();
    }
    assert.equal((await panel.posted("stay")).length, 3);
  });

  it("says why it is not possible", async () => {
    const held = ordered().tasks.map((task) => (task.id === 0 ? { ...task, state: "blocked" as const, held: true } : task));
    const refused: readonly (readonly [Partial<View>, string, RegExp])[] = [
      [{}, "warmUp", /It has returned\./],
      [{ tasks: held }, "counter", /It is held back: release it first\./],
      [{ status: "running", rate: 9 }, "counter", /The run is in progress: pause it first\./],
    ];
    for (const [changes, name, why] of refused) {
      await show(changes);
      await more(name).click();
      assert.match((await item(/^Run this task to its end/).textContent()) ?? "", why);
      await panel.press("Escape");
    }
    assert.deepEqual(await panel.posted("stay"), []);
  });

  it("is about the row that has the focus, which the host is told, until another element has it", async () => {
    await row(0).focus();
    await panel.press("ArrowDown", "ArrowRight");
    assert.deepEqual(await selected(), [0, 1]);
    await panel.press("ArrowLeft");
    await panel.page.getByLabel("Expression to watch").focus();
    assert.deepEqual(await selected(), [0, 1, undefined]);
    await row(1).focus();
    await more("bogosort").click();
    await item(/^Step this task/).waitFor();
    assert.deepEqual(await selected(), [0, 1, undefined, 1], "its menu belongs to it");
  });

  it("is told again for another run of the same tasks", async () => {
    await row(1).focus();
    await show({ run: 77 });
    assert.deepEqual(await selected(), [1, 1]);
  });

  it("shows for which task a run goes on", async () => {
    await show({ status: "running", rate: 2_000_000, staying: { task: 0, until: "end" } });
    assert.match(await panel.text(".about"), /running until counter has ended/);
    await show({ status: "running", rate: 2_000_000, staying: { task: 1, until: "step" } });
    assert.match(await panel.text(".about"), /running until bogosort has made its next step/);
    assert.equal(await panel.page.getByRole("button", { name: "Pause", exact: true }).getAttribute("aria-disabled"), "false");
  });
});
