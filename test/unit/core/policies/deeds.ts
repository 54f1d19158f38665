/**
 * Random user actions during a program, and the run that results.
 */
import fc from "fast-check";
import { makePolicy, parsePolicy } from "../../../../src/core/policies/parse";
import type { StepChunk, StepEvent } from "../../../../src/core/trace/trace";
import { stepEvents } from "../../../../src/core/trace/trace";
import { TraceStore } from "../../../../src/core/trace/traceStore";
import { anyPolicy, microsOf, Program, schedulerFor } from "./program";

export const deeds = fc.array(
  fc.record({
    what: fc.constantFrom("add", "hold", "release", "pick", "policy", "close", "throw", "run", "run"),
    which: fc.nat(30),
    policy: anyPolicy,
  }),
  { maxLength: 30 },
);

type Deeds = typeof deeds extends fc.Arbitrary<infer D> ? D : never;

/** A program with user actions: its trace, and the reason that the scheduler gave for each step. */
export class Lived {
  readonly program: Program;
  readonly reasons: string[] = [];
  readonly trace: TraceStore;
  readonly #scripts = Array.from({ length: 40 }, (_, task) => ({ yields: 3 + (task % 7), end: "returned" as const }));

  /** @param segmentSteps small, so that the run crosses chunk borders */
  constructor(policy: string, tasks: number, segmentSteps = 8) {
    this.program = new Program(schedulerFor(policy, tasks), this.#scripts);
    this.trace = new TraceStore(undefined, segmentSteps);
  }

  /** @param limit the maximum number of steps in a plan; above 1, no reasons are recorded */
  live(all: Deeds, limit = 1): this {
    for (const deed of all) this.#do(deed, limit);
    return this;
  }

  #do({ what, which, policy }: Deeds[number], limit: number): void {
    const { scheduler } = this.program;
    const ready = scheduler.ready[which % Math.max(1, scheduler.ready.length)];
    if (what === "add") scheduler.add("late", `late(${which})`);
    else if (what === "policy") scheduler.setPolicy(makePolicy(parsePolicy(policy)), policy);
    else if (what === "release") for (const held of scheduler.held) scheduler.release(held);
    else if (what === "run") for (let step = 0; step < which; step += 1) this.#step(limit);
    else if (ready !== undefined && what === "hold") scheduler.hold(ready);
    else if (ready !== undefined && what === "close") this.#settle(ready, "closed", { kind: "close", task: ready });
    else if (ready !== undefined && what === "throw") {
      this.#settle(ready, which % 2 === 0 ? "yielded" : "threw", { kind: "throw", task: ready, expression: `"${which}"` });
    } else if (ready !== undefined) {
      scheduler.pick(ready, which % 3 === 0 ? `"${which}"` : undefined);
      this.#step(1);
    }
  }

  #step(limit: number): void {
    const { scheduler, runner } = this.program;
    const { reason } = scheduler;
    const before = runner.trace.length;
    if (!this.program.advance(limit)) return;
    this.reasons.push(reason ?? "");
    for (const { task, event } of runner.trace.slice(before)) this.#record(task, event);
  }

  #settle(
    task: number,
    event: StepEvent,
    how: { kind: "close"; task: number } | { kind: "throw"; task: number; expression: string },
  ) {
    this.program.scheduler.settle(task, event, how);
    this.program.runner.trace.push({ task, event });
    this.reasons.push(how.kind === "close" ? "closed by hand" : "thrown into by hand");
    this.#record(task, event);
  }

  #record(task: number, event: StepEvent): void {
    const step = this.trace.length;
    const chunk: StepChunk = {
      first: step + 1,
      task: Uint16Array.of(task),
      event: Uint8Array.of(stepEvents.indexOf(event)),
      value: Uint16Array.of(0),
      point: Uint16Array.of(0),
      micros: Float32Array.of(microsOf(task, step)),
      values: [""],
    };
    this.trace.append(chunk);
  }
}
