/**
 * The three levels that the timeline is drawn from, and the conversion between positions on the two axes that they allow.
 */
import { type Axis, edge, lengthOf, translated } from "../../core/timeline/blocks";
import type { Level, Question } from "../../core/timeline/level";
import { bandsOf, type Lane } from "./laneOrder";
import { type Kept, LevelKeeper } from "./levels";
import type { Span } from "./viewport";

/** While running, the whole run is drawn anew no more often than this, in milliseconds. */
const overviewMillis = 400;

/** What is to be drawn. */
export interface Wanted {
  readonly axis: Axis;
  readonly span: Span;
  /** Pixels. */
  readonly width: number;
  /** The tasks of each lane that is seen, or may be soon. */
  readonly lanes: readonly (readonly number[])[];
  /** The number of the last step there is. */
  readonly head: number;
}

/** What is to be drawn of the whole run. */
export interface WholeWanted extends Omit<Wanted, "span"> {
  /** Where the run ends on the axis. */
  readonly end: number;
  /** All lanes there are. */
  readonly all: readonly Lane[];
  readonly isRunning: boolean;
}

export class Detail {
  /** The window. */
  readonly fine: LevelKeeper;
  /** The whole run, for the lanes that are seen, and for all tasks in bands. */
  readonly coarse: LevelKeeper;
  readonly bands: LevelKeeper;
  #wholeAt = Number.NEGATIVE_INFINITY;

  /**
   * @param ask gives the answer of the host
   * @param came called when there is something new to draw
   * @param failed told why there is no answer
   */
  constructor(ask: (question: Question) => Promise<Level>, came: () => void, failed: (message: string) => void) {
    const keeper = () => new LevelKeeper(ask, came, failed);
    [this.fine, this.coarse, this.bands] = [keeper(), keeper(), keeper()];
  }

  /** How long tasks ran in all, as far as it is known, in microseconds. */
  get micros(): number {
    return Math.max(0, ...this.#all.map(({ level }) => level.end.micros));
  }

  /** Asks for the window and a little to each side, unless that is here. */
  needWindow({ width, ...wanted }: Wanted): void {
    this.fine.need({ ...wanted, buckets: width, beyond: 0.5 });
  }

  /** Asks for the whole run, unless that is here or a run under way was asked for just now. @param now milliseconds */
  needWhole({ axis, width, lanes, head, end, all, isRunning }: WholeWanted, now: number): void {
    if (isRunning && now - this.#wholeAt < overviewMillis) return;
    this.#wholeAt = now;
    const whole = { axis, span: { from: 0, to: Math.max(end, 1) }, buckets: width / 2, head, beyond: 0 };
    this.bands.need({ ...whole, lanes: bandsOf(all) });
    this.coarse.need({ ...whole, lanes });
  }

  /** Forgets everything: another run has the same steps. */
  clear(): void {
    for (const keeper of [this.fine, this.coarse, this.bands]) keeper.clear();
  }

  /** Where on one axis is what stands on the other; undefined where that is not known. */
  translated(from: Axis, to: Axis, position: number): number | undefined {
    if (from === to) return position;
    const finest = this.#all.find(({ level: { blocks } }) => {
      return position >= edge(blocks, from, 0) && position <= edge(blocks, from, lengthOf(blocks));
    });
    return finest && translated(finest.level.blocks, from, to, position);
  }

  /** What is here, the finest first. */
  get #all(): Kept[] {
    return [this.fine, this.coarse, this.bands].flatMap(({ kept }) => kept ?? []);
  }
}
