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
  let rejection: string | undefined;
  let isAnnounced = false;
  const announce = (otherwise: string) => {
    if (isAnnounced) return;
    isAnnounced = true;
    const { step, task } = shared;
    recorder.send();
    recorder.output.isEnding = true;
    if (end.isExpected && reason === undefined) return;
    const of = task === noTask ? {} : { task };
    const because = rejection === undefined ? {} : { rejection };
    recorder.wire.say({ event: "fatal", step, ...of, message: reason ?? otherwise, ...because });
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
    const thrown = placed(error, files);
    if (origin === "unhandledRejection") rejection = thrown;
    reason = `${rejection === undefined ? "Uncaught" : "Unhandled rejection"} ${thrown}`;
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

/** What was thrown, and where it came from. */
function placed(error: unknown, files: UserFiles): string {
  const [frame] = userFrames(error, files);
  return `${messageOf(error)}${frame ? ` at ${frame.file}:${frame.line}` : ""}`;
}
