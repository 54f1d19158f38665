/**
 * The chip of threads in the panel, and the list of what they are not switched in.
 */
import assert from "node:assert/strict";
import { answerRows, Panel } from "./browser";
import { view } from "./recorded";

describe("threads in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    panel.answer = answerRows(128);
  });
  afterEach(async () => {
    assert.deepEqual(panel.complaints, []);
    await panel.close();
  });

  const chip = () => panel.page.getByRole("button", { name: "Threads", exact: true });

  it("list what runs to its end, with a link to its line", async () => {
    const atomic = [{ file: "/project/box.ts", line: 7, function: "Box.size", why: "a getter" }];
    await panel.say({ type: "view", view: view(128, { threads: "accesses", exempt: { atomic, more: 2, free: ["early"] } }) });
    assert.match(
      (await chip().getAttribute("title")) ?? "",
      /before each read and write .* Not within 3 functions: show them\.$/,
    );
    await chip().click();
    const list = panel.page.getByRole("region", { name: "Not switched within" });
    // biome-ignore lint/performance/useDomNodeTextContent: innerText separates lines as on the screen
    const text = (await list.innerText()).replace(/\s+/g, " ").trim();
    assert.match(
      text,
      /Box\.size .*7.* a getter And 2 more\. These threads were started while the file was loaded, and run free: early\.$/,
    );
    await list.getByRole("button").click();
    assert.deepEqual(await panel.posted("reveal"), [{ type: "reveal", file: "/project/box.ts", line: 7, column: 1 }]);
    await chip().focus();
    await panel.press("Enter");
    assert.equal(await list.count(), 0);
  });

  it("have no list where everything can be switched", async () => {
    await panel.say({ type: "view", view: view(128, { threads: "lines" }) });
    assert.equal(await chip().count(), 0);
    assert.match((await panel.page.locator(".threads").getAttribute("title")) ?? "", /before each line\.$/);
  });
});
