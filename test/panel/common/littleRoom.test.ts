/**
 * What is cut where there is little room, and what stays: the current value is kept before the previous one, the distinguishing part of a
 * name, and everything that can be clicked. With screenshots in `out/pictures`, to be looked at.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import type { TaskRow, View } from "../../../src/protocol/panel";
import { Panel } from "../browser";
import { answerOrder, branches, comparingOf, ordered, policiesCompared } from "../order/ordered";
import { detail, view } from "../recorded";

const long = `"${"0123456789".repeat(9)}"`;
const longName = "theRunningTotalOfEverythingSoFar";

/** Functions and arguments that begin alike; the last call occurs twice. */
const calls = ["users", "orders", "invoices", "invoices"].map((path) => `download("https://example.com/files/${path}.json")`);
const tasks: TaskRow[] = calls.map((call, id) => {
  const name = `${call}${id === 3 ? " #2" : ""}`;
  return { id, name, call, state: "ready", stack: [], value: long, steps: 32, micros: 100 };
});

function shown(changes: Partial<View> = {}): View {
  const { value, frames, ...rest } = detail(128);
  const locals = [
    { name: longName, value: { text: long }, change: "changed" as const, was: long.replaceAll("0", "9") },
    { name: "n", value: { text: "64" }, change: "changed" as const, was: long },
    ...(frames[0]?.locals ?? []),
  ];
  return view(128, {
    tasks,
    now: { step: 128, task: 3, event: "yielded", value: long, micros: 12 },
    next: 2,
    result: { task: 3, step: 3, value: long },
    watches: [
      { expression: "n", text: "64", was: long },
      { expression: longName, text: long, was: '"before"' },
      { expression: "hangs()", stopped: true },
    ],
    detail: {
      ...rest,
      task: 3,
      value: { text: long },
      frames: [{ function: "download", file: "a.ts", line: 1, column: 1, locals }],
    },
    ...changes,
  });
}

/** Whether a value is drawn in full, judged by its actual and its natural width. */
const isWhole = (element: unknown) => {
  const { scrollWidth, clientWidth } = element as { scrollWidth: number; clientWidth: number };
  return scrollWidth <= clientWidth + 1;
};

