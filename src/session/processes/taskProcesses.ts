/**
 * Tasks that run at the same time: each in a runner process of its own, with a state of its own. To a run, all of them are one runner.
 */
import type { TaskId } from "../../core/task";
import { unpackPicks } from "../../protocol/picks";
import type { Condition, Fields } from "../../protocol/requests";
import type { Answer, Method } from "../../protocol/runner";
import { SessionStateError, StoppedError, UserCodeError, type UserError } from "../common/errors";
import { greeted, mustSpeakTheSame } from "../process/handshake";
import type { RunnerListener } from "../process/runnerListener";
import { mostProcesses, type RunnerCommand } from "../process/runnerProcess";
import { outsideProperties, outsideStack, outsideValue, ownHandle, SharedPoints } from "./globalNames";
import { MergedTrace } from "./mergedTrace";
import { type AllAtOnce, PlanInProgress } from "./planInProgress";
import { TaskProcess, type Together } from "./taskProcess";

/** Picks as a request has them. */
type Packed = readonly number[] | string;

/** What none of the processes can be asked for. */
type Unasked = "check" | "observe" | "reset" | "explore" | "exploreOn" | "execute" | "interrupt" | "ping";

export class TaskProcesses implements Together {
  readonly #processes: TaskProcess[] = [];
  /** By task: the process that it runs in. */
  readonly #homes: TaskProcess[] = [];
  readonly points: SharedPoints;
  #load: Fields<"load"> | undefined;
  #resources = 0;
  readonly #trace: MergedTrace;
  /** The plan that is being executed. */
  #inProgress: PlanInProgress | undefined;
  /** The processes that come to their own ends. */
  #concluding: readonly TaskProcess[] | undefined;
  #over: UserError | undefined;

  constructor(
    readonly command: RunnerCommand,
    readonly listener: RunnerListener,
  ) {
    this.points = new SharedPoints((points) => listener.event({ event: "points", points }));
    this.#trace = new MergedTrace(this.#processes, (chunk) => listener.steps(chunk));
    this.#start();
  }

