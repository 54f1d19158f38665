/**
 * The requests of one instance of the user's program: the engine, what it needs from this runner, and the messages to the session.
 */
import { Waiting } from "../../../core/waiting/engine";
import type { Host } from "../../../core/waiting/host";
import { operation, type WaitRequest } from "../../../core/waiting/request";
import type { FromRunner } from "../../../protocol/runner";
import type { VirtualClock } from "../clocks/virtualClock";
import { now, runMicrotasks } from "../engine/intrinsics";
import { codeOfTask } from "../load/pointMarks";
import { noTask, type SharedState } from "../process/sharedState";
import type { Wire } from "../process/wire";
import { preview } from "../values/preview";
import { requestError } from "../values/requestErrors";
import { TaggedRequest } from "../values/requests";
import { awaited, awaitedBy, isEffect } from "./awaited";
import { type Clock, realClock } from "./clock";
import { Passage } from "./passage";
import { Promises } from "./promises";
import { RequestTexts } from "./requestTexts";
import { WaitFrames } from "./waitFrames";
import { Wakeup } from "./wakeup";

/** The result of `take` once a channel is closed and empty. */
const closed = Symbol.for("cotasks.closed");

/** Rows are sent in the middle of a slice once there are more than this, because one slice can make any number of them. */
const mostRows = 1024 * 1024;

/** Only this many objects per task are checked for the library that they belong to, so that later ones cost nothing. */
const mostLooks = 16;

/** The body of a spawn request. */
export interface SpawnBody {
  readonly generator: unknown;
  /** Makes the handle that the parent task gets. */
  handle(task: number, name: string): unknown;
}

/** What the requests of an instance need from the runner. */
export interface Surroundings {
  readonly shared: SharedState;
  readonly wire: Wire;
  /** Makes the virtual clock; omitted for real time. @param used called when the program starts a timer or a microtask */
  virtual?(used: () => void): VirtualClock;
  nameOf(task: number): string;
  /** Makes a task from a generator and notifies the session. @throws the error to throw in the parent task */
  spawn(parent: number, generator: unknown): { readonly task: number; readonly name: string };
  /** A task was spawned. @param handle what its parent knows it by */
  spawned?(task: number, handle: unknown): void;
}

export class Waits {
  readonly engine: Waiting<unknown>;
  readonly promises: Promises;
  readonly wakeup = new Wakeup();
  readonly frames = new WaitFrames();
  readonly clock: Clock;
  /** The passage of virtual time; undefined if time is real. */
  readonly passage: Passage | undefined;
  readonly shared: SharedState;
  /** Whether a task has waited or may do so. Until then, executing steps does not involve this object. */
  isUsed = false;
  /** Whether a plan is being executed, whose loop reads which tasks were woken. Otherwise only the session does so, from the rows. */
  isAdvancing = false;
  readonly #texts: RequestTexts;
  readonly #wire: Wire;
  #news: FromRunner[] = [];
  /** By task: how many of its yielded objects were checked for the library that they belong to. */
  readonly #looks: number[] = [];

  constructor({ shared, wire, virtual, nameOf, spawn, spawned }: Surroundings) {
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
      contents: (pairOrList) => pairOrList as unknown[],
      error: requestError,
      nameOf,
      show: preview,
      spawn: (parent, body) => {
        const { generator, handle: handleOf } = body as SpawnBody;
        const { task, name } = spawn(parent, generator);
        const handle = handleOf(task, name);
        spawned?.(task, handle);
        return { task, handle };
      },
    };
    this.engine = new Waiting(host);
    this.passage = virtualClock && new Passage(this.engine, virtualClock, shared);
    this.promises = new Promises(this.engine, () => this.wakeup.ring());
    this.#texts = new RequestTexts(this.engine);
  }

  /** Makes a request that belongs to this instance. */
  request(code: number, object: unknown, value: unknown, parts: readonly WaitRequest<unknown>[] | undefined): TaggedRequest {
    const number = typeof object === "number" ? object : Number.NaN;
    // What was given in place of a time is kept, to be shown.
    const kept = code === operation.sleep && Number.isNaN(number) ? object : value;
    if (parts) Object.freeze(parts);
    return new TaggedRequest(code as WaitRequest<unknown>["operation"], number, kept, parts, this.engine, this.#texts);
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
   * Handles an object that a task has yielded.
   *
   * @returns whether the task is ready
   */
  yielded(task: number, value: object): boolean {
    const kind = awaitedBy(value);
    if (kind === awaited.nothing) {
      if ((this.#looks[task] ?? 0) < mostLooks) this.#look(task, value);
      return true;
    }
    this.isUsed = true;
    this.engine.rows.step = this.shared.step;
    return !this.#serve(task, this.part(value));
  }

  /** Prepares for a call that user code makes to the engine without yielding. */
  beginCall(): void {
    const { engine, shared } = this;
    engine.running = codeOfTask.getStore()?.task ?? (shared.task === noTask ? undefined : shared.task);
    engine.rows.step = shared.step;
    if (engine.rows.length > mostRows) this.flush();
  }

  /** Called between slices: does everything that is due. @param real the time of the runner's own clock @returns whether user code ran */
  wakeDue(real: number): boolean {
    const { engine, passage } = this;
    if (passage) return passage.catchUp();
    if (engine.nextDue !== Number.POSITIVE_INFINITY) engine.wakeDue(this.clock.at(real));
    return false;
  }

  /** Called right after a slice: runs pending microtasks if a task may be waiting for their results. @returns whether it did */
  runMicrotasks(): boolean {
    const { promises, passage, shared } = this;
    if (promises.pending === 0 && !passage?.clock.hasMicrotasks) return false;
    shared.nextSlice(shared.step, noTask);
    if (passage) passage.clock.hasMicrotasks = false;
    runMicrotasks();
    return true;
  }

  /** How many milliseconds until the next sleeper is due; Infinity if no task sleeps. */
  get untilDue(): number {
    return this.engine.nextDue - this.engine.host.now();
  }

  /** Queues a message that has to be sent before the next steps. */
  tell(message: FromRunner): void {
    this.#news.push(message);
  }

  /** Sends the queued messages and the rows to the session. */
  flush(): void {
    const { engine } = this;
    if (engine.resources.unannounced > 0) {
      this.#wire.say({ event: "resources", resources: engine.resources.takeAnnounced().slice() });
    }
    for (const message of this.#news) this.#wire.say(message);
    if (this.#news.length > 0) this.#news = [];
    if (engine.rows.length > 0) this.#wire.frame(this.frames.frame(engine.rows.takeRows()));
    if (!this.isAdvancing) this.forgetWoken();
  }

  /** Clears what the session knows by now: which tasks were woken, and which one has to run next. */
  forgetWoken(): void {
    this.engine.woken.clear();
    this.engine.takeNext();
  }

  /** Notifies the session, once for each task, that the task yields values of another library. */
  #look(task: number, value: object): void {
    const isForeign = isEffect(value);
    this.#looks[task] = isForeign ? mostLooks : (this.#looks[task] ?? 0) + 1;
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
