/**
 * Tasks that run at the same time: each in a runner process of its own, with a state of its own. To a run, all of them are one runner.
 */
import type { TaskId } from "../../core/task";
import { unpackPicks } from "../../protocol/picks";
import type { Condition, Fields } from "../../protocol/requests";
import type { Answer, Method, StopReason } from "../../protocol/runner";
import { SessionStateError, StoppedError, UserCodeError, type UserError } from "../common/errors";
import { greeted, mustSpeakTheSame } from "../process/handshake";
import type { RunnerListener } from "../process/runnerClient";
import { mostProcesses, type RunnerCommand } from "../process/runnerProcess";
import { outsideProperties, outsideStack, outsideValue, ownHandle, SharedPoints } from "./globalNames";
import { takenUntil } from "./stepOrder";
import { clock, TaskProcess, type Together } from "./taskProcess";

/** The maximum time in milliseconds for which steps are kept back, because a process that runs may have made earlier ones. */
const longestDelay = 100;
/** The difference in microseconds from which on the clock of a process is not that of this one. */
const otherClock = 1_000_000;

/** What the processes are to do at the same time. */
export interface AllAtOnce {
  /** The tasks that may run. */
  readonly tasks: readonly TaskId[];
  /** The maximum number of steps of all tasks; 0 only waits until one of them is woken. */
  readonly steps: number;
  readonly until: readonly Condition[];
  /** Whether all rest when a task returns or throws. */
  readonly restsAtEnd: boolean;
}

/** A reason why all rest. */
type Rest = Pick<Answer<"advance">, "stopped" | "condition">;

/** Picks as a request has them. */
type Packed = readonly number[] | string;

/** What none of the processes can be asked for. */
type Unasked = "check" | "observe" | "reset" | "explore" | "exploreOn" | "execute" | "interrupt";

export class TaskProcesses implements Together {
  readonly #processes: TaskProcess[] = [];
  /** By task: the process that it runs in. */
  readonly #homes: TaskProcess[] = [];
  readonly points: SharedPoints;
  #load: Fields<"load"> | undefined;
  #resources = 0;
  #length = 0;
  /** When the current plan began: by the machine's clock, and on the axis of time, which excludes all times of rest. */
  #plan = { clock: 0, time: 0 };
  /** The end of the last step, on the axis of time. */
  #end = 0;
  #later: NodeJS.Timeout | undefined;
  #isPausing = false;
  #isConcluding = false;
  #over: UserError | undefined;
  /** The process that made the last step. */
  #latest: TaskProcess | undefined;
  /** By process: the numbers in the trace of the steps of the current plan, by its own numbers. Kept if conditions are to be noted. */
  #numbers: Map<TaskProcess, Map<number, number>> | undefined;

