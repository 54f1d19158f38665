/**
 * Finds the nearest change of a watch where nobody looked: the schedule is replayed, and the runner compares the watch after each
 * step with what it is known to be at one of them.
 */
import type { TaskId } from "../core/task";
import type { Condition } from "../protocol/requests";
import type { Replay } from "./replay";
import { ReplayError } from "./replayErrors";
import type { Run } from "./run";
import { textOf, type WatchEntry } from "./watchLog";

/** Fresh instances that are replayed, one after the other. */
interface Replays {
  /** @param of how many steps it may take; @returns what came of it, or undefined when it was cancelled */
  run<T>(of: number, work: (replay: Replay) => Promise<T>): Promise<T | undefined>;
  /** Looks at a step, and at those before it without which it is not known what it changed. */
  reach(replay: Replay, step: number): Promise<void>;
  /** Looks at a step alone. */
  look(replay: Replay, step: number): Promise<void>;
}

/** The step at which it changed, if there is one; undefined where the search was cancelled. */
export type Found = { readonly step?: number | undefined } | undefined;

export class ChangeSearch {
  constructor(
    readonly recorded: Run,
    readonly expression: string,
    readonly replays: Replays,
  ) {}

  /**
   * Goes back from a step: the change came right after the last step at which the watch was another than just before this one.
   *
   * @throws ReplayError where the watch gives nothing, or a step cannot be replayed
   */
  async before(step: number): Promise<Found> {
    const { trace, watched } = this.recorded;
    const isKnown = watched.has(step, this.expression) && !watched.lacksBefore(step, this.expression);
    if (!isKnown && !(await this.replays.run(step, (replay) => this.#reached(replay, step)))) return undefined;
    const now = this.#entryAt(step);
    const before = watched.stepBefore(now);
    const last = before === undefined ? undefined : watched.stepBefore({ ...now, step: before });
    if (before === undefined || last === undefined) return {};
    const earlier = watched.entryAt(before, this.expression);
    const text = (earlier?.task === now.task ? textOf(earlier) : undefined) ?? now.text;
    const found = await this.replays.run(last, (replay) => this.#lastOther(replay, last, this.#isNot(text, now.task)));
    if (found?.step === undefined) return found;
    return { step: now.task === undefined ? found.step + 1 : trace.nextOf(now.task, found.step + 1) };
  }

  /**
   * Goes on from a step to the first at which the watch is another.
   *
   * @throws ReplayError where the watch gives nothing, or a step cannot be replayed
   */
  async after(step: number, head: number): Promise<Found> {
    return this.replays.run(head, async (replay) => {
      await this.replays.look(replay, step);
      const now = this.#entryAt(step);
      const { isMet } = await replay.to(head, this.#isNot(now.text, now.task));
      return isMet ? { step: replay.done } : {};
    });
  }

  async #reached(replay: Replay, step: number): Promise<true> {
    await this.replays.reach(replay, step);
    return true;
  }

  /** The last step up to another at which the watch is another; before step 1 there are no locals yet. */
  async #lastOther(replay: Replay, last: number, isOther: Condition): Promise<Found> {
    const first = isOther.task === undefined ? await this.#textAtFirst(replay) : undefined;
    const { noted } = await replay.to(last, { ...isOther, noted: true });
    return { step: noted ?? (first === undefined || first === isOther.isNot ? undefined : 0) };
  }

  async #textAtFirst(replay: Replay): Promise<string | undefined> {
    await this.replays.look(replay, 0);
    return textOf(this.recorded.watched.entryAt(0, this.expression));
  }

  #isNot(text: string, task: TaskId | undefined): Condition {
    return { id: 0, expression: this.expression, isNot: text, ...(task === undefined ? {} : { task }) };
  }

  /** @throws ReplayError where it gave nothing */
  #entryAt(step: number): WatchEntry & { readonly text: string } {
    const entry = this.recorded.watched.entryAt(step, this.expression);
    const text = textOf(entry);
    if (entry && text !== undefined) return { ...entry, text };
    throw new ReplayError(
      "It has no value at this step, so that there is nothing to compare others with.",
      "Go to a step at which it has one.",
    );
  }
}
