/**
 * Reaches the main thread in the middle of the user's code, even in an endless loop: the debugger pauses it for a moment. It is asked where
 * it is and made to send what it has recorded so far, or an observed program is ended there.
 */
import { type Debugger, Session } from "node:inspector";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunnerEvent } from "../../../protocol/runner";

type Location = NonNullable<Extract<RunnerEvent, { event: "hung" }>["at"]>;

/** The time limit in milliseconds. A thread in a system call or a long regular expression runs no JavaScript, and does not pause. */
const longestWait = 500;

/** What the paused main thread can be made to do. The names are global symbols, because an evaluation in the debugger sees only globals. */
const names = { flush: "yieldpoint.flush", interrupt: "yieldpoint.interrupt" } as const;

function callOf(name: keyof typeof names, argument = ""): string {
  return `globalThis[Symbol.for(${JSON.stringify(names[name])})]?.(${argument})`;
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
  const pause = new MainThreadPause(own, tell);
  pause.once((frames) => {
    const at = frames.map((frame) => pause.locationOf(frame)).find((one) => one !== undefined);
    if (pause.isReentrant(frames)) pause.evaluate(callOf("flush"), () => pause.end(at));
    else pause.end(at);
  });
}

/** Interrupts an observed program at the first moment at which it is not in the runner's own code. @param request that it runs for */
export function interruptMainThread(own: string, request: number): void {
  const pause = new MainThreadPause<void>(own, () => undefined);
  const paused = (frames: readonly Debugger.CallFrame[]) => {
    // Unless the program has come to rest, this ends the process.
    if (pause.isReentrant(frames)) pause.evaluate(callOf("interrupt", `${request}`), () => pause.end());
    else pause.again(paused);
  };
  pause.once(paused);
}

class MainThreadPause<T> {
  readonly #session = new Session();
  readonly #files = new Map<string, string>();
  readonly #timer = setTimeout(() => this.#finish(undefined), longestWait);

  /** @param own the runner's folder. @param ended called in the end, with undefined if the thread did not answer in time */
  constructor(
    readonly own: string,
    readonly ended: (result: T | undefined) => void,
  ) {
    this.#session.connectToMainThread();
    this.#session.on("Debugger.scriptParsed", ({ params }) => this.#files.set(params.scriptId, params.url));
    this.#session.post("Debugger.enable");
  }

  /** Pauses the thread. @param paused called with its frames, innermost first */
  once(paused: (frames: readonly Debugger.CallFrame[]) => void): void {
    this.#session.once("Debugger.paused", ({ params }) => paused(params.callFrames));
    this.#session.post("Debugger.pause");
  }

  /** Lets it go on for a moment, and pauses it again. */
  again(paused: (frames: readonly Debugger.CallFrame[]) => void): void {
    this.#session.post("Debugger.resume", () => this.once(paused));
  }

  evaluate(expression: string, evaluated: () => void): void {
    this.#session.post("Runtime.evaluate", { expression, silent: true }, evaluated);
  }

  /** Lets it go on. */
  end(result?: T): void {
    this.#session.post("Debugger.resume");
    this.#finish(result);
  }

  #finish(result: T | undefined): void {
    clearTimeout(this.#timer);
    this.#session.removeAllListeners();
    this.#session.post("Debugger.disable", () => {
      this.#session.disconnect();
      this.ended(result);
    });
  }

  /** Whether the runner's own code may be called. The recorder may be in use in that, or in what it calls, and is not reentrant. */
  isReentrant(frames: readonly Debugger.CallFrame[]): boolean {
    const innermost = frames.find((frame) => !this.#fileOf(frame).startsWith("node:"));
    return innermost !== undefined && !this.#isOwn(innermost);
  }

  locationOf(frame: Debugger.CallFrame): Location | undefined {
    const file = this.#fileOf(frame);
    if (!/^(?:\/|[A-Za-z]:[\\/])/.test(file) || this.#isOwn(frame)) return undefined;
    return { file, line: frame.location.lineNumber + 1, function: frame.functionName || "(anonymous)" };
  }

  /** The file of a frame, which refers to its script only by number. */
  #fileOf(frame: Debugger.CallFrame): string {
    const url = this.#files.get(frame.location.scriptId) ?? "";
    return url.startsWith("file:") ? fileURLToPath(url) : url;
  }

  #isOwn(frame: Debugger.CallFrame): boolean {
    return this.#fileOf(frame).startsWith(this.own + sep);
  }
}
