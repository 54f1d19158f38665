/**
 * Random programs of waiting tasks, as plain data. The engine runs them here, and the runners run them too: their rows, steps and
 * results must be the same. The result of a task is a text with the results of its operations, so that languages can be compared.
 */
import fc from "fast-check";

/** A wait, with the number of a resource, from 1, or of a task, from 0. */
export type Wait =
  | { readonly op: "acquire" | "take" | "wait"; readonly on: number }
  /** Without a value, that is a count of the puts so far, from 1. */
  | { readonly op: "put"; readonly on: number; readonly value?: number }
  | { readonly op: "join"; readonly on: number }
  | { readonly op: "sleep"; readonly millis: number };

/** What is yielded as a request. */
export type Requested =
  | Wait
  /** Spawns a task that runs one of the program's `children`. */
  | { readonly op: "spawn"; readonly child: number }
  | { readonly op: "handOver"; readonly on: number }
  | { readonly op: "any" | "all"; readonly parts: readonly Wait[] };

/** A call that does not wait. */
export type Call = { readonly op: "release" | "set" | "clear" | "close"; readonly on: number };

export type Op = Requested | Call | { readonly op: "yield" } | { readonly op: "fail" };

export interface Program {
  /** The operations of each task that exists from the start. */
  readonly tasks: readonly (readonly Op[])[];
  readonly children: readonly (readonly Op[])[];
}

/** The resources of every program, created in this order, without names. */
export const resources = [
  { kind: "mutex" },
  { kind: "mutex" },
  { kind: "semaphore", permits: 2 },
  { kind: "channel", capacity: 0 },
  { kind: "channel", capacity: 1 },
  { kind: "channel" },
  { kind: "event" },
] as const;

/** What a task can do with its resources, in its own language. */
export interface Api {
  /** The request for a wait, for `any` and for `all`. */
  request(op: Requested): unknown;
  call(op: Call["op"], on: number): void;
  /** The text of a result: `held`, `-` for nothing, `closed`, `task 3`, a number, `[1,-]` for a pair or a list. */
  show(value: unknown): string;
  /** Called with each result, before it is formatted. */
  gave?(op: Requested, value: unknown): void;
}

/**
 * The reference implementation of a task: it continues after every error, except for `fail`.
 *
 * @param log gets the texts of its results
 */
export function* taskOf(ops: readonly Op[], api: Api, log: string[] = []): Generator<unknown, string, unknown> {
  for (const op of ops) {
    if (op.op === "fail") throw new Error(`failed after ${log.join(" ")}`);
    try {
      if (op.op === "yield") yield;
      else if (isCall(op)) api.call(op.op, op.on);
      else {
        const value = yield api.request(op);
        api.gave?.(op, value);
        log.push(api.show(value));
      }
    } catch (error) {
      log.push(`!${(error as Error).message}`);
    }
  }
  return log.join(" ");
}

export function isCall(op: Op): op is Call {
  return op.op === "release" || op.op === "set" || op.op === "clear" || op.op === "close";
}

/** Which operations a program may contain. */
export interface Kinds {
  readonly sleeps?: boolean;
  readonly spawns?: boolean;
}

const on = (...numbers: number[]) => fc.constantFrom(...numbers);
const [locks, channels, events] = [on(1, 2, 3), on(4, 5, 6), on(7)];

/** Random programs, many of which deadlock. */
export function programs({ sleeps = true, spawns = true }: Kinds = {}): fc.Arbitrary<Program> {
  const someTask = fc.integer({ min: 0, max: 5 });
  const wait: fc.Arbitrary<Wait> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ op: fc.constant("acquire" as const), on: locks }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constantFrom("put" as const, "take" as const), on: channels }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant("wait" as const), on: events }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant("join" as const), on: someTask }) },
    {
      weight: sleeps ? 1 : 0,
      arbitrary: fc.record({ op: fc.constant("sleep" as const), millis: fc.integer({ min: 0, max: 6 }) }),
    },
  );
  const group = fc.record({ op: fc.constantFrom("any" as const, "all" as const), parts: fc.array(wait, { maxLength: 3 }) });
  const op: fc.Arbitrary<Op> = fc.oneof(
    { weight: 10, arbitrary: wait },
    { weight: 4, arbitrary: group },
    { weight: 5, arbitrary: fc.record({ op: fc.constant("release" as const), on: locks }) },
    { weight: 2, arbitrary: fc.constant({ op: "yield" as const }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constantFrom("set" as const, "clear" as const), on: events }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant("close" as const), on: channels }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant("handOver" as const), on: someTask }) },
    { weight: spawns ? 1 : 0, arbitrary: fc.record({ op: fc.constant("spawn" as const), child: on(0, 1) }) },
    { weight: 1, arbitrary: fc.constant({ op: "fail" as const }) },
  );
  const ops = fc.array(op, { minLength: 1, maxLength: 9 });
  // Children must not spawn, since that could go on forever.
  const childOps = ops.map((each) => each.filter(({ op: kind }) => kind !== "spawn"));
  return fc.record({
    tasks: fc.array(ops, { minLength: 2, maxLength: 4 }),
    children: fc.array(childOps, { minLength: 2, maxLength: 2 }),
  });
}