  constructor(
    readonly command: RunnerCommand,
    readonly listener: RunnerListener,
  ) {
    this.points = new SharedPoints((points) => listener.event({ event: "points", points }));
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
      this.#pause();
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
      const home = living(task === undefined ? (this.#latest ?? this.#first) : this.#homeOf(task));
      const own = task === undefined ? {} : { task: home.tasks.indexOf(task) };
      return outsideValue(await home.client.request("evaluate", { expression, ...own }), home.process);
    },
    remaining: async () => this.#remaining("remaining"),
    conclude: async () => {
      this.#isConcluding = true;
      return this.#remaining("conclude");
    },
  };

  /** Lets all tasks go on at the same time. @param from the number of the first step */
  async allAtOnce(all: AllAtOnce): Promise<Answer<"advance">> {
    return this.#planned((rest) => this.#together(all, rest));
  }

  give(text?: string): void {
    for (const { client } of this.#processes) client.give(text);
  }

  set share(share: number) {
    for (const { client } of this.#processes) client.share = share / this.#processes.length;
  }

  get exitCode(): number | undefined {
    const codes = this.#processes.map(({ client }) => client.exitCode);
    return codes.find((code) => code !== 0) ?? codes[0];
  }

  get exitStatus(): number | undefined {
    const statuses = this.#processes.map(({ client }) => client.exitStatus);
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
    return this.#length;
  }

  get planned(): number {
    return this.#plan.time;
  }

  timeOf(time: number): number {
    const since = time - this.#plan.clock;
    const isOther = since < -otherClock || time > clock() + otherClock;
    return this.#plan.time + (isOther ? clock() - this.#plan.clock : Math.max(0, since));
  }

  nextTask(process: TaskProcess): TaskId {
    return this.#homes.push(process) - 1;
  }

  nextResource(): number {
    this.#resources += 1;
    return this.#resources;
  }

  arrived(): void {
    const open = this.#processes.filter(({ isOpen }) => isOpen);
    if (open.length === 0) return;
    this.#pass(Math.min(...open.map(({ pending }) => Math.max(this.#plan.time, pending.ended))));
    if (this.#processes.every(({ pending }) => pending.length === 0)) return;
    this.#later ??= setTimeout(() => this.#pass(Number.POSITIVE_INFINITY), longestDelay).unref();
  }

  ended(process: TaskProcess): void {
    const { end } = process;
    if (!end) return;
    if (this.#isConcluding ? this.#processes.every((each) => each.end) : process === this.#first && process.tasks.length === 0)
      this.#finish(end);
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
    if (last.tasks.length === 0) return last;
    if (this.#processes.length === mostProcesses) {
      const message = `${mostProcesses} tasks run in processes of their own, which is the most: each takes the memory of an interpreter.`;
      throw new SessionStateError(message, "Restart with fewer tasks, or as cooperative tasks, which can be many thousands.");
    }
    const started = this.#start();
    mustSpeakTheSame(await greeted(started.client));
    if (this.#load) await started.client.request("load", this.#load);
    return started;
  }

  async #advance({ from, plan, until }: Fields<"advance">): Promise<Answer<"advance">> {
    if (from !== this.#length + 1) return { ran: 0, stopped: "stale" };
    if ("switches" in plan) throw new SessionStateError("Processes do not observe.", "Run them as cooperative tasks.");
    const isNoted = until?.some(({ noted }) => noted) ?? false;
    if ("picks" in plan)
      return this.#planned((rest) => this.#inTurn(unpackPicks(plan.picks as Packed), plan.times, until, rest), isNoted);
    const tasks = unpackPicks(plan.ring as Packed);
    return this.#planned(
      (rest) => this.#together({ tasks, steps: plan.steps, until: until ?? [], restsAtEnd: true }, rest),
      isNoted,
    );
  }

  #byHand<M extends "send" | "throwInto" | "close">(method: M, fields: Fields<M>): Promise<Answer<M>> {
    const home = this.#homeOf(fields.task);
    return this.#planned(async (rest) => rest(home, await home.byHand(method, fields))) as Promise<Answer<M>>;
  }

  /**
   * Executes something that makes steps, which are all part of the trace afterwards.
   *
   * @param isNoted whether the last step that meets a noted condition is asked for
   */
  async #planned(
    execute: (rest: (home: TaskProcess, answer: Answer<"advance">) => void) => Promise<void>,
    isNoted = false,
  ): Promise<Answer<"advance">> {
    const before = this.#length;
    this.#isPausing = false;
    this.#plan = { clock: clock(), time: this.#end };
    this.#numbers = isNoted ? new Map() : undefined;
    const met: { readonly home: TaskProcess; readonly step: number }[] = [];
    let rests: Rest = { stopped: "completed" };
    await execute((home, { stopped, condition, noted }) => {
      if (weightOf(stopped) > weightOf(rests.stopped)) rests = { stopped, ...(condition ? { condition } : {}) };
      if (noted !== undefined) met.push({ home, step: noted });
    });
    this.#pass(Number.POSITIVE_INFINITY);
    const noted = met
      .map(({ home, step }) => this.#numbers?.get(home)?.get(step) ?? 0)
      .reduce((most, each) => Math.max(most, each), 0);
    return { ran: this.#length - before, ...rests, ...(noted > 0 ? { noted } : {}) };
  }

  /** Lets the tasks of a plan make their steps one after the other. */
  async #inTurn(
    picks: readonly TaskId[],
    times: number,
    until: Condition[] | undefined,
    rest: (home: TaskProcess, answer: Answer<"advance">) => void,
  ): Promise<void> {
    const all = picks.length * times;
    for (let at = 0; at < all && !this.#isPausing; ) {
      const home = this.#homeOf(picks[at % picks.length] as TaskId);
      const own: number[] = [];
      while (at < all && this.#homes[picks[at % picks.length] as TaskId] === home && own.length < picks.length) {
        own.push(home.tasks.indexOf(picks[at % picks.length] as TaskId));
        at += 1;
      }
      const answer = await home.advance({ picks: own, times: 1 }, until);
      this.#pass(Number.POSITIVE_INFINITY);
      rest(home, answer);
      if (answer.stopped !== "completed") return;
    }
  }

  async #together(
    { tasks, steps, until, restsAtEnd }: AllAtOnce,
    rest: (home: TaskProcess, answer: Answer<"advance">) => void,
  ): Promise<void> {
    const able = new Set(tasks);
    const homes = this.#processes.filter(({ alive }) => alive.size > 0);
    let left = steps;
    const work = async (home: TaskProcess): Promise<void> => {
      const isHeld = (own: number) => tasks.length > 0 && !able.has(home.tasks[own] as TaskId) && own < known;
      const known = home.tasks.length;
      do {
        // Whoever is faster comes again sooner. The pieces become smaller, so that all are done at about the same time.
        const share = Math.min(left, Math.max(1, Math.ceil(left / (2 * homes.length))));
        left -= share;
        const ring = [...home.alive].filter((own) => !isHeld(own));
        const answer = await home.advance({ ring: steps === 0 ? [] : ring, steps: share }, until);
        left += share - answer.ran;
        const isEnd = answer.stopped === "returned" || answer.stopped === "threw";
        const isRest = isEnd ? restsAtEnd : answer.stopped !== "completed" && answer.stopped !== "changed";
        if (isRest) rest(home, answer);
        else if (answer.noted !== undefined) rest(home, { ...answer, stopped: "completed" });
        if (isRest && answer.stopped !== "idle" && answer.stopped !== "deadlock") this.#pause();
        if (steps === 0 && answer.stopped !== "idle") this.#pause();
        if (answer.stopped === "idle" || answer.stopped === "deadlock") return;
      } while (left > 0 && home.alive.size > 0 && !this.#isPausing);
    };
    await Promise.all(homes.map(work));
  }

  /** Lets all that run come to rest after their slices. */
  #pause(): void {
    this.#isPausing = true;
    for (const { client, isOpen } of this.#processes) if (isOpen) void client.request("pause", {}).catch(() => undefined);
  }

  /** Makes steps that ended by a time part of the trace. */
  #pass(time: number): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    for (;;) {
      const chunk = takenUntil(this.#processes, time, this.#length + 1, (process, number) => this.#took(process, number));
      if (!chunk) break;
      const last = chunk.task.length - 1;
      this.#end = Math.max(this.#end, (chunk.began?.[last] ?? 0) + (chunk.micros[last] ?? 0));
      this.#length += chunk.task.length;
      this.listener.steps(chunk);
    }
    if (time < Number.POSITIVE_INFINITY) return;
    for (const { pending } of this.#processes) pending.tellUntil(pending.taken, this.#length);
  }

  #took(process: TaskProcess, number: number): void {
    this.#latest = process;
    if (!this.#numbers) return;
    const numbers = this.#numbers.get(process) ?? new Map<number, number>();
    this.#numbers.set(process, numbers.set(process.pending.taken, number));
  }

  async #remaining(method: "remaining" | "conclude"): Promise<Answer<"remaining">> {
    const living = this.#processes.filter(({ end }) => !end);
    const none: Answer<"remaining"> = { remaining: [] };
    const answers = await Promise.all(living.map(({ client }) => client.request(method, {}).catch(() => none)));
    return { remaining: answers.flatMap(({ remaining }) => remaining) };
  }

  #finish(error: UserError): void {
    if (this.#over) return;
    this.#over = error;
    clearTimeout(this.#later);
    this.listener.ended(error);
  }
}

/** @throws UserCodeError if the process has ended */
function living(home: TaskProcess): TaskProcess {
  if (home.end)
    throw new UserCodeError({ code: "evaluate", message: home.end.message, remedy: "Look at a task whose process lives." });
  return home;
}

/** The reasons why all may rest, the weightiest last. */
const weights: readonly StopReason[] = [
  "completed",
  "idle",
  "deadlock",
  "paused",
  "changed",
  "returned",
  "threw",
  "condition",
  "interrupted",
];

function weightOf(reason: StopReason): number {
  return weights.indexOf(reason);
}
