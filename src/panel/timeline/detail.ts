/**
 * The three levels that the timeline is drawn from, and the conversion between positions on the step and time axes based on them.
 */
import { type Axis, edge, lengthOf, translated } from "../../core/timeline/blocks";
import type { Delegate, Level, Question } from "../../core/timeline/level";
import { bandsOf, type Lane, type LaneContents } from "./laneOrder";
import { type Kept, LevelKeeper, type Need } from "./levels";
import type { Span } from "./viewport";

/** What is to be drawn. */
export interface Wanted {
  readonly axis: Axis;
  readonly span: Span;
  /** In pixels. */
  readonly width: number;
  /** The lanes that are visible, or may be soon. */
  readonly lanes: readonly LaneContents[];
  /** The functions whose tasks have lanes for what they delegate to. */
  readonly below: readonly string[];
  /** The last step of the run. */
  readonly head: number;
  /** The end of the run on the axis, and all lanes, if the overview is drawn. */
  readonly whole: { readonly end: number; readonly all: readonly Lane[] } | undefined;
}

export class Detail {
  /** The window. */
  readonly fine: LevelKeeper;
  /** The whole run: for the visible lanes, and for all tasks in bands. */
  readonly coarse: LevelKeeper;
  readonly bands: LevelKeeper;

  /**
   * @param ask sends a request to the host
   * @param came called when there is something new to draw
   * @param failed called with the reason when a request fails
   */
  constructor(ask: (question: Question) => Promise<Level>, came: () => void, failed: (message: string) => void) {
    const keeper = () => new LevelKeeper(ask, came, failed);
    [this.fine, this.coarse, this.bands] = [keeper(), keeper(), keeper()];
  }

  /** The total running time of all tasks as far as it is known, in microseconds. */
  get micros(): number {
    return Math.max(0, ...this.#all.map(({ level }) => level.end.micros));
  }

  /** The same for the next head. */
  get nextMicros(): number {
    return Math.max(0, ...this.#keepers.map(({ next }) => next?.level.end.micros ?? 0));
  }

  /** What tasks delegate to that have lanes for it. */
  get delegates(): readonly Delegate[] {
    return this.fine.kept?.level.below ?? [];
  }

  /** Requests what is missing. */
  need(wanted: Wanted): void {
    for (const [keeper, need] of this.#needsOf(wanted)) keeper.need(need);
  }

  /** Loads what will be drawn with the next head. */
  async prepare(wanted: Wanted): Promise<void> {
    await Promise.all(this.#needsOf(wanted).map(([keeper, need]) => keeper.prepare(need)));
  }

  /** Switches to the next head. */
  advance(): void {
    for (const keeper of this.#keepers) keeper.advance();
  }

  /** The window with a margin on both sides, and the whole run. */
  #needsOf({ whole, width, ...wanted }: Wanted): [LevelKeeper, Need][] {
    const window = { ...wanted, buckets: width, beyond: 0.5 };
    if (!whole) return [[this.fine, window]];
    const all = { ...wanted, span: { from: 0, to: Math.max(whole.end, 1) }, buckets: width / 2, beyond: 0 };
    return [
      [this.fine, window],
      [this.bands, { ...all, lanes: bandsOf(whole.all) }],
      [this.coarse, all],
    ];
  }

  /** Clears everything: another run has the same step numbers. */
  clear(): void {
    for (const keeper of this.#keepers) keeper.clear();
  }

  /** Converts a position from one axis to the other; undefined where that is not known. */
  translated(from: Axis, to: Axis, position: number): number | undefined {
    if (from === to) return position;
    const finest = this.#all.find(({ level: { blocks } }) => {
      return position >= edge(blocks, from, 0) && position <= edge(blocks, from, lengthOf(blocks));
    });
    return finest && translated(finest.level.blocks, from, to, position);
  }

  get #keepers(): LevelKeeper[] {
    return [this.fine, this.coarse, this.bands];
  }

  /** All loaded levels, the finest first. */
  get #all(): Kept[] {
    return this.#keepers.flatMap(({ kept }) => kept ?? []);
  }
}
