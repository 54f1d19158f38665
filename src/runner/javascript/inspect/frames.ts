/**
 * The stack of a suspended task: from its own generator, through every `yield*`, to the innermost one.
 */
import { types } from "node:util";
import type { YieldPoint } from "../../../core/trace/trace";
import type { MadeUpNames } from "../compiler";
import { locationOf, type Reflection, reflect } from "../engine/inspector";
import { apply } from "../engine/intrinsics";
import { ownName } from "../engine/names";
import type { CompiledModule } from "../load/compiledModules";
import { anonymous } from "../load/functionName";
import type { LoadedModule, ModuleInstance } from "../load/modules";
import { Delegation, names, type PointTable } from "../load/pointMarks";
import type { Locals } from "../load/scope";

const deepestStack = 500;

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

/** The contents of a frame: the object that a method was called on, and then the variables. */
export function* listed({ receiver, variables }: Locals): Generator<readonly [name: string, value: unknown]> {
  if (typeof receiver === "object" && receiver !== null && receiver !== globalThis) yield ["this", receiver];
  yield* variables;
}

/** Matches `yield mark(12, …`, `yield* inner = delegate(12, …` or `await generatorAwait(12, …`: what the instrumentation generates. */
const marked =
  /^(?:yield\*?|await)[\s(]*(?:yieldpoint\$inner\s*=\s*)?yieldpoint\$(?:mark|asyncMark|delegate|generatorAwait)\((\d+)/;

/** The frames of a task, innermost last; empty if it has ended, or is not a generator in the user's files. */
export function framesOf(task: unknown, instance: ModuleInstance, points: PointTable): SuspendedFrame[] {
  const frames: SuspendedFrame[] = [];
  let at = task;
  while (types.isGeneratorObject(at) && frames.length < deepestStack) {
    const reflection = reflect(at);
    const frame = frameOf(reflection, instance, points);
    if (frame) frames.push(frame.frame);
    at = frame?.inner;
  }
  return frames;
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

const scripts = new Map<string, string>();

function moduleOf(scriptId: string, instance: ModuleInstance): LoadedModule | undefined {
  const modules = [...instance.modules];
  for (const { file, scope } of scripts.has(scriptId) ? [] : modules) {
    const script = scope ? locationOf(scope.evaluate)?.scriptId : undefined;
    if (script !== undefined) scripts.set(script, file);
  }
  return modules.find(({ file }) => file === scripts.get(scriptId));
}

/** The transformed code from a position on. It contains the number of the yield point. */
function textAt({ text }: CompiledModule, { lineNumber, columnNumber }: { lineNumber: number; columnNumber: number }): string {
  let start = 0;
  for (let line = 0; line < lineNumber; line += 1) start = text.indexOf("\n", start) + 1;
  return text.slice(start + columnNumber, start + columnNumber + 200);
}

const functionSource = Function.prototype.toString;
const numbered = new RegExp(`["']${names.function.replace("$", "\\$")}(\\d+)["']`, "g");

/** The position of a generator that was never resumed: its function. A directive in the function's code identifies it. */
function functionStart({ file, compiled }: LoadedModule, { fn }: Reflection, line: number): YieldPoint {
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
  return inner instanceof Delegation ? inner.iterator : inner;
}
