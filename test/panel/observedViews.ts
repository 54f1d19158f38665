/**
 * Views of a program that decides itself who runs.
 */
import type { View } from "../../src/protocol/panel";
import { detail, file, row, view } from "./recorded";

/** Where its scheduler resumes tasks. */
export const scheduledAt = { function: "runAsync", file, line: 37 };

/** A step of an observed program. */
export function observed(changes: Partial<View> = {}): View {
  const { next: _, ...shown } = view(128);
  return {
    ...shown,
    observed: true,
    now: { ...row(128), resumedBy: scheduledAt },
    detail: {
      ...detail(128),
      resumedBy: [
        { ...scheduledAt, function: "<b>main</b>", line: 43, column: 1, locals: [{ name: "limit", value: { text: "6" } }] },
        {
          ...scheduledAt,
          column: 36,
          locals: [
            { name: "turn", value: { text: "64" }, change: "changed", was: "63" },
            { name: "tasks", value: { text: "[counter, bogosort]", handle: 90 } },
          ],
        },
      ],
    },
    ...changes,
  };
}
