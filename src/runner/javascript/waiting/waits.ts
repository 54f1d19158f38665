/**
 * The requests of one instance of the user's program: the engine with what it needs of this runner, and what the session is told.
 */
import { mostTasks } from "../../../core/task";
import { Waiting } from "../../../core/waiting/engine";
import type { Host } from "../../../core/waiting/host";
import { operation, type WaitRequest } from "../../../core/waiting/request";
import { encodeFrame, frameKind } from "../../../protocol/framing";
import type { FromRunner } from "../../../protocol/runner";
import { encodeWaits } from "../../../protocol/waits";
import type { VirtualClock } from "../clocks/virtualClock";
import { now, runMicrotasks } from "../engine/intrinsics";
import { codeOfTask } from "../load/pointMarks";
import { noTask, type SharedState } from "../process/sharedState";
import type { Wire } from "../process/wire";
import { TaggedRequest } from "../values/requests";
import { awaited, awaitedBy, isEffect } from "./awaited";
import { type Clock, realClock } from "./clock";
import { requestError } from "./errors";
import { Passage } from "./passage";
import { Promises } from "./promises";
import { RequestTexts } from "./requestTexts";
import { Wakeup } from "./wakeup";

/** What `take` gives once a channel is closed and empty. */
const closed = Symbol.for("cotasks.closed");

/** So many rows are sent in the middle of a slice, which can make as many as it likes. */
const mostRows = 1024 * 1024;

/** So many of a task's first objects are looked at for a library that they belong to: later ones should cost nothing. */
const mostLooks = 16;

/** What spawning asks of the runner. */
export interface SpawnBody {
  readonly generator: unknown;
  /** Makes what the task gets that spawned it. */
  handle(task: number, name: string): unknown;
}

/** What the runner around it gives. */
export interface Surroundings {
  readonly shared: SharedState;
  readonly wire: Wire;
  /** Virtual time; left out, real time. @param used called when the program starts a timer, or puts work off */
  virtual?(used: () => void): VirtualClock;
  nameOf(task: number): string;
  /** Makes a task of a generator, and tells the session. @throws the error for the task that spawns it */
  spawn(parent: number, generator: unknown): { readonly task: number; readonly name: string };
}

export class Waits {
  readonly engine: Waiting<unknown>;
  readonly promises: Promises;
  readonly wakeup = new Wakeup();
  readonly clock: Clock;
  /** How virtual time passes; undefined where time is real. */
  readonly passage: Passage | undefined;
  readonly shared: SharedState;
  /** Whether a task has waited, or may: until then steps need nothing from here. */
  isUsed = false;
  /** Whether a plan is executed, which takes note of the tasks that wake. Otherwise the session learns of them by the rows. */
  isAdvancing = false;
  readonly #texts: RequestTexts;
  readonly #wire: Wire;
  #news: FromRunner[] = [];
  /** By task: how many of the objects that it yielded were looked at for a library that they belong to. */
  readonly #looks = new Uint8Array(mostTasks);

  constructor({ shared, wire, virtual, nameOf, spawn }: Surroundings) {
    const virtualClock = virtual?.(() => {
      this.isUsed = true;
    });
    const clock = virtualClock ?? realClock(now());
    this.clock = clock;
    this.shared = shared;
    this.#wire = wire;
    const host: Host<unknown> = {
      nothing: undefined,
      closed,
      now: () => clock.at(now()),
      pair: (index, value) => [index, value],
      list: (values) => [...values],
      error: requestError,
      nameOf,
      spawn: (parent, body) => {
        const { generator, handle } = body as SpawnBody;
        const { task, name } = spawn(parent, generator);
        return { task, handle: handle(task, name) };
      },
    };
    this.engine = new Waiting(host);
    this.passage = virtualClock && new Passage(this.engine, virtualClock, shared);
    this.promises = new Promises(this.engine, () => this.wakeup.ring());
    this.#texts = new RequestTexts(this.engine);
  }

