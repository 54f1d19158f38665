/**
 * The form for a line of standard input. Screenshots go to `out/pictures`.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "../browser";
import { looks } from "../looks";
import { view } from "../recorded";

const asks = "counter asks for a line of standard input, in <b>counter</b> at a.ts:3";

describe("the form for standard input", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(128);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const show = (takesInput?: { asks?: string; prompt?: string }) =>
    panel.say({ type: "view", view: view(128, { status: "running", rate: 0, ...(takesInput ? { takesInput } : {}) }) });
  const field = () => panel.page.getByRole("form", { name: "Standard input" }).getByRole("textbox");

  it("names who asks, shows the prompt, and sends lines by Enter and by its button", async () => {
    await show({ asks, prompt: "na\u202eme? " });
    assert.match(await panel.text(".notice.ask"), /counter asks .* in <b>counter<\/b> at a\.ts:3:/);
    assert.match(await panel.text(".notice.ask bdi.code"), /na.*me\?/);
    assert.ok(!(await panel.text(".notice.ask")).includes("\u202e"));
    await panel.page.getByRole("textbox", { name: asks }).fill("<b>ann</b>");
    await panel.press("Enter");
    await field().fill("x".repeat(5_000));
    await panel.page.getByRole("button", { name: "Send" }).click();
    await panel.page.getByRole("button", { name: "End of input" }).click();
    assert.deepEqual(await panel.posted("give"), [
      { type: "give", text: "<b>ann</b>\n" },
      { type: "give", text: `${"x".repeat(5_000)}\n` },
      { type: "give" },
    ]);
    assert.match((await panel.page.locator(".announcer").textContent()) ?? "", /counter asks for a line of standard input/);
  });

  it("is used by the keyboard alone for one line after the other, and keeps what is typed", async () => {
    await show({ asks });
    await field().focus();
    await panel.page.keyboard.type("ann");
    await panel.press("Enter");
    await show();
    assert.equal(await field().count(), 0);
    await show({ asks });
    await panel.page.keyboard.type("bo");
    await show({ asks });
    assert.equal(await field().inputValue(), "bo");
    await panel.press("Escape");
    assert.equal(await field().inputValue(), "bo");
  });

  for (const [name, classes, width] of looks()) {
    it(`fits (${name})`, async () => {
      await panel.page.setViewportSize({ width, height: 500 });
      await panel.theme(classes);
      await show({ asks, prompt: "name? " });
      await field().focus();
      const bounds = await panel.page.locator(".notice.ask").evaluate((form) => form.scrollWidth <= form.clientWidth);
      assert.ok(bounds);
      await panel.page.screenshot({ path: `out/pictures/panel-input-${name}.png` });
    });
  }
});
