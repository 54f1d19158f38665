/**
 * The three levels that the timeline is drawn from, and the conversion between positions on the two axes that they allow.
 */
import { type Axis, edge, lengthOf, translated } from "../../core/timeline/blocks";
import type { Level, Question } from "../../core/timeline/level";
import { bandsOf, type Lane } from "./laneOrder";
import { type Kept, LevelKeeper, type Need } from "./levels";
import type { Span } from "./viewport";

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
  /** Where the run ends on the axis, and all lanes there are, where the whole run is drawn in small. */
  readonly whole: { readonly end: number; readonly all: readonly Lane[] } | undefined;
}

export class Detail {
  /** The window. */
  readonly fine: LevelKeeper;
  /** The whole run, for the lanes that are seen, and for all tasks in bands. */
  readonly coarse: LevelKeeper;
  readonly bands: LevelKeeper;

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

  /** The same of the next head. */
  get nextMicros(): number {
    return Math.max(0, ...this.#keepers.map(({ next }) => next?.level.end.micros ?? 0));
  }

  /** Asks for what is not here. */
  need(wanted: Wanted): void {
    for (const [keeper, need] of this.#needsOf(wanted)) keeper.need(need);
  }

  /** Gets ready what is to be drawn with the next head. */
  async prepare(wanted: Wanted): Promise<void> {
    await Promise.all(this.#needsOf(wanted).map(([keeper, need]) => keeper.prepare(need)));
  }

  /** The next head is drawn from now on. */
  advance(): void {
    for (const keeper of this.#keepers) keeper.advance();
  }

  /** The window and a little to each side, and the whole run. */
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

  /** Forgets everything: another run has the same steps. */
  clear(): void {
    for (const keeper of this.#keepers) keeper.clear();
  }

  /** Where on one axis is what stands on the other; undefined where that is not known. */
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

  /** What is here, the finest first. */
  get #all(): Kept[] {
    return this.#keepers.flatMap(({ kept }) => kept ?? []);
  }
}
