/**
 * Reaches the main thread in the middle of the user's code, even in an endless loop: the debugger pauses it for a moment. It is asked where
 * it is and made to send what it has recorded so far, or an observed program is ended there.
 */
import { type Debugger, Session } from "node:inspector";
import { sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { RunnerEvent } from "../../../protocol/runner";
import { entryFile } from "../engine/stackTraces";

type Location = NonNullable<Extract<RunnerEvent, { event: "hung" }>["at"]>;

/** The time limit in milliseconds. A thread in a system call or a long regular expression runs no JavaScript, and does not pause. */
const longestWait = 500;

/** What the paused main thread can be made to do. The names are global symbols, because an evaluation in the debugger sees only globals. */
const names = { flush: "yieldpoint.flush", interrupt: "yieldpoint.interrupt" } as const;

function callOf(name: keyof typeof names, argument = ""): string {
  return `globalThis[Symbol.for(${JSON.stringify(names[name])})]?.(${argument})\n//# sourceURL=${entryFile}`;
}

function provide(name: keyof typeof names, value: (argument: number) => void): void {
  Object.defineProperty(globalThis, Symbol.for(names[name]), { value });
}

/** Called on the main thread: registers the function that sends everything that was recorded. */
export function offerFlush(flush: () => void): void {
  provide("flush", flush);
}

/** Called on the main thread: registers the function that interrupts an observed program. @param interrupt takes the id of a request */
export function offerInterrupt(interrupt: (request: number) => void): void {
  provide("interrupt", interrupt);
}

/**
 * Reports the innermost frame in the user's files, or undefined if there is none or the thread does not answer.
 *
 * @param own the runner's folder, whose frames are skipped
 */
export function whereMainThreadIs(own: string, tell: (at: Location | undefined) => void): void {
  atPause(own, callOf("flush"), tell);
}

/** Interrupts an observed program, unless it has come to rest. @param request the id of the one that it runs for */
export function interruptMainThread(own: string, request: number): void {
  atPause(own, callOf("interrupt", `${request}`), () => undefined);
}

/**
 * Pauses the thread for a moment, in the user's code or that of a library. In the runner's own code, or what that calls, the recorder may be
 * in use, which is not reentrant, or the wire, for which this thread may wait.
 */
function atPause(own: string, expression: string, tell: (at: Location | undefined) => void): void {
  const session = new Session();
  session.connectToMainThread();
  const files = new Map<string, string>();
  session.on("Debugger.scriptParsed", ({ params }) => files.set(params.scriptId, params.url));
  const finish = (at: Location | undefined) => {
    clearTimeout(timer);
    session.removeAllListeners();
    session.post("Debugger.disable", () => {
      session.disconnect();
      tell(at);
    });
  };
  const timer = setTimeout(finish, longestWait, undefined);
  session.once("Debugger.paused", ({ params }) => {
    const at = params.callFrames.map((frame) => locationOf(frame, files, own)).find((one) => one !== undefined);
    session.post("Runtime.evaluate", { expression, silent: true }, () => {
      session.post("Debugger.resume");
      finish(at);
    });
  });
  session.post("Debugger.enable");
  session.post("Debugger.setBlackboxPatterns", { patterns: ["^node:", inFolder(own)] });
  session.post("Debugger.pause");
}

/** A pattern for the addresses of the files in a folder. */
function inFolder(folder: string): string {
  const [path, address] = [folder + sep, `${pathToFileURL(folder)}/`].map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return `^(?:${path}|${address})`;
}

/** The file of a frame, which refers to its script only by number. */
function fileOf(frame: Debugger.CallFrame, files: Map<string, string>): string {
  const url = files.get(frame.location.scriptId) ?? "";
  return url.startsWith("file:") ? fileURLToPath(url) : url;
}

function locationOf(frame: Debugger.CallFrame, files: Map<string, string>, own: string): Location | undefined {
  const file = fileOf(frame, files);
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(file) || file.startsWith(own + sep)) return undefined;
  return { file, line: frame.location.lineNumber + 1, function: frame.functionName || "(anonymous)" };
}
