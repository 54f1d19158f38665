/**
 * Finds the nearest change of a watch among steps where it was not evaluated. The schedule is replayed, and after each step the
 * runner compares the watch's value with a known one.
 */
import { parseWatch } from "../../core/watchText";
import type { Condition } from "../../protocol/requests";
import { ReplayError } from "../common/replayErrors";
import type { Run } from "../run/run";
import { namesIn } from "../run/watchEvaluation";
import { isSameVariable } from "../seen/scopes";
import type { WatchEntry } from "../seen/watchEntry";
import { textOf } from "../seen/watchLog";
import type { Replay } from "./replay";

/**
 * The number of steps in the first window of a backward search, and the growth factor. Evaluating a watch with a task's locals is slow,
 * so the steps just before are tried first. Module variables are evaluated quickly.
 */
const firstWindow = 4_096;
const windowGrowth = 16;

/** A text that differs from the value of every watch. */
const nothingGives = "\0";

/** Runs replays in fresh processes, one after the other. A cancelled replay resolves to undefined. */
interface Replays {
  /** @param of the maximum number of steps in the replay */
  run<T>(of: number, work: (replay: Replay) => Promise<T>): Promise<T | undefined>;
  /** Makes sure that a step is captured, and also the earlier steps that show what it changed. */
  reach(step: number): Promise<true | undefined>;
  /** Captures a single step. */
  look(replay: Replay, step: number): Promise<void>;
}

/** The step at which the value changed, if there is one. */
export interface Found {
  readonly step?: number | undefined;
}

export class ChangeSearch {
  /** @param file the session's file */
  constructor(
    readonly recorded: Run,
    readonly file: string,
    readonly expression: string,
    readonly replays: Replays,
  ) {}

  /**
   * Searches backwards from a step. The change is right after the last step at which the watch's value differed from its most recent
   * value.
   *
   * @returns undefined if the search was cancelled
   * @throws ReplayError if a step cannot be replayed, or if it is not known which earlier step it can be compared with
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
      from = seen; // the value had changed while it was hidden, and changed back
    }
  }

  /**
   * Searches forwards from a step for the first one at which the watch has another value.
   *
   * @returns undefined if the search was cancelled
   * @throws ReplayError if a step cannot be replayed
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

  /** The previous value of the same variable; undefined if it was not visible before. */
  #earlierThan(step: number): WatchEntry | undefined {
    const { entry, unknown } = this.recorded.watched.earlier(this.#entryAt(step));
    if (unknown === undefined) return entry;
    throw new ReplayError(
      `Other variables of the same name hide it at many steps before step ${step.toLocaleString("en")}.`,
      "Go back to a step at which it is visible, and search from there.",
    );
  }

  /** The last step before an entry at which the watch had another value. */
  async #lastOther(earlier: WatchEntry): Promise<Found | undefined> {
    const last = earlier.step - 1;
    const isOther = this.#isNot(earlier, textOf(earlier) ?? null);
    for (let window = isOther.module === undefined ? firstWindow : last; last >= 0; window *= windowGrowth) {
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

  /** The value before step 1, when there are no locals, and the session's file is the only module. */
  async #givenAtFirst(replay: Replay): Promise<string | null> {
    await this.replays.look(replay, 0);
    return textOf(this.recorded.watched.entryAt(0, this.expression)) ?? null;
  }

  /** The first step after `after` at which the same variable is visible, at the latest the step of `entry`. */
  #firstSeen(after: number, entry: WatchEntry): Promise<number | undefined> {
    return this.replays.run(entry.step, async (replay) => {
      await replay.to(after);
      const any = this.#isNot(entry, nothingGives);
      while ((await replay.to(entry.step, any)).isMet) if (await this.#isSeen(replay, entry)) return replay.done;
      return entry.step;
    });
  }

  /** Whether the watch refers to the same variable at the current step of the replay. */
  async #isSeen(replay: Replay, entry: WatchEntry): Promise<boolean> {
    await this.replays.look(replay, replay.done);
    const { watched } = this.recorded;
    return isSameVariable(watched.variableOf(this.#entryAt(replay.done)), watched.variableOf(entry));
  }

  #isNot(entry: WatchEntry, text: string | null): Condition {
    const { task, driver, module = this.file } = this.recorded.watched.variableOf(entry);
    const { expression } = parseWatch(this.expression);
    const condition = { id: 0, expression, isNot: text };
    if (driver === undefined)
      return { ...condition, ...(task === undefined ? { module } : { task, locals: [...namesIn(expression)] }) };
    return { ...condition, driver: { file: driver?.file ?? "", function: driver?.function ?? "" } };
  }

  #entryAt(step: number): WatchEntry {
    const entry = this.recorded.watched.entryAt(step, this.expression);
    if (!entry) throw new RangeError(`Step ${step} was not looked at.`);
    return entry;
  }
}
