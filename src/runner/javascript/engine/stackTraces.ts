/**
 * Stacks of errors as the user's program sees them. They include its own frames and Node's frames above them, and exclude the
 * runner's frames below and between. Columns are those of the source, not of the code that runs.
 */
import { syncBuiltinESMExports } from "node:module";
import { sep } from "node:path";
import util from "node:util";
import { atSource, columnAt } from "./sourceColumns";

type Prepare = (error: Error, trace: NodeJS.CallSite[]) => unknown;

/** The name of the file in the frame that makes user code interruptible. */
export const entryFile = "node:yieldpoint";

/**
 * Removes the runner's frames from all stacks from now on, including those that a user's `prepareStackTrace` formats.
 *
 * @param folder the folder of the runner's bundles
 */
export function hideRunner(folder: string): void {
  const isOwn = (file: string) => file === entryFile || file.startsWith(folder + sep);
  isRunners = isOwn;
  const usual = Error.prepareStackTrace ?? asNode;
  const visible = new WeakMap<Prepare, Prepare>();
  const ours = new WeakSet<Prepare>();
  const hiding = (prepare: Prepare): Prepare => {
    if (ours.has(prepare)) return prepare;
    const known = visible.get(prepare);
    if (known) return known;
    const hidden: Prepare = (error, trace) => Reflect.apply(prepare, Error, [error, visibleFrames(trace, isOwn).map(atSource)]);
    visible.set(prepare, hidden);
    ours.add(hidden);
    return hidden;
  };
  let prepare = hiding(usual);
  Object.defineProperty(Error, "prepareStackTrace", {
    get: () => (isTaking ? take : prepare),
    set: (given: unknown) => {
      prepare = hiding(typeof given === "function" ? (given as Prepare) : usual);
    },
    configurable: true,
  });
  hideFromCallSites(isOwn);
}

let isTaking = false;
let taken: readonly NodeJS.CallSite[] = [];

function take(_: Error, trace: NodeJS.CallSite[]): string {
  taken = trace;
  return "";
}

const TheError = Error;
const { captureStackTrace } = Error;

/**
 * The frames that called a function, innermost first, including the runner's. There are none if the program has replaced what formats
 * stacks.
 */
export function callersOf(called: unknown, most: number): readonly NodeJS.CallSite[] {
  const { stackTraceLimit } = TheError;
  const holder: { stack?: unknown } = {};
  isTaking = true;
  taken = [];
  try {
    TheError.stackTraceLimit = most;
    captureStackTrace(holder, called as () => unknown);
    // The stack is formatted when it is first read.
    void holder.stack;
    return taken;
  } finally {
    isTaking = false;
    TheError.stackTraceLimit = stackTraceLimit;
  }
}

interface CallSiteObject {
  readonly functionName: string;
  readonly scriptName: string;
  readonly lineNumber: number;
  /** Older versions of Node have only `column`. */
  readonly columnNumber?: number;
  readonly column?: number;
}

type GetCallSites = (...given: unknown[]) => CallSiteObject[];

/** The most frames that Node gives. */
const mostFrames = 200;

/** In newer versions Node gives the stack as data, too. */
function hideFromCallSites(isOwn: (file: string) => boolean): void {
  const target = util as unknown as { getCallSites?: GetCallSites };
  const original = target.getCallSites;
  if (!original) return;
  const hiding = {
    getCallSites(frameCount: unknown = 10, options?: unknown): CallSiteObject[] {
      // It knows what may be asked of it.
      original(frameCount, options);
      const [count, others] = typeof frameCount === "number" ? [frameCount, options] : [10, frameCount];
      const sites = original(mostFrames, others);
      const places = sites.map(({ scriptName, functionName }, index) => {
        const isCall = scriptName === "" && functionName === "eval" && isOwn(sites[index + 1]?.scriptName ?? "");
        return { file: isCall ? entryFile : scriptName, name: functionName };
      });
      return visibleOf(sites, places, isOwn).slice(0, count).map(siteAtSource);
    },
  };
  target.getCallSites = hiding.getCallSites as GetCallSites;
  syncBuiltinESMExports();
}

