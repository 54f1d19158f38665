/**
 * The columns of the grid of tasks: which ones there are at a width of the panel, and how wide they are. The user's choices go before.
 */
import type { ColumnChoices } from "../model/columnChoices";

/** A column; its identifier is also its class. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** As the grid lays it out, unless the user has chosen a width. */
  readonly size: string;
  /** It is shown from this width of the panel on, in pixels, with VS Code's usual font. */
  readonly from: number;
  /** The same where tasks have waited, which takes room for two more columns; `from` by default. */
  readonly waitingFrom?: number;
  /** It is there only where tasks have waited. */
  readonly isOfWaiting?: true;
}

const columns: readonly Column[] = [
  { id: "task", title: "Task", size: "minmax(var(--task-least), 2fr)", from: 0 },
  { id: "state", title: "State", size: "minmax(calc(var(--size) * 92 / 13), max-content)", from: 0 },
  { id: "waits", title: "Waits for", size: "minmax(80px, 1.6fr)", from: 0, isOfWaiting: true },
  { id: "at", title: "Suspended at", size: "minmax(48px, 1fr)", from: 0, waitingFrom: 560 },
  { id: "last", title: "Last value", size: "minmax(70px, 1.4fr)", from: 460, waitingFrom: 860 },
  { id: "steps", title: "Steps", size: "minmax(48px, max-content)", from: 560, waitingFrom: 641 },
  { id: "waited", title: "Waited", size: "minmax(64px, max-content)", from: 460, isOfWaiting: true },
  { id: "time", title: "Run time", size: "minmax(64px, max-content)", from: 641, waitingFrom: 860 },
];

/** The columns that can be shown; without those of waiting where no task has waited. */
export function possibleColumns(hasWaited: boolean): readonly Column[] {
  return columns.filter(({ isOfWaiting }) => hasWaited || !isOfWaiting);
}

/** The columns that are shown at a width, in pixels with VS Code's usual font. */
export function shownColumns(width: number, hasWaited: boolean, { shown }: ColumnChoices): readonly Column[] {
  return possibleColumns(hasWaited).filter(({ id, from, waitingFrom = from }) => {
    return id === "task" || (shown[id] ?? width >= (hasWaited ? waitingFrom : from));
  });
}

/** The columns as CSS lays them out. A chosen width never takes most of a narrower panel. */
export function templateOf(shown: readonly Column[], { widths }: ColumnChoices): string {
  return shown.map(({ id, size }) => (id in widths ? `min(${widths[id]}px, 60cqw)` : size)).join(" ");
}
