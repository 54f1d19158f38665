/**
 * Finds the nearest change of a watch where nobody looked: the schedule is replayed, and the runner compares what the watch gives
 * after each step with what it is known to give at one of them.
 */
import type { Condition } from "../protocol/requests";
import type { Replay } from "./replay";
import { ReplayError } from "./replayErrors";
import type { Run } from "./run";
import type { Variable } from "./scopes";
import { namesIn } from "./watching";
import { textOf, type WatchEntry } from "./watchLog";

/**
 * A look at a task's locals takes a runner long, so the steps just before are tried first: so many, then more. What a module has is
 * looked at in next to no time.
 */
const firstWindow = 4_096;
const windowGrowth = 16;

/** Fresh instances that are replayed, one after the other. */
interface Replays {
  /** @param of how many steps it may take; @returns what came of it, or undefined when it was cancelled */
  run<T>(of: number, work: (replay: Replay) => Promise<T>): Promise<T | undefined>;
  /** Looks at a step, and at those before it without which it is not known what it changed. */
  reach(replay: Replay, step: number): Promise<void>;
  /** Looks at a step alone. */
  look(replay: Replay, step: number): Promise<void>;
}

/** A step at which it changed, and one on the other side of it at which it is another; nothing where there is none. */
export interface Found {
  readonly step?: number | undefined;
  readonly other?: number | undefined;
}

export class ChangeSearch {
  /** @param file the session's */
  constructor(
    readonly recorded: Run,
    readonly file: string,
    readonly expression: string,
    readonly replays: Replays,
  ) {}

  /**
   * Goes back from a step: the change came right after the last step at which the watch gave something else than just before this one.
   *
   * @returns undefined when it was cancelled
   * @throws ReplayError where the watch gives nothing at the step, or one cannot be replayed
   */
  async before(step: number): Promise<Found | undefined> {
    const { watched } = this.recorded;
    const isKnown = watched.has(step, this.expression) && this.#entryAt(step) && !watched.lacksBefore(step, this.expression);
    if (!isKnown && !(await this.replays.run(step, (replay) => this.#reached(replay, step)))) return undefined;
    const now = this.#entryAt(step);
    const variable = watched.variableOf(now);
    const before = watched.stepBefore(now);
    const last = before ? watched.scopes.previous(variable, before - 1) : undefined;
    if (before === undefined || last === undefined) return {};
    const other = await this.#lastOther(last, variable, this.#isNot(variable, this.#givenAt(before, now)));
    if (other?.step === undefined) return other;
    return { step: watched.scopes.next(variable, other.step + 1), other: other.step };
  }

  /**
   * Goes on from a step to the first at which the watch gives something else.
   *
   * @returns undefined when it was cancelled
   * @throws ReplayError where the watch gives nothing at the step, or one cannot be replayed
   */
  async after(step: number, head: number): Promise<Found | undefined> {
    return this.replays.run(head, async (replay) => {
      await this.replays.look(replay, step);
      const now = this.#entryAt(step);
      const { isMet } = await replay.to(head, this.#isNot(this.recorded.watched.variableOf(now), now.text));
      return isMet ? { step: replay.done, other: step } : {};
    });
  }

  async #reached(replay: Replay, step: number): Promise<true> {
    await this.replays.reach(replay, step);
    return true;
  }

  /** The last step up to another at which the watch gives something else. */
  async #lastOther(last: number, variable: Variable, isOther: Condition): Promise<Found | undefined> {
    for (let window = variable.task === undefined ? last : firstWindow; ; window *= windowGrowth) {
      const from = Math.max(0, last - window);
      const found = await this.replays.run(last, (replay) => this.#lastOtherFrom(replay, from, last, isOther));
      if (!found || found.step !== undefined || from === 0) return found;
    }
  }

  async #lastOtherFrom(replay: Replay, from: number, last: number, isOther: Condition): Promise<Found> {
    const isOtherAtFirst = from === 0 && isOther.module === this.file && (await this.#givenAtFirst(replay)) !== isOther.isNot;
    await replay.to(from);
    const { noted } = await replay.to(last, { ...isOther, noted: true });
    return { step: noted ?? (isOtherAtFirst ? 0 : undefined) };
  }

  /** Before step 1 there are no locals, and no module but the session's file. */
  async #givenAtFirst(replay: Replay): Promise<string | null> {
    await this.replays.look(replay, 0);
    return textOf(this.recorded.watched.entryAt(0, this.expression)) ?? null;
  }

  /** What it gave at the step before; where another variable hides it there, it counts as unchanged. */
  #givenAt(before: number, now: WatchEntry & { readonly text: string }): string | null {
    const { watched } = this.recorded;
    const earlier = watched.entryAt(before, this.expression);
    return earlier && earlier.task === now.task ? (textOf(earlier) ?? null) : now.text;
  }

  #isNot({ task, module = this.file }: Variable, text: string | null): Condition {
    const where = task === undefined ? { module } : { task, locals: [...namesIn(this.expression)] };
    return { id: 0, expression: this.expression, isNot: text, ...where };
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
