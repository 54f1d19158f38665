/**
 * The commands that read a trace file. Damage is reported after the undamaged part has been printed.
 */
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Recording } from "../session/openedRecording";
import { TraceFileError } from "../session/recording/errors";
import type { RecordedCommand } from "./commands";
import { exportRecording } from "./export";
import { show } from "./show";
import { stats } from "./stats";
import type { Surroundings } from "./surroundings";

/** Pieces of a file that are read between two looks at whether somebody still waits. */
const piecesAtOnce = 100;

/**
 * Does what the command asks for.
 *
 * @returns whether everything could be read
 * @throws UserError when nothing of the file can be read, or it has not what was asked for
 */
export async function recorded(command: RecordedCommand, around: Surroundings): Promise<"done" | "damaged"> {
  const recording = openedTrace(command.file);
  try {
    await perform(command, recording, around);
    await check(recording, around);
    if (recording.missing === undefined) return "done";
    around.warn(`${basename(command.file)} is damaged: ${recording.missing} could not be read.`);
    return "damaged";
  } finally {
    recording.close();
  }
}

/** Damage counts wherever it is, also in what the command does not print. */
async function check(recording: Recording, { signal }: Surroundings): Promise<void> {
  let pieces = 0;
  for (const _ of recording.check()) {
    pieces += 1;
    if (pieces % piecesAtOnce === 0) await setImmediate(); // a signal has its turn
    if (signal.aborted) return;
  }
}

function perform(command: RecordedCommand, recording: Recording, around: Surroundings): Promise<void> {
  switch (command.name) {
    case "show":
      return show(command, recording, around);
    case "export":
      return exportRecording(command, recording, around);
    case "stats":
      return stats(command, recording, around);
  }
}

/** @throws TraceFileError when nothing of it can be read */
export function openedTrace(path: string): Recording {
  try {
    return new Recording(path, "file");
  } catch (error) {
    if (error instanceof TraceFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TraceFileError(`${basename(path)} cannot be read: ${reason}`, "Check the path, and whether it may be read.");
  }
}
