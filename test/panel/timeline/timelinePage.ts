/**
 * Reads the timeline's text equivalents for the tests.
 */
import type { Panel } from "../browser";

/** The parts of the page that are read. */
interface Page {
  readonly document: {
    querySelector(selector: string): { getAttribute(name: string): string | null; readonly textContent: string } | null;
  };
}

/** A range of steps, both ends included; a missing end may have any value. */
export interface Range {
  readonly from?: number;
  readonly to?: number;
}

/** The steps that the timeline shows, according to its label. */
export async function shownSteps(panel: Panel): Promise<Required<Range>> {
  const label = (await panel.page.locator(".plot").getAttribute("aria-label")) ?? "";
  const [, from = "", to = ""] = /steps ([\d,]+) to ([\d,]+)/.exec(label) ?? [];
  return { from: Number(from.replaceAll(",", "")), to: Number(to.replaceAll(",", "")) };
}

/** Resolves once the timeline shows these steps, and the table, which is made from the finest level, matches them. */
export async function seenSteps(panel: Panel, wanted: Range): Promise<void> {
  await panel.page.waitForFunction(({ from, to }) => {
    const { document } = globalThis as unknown as Page;
    const texts = [
      document.querySelector(".plot")?.getAttribute("aria-label"),
      document.querySelector(".unseen caption")?.textContent,
    ];
    const [[first = 0, last = 0] = [], [low = 0, high = 0] = []] = texts.map((text) =>
      (/steps ([\d,]+) to ([\d,]+)/.exec(text ?? "") ?? []).slice(1).map((part) => Number(part.replaceAll(",", ""))),
    );
    const isWanted = first > 0 && (from ?? first) === first && (to ?? last) === last;
    return isWanted && low <= first && high >= last && high - low <= 1.2 * (last - first) + 3;
  }, wanted);
}

/** Whether the timeline begins at another step. It runs in the page. */
export function isElsewhere(from: number): boolean {
  const { document } = globalThis as unknown as Page;
  const label = document.querySelector(".plot")?.getAttribute("aria-label") ?? "";
  return Number((/steps ([\d,]+)/.exec(label)?.[1] ?? "").replaceAll(",", "")) !== from;
}

/** Whether the timeline ends before a step. It runs in the page. */
export function endsBefore(step: number): boolean {
  const { document } = globalThis as unknown as Page;
  const label = document.querySelector(".plot")?.getAttribute("aria-label") ?? "";
  return Number((/to ([\d,]+)/.exec(label)?.[1] ?? "").replaceAll(",", "")) < step;
}
