/**
 * Finds where the main thread is, even in an endless loop: the debugger pauses it for a moment, reads its frames, and makes it send
 * what it has recorded so far.
 */
import { type Debugger, Session } from "node:inspector";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunnerEvent } from "../../../protocol/runner";

type Location = NonNullable<Extract<RunnerEvent, { event: "hung" }>["at"]>;

/** The time limit in milliseconds. A thread in a system call or a long regular expression runs no JavaScript, and does not pause. */
const longestWait = 500;

/** How the paused main thread is made to send. The name is a global symbol, because an evaluation in the debugger sees only globals. */
const flushName = "yieldpoint.flush";
const flushCall = `globalThis[Symbol.for(${JSON.stringify(flushName)})]?.()`;

/** Called on the main thread: registers the function that sends everything that was recorded. */
export function offerFlush(flush: () => void): void {
  Object.defineProperty(globalThis, Symbol.for(flushName), { value: flush });
}

/**
 * Reports the innermost frame in the user's files, or undefined if there is none or the thread does not answer.
 *
 * @param own the runner's folder, whose frames are skipped
 */
export function whereMainThreadIs(own: string, tell: (at: Location | undefined) => void): void {
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
    const [innermost] = params.callFrames;
    const at = params.callFrames.map((frame) => locationOf(frame, files, own)).find((one) => one !== undefined);
    const goOn = () => {
      session.post("Debugger.resume");
      finish(at);
    };
    // In the runner's own code, the recorder may be in use, and is not reentrant.
    if (!innermost || isOwn(innermost, files, own)) goOn();
    else session.post("Runtime.evaluate", { expression: flushCall, silent: true }, goOn);
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}

/** The file of a frame, which refers to its script only by number. */
function fileOf(frame: Debugger.CallFrame, files: Map<string, string>): string {
  const url = files.get(frame.location.scriptId) ?? "";
  return url.startsWith("file:") ? fileURLToPath(url) : url;
}

function isOwn(frame: Debugger.CallFrame, files: Map<string, string>, own: string): boolean {
  return fileOf(frame, files).startsWith(own + sep);
}

function locationOf(frame: Debugger.CallFrame, files: Map<string, string>, own: string): Location | undefined {
  const file = fileOf(frame, files);
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(file) || isOwn(frame, files, own)) return undefined;
  return { file, line: frame.location.lineNumber + 1, function: frame.functionName || "(anonymous)" };
}
