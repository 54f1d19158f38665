/**
 * What only the engine's inspector knows about functions, suspended or running: their positions and their variables. The inspector runs in
 * the same thread, and does not pause anything.
 */
import { type Debugger, type Runtime, Session } from "node:inspector";
import { defineProperty, getPrototypeOf } from "./intrinsics";
import { ownName } from "./names";

/** The position at which a generator is suspended in the compiled code; line and column count from 0. */
export interface CodeLocation {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** What the inspector knows about a generator. */
export interface Reflection {
  readonly state: string;
  readonly location: CodeLocation | undefined;
  readonly fn: object | undefined;
  readonly receiver: unknown;
  /** The variables of the function and its blocks, innermost block first. */
  readonly scopes: readonly Record<string, unknown>[];
}

/** A function that is running: it has called another one. */
export interface RunningFunction {
  readonly location: CodeLocation;
  /** Where its code begins. */
  readonly start: CodeLocation | undefined;
  readonly name: string;
  readonly receiver: unknown;
  /** The variables of the function and its blocks, innermost block first. */
  readonly scopes: readonly Record<string, unknown>[];
}

const holderName = "yieldpoint$holder";

class Inspector {
  readonly #session = new Session();
  readonly #holder: { value?: unknown } = {};
  readonly #holderId: string;

  #isDebugging = false;
  /** Is given the functions that are running. */
  #paused: ((frames: readonly Debugger.CallFrame[]) => void) | undefined;

  constructor() {
    this.#session.connect();
    // Events pass through `emit`, which user code may replace on the prototype.
    defineProperty(this.#session, "emit", {
      value: (name: string, message: { params: Debugger.PausedEventDataType }) => {
        if (name === "Debugger.paused") this.#paused?.(message.params.callFrames);
        return true;
      },
    });
    Object.defineProperty(globalThis, holderName, { value: this.#holder, configurable: true });
    this.#holderId = this.#objectId(this.#post("Runtime.evaluate", { expression: `globalThis.${holderName}` }).result);
    Reflect.deleteProperty(globalThis, holderName);
  }

  /** The engine's internal properties of a value, by name. */
  internals(value: unknown): Map<string, Runtime.RemoteObject> {
    this.#holder.value = value;
    const declaration = { objectId: this.#holderId, functionDeclaration: "function () { return this.value; }" };
    const remote = this.#post("Runtime.callFunctionOn", { ...declaration, objectGroup: "mirror" }).result;
    this.#holder.value = undefined;
    return this.internalsOf(remote);
  }

  /** The text of a script. The engine requires an enabled debugger for this, so it is enabled only for a moment. */
  sourceOf(scriptId: string): string {
    this.#debug();
    try {
      return this.#post("Debugger.getScriptSource", { scriptId }).scriptSource;
    } finally {
      this.stopDebugging();
    }
  }

  #debug(): void {
    if (!this.#isDebugging) this.#post("Debugger.enable", {});
    this.#isDebugging = true;
  }

  stopDebugging(): void {
    if (this.#isDebugging) this.#post("Debugger.disable", {});
    this.#isDebugging = false;
  }

  /**
   * The functions that are running, innermost first. To enable the debugger takes most of the time, so that stays enabled until
   * `stopDebugging`.
   *
   * @param isWanted whether a function of a script counts
   * @param most how many functions, at most
   */
  running(isWanted: (scriptId: string) => boolean, most: number): RunningFunction[] {
    const running: RunningFunction[] = [];
    this.#paused = (frames) => {
      for (const frame of frames) {
        if (running.length < most && isWanted(frame.location.scriptId)) running.push(this.#runningFunction(frame));
      }
    };
    this.#debug();
    try {
      // biome-ignore lint/suspicious/noDebugger: the engine tells this thread's inspector where it is, and goes on at once
      debugger;
    } finally {
      this.#paused = undefined;
      // The engine's own group, which it would keep: nobody asks it to resume.
      this.#post("Runtime.releaseObjectGroup", { objectGroup: "backtrace" });
    }
    return running;
  }

  #runningFunction(frame: Debugger.CallFrame): RunningFunction {
    const { functionName: name, location, functionLocation: start, scopeChain, this: receiver } = frame;
    const own = scopeChain.filter(({ type }) => /^(local|block|catch|with)$/.test(type));
    return {
      location: { columnNumber: 0, ...location },
      start: start && { columnNumber: 0, ...start },
      name,
      receiver: this.unwrap(receiver),
      scopes: own.map(({ object }) => this.unwrap(object) as Record<string, unknown>),
    };
  }

  internalsOf(remote: Runtime.RemoteObject): Map<string, Runtime.RemoteObject> {
    const { internalProperties = [] } = this.#properties(remote);
    return new Map(internalProperties.flatMap(({ name, value }) => (value ? [[name, value]] : [])));
  }

  /** The elements of one of the engine's internal lists, in order. */
  elements(remote: Runtime.RemoteObject): Runtime.RemoteObject[] {
    return this.#properties(remote).result.flatMap(({ name, value }) => (/^\d+$/.test(name) && value ? [value] : []));
  }

  /** The value that a remote object stands for. */
  unwrap(remote: Runtime.RemoteObject): unknown {
    if (remote.objectId === undefined) return remote.value;
    this.#post("Runtime.callFunctionOn", {
      objectId: remote.objectId,
      functionDeclaration: "function (holder) { holder.value = this; }",
      arguments: [{ objectId: this.#holderId }],
    });
    const { value } = this.#holder;
    this.#holder.value = undefined;
    return value;
  }

  /** Releases the objects that were inspected. */
  release(): void {
    this.#post("Runtime.releaseObjectGroup", { objectGroup: "mirror" });
  }

  #properties(remote: Runtime.RemoteObject) {
    return this.#post("Runtime.getProperties", { objectId: this.#objectId(remote), ownProperties: true });
  }

  #objectId(remote: Runtime.RemoteObject): string {
    if (remote.objectId === undefined) throw new TypeError("The inspector gave no object.");
    return remote.objectId;
  }