  /**
   * As of one runner.
   *
   * @throws SessionStateError if processes cannot be asked for it
   */
  request<M extends Method>(method: M, fields: Fields<M>): Promise<Answer<M>> {
    const ask = (this.#requests as Partial<Record<Method, unknown>>)[method];
    if (ask) return (ask as (fields: Fields<M>) => Promise<Answer<M>>)(fields);
    return Promise.reject(
      new SessionStateError(`Tasks in processes cannot be asked for ${method}.`, "Run them as cooperative tasks."),
    );
  }

  readonly #requests: { [M in Exclude<Method, Unasked>]: (fields: Fields<M>) => Promise<Answer<M>> } = {
    hello: () => greeted(this.#first.client),
    load: (fields) => {
      this.#load = { ...fields, tellsTimes: true };
      return this.#first.client.request("load", this.#load);
    },
    spawn: (fields) => this.#spawn(fields),
    advance: (fields) => this.#advance(fields),
    send: (fields) => this.#byHand("send", fields),
    throwInto: (fields) => this.#byHand("throwInto", fields),
    close: (fields) => this.#byHand("close", fields),
    pause: async () => {
      this.#inProgress?.pause();
      return {};
    },
    inspect: async ({ task }) => {
      const home = this.#homeOf(task);
      if (home.end) return { frames: [] };
      return outsideStack(await home.client.request("inspect", { task: home.tasks.indexOf(task) }), home.process);
    },
    expand: async ({ handle, ...fields }) => {
      const { process, own } = ownHandle(handle);
      const home = living(this.#processes[process] ?? this.#first);
      const answer = await home.client.request("expand", { handle: own, ...fields });
      return { ...answer, properties: outsideProperties(answer.properties, process) };
    },
    evaluate: async ({ task, expression }) => {
      const home = living(task === undefined ? (this.#trace.latest ?? this.#first) : this.#homeOf(task));
      const own = task === undefined ? {} : { task: home.tasks.indexOf(task) };
      return outsideValue(await home.client.request("evaluate", { expression, ...own }), home.process);
    },
    processor: async () => {
      const used = await Promise.all(
        this.#living.map(({ client }) => client.request("processor", {}).catch(() => ({ micros: 0 }))),
      );
      return { micros: used.reduce((sum, { micros }) => sum + micros, 0) };
    },
    remaining: async () => this.#remaining("remaining"),
    conclude: async () => {
      this.#concluding = this.#living;
      return this.#remaining("conclude");
    },
  };

  /** Lets all tasks go on at the same time. @param from the number of the first step */
  async allAtOnce(all: AllAtOnce): Promise<Answer<"advance">> {
    return this.#planned((plan) => plan.together(all), all.until);
  }

  give(text?: string): void {
    for (const { client } of this.#processes) client.give(text);
  }

  set share(share: number) {
    for (const { client } of this.#processes) client.share = share / this.#processes.length;
  }

  get exitCode(): number | undefined {
    const codes = (this.#concluding ?? this.#processes).map(({ client }) => client.exitCode);
    return codes.find((code) => code !== 0) ?? codes[0];
  }

  get exitStatus(): number | undefined {
    const statuses = (this.#concluding ?? this.#processes).map(({ client }) => client.exitStatus);
    return statuses.find((status) => status !== 0) ?? statuses[0];
  }

  /** Interrupts the code that hangs or, if none does, all that runs. */
  interrupt(): void {
    const hung = this.#processes.filter(({ isHung }) => isHung);
    for (const { client } of hung.length > 0 ? hung : this.#processes) client.interrupt();
  }

  interruptEvaluation(): void {
    for (const { client } of this.#processes) client.interruptEvaluation();
  }

  kill(reason: string): void {
    this.#finish(new StoppedError(reason, "Restart the session."));
    for (const { client } of this.#processes) client.kill(reason);
  }

  get length(): number {
    return this.#trace.length;
  }

  get planned(): number {
    return this.#trace.planned;
  }

  timeOf(time: number): number {
    return this.#trace.timeOf(time);
  }

  arrived(): void {
    this.#trace.arrived();
  }

  nextTask(process: TaskProcess): TaskId {
    return this.#homes.push(process) - 1;
  }

  nextResource(): number {
    this.#resources += 1;
    return this.#resources;
  }

  ended(process: TaskProcess): void {
    const { end } = process;
    if (!end) return;
    const isOver = this.#concluding ? this.#living.length === 0 : process === this.#first && process.tasks.length === 0;
    if (isOver) this.#finish(end);
  }

  get #living(): TaskProcess[] {
    return this.#processes.filter(({ end }) => !end);
  }

  get #first(): TaskProcess {
    return this.#processes[0] as TaskProcess;
  }

  #homeOf(task: TaskId): TaskProcess {
    const home = this.#homes[task];
    if (!home) throw new SessionStateError(`There is no task ${task}.`, "Restart the session.");
    return home;
  }

  #start(): TaskProcess {
    const started = new TaskProcess(this.#processes.length, this.command, this);
    this.#processes.push(started);
    return started;
  }

  /** @throws SessionStateError if there are too many */
  async #spawn({ task, ...asked }: Fields<"spawn">): Promise<Answer<"spawn">> {
    const home = await this.#vacant();
    const answer = await home.client.request("spawn", { ...asked, task: 0 });
    home.own(task);
    this.#homes[task] = home;
    return answer;
  }

  /** A process that has loaded the file and has no task. */
  async #vacant(): Promise<TaskProcess> {
    const last = this.#processes.at(-1) as TaskProcess;
    if (last.tasks.length === 0 && !last.end) return last;
    if (last.tasks.length === 0) this.#processes.pop();
    if (this.#processes.length === mostProcesses) {
      const message = `${mostProcesses} tasks run in processes of their own, which is the most: each takes the memory of an interpreter.`;
      throw new SessionStateError(message, "Restart with fewer tasks, or as cooperative tasks, which can be many thousands.");
    }
    const started = this.#start();
    try {
      mustSpeakTheSame(await greeted(started.client));
      if (this.#load) await started.client.request("load", this.#load);
    } catch (error) {
      // What is half loaded is of no use for another task.
      this.#processes.pop();
      started.client.kill("Its file could not be loaded.");
      throw error;
    }
    return started;
  }

  async #advance({ from, plan, until = [] }: Fields<"advance">): Promise<Answer<"advance">> {
    if (from !== this.length + 1) return { ran: 0, stopped: "stale" };
    if ("switches" in plan) throw new SessionStateError("Processes do not observe.", "Run them as cooperative tasks.");
    if ("ring" in plan && plan.steps === 0) {
      return this.#planned((each) => each.together({ tasks: [], steps: 0, until, restsAtEnd: true }));
    }
    const picks = unpackPicks(("ring" in plan ? plan.ring : plan.picks) as Packed);
    // What runs at the same time has a request of its own: here, one step is made after the other.
    const steps = "ring" in plan ? plan.steps : picks.length * plan.times;
    const homeOf = (task: TaskId) => this.#homeOf(task);
    const made = () => this.#trace.passAll();
    return this.#planned((each) => each.inTurn(picks, steps, until, homeOf, made), until);
  }

  #byHand<M extends "send" | "throwInto" | "close">(method: M, fields: Fields<M>): Promise<Answer<M>> {
    const home = this.#homeOf(fields.task);
    return this.#planned(async (plan) => plan.note(home, await home.byHand(method, fields)), fields.until) as Promise<Answer<M>>;
  }

  /** Executes something that makes steps, which are all part of the trace afterwards. */
  async #planned(execute: (plan: PlanInProgress) => Promise<void>, until: readonly Condition[] = []): Promise<Answer<"advance">> {
    const before = this.length;
    const plan = new PlanInProgress(this.#processes);
    this.#inProgress = plan;
    this.#trace.begin(until.some(({ noted }) => noted));
    try {
      await execute(plan);
    } finally {
      this.#inProgress = undefined;
      this.#trace.passAll();
    }
    return plan.answer(this.length - before, (home, step) => this.#trace.numberOf(home, step));
  }

  async #remaining(method: "remaining" | "conclude"): Promise<Answer<"remaining">> {
    const none: Answer<"remaining"> = { remaining: [] };
    const living = this.#living;
    if (living.length === 0 && this.#concluding) this.#finish(this.#first.end as UserError);
    const answers = await Promise.all(living.map(({ client }) => client.request(method, {}).catch(() => none)));
    return { remaining: answers.flatMap(({ remaining }) => remaining) };
  }

  #finish(error: UserError): void {
    if (this.#over) return;
    this.#over = error;
    this.#trace.stop();
    this.listener.ended(error);
  }
}

/** @throws UserCodeError if the process has ended */
function living(home: TaskProcess): TaskProcess {
  if (home.end)
    throw new UserCodeError({ code: "evaluate", message: home.end.message, remedy: "Look at a task whose process lives." });
  return home;
}
