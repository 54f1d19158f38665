/**
 * One part of a search, done by one process after another: where a slice ends its process, or cannot be interrupted, another process goes
 * on, and does not run that slice again.
 */
import { isDeepStrictEqual } from "node:util";
import type { TaskId } from "../../core/task";
import type { Executed, Explored, ExploreFields } from "../../protocol/explore";
import { OrderError, RunnerFailedError } from "../common/errors";
import type { ExploredProgram } from "./asked";
import type { ExploredText } from "./exploredText";
import { HungError, SearchProcess, type Wait } from "./searchProcess";

/** So long a process goes on before it tells, in milliseconds. */
const pace = 100;
/** So long an order that ended a process is looked for, in milliseconds: steps that are announced take many times as long. */
const longestLook = 100 * pace;
/** So many orders may end the process before the search fails. */
const mostFatal = 50;

const unexplained = "The process of the program ended, and did not when the same orders were run again";

const changed = new OrderError(
  "The file was changed in the meantime: orders of two programs cannot be counted together.",
  "Explore again.",
);

/** So many orders have ended their processes that the search does not go on. */
export class TooManyEndsError extends RunnerFailedError {
  constructor(cause: unknown) {
    super(`${mostFatal} orders have ended the process of the program: the search ends here.`, "Mend the tasks that end it.", {
      cause,
    });
  }
}

/** An answer, and which process gave it. */
export interface Told {
  readonly process: number;
  readonly explored: Explored;
}

/** Numbers all processes, so that their outcomes are told apart. */
let processes = 0;

export class Lane {
  #process: SearchProcess | undefined;
  #number = 0;
  #fields: ExploreFields | undefined;
  #position: string | undefined;
  #fatal: NonNullable<ExploreFields["fatal"]> = [];
  /** So many orders lead to the one that ended the process. They are told of before others are tried, which may end it again. */
  #most = Number.MAX_SAFE_INTEGER;
  #isEnded = false;

  /**
   * @param text of the program. Where it was changed, no process begins: what it has found would be of another program
   * @param waits called when `wait` has changed
   */
  constructor(
    readonly program: ExploredProgram,
    readonly text: ExploredText,
    readonly waits: () => void,
  ) {}

  /** What its process makes it wait for, if that takes long. */
  get wait(): Wait | undefined {
    return this.#process?.wait;
  }

  /** Begins a part of a search, or goes on at a position. Does nothing if the part is under way. */
  async setUp(fields: ExploreFields, position: string | undefined): Promise<void> {
    if (this.#process && isDeepStrictEqual(fields, this.#fields)) return;
    this.#fields = fields;
    this.#position = position;
    await this.#begin();
  }

  /** Goes on for at most so many orders, and for a moment. */
  async goOn(orders: number, millis: number): Promise<Told> {
    const long = Math.max(1, Math.round(Math.min(pace, millis)));
    for (;;) {
      const process = this.#process ?? (await this.#begin());
      const most = Math.min(orders, this.#most);
      try {
        return this.#told(await process.exploreOn(most, long));
      } catch (error) {
        const told = await this.#after(error, most);
        if (told) return told;
      }
    }
  }

  /** Runs one order. */
  async execute(schedule: readonly TaskId[]): Promise<Executed> {
    return (this.#process ?? (await this.#begin())).execute(schedule);
  }

  end(): void {
    this.#isEnded = true;
    this.#process?.end();
  }

  /** @param announces whether to announce the steps of each order before they run */
  async #begin(announces = false): Promise<SearchProcess> {
    const fields = this.#fields as ExploreFields;
    if (!this.#process) {
      const process = new SearchProcess(this.program, this.waits);
      if (this.#isEnded) process.end();
      this.#process = process;
      await process.load(fields);
    }
    processes += 1;
    this.#number = processes;
    const position = this.#position === undefined ? {} : { position: this.#position };
    const guarded = { ...(this.#fatal.length > 0 ? { fatal: this.#fatal } : {}), ...(announces ? { announces } : {}) };
    await this.#process.explore({ ...fields, ...position, ...guarded });
    if (this.text.look()) throw changed;
    return this.#process;
  }

  #told(explored: Explored): Told {
    this.#position = explored.position;
    this.#most = Number.MAX_SAFE_INTEGER;
    return { process: this.#number, explored };
  }

  /**
   * The process has ended in one of the orders that it was asked for. They are run again, each step announced, to see which one it is.
   *
   * @returns the answer, if it does not end this time
   */
  async #after(error: unknown, orders: number): Promise<Told | undefined> {
    if (!(error instanceof RunnerFailedError) || this.#isEnded) throw error;
    if (this.#fatal.length >= mostFatal) throw new TooManyEndsError(error);
    this.#process = undefined;
    const process = await this.#begin(true);
    try {
      const explored = await process.exploreOn(orders, longestLook);
      return this.#told({ ...explored, outside: unexplained });
    } catch (again) {
      if (!(again instanceof RunnerFailedError) || this.#isEnded || process.announced.length === 0) throw again;
      this.#fatal.push({ end: again instanceof HungError ? "hung" : "died", picks: [...process.announced] });
      this.#process = undefined;
      this.#most = process.begun;
      return undefined;
    }
  }
}