function siteAtSource(site: CallSiteObject): CallSiteObject {
  const { scriptName, lineNumber } = site;
  const columns = Object.entries({ columnNumber: site.columnNumber, column: site.column }).flatMap(([key, column]) =>
    column === undefined ? [] : [[key, columnAt(scriptName, lineNumber, column) || column]],
  );
  return { ...site, ...Object.fromEntries(columns) };
}

/** Runs code that changes how stacks are formatted, as compilers do, and undoes its changes. */
export function keepingStacks<T>(run: () => T): T {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    return run();
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

/** The name of the function that makes the call of a thread. */
export const threadName = "yieldpoint$thread";

let hasThreads = false;

/** From now on, stacks have no frames of what resumes generators, which the functions of threads have become. */
export function hideThreads(has: boolean): void {
  hasThreads = has;
}

function isOfThread({ file, name }: Place): boolean {
  return hasThreads && file === "" && (name === threadName || /^(?:next|throw|return)$/.test(name ?? ""));
}

/** Whether a file is one of the runner's. */
let isRunners = (_file: string): boolean => false;

/** The frames that belong neither to the runner nor to Node's way into it. */
export function visibleFrames(trace: readonly NodeJS.CallSite[], isOwn = isRunners): NodeJS.CallSite[] {
  const places = trace.map((frame) => {
    return { file: isCall(frame) || isDebuggers(frame) ? entryFile : (frame.getFileName() ?? ""), name: frame.getFunctionName() };
  });
  return visibleOf(trace, places, isOwn);
}

interface Place {
  readonly file: string;
  /** The name of the function. */
  readonly name: string | null;
}

/** @param places those of the frames */
function visibleOf<F>(frames: readonly F[], places: readonly Place[], isOwn: (file: string) => boolean): F[] {
  const hidden = new Set<number>();
  let isBelow = false;
  for (const [index, { file, name }] of places.entries()) {
    // Node's frames directly below a frame of the runner are how the runner was called, so they are hidden too.
    isBelow = isOwn(file) || (isBelow && file.startsWith("node:"));
    if (isBelow || isOfThread({ file, name })) hidden.add(index);
    if (!isOwn(file)) continue;
    if (/^(?:drive|goesOn|goOn)$/.test(name ?? "")) hideAsyncRun(index, places, hidden);
    // How Node lets a timer's callback run in its context.
    const above = places[index - 1];
    if (above?.file === "node:async_hooks" && above.name === "runInAsyncScope") hidden.add(index - 1);
  }
  return frames.filter((_, index) => !hidden.has(index));
}

/** Hides the two frames that an async function has besides that of its code, around the runner's frames that end at an index. */
function hideAsyncRun(end: number, places: readonly Place[], hidden: Set<number>): void {
  hidden.add(end + 1);
  let above = end;
  while (hidden.has(above)) above -= 1;
  const resuming = places[above];
  if (resuming?.file === "" && /^(?:next|throw)$/.test(resuming.name ?? "")) hidden.add(above);
}

/** Whether a frame is the user's expression that creates a task. It is evaluated by a function whose name does not occur in user code. */
function isCall(frame: NodeJS.CallSite): boolean {
  return frame.isEval() && /^eval at yieldpoint\$scope\b/.test(frame.getEvalOrigin() ?? "");
}

/** Whether a frame is of an expression that the debugger evaluates for the runner. */
function isDebuggers(frame: NodeJS.CallSite): boolean {
  return !frame.getFileName() && frame.getScriptNameOrSourceURL() === entryFile;
}

/** Node's default format, for older versions of Node that have no function for it. */
function asNode(error: Error, trace: readonly NodeJS.CallSite[]): string {
  return [String(Error.prototype.toString.call(error)), ...trace.map((frame) => `    at ${frame}`)].join("\n");
}
