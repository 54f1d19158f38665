/**
 * The end of the process by the user's own doing: what was recorded is sent first, then what ended it.
 */
import { messageOf, type UserFiles, userFrames } from "./failures";
import type { Recorder } from "./recorder";
import { noTask, type SharedState } from "./shared";

/** Watches for the end. `files` tells where in the user's source an uncaught error came from. */
export function announceEnd(recorder: Recorder, shared: SharedState, files: UserFiles): void {
  let reason: string | undefined;
  const exit = process.exit;
  process.exit = (code) => {
    reason ??= `process.exit(${code ?? ""}) was called.`;
    return exit.call(process, code);
  };
  process.on("exit", (code) => {
    const { step, task } = shared;
    recorder.send();
    const message = reason ?? `The process ends with code ${code}.`;
    recorder.wire.say({ event: "fatal", step, ...(task === noTask ? {} : { task }), message });
    recorder.wire.flush();
  });
  process.on("uncaughtException", (error, origin) => {
    // The user's own handler keeps the process alive, as without us.
    if (process.listenerCount("uncaughtException") > 1) return;
    reason = uncaught(error, origin, files);
    exit.call(process, 1);
  });
}

function uncaught(error: unknown, origin: string, files: UserFiles): string {
  const kind = origin === "unhandledRejection" ? "Unhandled rejection" : "Uncaught";
  const [frame] = userFrames(error, files);
  return `${kind} ${messageOf(error)}${frame ? ` at ${frame.file}:${frame.line}` : ""}`;
}
