/**
 * Async generators as tasks. If running microtasks is enough to settle everything that a resumption awaits, the resumption is finished
 * in the same step. Otherwise the task waits as if for a promise. The code that it runs after the `await` belongs to no slice, and the
 * task's next step has the result.
 */
import { operation } from "../../../core/waiting/request";
import { apply, runMicrotasks } from "../engine/intrinsics";
import { type CodeOfTask, codeOfTask } from "../load/pointMarks";
import type { Waits } from "./waits";

const { then } = Promise.prototype;

/** The result of a resumption. While it is pending, the result is a yield of the task's own iterator. */
export interface Resumption {
  readonly event: "yielded" | "returned" | "threw";
  readonly value: unknown;
}

/** A method of an async generator: returns a promise. */
type AsyncMethod = (argument?: unknown) => unknown;

/** A resumption in progress. */
interface UnderWay {
  came: Resumption | undefined;
  /** The promise's number, once the task waits for it. */
  token: number;
}

export class AsyncTasks {
  readonly #underWay = new Map<number, UnderWay>();
  readonly #codes = new Map<number, CodeOfTask>();

  /** What a step gave to the `yield` of its task, if that was noted: the results of waits, and values that are sent by hand. */
  #given: unknown;
  #givenTo = -1;
  #givenIn = 0;

  constructor(readonly waits: Waits) {}

  noteGiven(task: number, step: number, value: unknown): void {
    this.#given = value;
    this.#givenTo = task;
    this.#givenIn = step;
  }

  /** What a task was given in a step; undefined if that is not known. */
  givenTo(task: number, step: number): unknown {
    return this.#givenTo === task && this.#givenIn === step ? this.#given : undefined;
  }

  /** Must be called before tasks are resumed, so that a value is not kept alive. */
  forgetGiven(): void {
    this.#given = undefined;
  }

  /**
   * Resumes a task, or takes the result of its last resumption if that has finished in the meantime.
   *
   * @param method a method of the generator
   */
  resume(task: number, iterator: object, method: AsyncMethod, argument: unknown): Resumption {
    const before = this.#underWay.get(task);
    const underWay = before ?? this.#begin(task, iterator, method, argument);
    if (!underWay.came) return { event: "yielded", value: iterator };
    this.#underWay.delete(task);
    return underWay.came;
  }

  /**
   * Blocks a task if its resumption is pending.
   *
   * @returns whether the task is ready
   */
  block(task: number): boolean {
    const underWay = this.#underWay.get(task);
    if (!underWay) return true;
    const { engine, promises } = this.waits;
    underWay.token = promises.token();
    promises.pending += 1;
    return !engine.serve(task, this.waits.request(operation.promise, underWay.token, undefined, undefined));
  }

  /** The number of the point at which an async task is suspended; 0 if that is not known. */
  pointOf(task: number): number {
    return this.#codes.get(task)?.point ?? 0;
  }

  /** Drops the state of a task that has ended. */
  forget(task: number): void {
    this.#underWay.delete(task);
    this.#codes.delete(task);
  }

  #begin(task: number, iterator: object, method: AsyncMethod, argument: unknown): UnderWay {
    const underWay: UnderWay = { came: undefined, token: 0 };
    this.#underWay.set(task, underWay);
    const code = this.#codes.get(task) ?? { task, point: 0 };
    this.#codes.set(task, code);
    const promise = codeOfTask.run(code, () => apply(method, iterator, [argument])) as object;
    const came = (resumption: Resumption) => this.#came(task, underWay, resumption);
    apply(then, promise, [
      ({ done, value }: IteratorResult<unknown>) => came({ event: done ? "returned" : "yielded", value }),
      (value: unknown) => came({ event: "threw", value }),
    ]);
    runMicrotasks();
    return underWay;
  }

  #came(task: number, underWay: UnderWay, resumption: Resumption): void {
    underWay.came = resumption;
    if (underWay.token === 0) return;
    const { engine, promises, wakeup } = this.waits;
    promises.pending -= 1;
    engine.settle(task, underWay.token, undefined);
    wakeup.ring();
  }
}
