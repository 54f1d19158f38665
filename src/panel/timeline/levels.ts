/**
 * The cached levels of detail of the panel. One request is made at a time: the last answer is drawn, however coarse, until
 * something finer arrives.
 */
import type { Axis } from "../../core/timeline/blocks";
import { type Level, type Question, unitOf } from "../../core/timeline/level";
import { type Order, orderOf } from "../../core/timeline/paint";
import { bucketsFor } from "../../protocol/timeline";
import type { Span } from "./viewport";

/** A level with the question that it answers. */
export interface Kept {
  readonly question: Question;
  readonly level: Level;
  readonly order: Order;
  /** The key of each lane, by `laneId`. */
  readonly lanes: ReadonlyMap<string, number>;
}

/** What a picture needs. */
export interface Need {
  readonly axis: Axis;
  readonly span: Span;
  /** Blocks in the span. */
  readonly buckets: number;
  readonly lanes: readonly (readonly number[])[];
  /** The number of the last step there is. */
  readonly head: number;
  /** More to each side, as a part of the span, to have it when the window moves. */
  readonly beyond: number;
}

/** A lane by its tasks. */
export function laneId(tasks: readonly number[]): string {
  return tasks.join();
}

export class LevelKeeper {
  kept: Kept | undefined;
  #asking = false;
  #refused = "";
  #run = 0;

  /**
   * @param ask gives the answer of the host
   * @param came called when there is something new to draw
   * @param failed told why there is no answer; the same is not asked again
   */
  constructor(
    readonly ask: (question: Question) => Promise<Level>,
    readonly came: () => void,
    readonly failed: (message: string) => void,
  ) {}

  /** Asks, unless what is here will do or an answer is on its way. */
  need(need: Need): void {
    if (this.#asking || need.lanes.length === 0 || this.#serves(need)) return;
    const question = questionOf(need);
    const name = JSON.stringify(question);
    if (name === this.#refused) return;
    void this.#request(question, name);
  }

  /** Forgets everything: another run has the same steps. */
  clear(): void {
    this.#run += 1;
    this.kept = undefined;
    this.#refused = "";
  }

  async #request(question: Question, name: string): Promise<void> {
    const run = this.#run;
    this.#asking = true;
    try {
      const level = await this.ask(question);
      if (run !== this.#run) return;
      const lanes = new Map(question.lanes.map((tasks, lane) => [laneId(tasks), lane]));
      this.kept = { question, level, lanes, order: orderOf(level.blocks, question.lanes.length) };
    } catch (error) {
      this.#refused = name;
      this.failed(error instanceof Error ? error.message : String(error));
    } finally {
      this.#asking = false;
      this.came();
    }
  }

  #serves(need: Need): boolean {
    if (!this.kept || this.kept.question.axis !== need.axis) return false;
    const { question, level, lanes } = this.kept;
    const margin = (need.span.to - need.span.from) * need.beyond * 0.3;
    const end = need.axis === "step" ? level.end.step : level.end.micros;
    const isFresh = level.end.step >= need.head || question.to < end;
    const isWide = question.from <= Math.max(0, need.span.from - margin) && question.to >= Math.min(end, need.span.to + margin);
    return isFresh && isWide && isAsFine(question, need) && need.lanes.every((tasks) => lanes.has(laneId(tasks)));
  }
}

function isAsFine(question: Question, need: Need): boolean {
  const kept = unitOf({ ...question, buckets: bucketsFor(question.buckets, question.lanes.length) });
  const wanted = questionOf(need);
  return kept === unitOf({ ...wanted, buckets: bucketsFor(wanted.buckets, wanted.lanes.length) });
}

function questionOf({ axis, span, buckets, lanes, beyond }: Need): Question {
  const width = span.to - span.from;
  const more = width * beyond;
  const [from, to] = [Math.max(0, span.from - more), span.to + more];
  // As fine as the window itself, however much of it lies before the beginning.
  return { axis, from, to, buckets: bucketsFor((buckets * (to - from)) / width, lanes.length), lanes };
}
