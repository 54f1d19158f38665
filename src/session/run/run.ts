/**
 * A run: the lifetime of one runner, with everything that it produced. Restarting a session starts a new run.
 */
import { Scheduler } from "../../core/scheduler/scheduler";
import type { Task, TaskId } from "../../core/task";
import type { Thrown } from "../../core/trace/thrown";
import type { StepChunk, YieldPoint } from "../../core/trace/trace";
import type { TraceStore } from "../../core/trace/traceStore";
import type { VirtualTime } from "../../core/virtualTime";
import type { WaitRows } from "../../core/waiting/rows";
import type { ForeignYield, Rejection } from "../../core/warnings/finding";
import { parseWatch } from "../../core/watchText";
import type { SwitchPoints } from "../../core/ways";
import { FramingError } from "../../protocol/framing";
import type { Printed } from "../../protocol/printed";
import type { Fields } from "../../protocol/requests";
import type { Answer, RunnerEvent } from "../../protocol/runner";
import { askedOf } from "../common/calls";
import { CallError, RunnerFailedError, UserCodeError, type UserError } from "../common/errors";
import { greeted, mustSpeakTheSame } from "../process/handshake";
import type { Silence } from "../process/runnerListener";
import type { RunnerCommand } from "../process/runnerProcess";
import { unbegun } from "../process/unbegun";
import { type Runner, startRunner } from "../processes/startRunner";
import type { Recordable } from "../recording/recordable";
import type { TraceFile } from "../recording/traceFile";
import type { Differences } from "../seen/differences";
import { DriverLog } from "../seen/driverLog";
import { childrenPage, type Inspections } from "../seen/inspections";
import type { OutputLog } from "../seen/outputLog";
import { type Added, firstState, type Observed, type RunRecord } from "../seen/runRecord";
import { Sources } from "../seen/sources";
import type { ThrowLog } from "../seen/throwLog";
import { UnrepeatableCalls } from "../seen/unrepeatable";
import type { WaitLog } from "../seen/waitLog";
import type { WatchLog } from "../seen/watchLog";
import { fullHeapIn } from "./fullHeap";
import { Resuming } from "./resuming";
import { RunStores } from "./runStores";
import { type Asked, TypedInput } from "./typedInput";

/**
 * The request to load a file.
 *
 * @param isCompared whether the run is compared with another one
 */
export function loading(
  file: string,
  command: Pick<RunnerCommand, "threads" | "input">,
  virtualTime: VirtualTime | undefined,
  isCompared: boolean,
): Fields<"load"> {
  const { threads } = command;
  return { file, ...timeOf(virtualTime, isCompared), ...(threads ? { threads } : {}), ...asking(command) };
}

/** While somebody is asked, the runner does not count that as hanging, whoever answers. */
function asking({ input }: Pick<RunnerCommand, "input">): Pick<Fields<"load">, "asks"> {
  return input === undefined ? {} : { asks: true };
}

function timeOf(virtualTime: VirtualTime | undefined, isCompared: boolean): Pick<Fields<"load">, "time" | "notesCalls"> {
  if (virtualTime) return { time: virtualTime };
  return isCompared ? { notesCalls: true } : {};
}

/** The request to observe a program. */
export function observing(
  file: string,
  { arguments: given, module, functions }: Observed,
  command: Pick<RunnerCommand, "input">,
  virtualTime: VirtualTime | undefined,
): Fields<"observe"> {
  const ways = { ...(module === undefined ? {} : { module }), ...(functions ? { functions } : {}) };
  return { file, arguments: given, ...ways, ...timeOf(virtualTime, false), ...asking(command) };
}

/**
 * The request to evaluate a watch.
 *
 * @param task the task whose locals it sees, if it is not about the scheduler; left out, it sees only the module's
 */
export function evaluating(watch: string, task?: TaskId): Fields<"evaluate"> {
  const { expression, isOfScheduler } = parseWatch(watch);
  if (isOfScheduler) return { expression, driver: true };
  return { expression, ...(task === undefined ? {} : { task }) };
}

/** The interval, in milliseconds, at which the user is notified of a long evaluation. It is longer than the runner's own interval. */
const overdueMillis = 4_000;

/** The maximum number of tasks that are noted for yielding values of other libraries. */
const mostForeign = 1_000;

