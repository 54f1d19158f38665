/**
 * What stays in sight while the page scrolls, and what follows the user's fonts.
 */
import assert from "node:assert/strict";
import type { Panel } from "../browser";
import { detail, view } from "../recorded";
import { openedIn } from "./states";

describe("the place of the panel", () => {
  let panel: Panel;
  afterEach(() => panel.close());

  for (const width of [380, 720]) {
    it(`keeps the now line in sight, and covers nothing that has the focus, at ${width} pixels`, async () => {
      panel = await openedIn("paused", { width, height: 600 });
      const line = panel.page.locator(".sentence");
      const bar = await panel.page.locator(".bar").boundingBox();
      await panel.page.evaluate("document.querySelector('.app').scrollTo(0, 1e6)");
      await panel.press("Shift");
      const box = await line.boundingBox();
      assert.ok(bar && box && Math.abs(box.y - bar.height) <= 1, `${box?.y}, ${bar?.height}`);
      // Back through the whole page: each stop is below the line.
      await panel.page.getByRole("button", { name: "Breakpoints", exact: true }).focus();
      for (let presses = 0; presses < 25; presses += 1) {
        await panel.press("Shift+Tab");
        const [name, top, isInBar, isOwn] = await panel.page.evaluate<[string, number, boolean, boolean]>(`(() => {
          const { activeElement: element } = document;
          const { left, top, width, height } = element.getBoundingClientRect();
          const seen = document.elementFromPoint(left + width / 2, Math.max(top, 0) + Math.min(height, 20) / 2);
          return [element.outerHTML.slice(0, 90), top, element.closest(".bar, .sentence, .plot, .labels, .list") !== null, element.contains(seen) || element.closest("label")?.contains(seen)];
        })()`);
        assert.ok(isInBar || (isOwn && top >= bar.height), `${name} at ${top}`);
      }
    });
  }

  for (const menu of ["More ways to run", "More ways to restart"]) {
    it(`shows the menu "${menu}" above the now line`, async () => {
      panel = await openedIn("paused", { width: 720, height: 600 });
      await panel.page.getByRole("button", { name: menu }).click();
      const items = panel.page.getByRole("menuitem");
      await items.first().waitFor();
      for (const item of await items.all()) {
        const isSeen = await item.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          return element.contains(element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2));
        });
        assert.ok(isSeen, (await item.textContent()) ?? "");
      }
    });
  }

  it("has output as high as what was printed, up to a bound", async () => {
    panel = await openedIn("begun", { width: 380, height: 900 });
    const height = async (count: number) => {
      const pieces = Array.from({ length: count }, (_, index) => ({
        step: index + 1,
        task: 0,
        stream: "stdout" as const,
        text: "one line\n",
      }));
      await panel.say({ type: "view", view: view(40, { detail: { ...detail(40), output: [], soFar: { pieces } } }) });
      return (await panel.page.locator(".output").boundingBox())?.height ?? 0;
    };
    const [none, one, three, many] = [await height(0), await height(1), await height(3), await height(30)];
    assert.ok(none < 40 && one < 40, `${none}, ${one}`);
    assert.ok(three > one + 30 && three < 90, `${three}`);
    assert.ok(many > three && many <= 114, `${many}`);
  });

  it("has the editor's font for code, values and calls, and rows that are as high", async () => {
    panel = await openedIn("paused", { width: 720, height: 900 });
    await panel.page.evaluate(`document.documentElement.style.cssText =
      "--vscode-editor-font-family: 'DejaVu Serif'; --vscode-editor-font-size: 20px"`);
    await panel.press("Shift");
    for (const place of [
      ".grid .task .short",
      ".grid .last .value",
      ".list .value",
      ".output",
      ".subject.watch",
      ".item .value",
    ]) {
      const { fontFamily, fontSize } = await panel.page
        .locator(place)
        .first()
        .evaluate((element) => {
          const style = (
            globalThis as unknown as { getComputedStyle(of: unknown): { fontFamily: string; fontSize: string } }
          ).getComputedStyle(element);
          return { fontFamily: style.fontFamily, fontSize: style.fontSize };
        });
      assert.deepEqual([place, fontFamily, fontSize], [place, '"DejaVu Serif"', "20px"]);
    }
    await panel.say({ type: "view", view: view(128) });
    const [one, other] = [
      await panel.page.locator("#switch-127").boundingBox(),
      await panel.page.locator("#switch-126").boundingBox(),
    ];
    assert.ok(one && other && Math.abs(one.y - other.y - one.height) < 0.1 && one.height === 30, `${one?.height}`);
  });
});
