/**
 * Where the main thread is, even in the middle of an endless loop: the debugger pauses it for a moment and reads its frames.
 */
import { type Debugger, Session } from "node:inspector";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunnerEvent } from "../../protocol/runner";

type Location = NonNullable<Extract<RunnerEvent, { event: "hung" }>["at"]>;

/** A thread that runs no JavaScript, in a system call or a long regular expression, does not pause. */
const longestWait = 500;

/**
 * Tells the innermost frame of the user's files; nothing where there is none, or the thread does not answer.
 *
 * @param own the runner's folder, whose frames are not the user's
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
    session.post("Debugger.resume");
    finish(params.callFrames.map((frame) => locationOf(frame, files, own)).find((at) => at !== undefined));
  });
  session.post("Debugger.enable");
  session.post("Debugger.pause");
}

/** A frame names its script by number alone. */
function locationOf(frame: Debugger.CallFrame, files: Map<string, string>, own: string): Location | undefined {
  const url = files.get(frame.location.scriptId) ?? "";
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(file) || file.startsWith(own + sep)) return undefined;
  return { file, line: frame.location.lineNumber + 1, function: frame.functionName || "(anonymous)" };
}
