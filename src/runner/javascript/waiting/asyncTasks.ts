/**
 * Async generators as tasks. A resumption runs up to the first `await` that does not settle by itself: one that settles with
 * microtasks alone is gone on from at once, in the same step. Otherwise the task waits as for a promise, and what it runs after the
 * `await` belongs to no slice; the step after that takes what came of it.
 */
import { operation } from "../../../core/waiting/request";
import { apply, runMicrotasks } from "../engine/intrinsics";
import { type CodeOfTask, codeOfTask } from "../load/pointMarks";
import type { Waits } from "./waits";

const { then } = Promise.prototype;

/** What a resumption came to; the task's own iterator where it is pending. */
export interface Resumption {
  readonly event: "yielded" | "returned" | "threw";
  readonly value: unknown;
}

/** A method of an async generator, which gives a promise. */
type AsyncMethod = (argument?: unknown) => unknown;

/** One resumption that is under way. */
interface UnderWay {
  came: Resumption | undefined;
  /** The promise's number, once the task waits for it. */
  token: number;
}

export class AsyncTasks {
  readonly #underWay = new Map<number, UnderWay>();
  readonly #codes = new Map<number, CodeOfTask>();

  constructor(readonly waits: Waits) {}

  /**
   * Resumes a task, or takes what the last resumption came to in the meantime.
   *
   * @param method one of the generator's
   */
  resume(task: number, iterator: object, method: AsyncMethod, argument: unknown): Resumption {
    const before = this.#underWay.get(task);
    const underWay = before ?? this.#begin(task, iterator, method, argument);
    if (!underWay.came) return { event: "yielded", value: iterator };
    this.#underWay.delete(task);
    return underWay.came;
  }

  /**
   * Blocks a task whose resumption is pending.
   *
   * @returns whether it is ready, since none is
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

  /** Forgets what a task was doing that is over. */
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
