/**
 * Handles the end of the process by user code: sends what was recorded, and then the reason.
 */
import { messageOf, type UserFiles, userFrames } from "../values/failures";
import type { Recorder } from "./recorder";
import { noTask, type SharedState } from "./sharedState";

/** The state of the process's end. */
export interface End {
  /** Whether the end was requested, so that no reason is reported. */
  isExpected: boolean;
  /** Lets the program end the process as if nobody watched: no reason is reported, and nothing is caught. */
  leaveToProgram(): void;
}

/** Watches for the end of the process. `files` locates uncaught errors in the user's source. */
export function announceEnd(recorder: Recorder, shared: SharedState, files: UserFiles): End {
  let reason: string | undefined;
  let rejection: string | undefined;
  let isAnnounced = false;
  let isLeft = false;
  const announce = (otherwise: string) => {
    if (isLeft) recorder.send();
    if (isAnnounced) return;
    isAnnounced = true;
    const { step, task } = shared;
    recorder.send();
    recorder.output.isEnding = true;
    if (isLeft || (end.isExpected && reason === undefined)) return;
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
  // These two end the process without an event.
  for (const name of ["reallyExit", "abort"] as const) {
    before(name, () => announce(`process.${name}() was called.`));
  }
  before("kill", (id) => {
    if ([process.pid, 0, -process.pid].includes(Number(id))) recorder.passOn();
  });
  process.on("exit", (code) => announce(`The process ends with code ${code}.`));
  const uncaught = (error: unknown, origin: string) => {
    // A handler of the user keeps the process alive, as it would without the runner.
    if (process.listenerCount("uncaughtException") > 1) return;
    const thrown = placed(error, files);
    if (origin === "unhandledRejection") rejection = thrown;
    reason = `${rejection === undefined ? "Uncaught" : "Unhandled rejection"} ${thrown}`;
    exit.call(process, 1);
  };
  process.on("uncaughtException", uncaught);
  const end: End = {
    isExpected: false,
    leaveToProgram: () => {
      isLeft = true;
      process.exit = exit;
      process.off("uncaughtException", uncaught);
      // Whatever is put off now would keep the process alive.
      process.on("beforeExit", () => {
        recorder.output.isEnding = true;
      });
    },
  };
  return end;
}

/** Calls a function before a method of `process`. */
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
