/**
 * The stack of a suspended task: from its own generator, through every `yield*`, to the innermost one. And the user's functions that are
 * running.
 */
import { types } from "node:util";
import type { YieldPoint } from "../../../core/trace/trace";
import type { MadeUpNames } from "../compiler";
import { locationOf, type Reflection, type RunningFunction, reflect, runningFunctions } from "../engine/inspector";
import { apply } from "../engine/intrinsics";
import { ownName } from "../engine/names";
import { columnAt } from "../engine/sourceColumns";
import type { CompiledModule } from "../load/compiledModules";
import { anonymous, wholeModule } from "../load/functionName";
import type { LoadedModule, ModuleInstance } from "../load/modules";
import { Delegation, names, type PointTable } from "../load/pointMarks";
import type { Locals } from "../load/scope";
import { Callbacks } from "../load/threads/arrayCallbacks";
import { Thread } from "../load/threads/thread";

const deepestStack = 500;
/** A scheduler may resume its tasks from deep within a recursion. */
const mostRunning = 50;

/** One suspended generator. */
export interface SuspendedFrame {
  readonly at: YieldPoint;
  /** The number of the yield point; 0 before the first one, or if it has no number. */
  readonly point: number;
  /** Whether it was resumed. */
  readonly begun: boolean;
  readonly locals: Locals;
  /** The module that contains its function. */
  readonly module: LoadedModule;
}

/** A function that is running. */
export interface RunningFrame {
  readonly at: YieldPoint;
  readonly locals: Locals;
  /** The module that contains its function. */
  readonly module: LoadedModule;
}

/** The contents of a frame: the object that a method was called on, and then the variables. */
export function* listed({ receiver, variables }: Locals): Generator<readonly [name: string, value: unknown]> {
  if (typeof receiver === "object" && receiver !== null && receiver !== globalThis) yield ["this", receiver];
  yield* variables;
}

