/**
 * A replay: the recorded schedule is executed again in a separate process. Every step is compared with the trace. The output of the
 * tasks is discarded, since it was recorded the first time.
 */

import { type Plan, planOf } from "../../core/schedule/plan";
import type { TaskId } from "../../core/task";
import { Comparison } from "../../core/trace/comparison";
import { recordOf } from "../../core/trace/segment";
import { type StepChunk, stepEvents } from "../../core/trace/trace";
import { WaitState } from "../../core/waiting/waitState";
import type { Condition } from "../../protocol/requests";
import { type Answer, protocolVersion, type RunnerEvent } from "../../protocol/runner";
import { askedOf } from "../common/calls";
import { ReplayError, replayDiffers, replayHangs, replaySilent, replayWaits, watchHangs } from "../common/replayErrors";
import { canInterrupt } from "../process/runnerClient";
import { silenceText } from "../process/runnerListener";
import type { RunnerCommand } from "../process/runnerProcess";
import { type Runner, startRunner } from "../processes/startRunner";
import { evaluating, loading, observing, type Run } from "../run/run";
import { type Asked, TypedInput, typedUpTo } from "../run/typedInput";
import { UnrepeatableCalls } from "../seen/unrepeatable";

const yielded = stepEvents.indexOf("yielded");

/** A slice may take twice as long as when it was recorded, plus this number of milliseconds. */
const patienceMillis = 2_000;

/** Conditions that are evaluated after each step. */
type Until = { readonly until?: Condition[] };

export class Replay {
  /** The number of steps that were replayed and matched. */
  done = 0;
  #spawned = 0;
  /** The session's file. */
  #main = "";
  #byHand = 0;
  /** Which tasks wait for what in the replay. */
  readonly #waits = new WaitState();
  /** Why the replay ended, unless it was ended by `end`. */
  refusal: ReplayError | undefined;
  /** The watch that is being evaluated, or that is evaluated after each step. */
  #watched: string | undefined;
  readonly #unrepeatable = new UnrepeatableCalls();
  readonly #comparison: Comparison;
  readonly #client: Runner;
  readonly #typed = new TypedInput((text) => this.#client.give(text));

