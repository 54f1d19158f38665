/**
 * Rebuilds data that was not captured at the time, such as locals during a run at full speed, by replaying the schedule up to that
 * step.
 */
import type { TaskId } from "../../core/task";
import type { Answer } from "../../protocol/runner";
import type { Rebuild, Watch } from "../../protocol/watches";
import { adviceOf } from "../common/errors";
import { ReplayError } from "../common/replayErrors";
import type { Program } from "../loop/program";
import type { Run } from "../run/run";
import { mostLookedAt, mostPreloaded } from "../run/sampling";
import { completeWatches } from "../run/watchEvaluation";
import { openParts } from "../seen/errorParts";
import { childrenPage } from "../seen/inspections";
import type { ChangePlace } from "../seen/navigation";
import { type Expansion, valuesOf } from "../seen/seenRecord";
import { isMissing, taskSeen } from "../seen/taskSeen";
import type { Watches } from "../seen/watches";
import { ChangeSearch, type Found } from "./changeSearch";
import { Replay } from "./replay";

/** A replay in progress: its last step, and its purpose, which is either missing data or a change of a watch. */
interface Work {
  readonly replay: Replay;
  readonly of: number;
  readonly missing?: Rebuild["missing"];
  readonly watch?: string;
}

/** The run that is shown, and the step that the view shows. */
export interface Rebuilt {
  readonly execution: {
    readonly run: Run;
    /** Whether the run is in progress, or its file is being loaded. */
    readonly isBusy: boolean;
  };
  readonly cursor: { readonly step: number; readonly head: number; readonly looked: TaskId | undefined };
  readonly program: Pick<Program, "file" | "isStale" | "commandUnder">;
  readonly rules: { readonly watches: Watches };
}

export class Rebuilding {
  #work: Work | undefined;
  #refused: { readonly step: number; readonly missing: Rebuild["missing"]; readonly message: string } | undefined;

  /** @param changed called after every change that a view may display */
  constructor(
    readonly shown: Rebuilt,
    readonly changed: () => void,
  ) {}