export class Run implements RunRecord {
  readonly scheduler = new Scheduler();
  readonly trace: TraceStore;
  readonly output: OutputLog;
  readonly inspections: Inspections;
  readonly differences: Differences;
  readonly watched: WatchLog;
  readonly throws: ThrowLog;
  readonly waits: WaitLog;
  readonly resuming: Resuming;
  /** For each task, the step after which it was added, and where it is suspended until it is first resumed. */
  readonly added: Added[] = [];
  readonly sources = new Sources();
  readonly rejections: Rejection[] = [];
  readonly foreignYields: ForeignYield[] = [];
  readonly unrepeatable = new UnrepeatableCalls();
  /** Whether the run is compared with another one. Set before the file is loaded. */
  isCompared = false;
  /** If the program decides itself who runs: what it was given. Set before the file is loaded. */
  observed: Observed | undefined;
  /** Who resumed the tasks of an observed program. */
  readonly drivers = new DriverLog();
  readonly iterated = new Set<string>();
  /** What is typed as the standard input of the program. */
  readonly typed = new TypedInput(
    (text) => this.#client.give(text),
    (text) => this.#print(this.#printing, "stdin", text),
  );
  /** The exception by which an observed program has ended. */
  uncaught: Thrown | undefined;
  /** The exit code of an observed program that has ended, as shells have it. */
  exitCode: number | undefined;
  runtime: Answer<"hello"> | undefined;
  /** What threads run to its end once it has begun. */
  atomic: NonNullable<Answer<"load">["atomic"]> = [];
  /** The threads that the program has started while it was loaded: they are no tasks. */
  free: readonly string[] = [];
  /** The user code that is hanging, if any. */
  hung: Extract<RunnerEvent, { event: "hung" }> | undefined;
  /** The process that gives no sign of life although it is to answer, if any. */
  silence: Silence | undefined;
  /** Why the process ended, if it ended by itself. */
  ended: UserError | undefined;
  /** The session's file. */
  #main = "";
  #fatal: string | undefined;
  /** Whether the process was ended by `end`. */
  ending = false;
  /** What was still running apart from the tasks when all of them had ended, as text. */
  remaining: readonly string[] = [];
  #isConcluding = false;
  #concluded: (() => void) | undefined;
  readonly #client: Runner;
  readonly #stores: RunStores;

