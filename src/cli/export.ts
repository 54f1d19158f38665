/**
 * `export`: writes a saved trace in another format.
 */
import { exportedPieces, exportTrace } from "../session/view/export";
import type { Viewed } from "../session/view/viewed";
import type { ExportCommand } from "./commands";
import type { Surroundings } from "./surroundings";
import { mustBeWritable, mustBeWritten } from "./writable";

/**
 * Writes the export to the file, or to standard output until its reader closes it.
 *
 * @throws UserError if the file cannot be written
 */
export async function exportRecording(
  { as, out: path }: ExportCommand,
  viewed: Viewed,
  { out, signal }: Surroundings,
): Promise<void> {
  if (path !== undefined) {
    await mustBeWritable(path);
    const writing = exportTrace(viewed, as, path, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    return mustBeWritten(path, writing);
  }
  for await (const { text } of exportedPieces(viewed, as)) {
    if (signal.aborted) return;
    out.writeText(text);
    await out.ready();
  }
}
