/**
 * User code ends the process: what was recorded is sent first, then the cause of the end.
 */
import { messageOf, type UserFiles, userFrames } from "../values/failures";
import type { Recorder } from "./recorder";
import { noTask, type SharedState } from "./sharedState";

/** What the end of the process may be. */
export interface End {
  /** It is asked for, and needs no reason. */
  isExpected: boolean;
}

/** Watches for the end. `files` tells where in the user's source an uncaught error came from. */
export function announceEnd(recorder: Recorder, shared: SharedState, files: UserFiles): End {
  const end = { isExpected: false };
  let reason: string | undefined;
  let isAnnounced = false;
  const announce = (otherwise: string) => {
    if (isAnnounced) return;
    isAnnounced = true;
    const { step, task } = shared;
    recorder.send();
    recorder.output.isEnding = true;
    if (end.isExpected && reason === undefined) return;
    recorder.wire.say({ event: "fatal", step, ...(task === noTask ? {} : { task }), message: reason ?? otherwise });
    recorder.wire.flush();
  };
  const { exit } = process;
  process.exit = (code) => {
    reason ??= `process.exit(${code ?? ""}) was called.`;
    return exit.call(process, code);
  };
  // These two end the process with no word to anybody.
  for (const name of ["reallyExit", "abort"] as const) {
    before(name, () => announce(`process.${name}() was called.`));
  }
  before("kill", (id) => {
    if ([process.pid, 0, -process.pid].includes(Number(id))) recorder.passOn();
  });
  process.on("exit", (code) => announce(`The process ends with code ${code}.`));
  process.on("uncaughtException", (error, origin) => {
    // The user's own handler keeps the process alive, as without us.
    if (process.listenerCount("uncaughtException") > 1) return;
    reason = uncaught(error, origin, files);
    exit.call(process, 1);
  });
  return end;
}

/** Does something before a method of the process. */
function before(name: "reallyExit" | "abort" | "kill", act: (argument: unknown) => void): void {
  const methods = process as unknown as Record<typeof name, (...args: unknown[]) => unknown>;
  const original = methods[name];
  methods[name] = (...args) => {
    act(args[0]);
    return original.apply(process, args);
  };
}

function uncaught(error: unknown, origin: string, files: UserFiles): string {
  const kind = origin === "unhandledRejection" ? "Unhandled rejection" : "Uncaught";
  const [frame] = userFrames(error, files);
  return `${kind} ${messageOf(error)}${frame ? ` at ${frame.file}:${frame.line}` : ""}`;
}
