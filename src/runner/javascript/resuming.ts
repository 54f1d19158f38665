/** Requests that resume tasks: plans, and single resumptions by hand. */
import type { Taken } from "../../protocol/requests";
import type { Answer } from "../../protocol/runner";
import { Advance, type Stage } from "./execute/advance";
import type { Conditions } from "./execute/conditions";
import type { PicksPlan } from "./execute/order";
import { type ByHand, closing, mustTakeValues, resumeOnce, sending, throwing } from "./execute/singleStep";
import type { RunnerTask } from "./execute/tasks";
import type { Throws } from "./execute/throws";
import type { Program } from "./program";
import { badRequest } from "./values/failures";
import { atNextTurn } from "./waiting/wakeup";

export class Resuming {
  /** Whether the last plan ran to its end. */
  #completed = false;

  /** @param begins called before the first step of a request */
  constructor(
    readonly program: Program,
    readonly throws: Throws,
    readonly begins: () => void,
  ) {}

  /** Carries out a plan. @param request counts the requests to advance, from 1 */
  async advance({ from, plan, until, ahead }: Taken<"advance">, request: number): Promise<Answer<"advance">> {
    const { tasks, code } = this.program;
    const { steps } = code.recorder;
    const isStale = from !== steps + 1 || (ahead && !this.#completed);
    this.#completed = false;
    if (isStale) return { ran: 0, stopped: "stale" };
    if ("switches" in plan) throw badRequest("The program is not observed, so the session decides who runs.");
    const named = "picks" in plan ? plan.picks : plan.ring;
    for (const pick of named) if (!tasks.columns.canRun(pick)) tasks.need(pick);
    if ("picks" in plan) {
      this.#mustBeReady(plan);
      await tasks.gatherFor(plan, steps);
    }
    const conditions = this.program.conditions(until);
    this.#begin();
    const advanced = await new Advance(plan, request, tasks.columns, this.#stage(conditions)).run();
    this.#completed = advanced.stopped === "completed";
    return advanced;
  }

  #mustBeReady({ picks }: PicksPlan): void {
    const { engine, isUsed } = this.program.waits;
    const blocked = isUsed ? picks.find((pick) => engine.isBlocked(pick)) : undefined;
    if (blocked !== undefined) throw badRequest(`Task ${blocked} is blocked: it cannot run before it is woken.`);
  }

  send(fields: Taken<"send">): Promise<Answer<"send">> {
    return this.#once(fields, (task) => {
      mustTakeValues(task, () => this.program.framesOf(task.iterator)[0]);
      return sending(task, this.program.asyncTasks, this.#given(fields));
    });
  }

  throwInto(fields: Taken<"throwInto">): Promise<Answer<"throwInto">> {
    return this.#once(fields, (task) => throwing(task, this.program.asyncTasks, this.#given(fields)));
  }

  close(fields: Taken<"close">): Promise<Answer<"close">> {
    return this.#once(fields, (task) => closing(task, this.program.asyncTasks));
  }

  #given({ task, expression }: Taken<"send">): unknown {
    return this.program.code.run("evaluate", () => this.program.scope(task).prepare(expression));
  }

  async #once({ from, task: id, until }: Taken<"close">, prepare: (task: RunnerTask) => ByHand): Promise<Answer<"close">> {
    if (from !== this.program.code.recorder.steps + 1) return { ran: 0, stopped: "stale" };
    const task = this.program.tasks.need(id);
    const conditions = this.program.conditions(until);
    const byHand = prepare(task);
    this.#begin();
    const step = () => resumeOnce(task, this.#stage(conditions), byHand);
    return this.program.waits.isUsed ? atNextTurn(step) : step();
  }

  #begin(): void {
    this.program.asyncTasks.forgetGiven();
    this.begins();
  }

  #stage(conditions: Conditions | undefined): Stage {
    const { code, points, asyncTasks } = this.program;
    const { recorder, shared } = code;
    return { recorder, shared, points, throws: this.throws, conditions, asyncTasks };
  }
}
