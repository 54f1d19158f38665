/**
 * The cached levels of detail of the panel. There is one request at a time: the last reply is drawn, however coarse, until a finer one
 * arrives.
 */
import type { Axis } from "../../core/timeline/blocks";
import { type Level, type Question, unitOf } from "../../core/timeline/level";
import { type Order, orderOf } from "../../core/timeline/paint";
import { bucketsFor } from "../../protocol/timeline";
import type { LaneContents } from "./laneOrder";
import type { Span } from "./viewport";

/** A level, and the request that it answers. */
export interface Kept {
  readonly question: Question;
  readonly level: Level;
  readonly order: Order;
  /** The index of each lane in the level, by `laneId`. */
  readonly lanes: ReadonlyMap<string, number>;
}

/** What a part of the timeline needs. */
export interface Need {
  readonly axis: Axis;
  readonly span: Span;
  /** The number of blocks in the span. */
  readonly buckets: number;
  readonly lanes: readonly LaneContents[];
  /** The functions for whose tasks the delegates are to be known. */
  readonly below: readonly string[];
  /** The last step of the run. */
  readonly head: number;
  /** The margin on both sides, as a fraction of the span, so that moving the window needs no new request. */
  readonly beyond: number;
}

/** Identifies a lane by its contents. */
export function laneId({ tasks, within }: LaneContents): string {
  return within === undefined ? tasks.join() : `${tasks.join()} ${within}`;
}

export class LevelKeeper {
  /** The level that is drawn. */
  kept: Kept | undefined;
  /** The level that replaces it with the next head. */
  #next: Kept | undefined;
  #asking: Promise<void> | undefined;
  /** Whether something was needed while a request was pending, whose reply may be about an earlier head. */
  #isOwed = false;
  #refused = "";
  #run = 0;

  /**
   * @param ask sends a request to the host
   * @param came called when there is something new to draw
   * @param failed called with the reason when a request fails; the same request is not repeated
   */
  constructor(
    readonly ask: (question: Question) => Promise<Level>,
    readonly came: () => void,
    readonly failed: (message: string) => void,
  ) {}

  /** Sends a request, unless the cached level is good enough or a request is pending. */
  need(need: Need): void {
    if (!this.#lacks(need)) return;
    if (this.#asking) {
      this.#isOwed = true;
      return;
    }
    void this.#request(need).then((kept) => {
      if (kept) {
        this.kept = kept;
        this.#next = undefined; // it was requested before
      }
      this.came();
    });
  }

  /** Loads what the next head needs, without drawing any of it yet. */
  async prepare(need: Need): Promise<void> {
    while (this.#asking) await this.#asking;
    if (!this.#lacks(need)) return;
    this.#next = await this.#request(need);
  }

  /** The level loaded for the next head. */
  get next(): Kept | undefined {
    return this.#next ?? this.kept;
  }

  /** Switches to the next head. */
  advance(): void {
    this.kept = this.next;
    this.#next = undefined;
  }

  /** Clears everything: another run has the same step numbers. */
  clear(): void {
    this.#run += 1;
    this.kept = undefined;
    this.#next = undefined;
    this.#refused = "";
  }

  /** Whether a level is missing. A request that was refused does not count as missing. */
  #lacks(need: Need): boolean {
    const isServed = need.lanes.length === 0 || serves(this.kept, need);
    return !isServed && JSON.stringify(questionOf(need)) !== this.#refused;
  }

  /** The reply; undefined if the request failed, or if another run is shown by then. */
  #request(need: Need): Promise<Kept | undefined> {
    const answer = this.#answerTo(questionOf(need));
    const asking = answer.then(() => {
      if (this.#asking === asking) this.#asking = undefined;
      if (!this.#isOwed) return;
      this.#isOwed = false;
      this.came();
    });
    this.#asking = asking;
    return answer;
  }

  async #answerTo(question: Question): Promise<Kept | undefined> {
    const run = this.#run;
    try {
      const level = await this.ask(question);
      if (run !== this.#run) return undefined;
      const lanes = new Map(
        question.lanes.map((tasks, lane) => {
          const within = question.within?.[lane] ?? undefined;
          return [laneId({ tasks, ...(within === undefined ? {} : { within }) }), lane];
        }),
      );
      return { question, level, lanes, order: orderOf(level.blocks, question.lanes.length) };
    } catch (error) {
      this.#refused = JSON.stringify(question);
      this.failed(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

function serves(kept: Kept | undefined, need: Need): boolean {
  if (!kept || kept.question.axis !== need.axis) return false;
  const { question, level, lanes } = kept;
  const margin = (need.span.to - need.span.from) * need.beyond * 0.3;
  const end = need.axis === "step" ? level.end.step : level.end.micros;
  const isFresh = level.end.step >= need.head || question.to < end;
  const isWide = question.from <= Math.max(0, need.span.from - margin) && question.to >= Math.min(end, need.span.to + margin);
  const isDivided = (question.below ?? []).join("\n") === need.below.join("\n");
  return isFresh && isWide && isDivided && isAsFine(question, need) && need.lanes.every((lane) => lanes.has(laneId(lane)));
}

function isAsFine(question: Question, need: Need): boolean {
  const kept = unitOf({ ...question, buckets: bucketsFor(question.buckets, question.lanes.length) });
  const wanted = questionOf(need);
  return kept === unitOf({ ...wanted, buckets: bucketsFor(wanted.buckets, wanted.lanes.length) });
}

function questionOf({ axis, span, buckets, lanes, below, beyond }: Need): Question {
  const width = span.to - span.from;
  const more = width * beyond;
  const [from, to] = [Math.max(0, span.from - more), span.to + more];
  // The resolution of the window itself, however much of the window lies before step 0.
  const shown = { axis, from, to, buckets: bucketsFor((buckets * (to - from)) / width, lanes.length) };
  const tasks = lanes.map((lane) => lane.tasks);
  if (below.length === 0) return { ...shown, lanes: tasks };
  return { ...shown, lanes: tasks, within: lanes.map(({ within = null }) => within), below };
}
