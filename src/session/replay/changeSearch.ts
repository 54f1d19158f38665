/**
 * Finds the nearest change of a watch in steps where it was not evaluated. The schedule is replayed, and after each step the
 * runner compares the watch's value with the value known for one of them.
 */
import type { Condition } from "../../protocol/requests";
import { ReplayError } from "../common/replayErrors";
import type { Run } from "../run/run";
import { namesIn } from "../run/watchEvaluation";
import { isSameVariable } from "../seen/scopes";
import type { WatchEntry } from "../seen/watchEntry";
import { textOf } from "../seen/watchLog";
import type { Replay } from "./replay";

/**
 * A look at a task's locals takes a runner long, so the steps just before are tried first: so many, then more. What a module has is
 * looked at in next to no time.
 */
const firstWindow = 4_096;
const windowGrowth = 16;

/** A value that no watch can give. */
const nothingGives = "\0";

/** Replays on fresh instances, one after the other; a cancelled one resolves to undefined. */
interface Replays {
  /** @param of the maximum number of steps */
  run<T>(of: number, work: (replay: Replay) => Promise<T>): Promise<T | undefined>;
  /** Makes sure that a step was captured, with the earlier steps that are needed to know what it changed. */
  reach(step: number): Promise<true | undefined>;
  /** Captures a single step. */
  look(replay: Replay, step: number): Promise<void>;
}

/** The step at which it changed, if there is one. */
export interface Found {
  readonly step?: number | undefined;
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
   * Goes back from a step. A change comes right after the last step at which the watch gave something else than where it was seen
   * just before.
   *
   * @returns undefined when it was cancelled
   * @throws ReplayError where a step cannot be replayed, or is not known to be comparable with another
   */
  async before(step: number): Promise<Found | undefined> {
    for (let from = step; ; ) {
      if (!(await this.replays.reach(from))) return undefined;
      const earlier = this.#earlierThan(from);
      if (!earlier) return {};
      const other = await this.#lastOther(earlier);
      if (other?.step === undefined) return other;
      const seen = await this.#firstSeen(other.step, earlier);
      if (seen === undefined || !(await this.replays.reach(seen))) return undefined;
      if (this.recorded.watched.at(seen, this.expression).was !== undefined) return { step: seen };
      from = seen; // it had changed while it was hidden, and back
    }
  }

  /**
   * Goes on from a step to the first at which the watch gives something else.
   *
   * @returns undefined when it was cancelled
   * @throws ReplayError where a step cannot be replayed
   */
  async after(step: number, head: number): Promise<Found | undefined> {
    return this.replays.run(head, async (replay) => {
      await this.replays.look(replay, step);
      const now = this.#entryAt(step);
      const isOther = this.#isNot(now, textOf(now) ?? null);
      while ((await replay.to(head, isOther)).isMet) if (await this.#isSeen(replay, now)) return { step: replay.done };
      return {};
    });
  }

  /** The previous value of the same variable; undefined if it was not visible. */
  #earlierThan(step: number): WatchEntry | undefined {
    const { entry, unknown } = this.recorded.watched.earlier(this.#entryAt(step));
    if (unknown === undefined) return entry;
    throw new ReplayError(
      `Others of its name hide it at many steps before step ${step.toLocaleString("en")}.`,
      "Go back to a step at which it is visible, and search from there.",
    );
  }

  /** The last step before an entry's at which the watch has another value. */
  async #lastOther(earlier: WatchEntry): Promise<Found | undefined> {
    const last = earlier.step - 1;
    const isOther = this.#isNot(earlier, textOf(earlier) ?? null);
    for (let window = earlier.task === undefined ? last : firstWindow; last >= 0; window *= windowGrowth) {
      const from = Math.max(0, last - window);
      const found = await this.replays.run(last, (replay) => this.#lastOtherFrom(replay, from, last, isOther));
      if (!found || found.step !== undefined || from === 0) return found;
    }
    return {};
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

  /** The first step after another at which the same variable is visible, an entry's at the latest. */
  #firstSeen(after: number, entry: WatchEntry): Promise<number | undefined> {
    return this.replays.run(entry.step, async (replay) => {
      await replay.to(after);
      const any = this.#isNot(entry, nothingGives);
      while ((await replay.to(entry.step, any)).isMet) if (await this.#isSeen(replay, entry)) return replay.done;
      return entry.step;
    });
  }

  /** Whether the watch sees the same variable at the replay's position. */
  async #isSeen(replay: Replay, entry: WatchEntry): Promise<boolean> {
    await this.replays.look(replay, replay.done);
    const { watched } = this.recorded;
    return isSameVariable(watched.variableOf(this.#entryAt(replay.done)), watched.variableOf(entry));
  }

  #isNot(entry: WatchEntry, text: string | null): Condition {
    const { task, module = this.file } = this.recorded.watched.variableOf(entry);
    const where = task === undefined ? { module } : { task, locals: [...namesIn(this.expression)] };
    return { id: 0, expression: this.expression, isNot: text, ...where };
  }

  #entryAt(step: number): WatchEntry {
    const entry = this.recorded.watched.entryAt(step, this.expression);
    if (!entry) throw new RangeError(`Step ${step} was not looked at.`);
    return entry;
  }
}