  /**
   * @param run the run to replay, which may continue during the replay
   * @param progressed called whenever `done` has increased
   */
  constructor(
    command: RunnerCommand,
    readonly run: Run,
    readonly progressed: () => void,
  ) {
    this.#comparison = new Comparison(run.trace.points);
    this.#client = startRunner(command, {
      steps: (chunk) => this.#compare(chunk),
      waits: (rows) => this.#waits.apply(rows),
      event: (event) => this.#event(event),
      printed: () => undefined,
      silent: (silence) => silence && this.#refuse(replaySilent(silenceText("The process of the replay", silence))),
      ended: () => undefined,
    });
  }

  /**
   * Evaluates the current version of the user's file.
   *
   * @throws UserCodeError if it can no longer be loaded
   */
  async load(file: string): Promise<void> {
    await this.#client.request("hello", { protocol: protocolVersion });
    this.#main = file;
    const { observed, virtualTime, command, output, typed } = this.run;
    this.#typed.repeat(typedUpTo(Number.POSITIVE_INFINITY, output), typed);
    if (typed.isAhead) this.#typed.close();
    if (observed) await this.#client.request("observe", observing(file, observed, command, virtualTime));
    else await this.#client.request("load", loading(file, command, virtualTime, true));
  }

  /**
   * Executes the recorded steps up to `last`, or up to the first one that meets a condition.
   *
   * @param condition a condition that is only noted does not end the replay
   * @returns whether the condition ended the replay, and the last step that was noted
   * @throws ReplayError if a step differs from the trace, or cannot be replayed
   */
  async to(last: number, condition?: Condition): Promise<{ isMet: boolean; noted: number | undefined }> {
    const until = condition ? { until: [condition] } : {};
    this.#watched = condition?.expression;
    const found: { isMet: boolean; noted: number | undefined } = { isMet: false, noted: undefined };
    try {
      while (this.done < last && !found.isMet) {
        const advanced = await this.#advance(last, until);
        found.isMet = advanced.condition !== undefined;
        found.noted = advanced.noted ?? found.noted;
      }
      await this.#spawnDue(); // creating a task runs user code, which may change what is captured
      return found;
    } catch (error) {
      throw this.refusal ?? error;
    }
  }

  /** Where a task is suspended, with its locals. */
  inspect(task: TaskId): Promise<Answer<"inspect">> {
    return this.#client.request("inspect", { task });
  }

  /** @param count the maximum number of children */
  expand(handle: number, count: number): Promise<Answer<"expand">> {
    return this.#client.request("expand", { handle, start: 0, count });
  }

  /** Evaluates a watch, and interrupts it if it hangs. @param task the task whose locals it sees; left out, only the module's */
  evaluate(watch: string, task?: TaskId): Promise<Answer<"evaluate">> {
    this.#watched = canInterrupt ? undefined : watch;
    return this.#client.request("evaluate", evaluating(watch, task));
  }

  /** Ends the process. Pending requests are rejected. */
  end(): void {
    this.#client.kill("The replay was ended.");
  }

  async #advance(last: number, until: Until): Promise<Answer<"advance">> {
    await this.#spawnDue();
    const before = this.done;
    const advanced = await this.#resume(before + 1, last, until);
    if (this.refusal) throw this.refusal;
    if (this.done === before) throw new ReplayError(`The runner did not replay step ${before + 1}.`, "Restart the session.");
    return advanced;
  }

  async #resume(from: number, last: number, until: Until): Promise<Answer<"advance">> {
    if (this.run.observed) return this.#client.request("advance", { from, plan: { switches: last - from + 1 }, ...until });
    const byHand = this.run.resuming.byHand[this.#byHand];
    if (byHand?.step === from) {
      this.#byHand += 1;
      const { task } = byHand;
      if (byHand.verb === "close") return this.#client.request("close", { from, task, ...until });
      return this.#client.request(byHand.verb, { from, task, expression: byHand.expression, ...until });
    }
    await this.#wait(from);
    const { picks, times } = this.#plan(Math.min(last, (byHand?.step ?? Number.POSITIVE_INFINITY) - 1));
    return this.#client.request("advance", { from, plan: { picks: [...picks], times }, ...until });
  }

  /** Waits until the task of a recorded step has been woken. */
  async #wait(step: number): Promise<void> {
    const { trace, scheduler } = this.run;
    const { task } = trace.at(step);
    while (this.#waits.isBlocked(task) && !this.refusal) {
      const { stopped } = await this.#client.request("advance", { from: step, plan: { ring: [], steps: 0 } });
      if (stopped === "idle") this.#refuse(replayWaits(scheduler.tasks[task]?.name ?? "", step));
    }
  }

  /** Adds the tasks that were added at the step that the replay has reached. */
  async #spawnDue(): Promise<void> {
    const { added, scheduler, observed } = this.run;
    if (observed) return;
    for (let task = added[this.#spawned]; task && task.step <= this.done; task = added[this.#spawned]) {
      const call = scheduler.tasks[this.#spawned]?.call ?? "";
      if (task.parent === undefined) {
        await this.#client.request("spawn", { task: this.#spawned, ...askedOf(call, this.#main) });
      }
      this.#spawned += 1;
    }
  }

  /**
   * The recorded picks up to the first step that ends a task or whose task is waiting, and at most up to the step at which the next task
   * was added.
   */
  #plan(last: number): Plan {
    const recorded = this.run.trace.chunkAt(this.done + 1);
    const begin = this.done + 1 - recorded.first;
    const nextAdded = this.run.added[this.#spawned]?.step ?? Number.POSITIVE_INFINITY;
    let end = Math.min(recorded.task.length, Math.min(last, nextAdded) - recorded.first + 1);
    for (let index = begin; index < end; index += 1) {
      if (index > begin && this.#waits.isBlocked(recorded.task[index] as TaskId)) end = index;
      else if (recorded.event[index] !== yielded) end = index + 1;
    }
    return planOf(recorded.task.subarray(begin, end));
  }

  #compare(chunk: StepChunk): void {
    if (this.refusal) return;
    for (let step = chunk.first, end = step + chunk.task.length; step < end; ) {
      const recorded = this.run.trace.chunkAt(step);
      const differing = this.#comparison.firstDifference(recorded, chunk);
      if (differing !== undefined) {
        this.#differs(differing, chunk);
        return;
      }
      step = recorded.first + recorded.task.length;
    }
    this.done += chunk.task.length;
    this.progressed();
  }

  #differs(step: number, chunk: StepChunk): void {
    const recorded = this.run.trace.at(step);
    const replayed = recordOf(chunk, step - chunk.first, this.#comparison.points);
    const name = this.run.scheduler.tasks[recorded.task]?.name ?? "";
    this.#refuse(replayDiffers(name, recorded, replayed, this.#unrepeatable.by(recorded.task, step)));
  }

  #event(event: RunnerEvent): void {
    if (event.event === "unrepeatable") this.#unrepeatable.add(event);
    if (event.event === "points") this.#comparison.addPoints(event.points);
    if (event.event === "asks") this.#asked(event);
    if (event.event !== "hung") return;
    const { trace, scheduler } = this.run;
    const { step, task, millis } = event;
    if (task === undefined) {
      // If no watch is being evaluated, the file is being loaded, which may take longer.
      if (this.#watched !== undefined && millis >= patienceMillis) this.#refuse(watchHangs(this.#watched, millis));
      return;
    }
    const recorded = trace.at(Math.min(step, trace.length));
    if (millis < patienceMillis + (2 * recorded.micros) / 1_000) return;
    this.#refuse(replayHangs(scheduler.tasks[task]?.name ?? "", recorded, millis));
  }

  /** What is not typed yet is not waited for. */
  #asked(event: Asked): void {
    this.#typed.ask(event);
    if (this.#typed.asked) this.#typed.close();
  }

  #refuse(refusal: ReplayError): void {
    this.refusal ??= refusal;
    this.end();
  }
}
