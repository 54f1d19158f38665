/**
 * Single schedules of a simulated program, run as a runner does for shrinking and explaining.
 */
import type { Execution } from "../../../../src/core/explore/witness/execution";
import { type Operation, type Script, Simulated } from "./simulated";

const longest = 60;

/** Places by their numbers in a simulated program. */
const places = Object.assign([] as string[], {
  0: "account",
  1: "seats",
  2: ".total",
  100: "lock",
  200: "output",
  300: "scheduler",
});

export class Executor {
  readonly program: Simulated;
  runs = 0;

  /** @param options whether a run is over at the first return */
  constructor(
    scripts: readonly Script[],
    readonly options: { readonly first?: boolean } = {},
  ) {
    this.program = new Simulated(scripts, options);
  }

  readonly execute = async (schedule: readonly number[]): Promise<Execution> => this.run(schedule);

  run(schedule: readonly number[]): Execution {
    const { program } = this;
    this.runs += 1;
    const picks: number[] = [];
    const steps: Execution["steps"][number][] = [];
    const step = (task: number) => {
      const passed = program.ready.indexOf(task);
      const touched = program.resume(task) ?? { reads: [], writes: [], all: true };
      picks.push(task);
      steps.push({ ...touched, passed, point: { file: "bank.js", line: 10 + picks.length } });
    };
    program.begin();
    for (const task of schedule) if (program.ready.includes(task)) step(task);
    while (program.ready.length > 0 && picks.length < longest) step(program.ready[0] as number);
    const endsEarly = this.options.first === true;
    return { outcome: program.outcome(program.ready.length > 0), picks, steps, places, endsEarly };
  }

  /** The first variable at the end of a schedule. */
  valueOf(schedule: readonly number[]): number {
    this.run(schedule);
    return this.program.value;
  }
}

/** An operation that reads and writes a variable in one slice. */
export function add(of = 0, by = 1): Operation[] {
  return [
    { do: "read", of, by: 0 },
    { do: "write", of, by },
  ];
}
