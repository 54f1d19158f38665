/**
 * All schedules depth first, as in `allOrders.ts`, but where a schedule comes to a state from which all was tried already, it is not tried
 * on: what can come of it is known, with the numbers of schedules (a search with a cache of states, as in SPIN: Holzmann, The Model Checker
 * SPIN, IEEE TSE 1997). Two states are the same only if the same number of steps was made, the same task ran last, and the policy picks in the
 * same order: then the limit of steps and the calmest schedules are the same, too.
 */
import type { TaskId } from "../task";
import { over } from "./allOrders";
import { Portion } from "./portion";
import { type KnownEnd, merged, redundant, type Shard, type Strategy } from "./strategy";
import { compareCalm } from "./tally";

/** So many states are remembered, and about so many bytes with all that comes of them. Others are searched again. */
const mostStates = 100_000;
const mostBytes = 64 * 1024 * 1024;
/** About so many are an outcome of a state, and a step of its calmest schedule. */
const [bytesOfEnd, bytesOfStep] = [100, 8];

/** A choice that is under way. */
interface Choice {
  /** The position in the ready queue that is tried, of so many; 0 while their number is unknown. */
  position: number;
  allowed: number;
  /** The state before it; undefined if it is not to be remembered. */
  state: string | undefined;
  /** How the schedule has come here. */
  deviations: number;
  switches: number;
  steps: number;
  /** What has come of it so far, by outcome. */
  readonly ends: Map<number, Ends>;
}

/** The schedules from a choice on that have one outcome. */
type Ends = { -readonly [key in keyof KnownEnd]: KnownEnd[key] };

export class Merging implements Strategy {
  readonly asksAlways = false;
  readonly #portion: Portion;
  readonly #known = new Map<string, readonly KnownEnd[]>();
  #bytes = 0;
  #state: () => string | undefined = () => undefined;
  readonly #choices: Choice[];
  #depth = 0;
  #isOver: boolean;
  /** The schedule so far. */
  readonly #picks: TaskId[] = [];
  #deviations = 0;
  #switches = 0;
  /** What can come of the state that the schedule has come to. */
  #ends: readonly KnownEnd[] = [];

  constructor(shard: Shard, position = "") {
    this.#portion = new Portion(shard);
    this.#isOver = position === over;
    const positions = this.#isOver || position === "" ? [] : position.split(" ").map(Number);
    // What was tried of them before is not known here.
    this.#choices = positions.map((position) => choiceAt(position, 0, undefined));
  }

  sees(state: () => string | undefined): void {
    this.#state = state;
  }

  begin(): void {
    this.#depth = 0;
    this.#picks.length = 0;
    this.#deviations = 0;
    this.#switches = 0;
    this.#portion.begin();
  }

  pick(ready: readonly TaskId[], last: TaskId): number {
    if (this.#portion.isForeign || this.#isOver) return redundant;
    const allowed = ready.length;
    const choice = this.#choices[this.#depth] ?? this.#newChoice(ready, last);
    if (choice === undefined) return merged;
    if (choice.allowed !== allowed) {
      if (choice.allowed !== 0 || choice.position >= allowed) return redundant;
      choice.allowed = allowed;
    }
    choice.deviations = this.#deviations;
    choice.switches = this.#switches;
    choice.steps = this.#picks.length;
    this.#depth += 1;
    this.#deviations += choice.position;
    this.#portion.chose(choice.position, allowed);
    return choice.position;
  }

  ran(task: TaskId): void {
    const last = this.#picks.at(-1);
    if (last !== undefined && last !== task) this.#switches += 1;
    this.#picks.push(task);
  }

  get known(): readonly KnownEnd[] {
    return this.#ends;
  }

  ended(outcome: number, isCut: boolean): void {
    this.#add(this.#choices.at(-1), { outcome, isCut, orders: 1, deviations: 0, switches: 0, steps: 0, picks: [] });
  }

  get hasDiffered(): boolean {
    return this.#depth < this.#choices.length;
  }

  counts(): boolean {
    return !this.#isOver && !this.hasDiffered && this.#portion.isMine();
  }

  end(): boolean {
    if (this.hasDiffered) {
      this.#choices.length = this.#depth;
      // Not all that comes of them was counted.
      for (const choice of this.#choices) choice.state = undefined;
    } else for (const end of this.#ends) this.#add(this.#choices.at(-1), end);
    this.#ends = [];
    for (let choice = this.#choices.at(-1); choice; choice = this.#choices.at(-1)) {
      choice.position += 1;
      if (choice.position < choice.allowed) return true;
      this.#choices.pop();
      this.#close(choice);
    }
    this.#isOver = true;
    return false;
  }

  position(): string {
    return this.#isOver ? over : this.#choices.map(({ position }) => position).join(" ");
  }

  /** @returns undefined if all that comes of the state is known */
  #newChoice(ready: readonly TaskId[], last: TaskId): Choice | undefined {
    // As long as another shard may do a part of what follows, not all of it will be known here.
    const state = this.#portion.isDecided ? this.#state() : undefined;
    const whole = state === undefined ? undefined : `${this.#picks.length} ${last} ${ready} ${state}`;
    const ends = whole === undefined ? undefined : this.#known.get(whole);
    if (ends) {
      this.#ends = ends;
      return undefined;
    }
    const choice = choiceAt(0, ready.length, whole);
    this.#choices.push(choice);
    return choice;
  }

  /** All positions of a choice were tried. */
  #close({ state, ends, deviations, switches, steps }: Choice): void {
    const all = [...ends.values()];
    if (state !== undefined && this.#known.size < mostStates) {
      const bytes = all.reduce((sum, { picks }) => sum + bytesOfEnd + bytesOfStep * picks.length, state.length);
      if (this.#bytes + bytes <= mostBytes) {
        this.#known.set(state, all);
        this.#bytes += bytes;
      }
    }
    const above = this.#choices.at(-1);
    for (const end of all) this.#add(above, end, { deviations, switches, steps });
  }

  /** Adds what comes of a point of the schedule to what comes of the choice before it. */
  #add(
    choice: Choice | undefined,
    end: KnownEnd,
    at = { deviations: this.#deviations, switches: this.#switches, steps: this.#picks.length },
  ): void {
    if (!choice) return;
    const deviations = at.deviations - choice.deviations + end.deviations;
    const switches = at.switches - choice.switches + end.switches;
    const steps = at.steps - choice.steps + end.steps;
    const known = choice.ends.get(end.outcome);
    if (known) known.orders += end.orders;
    if (known && compareCalm({ deviations, switches, steps }, known) >= 0) return;
    const picks = [...this.#picks.slice(choice.steps, at.steps), ...end.picks];
    choice.ends.set(end.outcome, { ...end, orders: known?.orders ?? end.orders, deviations, switches, steps, picks });
  }
}

function choiceAt(position: number, allowed: number, state: string | undefined): Choice {
  return { position, allowed, state, deviations: 0, switches: 0, steps: 0, ends: new Map() };
}
