/**
 * What remains of a session when its process is gone with the window: enough to read its end and to run it again.
 */
import * as v from "valibot";
import { type Row, Row as RowSchema, type View, View as ViewSchema } from "../protocol/panel";
import type { Session } from "./session";
import { rowsOf, viewOf } from "./view";

/** How many of the last steps are saved. */
const savedRows = 500;

const Saved = v.object({
  file: v.string(),
  calls: v.array(v.string()),
  until: v.picklist(["first", "all"]),
  view: ViewSchema,
  rows: v.array(RowSchema),
});
export type SavedSession = v.InferOutput<typeof Saved>;

/** The session as plain data. */
export function saved(session: Session): SavedSession {
  const rows = rowsOf(session, session.head - savedRows + 1, savedRows);
  return { file: session.options.file, calls: session.calls, until: session.until, view: viewOf(session), rows };
}

/** What was saved, or undefined when it is nothing of ours, or of another version. */
export function readSaved(data: unknown): SavedSession | undefined {
  const result = v.safeParse(Saved, data);
  return result.success ? result.output : undefined;
}

/** The view of a saved session: what it showed last, and what became of it. */
export function savedView({ view: { rebuild: _, ...view }, rows }: SavedSession): View {
  const first = rows[0]?.step ?? 1;
  const cut = first > 1 ? ` Steps before ${first} are gone.` : "";
  return {
    ...view,
    status: "stopped",
    notice: {
      severity: "info",
      message: `The window was reloaded, and the process of this session ended with it. Its last steps can still be read.${cut}`,
      remedy: "Restart runs the same tasks again.",
      actions: ["restart"],
    },
  };
}

/** Saved lines of the list of switches, none where they were not saved. */
export function savedRowsOf({ rows }: SavedSession, from: number, count: number): Row[] {
  return rows.filter(({ step }) => step >= from && step < from + count);
}