  /** A request of this instance. */
  request(code: number, object: unknown, value: unknown, parts: readonly WaitRequest<unknown>[] | undefined): TaggedRequest {
    const number = typeof object === "number" ? object : Number.NaN;
    if (parts) Object.freeze(parts);
    return new TaggedRequest(code as WaitRequest<unknown>["operation"], number, value, parts, this.engine, this.#texts);
  }

  /** A part of `any` or `all`: a request, or a promise. Anything else becomes a request that is refused. */
  part(given: unknown): TaggedRequest {
    const kind = typeof given === "object" && given !== null ? awaitedBy(given) : awaited.nothing;
    if (kind === awaited.request) return given as TaggedRequest;
    if (kind === awaited.promise) return this.#promise(given);
    const request = this.request(kind === awaited.forged ? operation.acquire : -1, 0, given, undefined);
    if (kind === awaited.forged) request.owner = {};
    return request;
  }

  /**
   * Takes what a task has yielded.
   *
   * @returns whether the task is ready
   */
  yielded(task: number, value: object): boolean {
    const kind = awaitedBy(value);
    if (kind === awaited.nothing) {
      if ((this.#looks[task] as number) < mostLooks) this.#look(task, value);
      return true;
    }
    this.isUsed = true;
    this.engine.rows.step = this.shared.step;
    return !this.#serve(task, this.part(value));
  }

  /** Begins a plain call of the user's code to the engine. */
  beginCall(): void {
    const { engine, shared } = this;
    engine.running = codeOfTask.getStore()?.task ?? (shared.task === noTask ? undefined : shared.task);
    engine.rows.step = shared.step;
    if (engine.rows.length > mostRows) this.flush();
  }

  /** Between slices: does what is due. @param real what the runner's own clock shows @returns whether user code ran */
  wakeDue(real: number): boolean {
    const { engine, passage } = this;
    if (passage) return passage.catchUp();
    if (engine.nextDue !== Number.POSITIVE_INFINITY) engine.wakeDue(this.clock.at(real));
    return false;
  }

  /** Right after a slice: runs what it has put off to microtasks, as far as a task may wait for that. @returns whether there was any */
  runMicrotasks(): boolean {
    const { promises, passage, shared } = this;
    if (promises.pending === 0 && !passage?.clock.hasMicrotasks) return false;
    shared.nextSlice(shared.step, noTask);
    if (passage) passage.clock.hasMicrotasks = false;
    runMicrotasks();
    return true;
  }

  /** How many milliseconds until the next sleeper is due; Infinity where nobody sleeps. */
  get untilDue(): number {
    return this.engine.nextDue - this.engine.host.now();
  }

  /** Puts a message in front of the steps that are sent next. */
  tell(message: FromRunner): void {
    this.#news.push(message);
  }

  /** Queues for the session what requests have done. */
  flush(): void {
    const { engine } = this;
    if (engine.resources.unannounced > 0) {
      this.#wire.say({ event: "resources", resources: engine.resources.takeAnnounced().slice() });
    }
    for (const message of this.#news) this.#wire.say(message);
    if (this.#news.length > 0) this.#news = [];
    if (engine.rows.length > 0) this.#wire.frame(encodeFrame(frameKind.waits, encodeWaits(engine.rows.takeRows())));
    if (!this.isAdvancing) this.forgetWoken();
  }

  /** From here on the session knows who was woken, and who is to run next. */
  forgetWoken(): void {
    this.engine.woken.clear();
    this.engine.takeNext();
  }

  /** Tells, once for each task, that it yields what belongs to another library. */
  #look(task: number, value: object): void {
    const isForeign = isEffect(value);
    this.#looks[task] = isForeign ? mostLooks : (this.#looks[task] as number) + 1;
    if (isForeign) this.tell({ event: "foreign", step: this.shared.step, task, library: "redux-saga" });
  }

  #promise(value: unknown): TaggedRequest {
    return this.request(operation.promise, this.promises.token(), value, undefined);
  }

  #serve(task: number, request: TaggedRequest): boolean {
    const isBlocked = this.engine.serve(task, request);
    if (isBlocked) this.#watch(task, request);
    return isBlocked;
  }

  #watch(task: number, { operation: code, object, value, parts = [] }: WaitRequest<unknown>): void {
    if (code === operation.promise) this.promises.watch(task, object, value);
    for (const part of parts) this.#watch(task, part);
  }
}
