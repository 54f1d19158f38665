/**
 * A process that does a part of a search and serves nothing else. A slice that does not end is interrupted; if that does not help, the
 * process is ended.
 */
import type { TaskId } from "../../core/task";
import type { Executed, Explored, ExploreFields } from "../../protocol/explore";
import type { RunnerEvent } from "../../protocol/runner";
import { RunnerFailedError, UserCodeError } from "../common/errors";
import { greeted, mustSpeakTheSame } from "../process/handshake";
import { canInterrupt, RunnerClient } from "../process/runnerClient";
import { type Silence, silenceText } from "../process/runnerListener";
import { loading } from "../run/run";
import type { ExploredProgram } from "./asked";
import { blamed } from "./blame";

type Hung = Extract<RunnerEvent, { event: "hung" }>;

/** A slice that was interrupted is reported at most this often before its process is ended. */
const mostReports = 2;

/** The process was ended because a slice could not be interrupted. */
export class HungError extends RunnerFailedError {}

/** What a search waits for, and for how many milliseconds it has. */
export interface Wait {
  readonly message: string;
  readonly remedy: string;
  readonly millis: number;
}

export class SearchProcess {
  readonly #client: RunnerClient;
  /** Whether user code that hangs may be interrupted: what hangs is then a slice of an order, or an expression about it. */
  #isInOrders = false;
  #reports: { readonly step: number; count: number } | undefined;
  #hasHung = false;
  /** How many orders were announced since the last request, and the tasks of the last one, as far as it has run. */
  #begun = 0;
  #announced: TaskId[] = [];
  /** What is waited for, if that takes long: that the program is loaded, or that a process which gives no sign of life answers. */
  wait: Wait | undefined;

  /** @param waits called when `wait` has changed */
  constructor(
    readonly program: ExploredProgram,
    readonly waits: () => void,
  ) {
    const { command } = program;
    const explorer = { ...command, args: [...command.args, ...(command.toExplore ?? [])] };
    this.#client = new RunnerClient(explorer, {
      steps: () => undefined,
      event: (event) => {
        if (event.event === "hung") this.#isInOrders ? this.#interrupt(event) : this.#waitFor(loadingOf(event));
        if (event.event === "resuming") this.#announce(event.task);
      },
      printed: () => undefined,
      silent: (silence) => this.#waitFor(silence && answerOf(silence)),
      ended: () => undefined,
    });
  }

  /** Loads the program. @throws UserCodeError if that fails */
  async load({ time }: ExploreFields): Promise<void> {
    mustSpeakTheSame(await greeted(this.#client));
    const { file, command } = this.program;
    await this.#client.request("load", loading(file, command, { virtual: time.step, seed: time.seed }, false));
    this.wait = undefined;
  }

  /** Sets up a part of a search. @throws UserCodeError if a call or an expression fails */
  async explore(fields: ExploreFields): Promise<void> {
    try {
      await this.#client.request("explore", fields);
    } catch (error) {
      throw error instanceof UserCodeError ? await blamed(error, fields, (part) => this.#client.request("explore", part)) : error;
    }
  }

  /** Goes on with it. */
  exploreOn(orders: number, millis: number): Promise<Explored> {
    this.#begun = 0;
    return this.#inOrders(() => this.#client.request("exploreOn", { orders, millis }));
  }

  /** Runs one order. */
  async execute(schedule: readonly TaskId[]): Promise<Executed> {
    const { executed } = await this.#inOrders(() => this.#client.request("execute", { schedules: [[...schedule]] }));
    const [one] = executed;
    if (!one) throw new RunnerFailedError("The runner executed no order.", "Reinstall the extension.");
    return one;
  }

  /** The tasks of the order that ran when the process ended, if orders were announced. */
  get announced(): readonly TaskId[] {
    return this.#announced;
  }

  /** How many orders the last request has begun, if they were announced. Some are tried twice, to see whether they go the same way. */
  get begun(): number {
    return this.#begun;
  }

  end(): void {
    this.#client.kill("The search is over.");
  }

  async #inOrders<T>(ask: () => Promise<T>): Promise<T> {
    this.#isInOrders = true;
    try {
      return await ask();
    } catch (error) {
      throw this.#hasHung ? new HungError("A task does not give back control.", "End its loop.", { cause: error }) : error;
    } finally {
      this.#isInOrders = false;
    }
  }

  #interrupt({ step }: Hung): void {
    if (this.#reports?.step !== step) this.#reports = { step, count: 0 };
    this.#reports.count += 1;
    if (canInterrupt && this.#reports.count <= mostReports) {
      this.#client.interrupt();
      return;
    }
    this.#hasHung = true;
    this.#client.kill("A task does not give back control.");
  }

  #waitFor(wait: Wait | undefined): void {
    this.wait = wait;
    this.waits();
  }

  #announce(task: TaskId | undefined): void {
    if (task !== undefined) {
      this.#announced.push(task);
      return;
    }
    this.#begun += 1;
    this.#announced = [];
  }
}

function loadingOf({ millis, at }: Hung): Wait {
  const where = at ? ` at ${at.file}:${at.line}` : "";
  return {
    message: `The program has been running for ${Math.round(millis / 1_000)} s while it is loaded${where}.`,
    remedy: "Let it do its work in its tasks, or give it more time.",
    millis,
  };
}

function answerOf(silence: Silence): Wait {
  return {
    message: silenceText("The process that tries the orders", silence),
    remedy: "It may be suspended, blocked in native code, or short of memory. Wait, or cancel the search.",
    millis: silence.seconds * 1_000,
  };
}