describe("the panel with little space", () => {
  before(async () => {
    await mkdir("out/pictures", { recursive: true });
  });

  async function opened(width: number, theme: string, what: View, name: string): Promise<Panel> {
    const panel = await Panel.open({ width, height: 1_500 });
    panel.answer = answerOrder(what.comparing ? await policiesCompared() : undefined);
    await panel.theme(theme);
    await panel.say({ type: "view", view: what });
    await panel.page.locator(`#switch-${what.cursor} .what`).waitFor();
    await panel.page.screenshot({ path: `out/pictures/room-${name}-${width}-${theme}.png` });
    return panel;
  }

  /** The elements that extend beyond the left or right edge of the page. */
  const beyond = (panel: Panel, selector: string) =>
    panel.page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(selector)})].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > document.documentElement.clientWidth + 0.5 || left < 0);
    }).map((element) => element.outerHTML.slice(0, 120))`);

  for (const width of [380, 560, 720, 900]) {
    for (const theme of ["vscode-dark", "vscode-light"]) {
      it(`keeps the current value and the distinguishing part of names, at ${width} pixels in ${theme}`, async () => {
        const panel = await opened(width, theme, shown(), "values");
        const { page } = panel;
        for (const line of [".item.property .text", ".watch > .line"]) {
          const now = page
            .locator(line)
            .filter({ has: page.locator(".label", { hasText: /^n$/ }) })
            .locator(".value")
            .first();
          assert.equal(await now.evaluate(isWhole), true, `${line}: 64 is whole`);
        }
        // Neither value fits: nothing is left of the previous one, and more of the current one than of the name.
        const widths = await page.evaluate<number[]>(
          `[".naming", ".value", ".was"].map((part) => document.querySelector(".item.property .text").querySelector(part).getBoundingClientRect().width)`,
        );
        const [label = 0, value = 0, was = 0] = widths;
        assert.ok(value >= label && was === 0, `${label}, ${value}, ${was}`);
        // In every section with names: the distinguishing piece, and the number.
        for (const place of [
          ".grid .row .task",
          ".lane-name",
          ".sentence > .name",
          ".result .name",
          ".switch .what",
          ".detail > h2",
        ]) {
          const pieces = await page.evaluate<[boolean, string][]>(
            `[...document.querySelectorAll("${place} .short .apart, ${place}.name .apart")].map((piece) =>
              [piece.scrollWidth <= piece.clientWidth + 1, piece.dataset.text])`,
          );
          for (const [whole, text] of pieces) assert.ok(whole, `${place}: ${text}`);
        }
        assert.deepEqual(await beyond(panel, ".short .kept, .short .apart, .result .place, .took"), []);
        await page.close();
      });
    }
  }

  for (const width of [380, 560, 720, 900, 1_200]) {
    it(`does not shorten a short name in favour of a value that is cut anyway, at ${width} pixels`, async () => {
      const names = ["report", "many", "few", "slow"];
      const named = tasks.map((task, id) => ({ ...task, name: names[id] ?? "", call: `${names[id]}()` }));
      const value = `Error: ${"the report of the third quarter has no total ".repeat(60)}`;
      const now = { step: 128, task: 0, event: "threw" as const, value, micros: 12 };
      const result = { task: 0, step: 3, value };
      const panel = await opened(width, "vscode-dark", shown({ tasks: named, now, result }), "short");
      // Less than a pixel is enough to cause an ellipsis, so each name is compared with one that has enough room.
      const short = await panel.page.evaluate<string[]>(`
        [...document.querySelectorAll(":is(.sentence, .result, .switch > .what) > .name")].filter((name) => {
          const free = name.cloneNode(true);
          free.style.cssText = "position: absolute; flex: none; max-width: none";
          name.parentNode.append(free);
          const missing = free.getBoundingClientRect().width - name.getBoundingClientRect().width;
          free.remove();
          return missing > 0;
        }).map((name) => name.outerHTML)`);
      assert.deepEqual(short, []);
      await panel.close();
    });
  }

  for (const width of [560, 640, 720, 900]) {
    it(`leaves space for values beside long names in the list and in the now line, at ${width} pixels`, async () => {
      const name = "downloadEverythingThatIsKnownOfTheCustomer";
      const named = tasks.map((task, id) => {
        const own = id === 0 ? name : `${name} #${id + 1}`;
        return { ...task, name: own, call: `${own}()` };
      });
      const now = { step: 128, task: 1, event: "yielded" as const, value: long, micros: 12, why: "next in the ring" };
      const panel = await opened(width, "vscode-dark", shown({ tasks: named, now, next: 2, result: undefined }), "long-names");
      const drawn = await panel.page.evaluate<[string, number][]>(`(() => {
        const digit = (of) => {
          const measured = of.cloneNode();
          measured.textContent = "0".repeat(100);
          measured.style.cssText = "position: absolute; min-width: 0";
          of.parentNode.append(measured);
          const { width } = measured.getBoundingClientRect();
          measured.remove();
          return width / 100;
        };
        return [...document.querySelectorAll(".sentence > .value, .switch > .what > .value")].map((value) =>
          [value.textContent, value.getBoundingClientRect().width / digit(value)]);
      })()`);
      assert.ok(drawn.length > 8, `${drawn.length} values`);
      const least = width < 640 ? 5 : 5.9;
      for (const [text, characters] of drawn) assert.ok(characters >= Math.min(least, text.length), `${characters} of ${text}`);
      // The reasons have their names in the same line.
      const reasons = await panel.page.evaluate<number[]>(
        `[...document.querySelectorAll(".why > span")].map((reason) => reason.getBoundingClientRect().height)`,
      );
      assert.ok(reasons.length > 0 && reasons.every((height) => height < 30), `${reasons}`);
      await panel.close();
    });
  }

  it("keeps a part of a value beside very long names", async () => {
    const names = ["produceEverythingThatIsEverOrdered", "consumeEverythingThatIsEverOrdered"];
    const named = tasks.slice(0, 2).map((task, id) => ({ ...task, name: names[id] ?? "", call: `${names[id]}()` }));
    const now = { step: 128, task: 0, event: "returned" as const, value: '"alpha"', micros: 12 };
    const panel = await opened(660, "vscode-dark", shown({ tasks: named, now, next: 1, result: undefined }), "beside");
    const drawn = await panel.page.evaluate<number>(`document.querySelector(".sentence > .value").clientWidth`);
    const six = await panel.page.evaluate<number>(`(() => {
      const measured = document.querySelector(".sentence > .value").cloneNode();
      measured.textContent = "123456";
      measured.style.cssText = "position: absolute; min-width: 0";
      document.querySelector(".sentence").append(measured);
      const { clientWidth } = measured;
      measured.remove();
      return clientWidth;
    })()`);
    assert.ok(drawn >= six && six > 0, `${drawn} of ${six} pixels`);
    await panel.close();
  });

  it("names the task of a result", async () => {
    const panel = await opened(380, "vscode-dark", shown(), "result");
    assert.match(await panel.text(".result"), /^Result of download\(.*\) #2 "0123.* at step 3$/);
    await panel.close();
  });

  it("shows a full value when it is focused or selected", async () => {
    const panel = await opened(380, "vscode-dark", shown(), "whole");
    const { page } = panel;
    const local = page.getByRole("treeitem", { name: longName });
    const whole = () => local.locator(".value").evaluate(isWhole);
    assert.equal(await whole(), false);
    assert.equal(await local.locator(".value").getAttribute("title"), long);
    await local.click();
    assert.equal(await whole(), true);
    await local.click();
    await panel.press("ArrowUp", "ArrowDown"); // while it has the focus, it is shown in full
    assert.equal(await whole(), true);
    await page.screenshot({ path: "out/pictures/room-whole-380.png" });
    const watch = page.locator(".watch > .line").nth(1);
    await watch.focus();
    await panel.press("Enter");
    assert.equal(await watch.getAttribute("aria-expanded"), "true");
    await page.close();
  });

  for (const theme of ["vscode-dark", "vscode-light"]) {
    it(`cuts off no button and no heading at 380 pixels in ${theme}`, async () => {
      const past = { ...ordered({ cursor: 57, tasks: shown().tasks }), branches };
      const many: TaskRow[] = Array.from({ length: 9 }, (_, id) => ({
        ...(tasks[0] as TaskRow),
        id,
        name: `download #${id + 1}`,
      }));
      const panel = await opened(380, theme, { ...past, tasks: many }, "buttons");
      assert.deepEqual(await beyond(panel, "button, input, select, .codicon"), []);
      const heading = panel.page.locator(".timeline > .head h2");
      assert.equal(await heading.evaluate(isWhole), true);
      await panel.close();
    });

    it(`shows that the next task is ready and next, at 380 pixels in ${theme}`, async () => {
      const panel = await opened(380, theme, shown(), "state");
      const state = panel.page.locator(".grid .state").filter({ hasText: "next" });
      assert.equal(await state.evaluate(isWhole), true);
      await panel.close();
    });

    it(`lists the names of compared policies vertically, each on one line, at 490 pixels in ${theme}`, async () => {
      const comparing = comparingOf(await policiesCompared());
      const panel = await opened(490, theme, ordered({ comparing }), "compare");
      const table = panel.page.getByRole("table", { name: "Side by side" });
      await table.waitFor();
      await table.scrollIntoViewIfNeeded();
      await panel.page.screenshot({ path: `out/pictures/room-compared-490-${theme}.png` });
      const names = await panel.page.evaluate<{ left: number; height: number }[]>(`
        [...document.querySelectorAll(".compared .fold bdi")].map((name) => {
          const { left, height } = name.getBoundingClientRect();
          return { left, height };
        })`);
      assert.ok(names.length > 2);
      for (const { left, height } of names) assert.ok(left === names[0]?.left && height < 24, `${left}, ${height}`);
      await panel.close();
    });

    it(`shows all columns of the comparison at 720 pixels in ${theme}`, async () => {
      const comparing = comparingOf(await policiesCompared());
      const panel = await opened(720, theme, ordered({ comparing }), "compare");
      await panel.page.getByRole("table", { name: "Side by side" }).waitFor();
      await panel.page.getByRole("table", { name: "Side by side" }).scrollIntoViewIfNeeded();
      await panel.page.screenshot({ path: `out/pictures/room-compared-720-${theme}.png` });
      assert.deepEqual(await beyond(panel, ".compared th, .compared td"), []);
      await panel.close();
    });
  }

  it("has its icons in the first frame", async () => {
    const panel = await opened(720, "vscode-dark", view(128), "icons");
    const { page } = panel;
    await page.addInitScript(`new MutationObserver(() => {
      if (document.querySelector(".busy, .bar")) window.hadIcons ??= document.fonts.check("16px codicon");
    }).observe(document, { childList: true, subtree: true })`);
    await page.reload();
    await panel.say({ type: "view", view: view(128) });
    assert.equal(await page.evaluate("window.hadIcons"), true);
    await page.close();
  });
});