  /**
   * @param file the file for data that does not fit in memory; if it is kept, all data of the trace is written to it
   * @param changed called after every change that a view may display, which can be very often
   * @param virtualTime undefined for real time
   */
  constructor(
    readonly command: RunnerCommand,
    readonly file: TraceFile,
    readonly changed: () => void,
    readonly virtualTime?: VirtualTime,
  ) {
    this.#stores = new RunStores(file, {
      main: () => this.#main,
      driverAt: (step) => this.drivers.of(step),
      children: (handle, start) => this.#client.request("expand", { handle, start, count: childrenPage }),
    });
    this.trace = this.#stores.trace;
    this.output = this.#stores.output;
    this.inspections = this.#stores.inspections;
    this.differences = this.#stores.differences;
    this.watched = this.#stores.watched;
    this.throws = this.#stores.throws;
    this.waits = this.#stores.waits;
    this.#client = startRunner(command, {
      steps: (chunk) => this.#append(chunk),
      waits: (rows) => this.#wait(rows),
      event: (event) => this.#event(event),
      printed: (stream, text, dropped) => this.#print(this.#printing, stream, text, dropped),
      silent: (silence) => {
        this.silence = silence;
        this.changed();
      },
      ended: (error) => this.#end(error),
    });
    this.resuming = new Resuming(this.#client, this, () => this.#settled());
  }

  /**
   * Evaluates the user's file. A program that is observed is not started yet.
   *
   * @throws UserCodeError if it has a syntax error or throws
   */
  async load(file: string): Promise<void> {
    this.runtime = await greeted(this.#client).catch((error) => {
      const printed = this.output.of(0).map(({ text }) => text);
      throw unbegun(error, this.observed?.environment ?? {}, printed.join(""));
    });
    mustSpeakTheSame(this.runtime);
    this.#main = file;
    this.sources.note(file);
    if (this.observed) this.scheduler.leaveToOthers();
    const loaded = this.observed
      ? this.#client.request("observe", observing(file, this.observed, this.command, this.virtualTime))
      : this.#client.request("load", loading(file, this.command, this.virtualTime, this.isCompared));
    const answer: Partial<Answer<"load">> = await loaded.finally(() => this.#settled());
    if (answer.atomic) this.atomic = answer.atomic;
    if (answer.free) this.free = answer.free;
  }

  /**
   * Adds a task.
   *
   * @param call an expression in the file's own scope whose value is a generator or an iterator; a call of another file begins
   *   with its path
   * @throws UserCodeError if it throws or has another value
   */
  async spawn(call: string): Promise<Task> {
    const asked = askedOf(call, this.#main);
    const spawned = await this.#client
      .request("spawn", { task: this.scheduler.tasks.length, ...asked })
      .catch((error) => Promise.reject(error instanceof UserCodeError ? new CallError(call, error.failure) : error))
      .finally(() => this.#settled());
    if (asked.file !== undefined) this.sources.note(asked.file);
    const added = { step: this.trace.length, point: spawned.point, begun: spawned.begun ?? false };
    this.added.push(added);
    return this.scheduler.add(spawned.name, call, firstState(added));
  }

  get threads(): SwitchPoints | undefined {
    return this.command.threads;
  }

  get processes(): boolean | undefined {
    return this.command.processes;
  }

  get tasks(): readonly Task[] {
    return this.scheduler.tasks;
  }

  get next(): TaskId | undefined {
    return this.scheduler.next;
  }

  /** Whether a step by hand is pending or in progress. It is recorded when it has ended. */
  get isByHand(): boolean {
    return this.resuming.isByHand;
  }

  /** Whether tasks are being resumed. */
  get isAdvancing(): boolean {
    return this.resuming.isUnderWay;
  }

  /** Whether a plan is being executed, but no task is ready: one has to be woken first. An observed program has not resumed any for a while. */
  get isAwaiting(): boolean {
    return this.isAdvancing && (this.scheduler.mustWait || this.resuming.isLate);
  }

  /** The maximum share of the host's time that is spent on receiving steps, up to 1. */
  set share(share: number) {
    this.#client.share = share;
  }

  /** Why recorded data cannot be written to disk. It stays in memory until it can. */
  get problem(): Error | undefined {
    return this.#stores.problem;
  }

  /** Writes what could not be written before. Call this when there may be space again. */
  flush(): void {
    this.#stores.flush();
  }

  /** Gives the program something to read. @param text left out, there is nothing more to read */
  give(text?: string): void {
    this.typed.give(text);
    this.changed();
  }

  /** Interrupts the user code that is running by throwing into it. */
  interrupt(): void {
    this.#client.interrupt();
  }

  /** Interrupts the expression that is being evaluated, if there is one. */
  interruptEvaluation(): void {
    this.#client.interruptEvaluation();
  }

  /** Ends the process. What was recorded is kept. */
  end(reason: string): void {
    this.ending = true;
    this.#client.kill(reason);
  }

  /** How much time of processors the process has used since it was started, in microseconds. */
  async processorMicros(): Promise<number> {
    return (await this.#client.request("processor", {})).micros;
  }

  /** Asks the runner what is still running apart from the tasks, such as timers and threads. */
  async askRemaining(): Promise<void> {
    this.remaining = (await this.#client.request("remaining", {})).remaining;
    this.changed();
  }

  /**
   * Waits for the program to end by itself, after its timers and threads.
   *
   * @param millis the time limit, after which the process is ended
   * @returns whether it ended by itself
   */
  async conclude(millis: number): Promise<boolean> {
    this.#isConcluding = true;
    const over = new Promise<boolean>((resolve) => {
      this.#concluded = () => resolve(true);
      setTimeout(resolve, millis, false).unref();
    });
    this.remaining = await this.#client.request("conclude", {}).then(
      ({ remaining }) => remaining,
      () => [],
    );
    const isOver = this.ended !== undefined || (await over);
    if (!isOver) this.end("It was not waited for any longer.");
    return isOver;
  }

  /** Frees the disk space of the trace. Afterwards only its last steps can be read. */
  dispose(): void {
    this.file.close();
  }

  /**
   * Writes new data to the trace file, if the file is kept.
   *
   * @param subject the session that the run belongs to
   * @throws Error of the file system
   */
  checkpoint(subject: Recordable): void {
    this.#stores.checkpoint(subject);
  }

  /** Evaluates a watch: in the scheduler's frame, with a task's local variables or, without a task, in the module's scope. */
  evaluate(watch: string, task?: TaskId): Promise<Answer<"evaluate">> {
    const asked = this.#client.request("evaluate", evaluating(watch, task));
    const began = performance.now();
    const overdue = setInterval(() => this.#overdue(performance.now() - began), overdueMillis).unref();
    return asked.finally(() => {
      clearInterval(overdue);
      this.#settled();
    });
  }

  /** Where a task is suspended, with its locals. */
  inspect(task: TaskId): Promise<Answer<"inspect">> {
    return this.#client.request("inspect", { task });
  }

  /** The step that output belongs to if it bypasses the runner. */
  get #printing(): number {
    return this.isAdvancing ? this.trace.length + 1 : this.trace.length;
  }

  #append(chunk: StepChunk): void {
    this.trace.append(chunk, this.scheduler.tasks.length);
    this.resuming.arrived(chunk);
    this.hung = undefined;
    this.changed();
  }

  #event(event: RunnerEvent): void {
    if (event.event === "output") this.#print(event.step, event.stream, event.text, event.dropped);
    else if (event.event === "points") this.#addPoints(event.points);
    else if (event.event === "thrown") this.throws.add(event.step, event.thrown);
    else if (event.event === "hung") this.hung = event;
    else if (event.event === "unrepeatable") this.unrepeatable.add(event);
    else if (event.event === "resources") this.waits.resources.push(...event.resources);
    else if (event.event === "spawned") this.#spawned(event);
    else if (event.event === "foreign") this.#noteForeign(event);
    else if (event.event === "drivers") this.drivers.add(event.drivers);
    else if (event.event === "driven") this.drivers.note(event.step, event.by, event.times);
    else if (event.event === "iterated") this.iterated.add(event.function);
    else if (event.event === "asks") this.#asked(event);
    else if (event.event === "uncaught") this.uncaught = event.thrown;
    else if (event.event === "fatal") this.#die(event);
    this.changed();
  }

  #asked(event: Asked): void {
    if (this.command.input === "typed") this.typed.ask(event);
  }

  #die({ message, rejection, step, task }: Extract<RunnerEvent, { event: "fatal" }>): void {
    this.#fatal = message;
    const of = Math.min(step, this.trace.length);
    if (rejection === undefined || of === 0) return;
    this.rejections.push({ step: of, task: task ?? this.trace.at(of).task, message: rejection });
  }

  #noteForeign({ step, task, library }: Extract<RunnerEvent, { event: "foreign" }>): void {
    if (this.foreignYields.length < mostForeign) this.foreignYields.push({ step, task, library });
  }

  #wait(rows: WaitRows): void {
    this.waits.append(rows);
    this.scheduler.noteWaits(rows);
    if (!this.isAdvancing) this.scheduler.takeWaits();
    this.changed();
  }

  /** @throws FramingError if the task's number is not the next one */
  #spawned({ step, parent, task, name, call, point, begun = false }: Extract<RunnerEvent, { event: "spawned" }>): void {
    if (task !== this.scheduler.tasks.length) throw new FramingError(`Task ${task} was spawned, out of turn.`);
    // A task that an observed program has made is there before the step in which it is resumed.
    const after = parent === undefined ? step - 1 : step;
    this.added.push({ step: after, point, begun, ...(parent === undefined ? {} : { parent }) });
    this.scheduler.addSpawned(after, name, call, firstState({ begun }));
  }

  /** Whether the program ended regularly: by itself, with any exit code, or by exiting in a timer. */
  get #endedWell(): boolean {
    const { exitCode } = this.#client;
    return exitCode === 0 || (exitCode !== undefined && this.#fatal === undefined);
  }

  #addPoints(points: readonly YieldPoint[]): void {
    this.trace.addPoints(points);
    for (const { file } of points) this.sources.note(file);
  }

  #print(step: number, stream: Printed["stream"], text: string, dropped?: number): void {
    this.output.add(step, stream, text, dropped);
    this.changed();
  }

  /** A runner whose interpreter stays in a function written in C cannot report that itself. */
  #overdue(millis: number): void {
    if (this.isAdvancing || this.hung?.task !== undefined) return;
    this.hung = { event: "hung", step: this.trace.length, millis };
    this.changed();
  }

  #settled(): void {
    this.hung = undefined;
    this.changed();
  }

  #end(error: UserError): void {
    this.#concluded?.();
    if (this.ending) return;
    if (this.#isConcluding && this.#endedWell) {
      this.ending = true;
      return;
    }
    if (this.observed && this.#client.exitStatus !== undefined) {
      this.ending = true;
      this.exitCode = this.#client.exitStatus;
      this.hung = undefined;
      this.changed();
      return;
    }
    const why = this.#fatal ?? fullHeapIn(this.output);
    this.ended = why === undefined ? error : new RunnerFailedError(`${error.message} ${why}`, error.remedy);
    this.hung = undefined;
    this.changed();
  }
}
