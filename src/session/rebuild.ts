/**
 * Rebuilding: what nobody looked at when it happened, such as the locals in a stretch at full speed, is got by replaying the
 * schedule up to that step.
 */
import type { TaskId } from "../core/task";
import type { Rebuild } from "../protocol/panel";
import type { Answer } from "../protocol/runner";
import { adviceOf } from "./errors";
import { childrenPage, type Expansion } from "./inspections";
import { mostLookedAt, mostPreloaded } from "./looking";
import { Replay } from "./replay";
import { ReplayError } from "./replayErrors";
import type { Run } from "./run";
import type { SessionState } from "./sessionState";

export class Rebuilding {
  #replay: Replay | undefined;
  #refused: { readonly step: number; readonly message: string } | undefined;

  /** @param changed called after everything that a view may want to show */
  constructor(
    readonly session: SessionState,
    readonly changed: () => void,
  ) {}

  /** What can be done about the step at the cursor, or undefined where nothing is missing. */
  get state(): Rebuild | undefined {
    const { cursor, head, status } = this.session;
    const missing = this.#missing(cursor);
    if (!missing) return undefined;
    if (this.#replay) return { state: "running", missing, done: this.#replay.done };
    if (cursor === head && (status === "running" || status === "loading")) return undefined;
    if (this.#refused?.step === cursor) return { state: "refused", missing, message: this.#refused.message };
    return { state: "possible", missing };
  }

  /** Resolves when the step is rebuilt, refused or cancelled: `state` tells which. One that is under way is cancelled. */
  async rebuild(step: number): Promise<void> {
    const { run, options, stale } = this.session;
    this.cancel();
    if (!this.#missing(step)) return;
    if (stale) return this.#refuse(step, fileChanged);
    const replay = new Replay(options.command, run, this.changed);
    this.#replay = replay;
    this.#refused = undefined;
    this.changed();
    try {
      await replay.load(options.file);
      await this.#reach(replay, run, step);
    } catch (error) {
      if (this.#replay === replay) this.#refuse(step, error);
    } finally {
      if (this.#replay === replay) this.cancel();
    }
  }

  /** Ends the process of the rebuilding that is under way. */
  cancel(): void {
    this.#replay?.end();
    this.#replay = undefined;
    this.changed();
  }

  /** The trace that it belonged to is gone. */
  forget(): void {
    this.#refused = undefined;
    this.cancel();
  }

  /** What nobody looked at: the step's locals and watches, or the locals of the same task's step before. */
  #missing(step: number): Rebuild["missing"] | undefined {
    const { run, watches } = this.session;
    if (step === 0) return undefined;
    const seen = run.inspections.of(step);
    if (!seen || !watches.list.every((expression) => run.watched.has(step, expression))) return "step";
    if (seen.frames.length === 0) return undefined;
    const before = run.trace.previousOf(run.trace.at(step).task, step - 1);
    return before === undefined || run.inspections.of(before) ? undefined : "changes";
  }

  /** The task's step before is rebuilt on the way, so that what changed since can be marked. */
  async #reach(replay: Replay, run: Run, step: number): Promise<void> {
    const { task } = run.trace.at(step);
    const before = run.trace.previousOf(task, step - 1);
    if (before !== undefined) {
      await replay.to(before);
      await this.#look(replay, run, before, task);
    }
    await replay.to(step);
    const totals = run.trace.totals(step, run.scheduler.tasks.length);
    const others = totals.flatMap(({ lastStep }, id) => (lastStep > 0 && id !== task ? { id, lastStep } : []));
    for (const { id, lastStep } of others.slice(0, mostLookedAt)) {
      run.inspections.recordLater(lastStep, await replay.inspect(id));
    }
    await this.#look(replay, run, step, task);
  }

  async #look(replay: Replay, run: Run, step: number, task: TaskId): Promise<void> {
    if (!run.inspections.of(step)) {
      const seen = await replay.inspect(task);
      run.inspections.recordPast(step, seen, await childrenOf(replay, seen));
    }
    const frames = run.inspections.of(step)?.frames ?? [];
    await run.watched.complete({ step, task, frames }, this.session.watches.list, (each) => replay.evaluate(each, task));
  }

  #refuse(step: number, error: unknown): void {
    this.#refused = { step, message: adviceOf(error) };
    this.changed();
  }
}

const fileChanged = new ReplayError(
  "The file was changed after it was loaded, so a replay would run other code.",
  "Restart and step there by hand.",
);

/** One level of what hangs below the locals and the value: it can be looked into when the process is gone. */
async function childrenOf(replay: Replay, { frames, value }: Answer<"inspect">): Promise<Map<number, Expansion>> {
  const values = [...(value ? [value] : []), ...frames.flatMap(({ locals }) => locals.map((local) => local.value))];
  const handles = values.flatMap(({ handle }) => handle ?? []).slice(0, mostPreloaded);
  return new Map(await Promise.all(handles.map(async (handle) => [handle, await replay.expand(handle, childrenPage)] as const)));
}
