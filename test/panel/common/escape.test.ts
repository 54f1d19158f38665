/**
 * Escape goes back to the last step from everywhere in the panel; anything open is closed first.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "../browser";
import { branches, ordered } from "../order/ordered";
import { breakpoints, view, watches } from "../recorded";

const everything = { ...ordered({ cursor: 57 }), branches, breakpoints, watches };

/** All focusable elements, except those that are hidden. */
const places = `[...document.querySelectorAll("button, select, input, textarea, summary, [tabindex]")].filter((place) => place.checkVisibility())`;

describe("Escape in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ width: 900, height: 1_400 });
    panel.answer = answerRows(128);
    await panel.say({ type: "view", view: everything });
    await panel.page.locator("#switch-57 .what").waitFor();
  });
  afterEach(() => panel.close());

  const backs = async () => (await panel.posted("command")).filter(({ command }) => command === "toHead").length;
  const button = (name: string | RegExp) => panel.page.getByRole("button", { name });

  it("goes back from every focusable element", async () => {
    // The sections that are closed now. When one is clicked, the ones before it are already open.
    const closed = await panel.page.locator(".fold[aria-expanded=false]").allTextContents();
    assert.ok(closed.length > 0, "some parts are closed at first");
    for (const title of closed)
      await panel.page.getByRole("button", { name: title.trim(), exact: true, expanded: false }).click();
    await panel.page.locator(".section.breakpoints").getByLabel("Event").selectOption("condition");
    const count = await panel.page.evaluate<number>(`${places}.length`);
    assert.ok(count > 60, `${count} places`);
    for (let index = 0; index < count; index += 1) {
      const before = await backs();
      const place = await panel.page.evaluate<string>(`(() => {
        const place = ${places}[${index}];
        place.focus();
        return place.outerHTML.slice(0, 200);
      })()`);
      await panel.page.keyboard.press("Escape");
      assert.equal(await backs(), before + 1, place);
    }
  });

  it("goes back when nothing has the focus", async () => {
    await panel.page.evaluate("document.activeElement.blur()");
    await panel.press("Escape");
    assert.equal(await backs(), 1);
  });

  it("is left to VS Code if there is nothing to close and no step to go back to", async () => {
    await panel.say({ type: "view", view: view(128) });
    await panel.page.evaluate(`addEventListener("keydown", ({ key }) => { window.passedOn = key; })`);
    await panel.press("Escape");
    assert.deepEqual([await panel.page.evaluate("window.passedOn"), await backs()], ["Escape", 0]);
  });

  for (const [what, open, shown] of [
    ["a menu", () => button(/^Branch here$/).click(), "[role=menu]"],
    ["the question for a policy", () => button(/^Policy: /).click(), "form[aria-label=Policy]"],
    ["the find bar", () => panel.press("Control+f"), "search"],
    [
      "the name of a branch",
      () =>
        button(/^Rename /)
          .first()
          .click(),
      "form.rename",
    ],
    [
      "the question whether to delete",
      () =>
        button(/^Delete /)
          .last()
          .click(),
      "button:has-text('Keep')",
    ],
  ] as const) {
    it(`closes ${what} first, also when the focus is elsewhere in the panel`, async () => {
      for (const from of ["inside", "elsewhere"]) {
        const before = await backs();
        await open();
        await panel.page.locator(shown).waitFor();
        // A menu closes by itself when it loses the focus.
        if (from === "elsewhere" && what !== "a menu") await panel.page.locator(".list").focus();
        await panel.press("Escape");
        assert.deepEqual([await panel.page.locator(shown).count(), await backs()], [0, before], from);
        await panel.press("Escape");
        assert.equal(await backs(), before + 1, from);
      }
    });
  }

  it("closes what is open one by one, the last one first", async () => {
    await panel.press("Control+f");
    await button("Tasks: any task").click();
    assert.equal(await panel.page.locator("fieldset.boxes").count(), 1);
    await panel.press("Escape");
    assert.deepEqual([await panel.page.locator("fieldset.boxes").count(), await panel.page.locator("search").count()], [0, 1]);
    await panel.press("Escape");
    assert.deepEqual([await panel.page.locator("search").count(), await backs()], [0, 0]);
    await panel.press("Escape");
    assert.equal(await backs(), 1);
  });

  it("discards the text of a field that is always visible, and then goes back", async () => {
    const field = panel.page.getByLabel("Expression to watch");
    await field.fill("total");
    await panel.press("Escape");
    assert.deepEqual([await field.inputValue(), await backs()], ["", 0]);
    await panel.press("Escape");
    assert.equal(await backs(), 1);
  });
});
