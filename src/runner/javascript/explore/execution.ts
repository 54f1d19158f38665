/** One schedule, executed with all that an explanation needs of its steps. */
import type { LoopingProgram } from "../../../core/explore/loops/loopingProgram";
import type { Touched } from "../../../core/explore/touched";
import type { YieldPoint } from "../../../core/trace/trace";
import type { Executed } from "../../../protocol/explore";
import { throwPlace } from "../load/pointMarks";
import type { Outcomes } from "./outcomes";
import type { FreshProgram } from "./program";
import { clockPlace } from "./touches";

interface Step extends Touched {
  readonly passed: number;
  readonly point: YieldPoint | undefined;
}

export class Execution {
  readonly #picks: number[] = [];
  readonly #steps: Step[] = [];
  /** Undefined if the schedule was interrupted. */
  #outcome: number | undefined;

  /**
   * @param looping runs the program, if it may go round in a loop
   * @param limit it is cut after so many steps
   */
  constructor(
    readonly program: FreshProgram,
    readonly looping: LoopingProgram | undefined,
    readonly outcomes: Outcomes,
    readonly limit: number,
  ) {}

  /** Runs the schedule, and then the tasks in turn. */
  run(schedule: readonly number[]): void {
    const orders = this.looping ?? this.program;
    orders.begin();
    for (const pick of schedule) if (orders.ready.includes(pick) && this.#picks.length < this.limit) this.#step(pick);
    while (orders.ready.length > 0 && this.#picks.length < this.limit) this.#step(orders.ready[0] as number);
    this.#outcome = this.#ended();
  }

  /** How it went. */
  executed(): Executed {
    const { program, outcomes, looping } = this;
    const { names } = program.touches as { names: string[] };
    // If nobody reads the time, it does not matter that it passes.
    const isTimed = this.#steps.some(({ writes }) => writes.includes(clockPlace));
    const id = this.#outcome ?? this.#ended();
    return {
      id,
      outcome: outcomes.at(id),
      picks: this.#picks,
      steps: this.#steps.map(({ passed, point, reads, writes, all }) => ({
        passed,
        ...(point ? { point } : {}),
        reads: reads.filter((place) => isTimed || place !== clockPlace),
        writes: [...writes],
        all,
      })),
      places: [...names],
      output: program.output,
      ...(looping?.loop ? { loopFrom: looping.loop.from } : {}),
    };
  }

  #ended(): number {
    const { program } = this;
    return program.outcome(program.ready.length > 0);
  }

  #step(task: number): void {
    const { program } = this;
    const { columns, around } = program;
    const orders = this.looping ?? program;
    const passed = orders.ready.indexOf(task);
    this.#picks.push(task);
    const touched = orders.resume(task) as Touched;
    const point = around.points.get(columns.points[task] as number) ?? throwPlace(columns.values[task]);
    this.#steps.push({ passed, point, ...touched });
  }
}
