/**
 * The tree of a step in a browser: opened by mouse and keyboard, refused, paged.
 */
import assert from "node:assert/strict";
import type { ToPanel } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { view } from "../recorded";

const total = 1_000;
const page = 100;

/** Handle 3 is refused; every other value has a thousand children. */
function expanded(id: number, handle: number, start: number): ToPanel {
  if (handle === 3) return { type: "refused", id, message: "What was inside was not recorded." };
  const properties = Array.from({ length: Math.min(page, total - start) }, (_, index) => ({
    name: String(start + index),
    value: { text: String(start + index), ...(index === 0 ? { handle: 4 } : {}) },
  }));
  return { type: "expanded", id, properties, total };
}

describe("the tree of a step in a browser", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = (message) => (message.type === "expand" ? expanded(message.id, message.handle, message.start) : undefined);
    await panel.say({ type: "view", view: view(128) });
  });
  afterEach(() => panel.close());

  const item = (name: string | RegExp) => panel.page.getByRole("treeitem", { name });

  it("shows children page by page", async () => {
    await item(/^attempt/).click();
    await item(/^99:/).waitFor();
    await item(/900 more/).click();
    await item(/^199:/).waitFor();
    await item(/800 more/).waitFor();
    assert.deepEqual(
      (await panel.posted("expand")).map(({ handle, start }) => [handle, start]),
      [
        [1, 0],
        [1, 100],
      ],
    );
  });

  it("shows all of each piece of a long text, on as many lines as that takes, until one is chosen", async () => {
    const text = JSON.stringify("0123456789".repeat(100));
    panel.answer = (message) =>
      message.type === "expand"
        ? { type: "expanded", id: message.id, properties: [{ name: "0–999", value: { text, piece: true } }], total: 1 }
        : undefined;
    await item(/^attempt/).click();
    const piece = item(/^0–999/);
    const lines = async () => Math.round(((await piece.boundingBox())?.height ?? 0) / 20);
    await piece.waitFor();
    assert.ok((await lines()) > 5);
    await piece.click();
    await panel.press("Shift+Tab"); // with the keyboard it is shown in full while it has the focus
    assert.equal(await lines(), 1);
  });

  it("marks what a step changed, in words and by signs in addition to the colour", async () => {
    panel.answer = (message) =>
      message.type === "expand"
        ? {
            type: "expanded",
            id: message.id,
            properties: [
              { name: "a", value: { text: "1" }, change: "added" },
              { name: "b", value: { text: "2" }, change: "removed" },
              { name: "c", value: { text: "3" }, change: "changed", was: "0" },
              { name: "d", value: { text: "[…]" }, change: "inside" },
              { name: "e", value: { text: "5" } },
            ],
            total: 4,
          }
        : undefined;
    await item(/^attempt/).click();
    for (const name of ["a: added, 1", "b: removed, previously 2", "c: changed, 3 was 0", "d: changed inside, […]", "e: 5"]) {
      await panel.page.getByRole("treeitem", { name, exact: true }).waitFor();
    }
    await item("attempt: changed inside").waitFor();
    const signs = await panel.page.evaluate<string[]>(`[...document.querySelectorAll(".item.changed")].map((item) => {
      const label = item.querySelector(".label");
      const sign = getComputedStyle(item.querySelector(".text"), "::before").content.slice(1, 2);
      return [sign, label.textContent, getComputedStyle(label).textDecorationLine].join(" ");
    })`);
    assert.deepEqual(signs, ["~ attempt none", "+ a none", "− b line-through", "~ c none", "~ d none", "~ tries none"]);
  });

  it("shows related errors like any value, not in the colour of a problem", async () => {
    const { detail, ...rest } = view(128);
    const related = [{ name: "cause", message: "Error: no such file", frames: [] }];
    await panel.say({
      type: "view",
      view: { ...rest, detail: { ...detail, thrown: { message: "Error: no", frames: [], related } } },
    });
    await item("cause Error: no such file").waitFor();
    const colours = await panel.page.evaluate<string[]>(
      `[".item.related", ".item.value"].map((line) => getComputedStyle(document.querySelector(line + " .value")).color)`,
    );
    assert.equal(colours[0], colours[1]);
  });

  it("says why a value cannot be opened", async () => {
    await item(/^gone/).click();
    await item("What was inside was not recorded.").waitFor();
  });

  it("can be navigated, opened and closed with the arrow keys", async () => {
    const press = (key: string) => panel.press(key);
    const focused = () => panel.page.evaluate<string>("document.activeElement.innerText.trim()");
    await item(/^yielded/).focus();
    await press("ArrowDown");
    await press("ArrowRight");
    assert.match(await focused(), /^attempt/);
    await press("ArrowRight");
    await item(/^0:/).waitFor();
    await press("ArrowRight");
    assert.match(await focused(), /^0:/);
    assert.equal(await item(/^0:/).getAttribute("aria-level"), "3");
    await press("ArrowLeft");
    await press("ArrowLeft");
    await panel.page.getByRole("treeitem", { name: /^attempt/, expanded: false }).waitFor();
    await press("End");
    assert.match(await focused(), /^bogosort/);
    await press("Enter");
    assert.equal((await panel.posted("reveal"))[0]?.line, 33);
  });

  it("stays open at the next step, and after the page was reloaded", async () => {
    await item(/^attempt/).click();
    await item(/^99:/).waitFor();
    await panel.say({ type: "view", view: view(130) });
    await item(/^99:/).waitFor();
    await panel.page.reload();
    await panel.say({ type: "view", view: view(132) });
    await item(/^99:/).waitFor();
  });
});