  #post(method: "Runtime.evaluate", params: Runtime.EvaluateParameterType): Runtime.EvaluateReturnType;
  #post(method: "Runtime.callFunctionOn", params: Runtime.CallFunctionOnParameterType): Runtime.CallFunctionOnReturnType;
  #post(method: "Runtime.getProperties", params: Runtime.GetPropertiesParameterType): Runtime.GetPropertiesReturnType;
  #post(method: "Runtime.releaseObjectGroup", params: Runtime.ReleaseObjectGroupParameterType): undefined;
  #post(method: "Debugger.enable" | "Debugger.disable", params: object): undefined;
  #post(method: "Debugger.getScriptSource", params: Debugger.GetScriptSourceParameterType): Debugger.GetScriptSourceReturnType;
  #post(method: string, params: object): unknown {
    let answer: unknown;
    let failure: Error | null = null;
    // Within the same thread, the callback runs before `post` returns. An exception thrown in it would be lost.
    this.#session.post(method, params, (error, result) => {
      failure = error;
      answer = result;
    });
    if (failure) {
      opened = undefined; // an interrupt that arrived after its slice can break the connection, so the next call opens a new one
      throw failure;
    }
    return answer;
  }
}

let opened: Inspector | undefined;

function inspector(): Inspector {
  opened ??= new Inspector();
  return opened;
}

/** What the engine knows about a generator. */
export function reflect(generator: object): Reflection {
  const engine = inspector();
  const internals = engine.internals(generator);
  const value = (name: string) => {
    const remote = internals.get(name);
    return remote ? engine.unwrap(remote) : undefined;
  };
  const scopes = internals.get("[[Scopes]]");
  const reflection: Reflection = {
    state: internals.get("[[GeneratorState]]")?.value,
    location: internals.get("[[GeneratorLocation]]")?.value,
    fn: value("[[GeneratorFunction]]") as object | undefined,
    receiver: value("[[GeneratorReceiver]]"),
    scopes: scopes ? ownScopes(engine.elements(scopes)).map((scope) => scopeObject(engine.unwrap(scope))) : [],
  };
  engine.release();
  return reflection;
}

/** Whether a promise is not settled yet. */
export function isPending(promise: object): boolean {
  const engine = inspector();
  const state = engine.internals(promise).get("[[PromiseState]]")?.value;
  engine.release();
  return state === "pending";
}

/** Must be called before user code goes on that was stopped for `runningFunctions`. */
export function stopDebugging(): void {
  opened?.stopDebugging();
}

/** The functions that are running, innermost first: at most `most` of the scripts that are wanted. */
export function runningFunctions(isWanted: (scriptId: string) => boolean, most: number): RunningFunction[] {
  return inspector().running(isWanted, most);
}

/** The scopes that belong to the function or one of its blocks, and not to the surrounding code. @param scopes innermost first */
function ownScopes(scopes: readonly Runtime.RemoteObject[]): Runtime.RemoteObject[] {
  const local = scopes.findIndex(({ description = "" }) => description.startsWith("Local"));
  const own = local < 0 ? scopes : scopes.slice(0, local + 1);
  return own.filter(({ description = "" }) => /^(Local|Block|Catch|With)/.test(description));
}

/** The object that holds the variables of a scope. The engine wraps it, together with a description. */
function scopeObject(scope: unknown): Record<string, unknown> {
  return (scope as { object: Record<string, unknown> }).object;
}

/** Where the code of a function begins, which is at its parameters. */
export function locationOf(fn: object): CodeLocation | undefined {
  const location = inspector().internals(fn).get("[[FunctionLocation]]")?.value as CodeLocation | undefined;
  inspector().release();
  return location;
}

/** The text of a script. */
export function sourceOf(scriptId: string): string {
  return inspector().sourceOf(scriptId);
}

const namesByPrototype = new WeakMap<object, string>();

/** The name of the function that created a generator. It is found by the prototype, which is different for every generator function. */
export function generatorName(generator: object): string | undefined {
  const prototype = getPrototypeOf(generator);
  const known = prototype ? namesByPrototype.get(prototype) : undefined;
  if (known !== undefined) return known === "" ? undefined : known;
  const { fn } = reflect(generator);
  const name = fn ? ownName(fn) : undefined;
  if (prototype) namesByPrototype.set(prototype, name ?? "");
  return name;
}