  /** What can be rebuilt for the step at the cursor; undefined if nothing is missing. */
  get state(): Rebuild | undefined {
    const { cursor, execution } = this.shown;
    if (this.#work?.missing) return { state: "running", missing: this.#work.missing, done: this.#work.replay.done };
    const missing = this.#missingAt(cursor.step);
    if (!missing || (cursor.step === cursor.head && execution.isBusy)) return undefined;
    if (this.#refused?.step === cursor.step && this.#refused.missing === missing)
      return { state: "refused", missing, message: this.#refused.message };
    return { state: "possible", missing };
  }

  /** The progress of a search for a change of a watch. */
  searched(expression: string): Watch["searched"] {
    return this.#work?.watch === expression ? { done: this.#work.replay.done, of: this.#work.of } : undefined;
  }

  /** Rebuilds a step, or the task that is looked at there. Cancels a rebuild in progress. Resolves when it is complete, refused or cancelled, which `state` then shows. */
  async rebuild(step: number): Promise<void> {
    this.cancel();
    const { looked } = this.shown.cursor;
    const missing = this.#missingAt(step);
    if (!missing) return;
    const purpose = { missing, of: step };
    try {
      if (looked === undefined) await this.#reach(step, purpose);
      else await this.#replaying(purpose, (replay) => keepBeside(replay, this.shown.execution.run, step, looked));
    } catch (error) {
      this.#refused = { step, missing, message: adviceOf(error) };
      this.changed();
    }
  }

  /**
   * Finds the nearest change of a watch, relative to the cursor, among steps that were not captured. Cancels any replay in progress.
   *
   * @returns undefined if the search was cancelled
   * @throws ReplayError if a step differs from the trace, or cannot be replayed
   */
  async findChange(place: ChangePlace, expression: string): Promise<Found | undefined> {
    this.cancel();
    const { cursor, program } = this.shown;
    const { run } = this.shown.execution;
    const search = new ChangeSearch(run, program.file, expression, {
      run: (of, work) => this.#replaying({ watch: expression, of }, work),
      reach: (step) => this.#reach(step, { watch: expression, of: step }),
      look: (replay, step) => this.#look(replay, run, step),
    });
    return place === "previousChange" ? search.before(cursor.step) : search.after(cursor.step, cursor.head);
  }

  /** Cancels the replay in progress, and ends its process. */
  cancel(): void {
    this.#work?.replay.end();
    this.#work = undefined;
    this.changed();
  }

  /** Must be called when the cursor moves: a search that started at another step must not move it again. */
  leave(): void {
    if (this.#work?.watch !== undefined) this.cancel();
  }

  /** Must be called when watches change: the expression of a search may have been removed. */
  watchesChanged(): void {
    const { watch } = this.#work ?? {};
    if (watch !== undefined && !this.shown.rules.watches.list.includes(watch)) this.cancel();
  }

  /** Must be called when the trace is replaced. */
  forget(): void {
    this.#refused = undefined;
    this.cancel();
  }

  /**
   * Runs work on a replay in a fresh process.
   *
   * @returns the result, or undefined if the replay was cancelled
   * @throws any error of the work
   */
  async #replaying<T>(purpose: Omit<Work, "replay">, work: (replay: Replay) => Promise<T>): Promise<T | undefined> {
    const { program, execution } = this.shown;
    if (program.isStale) throw fileChanged();
    const replay = new Replay(program.commandUnder(execution.run), execution.run, this.changed);
    this.#work = { ...purpose, replay };
    this.#refused = undefined;
    this.changed();
    try {
      await replay.load(program.file);
      return await work(replay);
    } catch (error) {
      if (this.#work?.replay === replay) throw replay.refusal ?? error;
      return undefined;
    } finally {
      if (this.#work?.replay === replay) this.cancel();
    }
  }

  /** What was not captured of what is shown at a step. */
  #missingAt(step: number): Rebuild["missing"] | undefined {
    const { looked } = this.shown.cursor;
    if (looked === undefined) return this.#missing(step);
    return isMissing(taskSeen({ run: this.shown.execution.run, cursor: step }, looked)) ? "task" : undefined;
  }

  /** What was not captured: the step itself, or the earlier steps that are needed to show what it changed. */
  #missing(step: number): Rebuild["missing"] | undefined {
    const { run } = this.shown.execution;
    const { watches } = this.shown.rules;
    const seen = step === 0 ? { frames: [] } : run.inspections.of(step);
    if (!seen || !watches.active.every((expression) => run.watched.has(step, expression))) return "step";
    if (this.#missingBefore(step, 1).length > 0) return "changes";
    if (seen.frames.length === 0) return undefined;
    const before = run.trace.previousOf(run.trace.at(step).task, step - 1);
    return before === undefined || run.inspections.of(before) ? undefined : "changes";
  }

  /** The earlier steps that are needed to tell which watches changed at a step. @param most the maximum number per watch */
  #missingBefore(step: number, most: number): number[] {
    const { run } = this.shown.execution;
    return this.shown.rules.watches.active.flatMap((expression) => run.watched.missingBefore(step, expression, most));
  }

  /** Makes sure that a step is captured, and what it changed. @returns undefined if cancelled */
  async #reach(step: number, purpose: Omit<Work, "replay">): Promise<true | undefined> {
    const { run } = this.shown.execution;
    if (!this.#missing(step)) return true;
    if (!(await this.#replaying(purpose, (replay) => this.#lookAround(replay, run, step)))) return undefined;
    // Whether a variable is hidden at the earlier steps is known only after those have been captured.
    for (let turn = 0; turn < mostTurns && this.#missingBefore(step, 1).length > 0; turn += 1) {
      const steps = inOrder(this.#missingBefore(step, stepsInTurn));
      if (!(await this.#replaying(purpose, (replay) => this.#lookAtAll(replay, run, steps)))) return undefined;
    }
    return true;
  }

  /**
   * Also captures earlier steps on the way: the task's previous step, and the previous one at which its module's variables may be
   * visible.
   */
  async #lookAround(replay: Replay, run: Run, step: number): Promise<true> {
    if (step === 0) return this.#lookAtAll(replay, run, [0]);
    const { task } = run.trace.at(step);
    const { scopes } = run.watched;
    const own = run.trace.previousOf(task, step - 1) ?? step;
    const isWatched = this.shown.rules.watches.active.length > 0;
    const before = (isWatched ? scopes.previous({ module: scopes.moduleOf(step) }, step - 1) : undefined) ?? step;
    await this.#lookAtAll(replay, run, inOrder([own, before, step]));
    const totals = run.trace.totals(step, run.scheduler.tasks.length);
    const others = totals.flatMap(({ lastStep }, id) => (lastStep > 0 && id !== task ? { id, lastStep } : []));
    for (const { id, lastStep } of others.slice(0, mostLookedAt)) {
      run.inspections.recordLater(lastStep, await replay.inspect(id));
    }
    return true;
  }

  async #lookAtAll(replay: Replay, run: Run, steps: readonly number[]): Promise<true> {
    for (const step of steps) await this.#look(replay, run, step);
    return true;
  }

  /** Replays up to a step, and captures its task's locals and the watches. */
  async #look(replay: Replay, run: Run, step: number): Promise<void> {
    await replay.to(step);
    const task = step > 0 ? run.trace.at(step).task : undefined;
    if (task !== undefined && !run.inspections.of(step)) await keepSeen(replay, run, step, task);
    const frames = run.inspections.of(step)?.frames ?? [];
    await completeWatches(run.watched, { step, task, frames }, this.shown.rules.watches, (each) => replay.evaluate(each, task));
  }
}

/** If a variable is hidden, how many earlier steps are captured at a time, and how many times this is repeated. */
const stepsInTurn = 64;
const mostTurns = 4;

function inOrder(steps: readonly number[]): number[] {
  return [...new Set(steps)].sort((one, other) => one - other);
}

function fileChanged(): ReplayError {
  const why = "The file was changed after it was loaded, so a replay would run different code.";
  return new ReplayError(why, "Restart and step there by hand.");
}

async function keepBeside(replay: Replay, run: Run, step: number, task: TaskId): Promise<true> {
  await replay.to(step);
  const seen = await replay.inspect(task);
  run.inspections.beside.record(step, task, seen, await childrenOf(replay, seen));
  return true;
}

async function keepSeen(replay: Replay, run: Run, step: number, task: TaskId): Promise<void> {
  const seen = await replay.inspect(task);
  const { handle } = seen.value ?? {};
  const isThrown = run.trace.at(step).event === "threw" && handle !== undefined;
  const parts = isThrown ? await openParts(handle, (each) => replay.expand(each, childrenPage)) : [];
  run.inspections.recordPast(step, seen, new Map([...(await childrenOf(replay, seen)), ...parts]));
}

/** One level of children of the locals and of the value, so that they can be expanded after the process has ended. */
async function childrenOf(replay: Replay, seen: Answer<"inspect">): Promise<Map<number, Expansion>> {
  const handles = valuesOf(seen)
    .flatMap(({ handle }) => handle ?? [])
    .slice(0, mostPreloaded);
  return new Map(await Promise.all(handles.map(async (handle) => [handle, await replay.expand(handle, childrenPage)] as const)));
}
