/**
 * The commands that read a trace file. Damage is reported after the undamaged part has been printed.
 */
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Recording } from "../session/openedRecording";
import { TraceFileError } from "../session/recording/errors";
import type { RecordedCommand } from "./commands";
import { showExplored } from "./explore/saved";
import { exportRecording } from "./export";
import { show } from "./show";
import { stats } from "./stats";
import type { Surroundings } from "./surroundings";

/** After reading this many pieces of a file, signals are handled. */
const piecesAtOnce = 100;

/**
 * Performs the command.
 *
 * @returns whether everything could be read
 * @throws UserError if nothing of the file can be read, or if it does not contain what was requested
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

/** Reads the whole file, since damage is reported wherever it is, even in parts that the command does not print. */
async function check(recording: Recording, { signal }: Surroundings): Promise<void> {
  let pieces = 0;
  for (const _ of recording.check()) {
    pieces += 1;
    if (pieces % piecesAtOnce === 0) await setImmediate(); // lets signals be handled
    if (signal.aborted) return;
  }
}

async function perform(command: RecordedCommand, recording: Recording, around: Surroundings): Promise<void> {
  switch (command.name) {
    case "show":
      return command.explored ? showExplored(command, recording, around) : show(command, recording, around);
    case "export":
      return exportRecording(command, recording, around);
    case "stats":
      return stats(command, recording, around);
  }
}

/** @throws TraceFileError if nothing of the file can be read */
export function openedTrace(path: string): Recording {
  try {
    return new Recording(path, "file");
  } catch (error) {
    if (error instanceof TraceFileError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new TraceFileError(`${basename(path)} cannot be read: ${reason}`, "Check the path and its permissions.");
  }
}
