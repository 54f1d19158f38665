/** One schedule, executed with all that an explanation needs of its steps. */
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

  /** @param limit it is cut after so many steps */
  constructor(
    readonly program: FreshProgram,
    readonly outcomes: Outcomes,
    readonly limit: number,
  ) {}

  /** Runs the schedule, and then the tasks in turn. */
  run(schedule: readonly number[]): void {
    const { program } = this;
    program.begin();
    for (const pick of schedule) if (program.ready.includes(pick) && this.#picks.length < this.limit) this.#step(pick);
    while (program.ready.length > 0 && this.#picks.length < this.limit) this.#step(program.ready[0] as number);
  }

  /** How it went. */
  executed(): Executed {
    const { program, outcomes } = this;
    const { names } = program.touches as { names: string[] };
    // If nobody reads the time, it does not matter that it passes.
    const isTimed = this.#steps.some(({ writes }) => writes.includes(clockPlace));
    const id = program.outcome(program.ready.length > 0);
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
    };
  }

  #step(task: number): void {
    const { program } = this;
    const { columns, around } = program;
    const passed = program.ready.indexOf(task);
    this.#picks.push(task);
    const touched = program.resume(task) as Touched;
    const point = around.points.get(columns.points[task] as number) ?? throwPlace(columns.values[task]);
    this.#steps.push({ passed, point, ...touched });
  }
}
