/**
 * Nothing is cut, however narrow the panel is and however large its fonts: text that does not fit ends in an ellipsis, and a tooltip has all
 * of it.
 */
import assert from "node:assert/strict";
import type { Panel } from "../browser";
import { openedIn, states } from "./states";

/** Texts that extend beyond the page, or beyond a box that hides what does not fit without an ellipsis and a tooltip. */
const cut = `(() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const isUnseen = (element) => element.closest(".unseen, .announcer, .whole, .joint, .usual, select, details:not([open])");
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || isUnseen(parent) || !parent.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    parent.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
    const isTold = parent.closest("[title]") !== null;
    const text = node.data.trim().slice(0, 40) + " in " + parent.localName + "." + parent.className;
    let isEllipsis = false;
    for (let element = parent, depth = 0; element; element = element.parentElement, depth += 1) {
      const style = getComputedStyle(element);
      if (/auto|scroll/.test(style.overflowX) || style.display === "contents") break;
      isEllipsis ||= style.textOverflow === "ellipsis" && style.overflowX !== "visible" && isTold;
      const around = element.getBoundingClientRect();
      if (style.overflowX === "visible" || isEllipsis) continue;
      if (box.right > around.right + 1 || box.left < around.left - 1) found.push("cut by " + element.className + ": " + text);
      if (depth < 2 && style.overflowY === "hidden" && box.top >= around.top - 40 && box.bottom > around.bottom + 3 && !element.classList.contains("seen"))
        found.push("cut below by " + element.className + ": " + text);
      if (box.right > around.right + 1) break;
    }
    const scrolled = parent.closest(".grid, .figures, .graph-scroll, .list, .output, .numbers");
    if (!isEllipsis && !scrolled && box.right > document.documentElement.clientWidth + 1) found.push("beyond the page: " + text);
  }
  return [...new Set(found)];
})()`;

async function enlarge(panel: Panel, factor: number): Promise<void> {
  await panel.page.evaluate(`document.documentElement.style.cssText =
    "--vscode-font-size: ${13 * factor}px; --vscode-editor-font-size: ${14 * factor}px"`);
  await panel.press("Shift"); // two frames, in which what depends on sizes is drawn again
}

describe("the room of the panel", () => {
  for (const name of Object.keys(states)) {
    it(`cuts nothing in the state "${name}"`, async () => {
      const panel = await openedIn(name, { width: 900, height: 1_400 });
      const found: string[] = [];
      for (const factor of [1, 1.5]) {
        await enlarge(panel, factor);
        for (const width of [900, 560, 380]) {
          await panel.page.setViewportSize({ width, height: 1_400 });
          await panel.say({ type: "view", view: states[name]?.view });
          const here = await panel.page.evaluate<string[]>(cut);
          found.push(...here.map((text) => `${width} px at ${factor * 100} %: ${text}`));
          assert.equal(
            await panel.page.evaluate("document.querySelector('.app')?.scrollWidth ?? innerWidth"),
            width,
            `${factor}`,
          );
        }
      }
      assert.deepEqual(found, []);
      await panel.close();
    });
  }
});
