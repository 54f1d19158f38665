/**
 * The places in the program that resume generators. What a place is can be told from the text there: the engine gives, for an explicit call,
 * the position of the method's name, and for a loop or a spread that of a variable or an iterable.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { callersOf } from "../engine/stackTraces";
import type { CompiledModules } from "../load/compiledModules";
import type { NotedCall } from "../load/notedCalls";
import { names } from "../load/pointMarks";
import type { Resume } from "./hooks";

/** A frame that resumes tasks. */
export interface Driver {
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

/** By a call of a method of the generator, by iterating over it, or by a `yield*` of another one. */
type Way = "call" | "iteration" | "delegation";

interface Site {
  readonly way: Way;
  /** Undefined if it is neither in the user's files nor in a library. */
  readonly driver: Driver | undefined;
  /** Whether it is in the user's files. */
  readonly isOwn: boolean;
}

/** What resumes a generator now. */
export interface Resumer {
  readonly way: Way;
  readonly driver: Driver | undefined;
}

const mostFrames = 50;
/** How much text before and after a place tells what it is. */
const reach = 200;

/** Called from native code, or from a stack that the program hides. */
const byEngine: Resumer = { way: "call", driver: undefined };
const byBuiltin: Resumer = { way: "iteration", driver: undefined };

export class CallSites {
  readonly #sites = new Map<string, Map<number, Site>>();
  readonly #texts = new Map<string, string | undefined>();
  /** What a stack has shown at noted calls, by their numbers. */
  readonly #noted: Resumer[] = [];
  /** How many frames told enough the last time. */
  #needed = 1;

  /** @param own the folder of the runner's bundles */
  constructor(
    readonly compiled: CompiledModules,
    readonly own: string,
  ) {}

  /** Who has called a hook. @param call the call that has, if it was noted: then one stack is enough for all its calls */
  resumer(hook: Resume, call: NotedCall | undefined): Resumer {
    const known = call && this.#noted[call.number];
    if (known) return known;
    const found = this.#inStack(hook);
    const { way, driver } = found;
    if (call && way === "call" && driver?.file === call.file && driver.line === call.line) this.#noted[call.number] = found;
    return found;
  }

  /** Who has called the async function that has called a method of its run; undefined if no code has, but the queue of microtasks. */
  caller(method: unknown): Driver | undefined {
    const frames = callersOf(method, mostFrames).filter((frame, index) => index > 0 && !frame.isAsync());
    return this.#driverIn(frames, this.#firstOwn(frames));
  }

  /** Looks no further down than the last time, as long as this is enough: each frame takes its time. */
  #inStack(hook: Resume): Resumer {
    const asked = this.#needed;
    const few = callersOf(hook, asked);
    const [frame] = few;
    if (!frame) return byEngine;
    if (!frame.getFileName()) return byBuiltin;
    const site = this.#siteOf(frame);
    if (site.isOwn || site.way !== "call") {
      this.#needed = 1;
      return site;
    }
    const isEnough = few.length < asked || this.#firstOwn(few) >= 0;
    const frames = isEnough ? few : callersOf(hook, mostFrames);
    const own = this.#firstOwn(frames);
    this.#needed = own < 0 ? mostFrames : own + 1;
    return { way: "call", driver: this.#driverIn(frames, own) };
  }

  #firstOwn(frames: readonly NodeJS.CallSite[]): number {
    return frames.findIndex((frame) => frame.getFileName() && this.#siteOf(frame).isOwn);
  }

  /** @param own the index of the innermost frame in the user's files; if there is none, a library is the driver */
  #driverIn(frames: readonly NodeJS.CallSite[], own: number): Driver | undefined {
    for (const frame of own < 0 ? frames : frames.slice(own, own + 1)) {
      const driver = frame.getFileName() ? this.#siteOf(frame).driver : undefined;
      if (driver) return driver;
    }
    return undefined;
  }

  #siteOf(frame: NodeJS.CallSite): Site {
    const file = frame.getFileName() as string;
    let sites = this.#sites.get(file);
    if (!sites) {
      sites = new Map();
      this.#sites.set(file, sites);
    }
    const position = positionOf(frame);
    const known = sites.get(position);
    if (known) return known;
    const site = this.#look(frame, pathOf(file), position);
    sites.set(position, site);
    return site;
  }

  #look(frame: NodeJS.CallSite, file: string, position: number): Site {
    const isOwn = this.compiled.has(file);
    const isForeign = !isOwn && (!/^(?:\/|[A-Za-z]:[\\/])/.test(file) || file.startsWith(this.own));
    const text = this.#textOf(file, isForeign);
    const way = text === undefined ? "call" : wayAt(text, position);
    const driver = isForeign ? undefined : { file, line: frame.getLineNumber() ?? 0, function: this.#nameOf(frame, isOwn) };
    return { way, driver, isOwn };
  }

  /** The code of a file as the engine sees it; undefined if it is unknown. */
  #textOf(file: string, isForeign: boolean): string | undefined {
    const compiled = this.compiled.all.get(file);
    if (compiled) return compiled.text;
    if (!this.#texts.has(file)) this.#texts.set(file, isForeign ? undefined : textIn(file));
    return this.#texts.get(file);
  }

  #nameOf(frame: NodeJS.CallSite, isOwn: boolean): string {
    const name = frame.getFunctionName();
    if (!name) return isOwn && isModule(frame) ? "(module)" : "(anonymous)";
    const type = frame.isToplevel() || name.includes(".") ? null : frame.getTypeName();
    return type && type !== "Object" ? `${type}.${name}` : name;
  }
}

/** Newer than the declarations of its type. */
interface CallSiteDetails {
  getPosition(): number;
  getEnclosingLineNumber?(): number;
  getEnclosingColumnNumber?(): number;
}

function positionOf(frame: NodeJS.CallSite): number {
  return (frame as unknown as CallSiteDetails).getPosition();
}

/** Whether a frame is of the function that a module is wrapped in, which begins at the first character. */
function isModule(frame: NodeJS.CallSite): boolean {
  const details = frame as unknown as CallSiteDetails;
  const [line, column] = [details.getEnclosingLineNumber?.(), details.getEnclosingColumnNumber?.()];
  return line === 1 && column !== undefined && column <= "(async function ".length;
}

function pathOf(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}

function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** In a `yield*`, the engine's position is that of what it delegates to, which the user's files assign to a variable. */
function wayAt(text: string, position: number): Way {
  const before = text.slice(Math.max(0, position - reach), position).trimEnd();
  if (before.endsWith("yield*") || before.endsWith(`yield* ${names.inner}`)) return "delegation";
  return isExplicitCall(text, position) ? "call" : "iteration";
}

/**
 * Whether the engine's position in a text is that of a call that resumes a generator, by its method or by another function that the method
 * was bound to. If not, it is an iteration.
 */
function isExplicitCall(text: string, position: number): boolean {
  const before = text.slice(Math.max(0, position - reach), position).trimEnd();
  const [line = ""] = text.slice(position, position + reach).split("\n");
  const isIterated = /(?:\.\.\.|\bof|\byield\*)$/.test(before);
  // For `task[key](…)`, and for `task.return(…)` since `return` is a keyword, the position is that of the arguments.
  if (line.startsWith("(")) return !isIterated;
  const [called, name] = /^([\w$]+|#[\w$]+)\s*(?:\?\.)?\(/.exec(line) ?? [];
  if (called === undefined) return false;
  if (before.endsWith(".") && !before.endsWith("...")) {
    return /^(?:next|return|throw|call|apply)$/.test(name ?? "") || !line.includes("...");
  }
  return !isIterated && !line.includes("...");
}
