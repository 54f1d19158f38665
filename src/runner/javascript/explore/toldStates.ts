/**
 * A program that tells where its tasks were before and after each step. A state is taken down before the next step begins, when everybody is
 * awake who woke after the last one.
 */
import type { Program } from "../../../core/explore/program";
import type { Touched } from "../../../core/explore/touched";
import type { Explored, ExploredState } from "../../../protocol/explore";
import { taskState } from "../execute/tasks";
import type { FreshProgram } from "./program";

type Told = NonNullable<Explored["told"]>;

export class ToldStates implements Program {
  readonly #numbers = new Map<string, number>();
  #told: Told = { states: [], orders: [] };
  #picks: number[] = [];
  #states: number[] = [];

  /** @param running the program that is run, itself or as `program` lets it run */
  constructor(
    readonly program: Program,
    readonly running: FreshProgram,
  ) {}

  get ready(): readonly number[] {
    return this.program.ready;
  }

  begin(): void {
    this.#picks = [];
    this.#states = [];
    this.program.begin();
  }

  resume(task: number): Touched | undefined {
    this.#states.push(this.#state());
    this.#picks.push(task);
    return this.program.resume(task);
  }

  outcome(isCut: boolean): number {
    const states = [...this.#states, this.#state()];
    const outcome = this.program.outcome(isCut);
    this.#told.orders.push({ outcome, picks: this.#picks, states });
    return outcome;
  }

  fingerprint(): number {
    return this.program.fingerprint();
  }

  /** What was not told yet. */
  news(): Told {
    const news = this.#told;
    this.#told = { states: [], orders: [] };
    return news;
  }

  #state(): number {
    const { columns } = this.running;
    let key = "";
    for (let task = 0; task < columns.length; task += 1) {
      const is = this.#stateOf(task);
      key += is === "over" ? "over " : `${is}${columns.points[task]} `;
    }
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    this.#told.states.push(Array.from({ length: columns.length }, (_, task) => this.#described(task)));
    return number;
  }

  #stateOf(task: number): ExploredState[number]["is"] {
    const { columns } = this.running;
    const state = columns.states[task];
    if (state === taskState.over) return "over";
    if (this.running.isBlocked(task)) return "blocked";
    return state === taskState.created ? "created" : "ready";
  }

  #described(task: number): ExploredState[number] {
    const { columns, points } = this.running;
    const is = this.#stateOf(task);
    const point = is === "over" ? undefined : points.get(columns.points[task] as number);
    return { is, ...(point ? { point } : {}) };
  }
}