/** Matches `yield mark(12, …`, `yield* inner = delegate(12, …` or `await generatorAwait(12, …`: what the instrumentation generates. */
const marked =
  /^(?:yield\*?|await)[\s(]*(?:yieldpoint\$inner\s*=\s*)?yieldpoint\$(?:mark|asyncMark|delegate(?:Call)?|delegateThread|generatorAwait|switchAt)\((?:yieldpoint\$aware, )?(\d+)/;

/** The frames of a task, innermost last; empty if it has ended, or is not a generator in the user's files. */
export function framesOf(task: unknown, instance: ModuleInstance, points: PointTable): SuspendedFrame[] {
  const frames: SuspendedFrame[] = [];
  let at = task instanceof Thread ? begunIn(task) : task;
  while (types.isGeneratorObject(at) && frames.length < deepestStack) {
    const reflection = reflect(at);
    const frame = frameOf(reflection, instance, points);
    if (frame) frames.push(frame.frame);
    at = frame?.inner;
  }
  return frames;
}

/** The generator of a thread. That of a call has no place in a file; only what it delegates to has. */
function begunIn({ generator, isCall }: Thread): unknown {
  return isCall ? innerOf(reflect(generator).scopes) : generator;
}

function frameOf(reflection: Reflection, instance: ModuleInstance, points: PointTable) {
  const { state, location } = reflection;
  const module = location && state === "suspended" ? moduleOf(location.scriptId, instance) : undefined;
  if (!module || !location) return undefined;
  const here = textAt(module.compiled, location);
  const match = marked.exec(here);
  const point = Number(match?.[1] ?? 0);
  const at = points.get(point) ?? functionStart(module, reflection, location.lineNumber + 1);
  const variables = variablesOf(reflection.scopes, module.compiled.madeUpNames);
  const inner = here.startsWith("yield*") ? innerOf(reflection.scopes) : undefined;
  const { receiver } = reflection;
  return { frame: { at, point, begun: match !== null, locals: { receiver, variables }, module }, inner };
}

/** What a CommonJS module is given, besides its own variables. */
const givenToModules = ["exports", "require", "module", "__filename", "__dirname", "arguments"];
/** Where the function begins that a module is wrapped in, at the latest. */
const wrapperColumns = "(async function ".length;

/** The user's functions that are running, innermost last. */
export function runningFrames(instance: ModuleInstance): RunningFrame[] {
  const running = runningFunctions((script) => moduleOf(script, instance) !== undefined, mostRunning);
  return running.reverse().flatMap((frame) => runningFrame(frame, moduleOf(frame.location.scriptId, instance)) ?? []);
}

/** Whether a variable of a module is no state of the program. */
function isDefinition(name: string, value: unknown): boolean {
  return typeof value === "function" || givenToModules.includes(name);
}

function runningFrame(frame: RunningFunction, module: LoadedModule | undefined): RunningFrame | undefined {
  if (!module) return undefined;
  const { location, start, receiver, scopes } = frame;
  if (scopes.some((scope) => names.run in scope)) return undefined; // it only resumes what is made of its code
  const { file, compiled } = module;
  const isModule = start?.lineNumber === 0 && start.columnNumber <= wrapperColumns;
  const line = location.lineNumber + 1;
  const column = columnAt(file, line, location.columnNumber + 1) || 1;
  const variables = variablesOf(scopes, compiled.madeUpNames);
  if (isModule) for (const [name, value] of variables) if (isDefinition(name, value)) variables.delete(name);
  const name = isModule ? wholeModule : frame.name || anonymous;
  return { at: { file, line, column, function: name }, locals: { receiver: isModule ? undefined : receiver, variables }, module };
}

const scripts = new WeakMap<CompiledModule, string>();

/** The number of a module's script; undefined before its code runs. */
function scriptOf({ compiled, scope }: LoadedModule): string | undefined {
  const known = scripts.get(compiled);
  const script = known ?? (scope && locationOf(scope.evaluate)?.scriptId);
  if (script !== undefined) scripts.set(compiled, script);
  return script;
}

function moduleOf(scriptId: string, { modules }: ModuleInstance): LoadedModule | undefined {
  for (const module of modules) if (scriptOf(module) === scriptId) return module;
  return undefined;
}

/** The transformed code from a position on. It contains the number of the yield point. */
function textAt({ text }: CompiledModule, { lineNumber, columnNumber }: { lineNumber: number; columnNumber: number }): string {
  let start = 0;
  for (let line = 0; line < lineNumber; line += 1) start = text.indexOf("\n", start) + 1;
  return text.slice(start + columnNumber, start + columnNumber + 200);
}

const functionSource = Function.prototype.toString;
const numbered = new RegExp(`["']${names.function.replace("$", "\\$")}(\\d+)["']`, "g");

/** Where a function is defined; undefined if it is not in the user's files. */
export function definitionOf(fn: object, instance: ModuleInstance): YieldPoint | undefined {
  const location = locationOf(fn);
  const module = location && moduleOf(location.scriptId, instance);
  return module && location && functionStart(module, { fn }, location.lineNumber + 1);
}

/** The position of a generator that was never resumed: its function. A directive in the function's code identifies it. */
function functionStart({ file, compiled }: LoadedModule, { fn }: Pick<Reflection, "fn">, line: number): YieldPoint {
  const text = fn ? (apply(functionSource, fn, []) as string) : "";
  // Functions are numbered from outside to inside, so the lowest number in the text is that of the function itself.
  const numbers = Array.from(text.matchAll(numbered), ([, number]) => Number(number));
  const found = compiled.functions[Math.min(...numbers)];
  const name = (fn && ownName(fn)) ?? anonymous;
  return { file, line: found?.line ?? line, column: found?.column ?? 1, function: found?.name ?? name };
}

/** The variables as in the source. Inner blocks hide variables of the same name in outer ones. */
function variablesOf(scopes: readonly Record<string, unknown>[], madeUp: MadeUpNames): Map<string, unknown> {
  const variables = new Map<string, unknown>();
  for (const scope of scopes) {
    const all = Object.entries(scope);
    const renamed = all.flatMap(([name, value]) => {
      const source = madeUp.get(name);
      return source === undefined ? [] : [[source, value] as const];
    });
    const plain = all.filter(([name]) => !madeUp.has(name) && !name.startsWith("yieldpoint$"));
    for (const [name, value] of [...renamed, ...plain]) if (!variables.has(name)) variables.set(name, value);
  }
  return variables;
}

function innerOf(scopes: readonly Record<string, unknown>[]): unknown {
  const inner = scopes.find((scope) => names.inner in scope)?.[names.inner];
  if (inner instanceof Callbacks) return inner.inner;
  return inner instanceof Delegation ? inner.iterator : inner;
}
