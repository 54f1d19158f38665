/**
 * Lets an observed program run for so many switches, and keeps it waiting in between. The program's thread then blocks, within the hook
 * that resumed the last task, and answers other requests.
 */
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { Condition, Request, Taken } from "../../../protocol/requests";
import type { Answer, StopReason } from "../../../protocol/runner";
import { append, now } from "../engine/intrinsics";
import { interruptedAfter } from "../execute/advance";
import { breakable, Interrupted } from "../execute/breakable";
import type { Conditions } from "../execute/conditions";
import type { Recorder } from "../process/recorder";
import { refuse, reply } from "../process/replies";
import { noTask, type SharedState } from "../process/sharedState";
import { RequestError } from "../values/failures";
import type { Driver } from "./callSites";

/** The maximum time in milliseconds before steps are sent. */
const longestStretch = 5;
const mostPendingOutput = 1024 * 1024;

type AdvanceRequest = Extract<Request, { method: "advance" }>;

/** What stepping needs from the runner. */
export interface Served {
  /** @throws RequestError if the request fails */
  answer(request: Request): unknown;
  conditions(until: readonly Condition[]): Conditions | undefined;
  /** Called before the program rests. */
  rests(): void;
  /** Called before the program goes on. */
  goesOn(): void;
}

/** The step that was recorded last. */
export interface Step {
  readonly task: number;
  readonly point: number;
  readonly value: unknown;
  /** What the task was sent. */
  readonly got: unknown;
  readonly driver: Driver | undefined;
}

interface InFlight {
  readonly id: number;
  readonly number: number;
  readonly switches: number;
  /** The number of steps before. */
  readonly before: number;
  readonly until: readonly Condition[];
  /** Made after the first step, since the program has no scope before it begins. */
  conditions: Conditions | undefined;
}

const receive = receiveMessageOnPort;

export class Stepping {
  #advances = 0;
  #inFlight: InFlight | undefined;
  /** Requests to advance that arrived while another one was in flight. */
  readonly #queued: AdvanceRequest[] = [];
  #completed = false;
  /** Whether the program runs on to its end. */
  #isFree = false;
  #sent = now();
  /** The task of the step at which the program waits. */
  waitsAt: number | undefined;
  /** What that task was sent. */
  got: unknown;

  constructor(
    readonly recorder: Recorder,
    readonly shared: SharedState,
    readonly requests: MessagePort,
    readonly served: Served,
  ) {}

  /** Whether the program may run. */
  get isRunning(): boolean {
    return this.#isFree || this.#inFlight !== undefined;
  }

  /** Whether the program runs for a request. */
  isServing(request: number): boolean {
    return this.#inFlight?.id === request;
  }

  /** Handles a request that arrived while the program was not blocked. */
  take(request: Request): void {
    if (request.method === "pause") {
      // The program is in its event loop, where it need not make another step.
      if (this.#inFlight && this.shared.isPaused(this.#inFlight.number)) this.#answer("paused");
    } else this.#serve(request);
  }

  /** Blocks until the program may run. */
  wait(): void {
    this.shared.leave();
    while (!this.isRunning) {
      const next = this.#queued.shift();
      if (next) this.#advance(next);
      else this.#serve(this.#receive());
    }
    this.served.goesOn();
    this.#sent = now();
  }

  /** Called after each step. Blocks if it is the last one of the request. @param ended when the step ended */
  after(step: Step, ended: number): void {
    const { output, room } = this.recorder;
    const inFlight = this.#inFlight;
    if (inFlight) this.#judge(inFlight, step);
    if (inFlight && !this.isRunning) {
      this.waitsAt = step.task;
      this.got = step.got;
      this.wait();
      this.waitsAt = this.got = undefined;
    } else if (room <= 0 || ended - this.#sent > longestStretch || output.isEnding || output.pending >= mostPendingOutput)
      this.#send();
  }

  #send(): void {
    const { recorder } = this;
    if (recorder.output.isEnding || recorder.isEarly) recorder.send();
    else recorder.handOver();
    this.#sent = now();
  }

  #judge(inFlight: InFlight, step: Step): void {
    try {
      if (inFlight.until.length > 0) inFlight.conditions ??= this.served.conditions(inFlight.until);
      const stopped = this.#whyStopped(inFlight, step);
      if (stopped) this.#answer(stopped);
    } catch (error) {
      this.#inFlight = undefined;
      this.shared.isServing = false;
      refuse(this.recorder, inFlight.id, error);
    }
  }

  #whyStopped({ number, switches, before, conditions }: InFlight, step: Step): StopReason | undefined {
    const mayHold = conditions?.mayHold(step.point) || conditions?.mayHoldFor(step.driver);
    const met = conditions && mayHold ? this.#meets(conditions, step) : undefined;
    if (met) return met;
    if (this.recorder.steps - before >= switches) return "completed";
    return this.shared.isPaused(number) ? "paused" : undefined;
  }

  #meets(conditions: Conditions, { task, point, value, driver }: Step): StopReason | undefined {
    const { shared, recorder } = this;
    const began = now();
    shared.enter(recorder.steps, noTask);
    try {
      return breakable(shared, () => conditions.meet(task, point, value, driver)) ? "condition" : undefined;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      conditions.cutShort(interruptedAfter(now() - began));
      return "interrupted";
    }
  }

  #answer(stopped: StopReason): void {
    const { id, before, conditions } = this.#inFlight as InFlight;
    this.served.rests();
    const answer: Answer<"advance"> = { ran: this.recorder.steps - before, stopped, ...conditions?.told };
    this.#inFlight = undefined;
    this.shared.isServing = false;
    this.#completed = stopped === "completed";
    reply(this.recorder, id, answer);
  }

  #receive(): Request {
    for (;;) {
      const { posted } = this.shared;
      const received = receive(this.requests) as { readonly message: Request } | undefined;
      if (received) return received.message;
      this.shared.awaitPosted(posted);
    }
  }

  #serve(request: Request): void {
    // While the program waits, there is nothing to pause.
    if (request.method === "pause") return;
    this.shared.take();
    if (request.method === "advance") {
      if (this.isRunning) append(this.#queued, request);
      else this.#advance(request);
      return;
    }
    try {
      reply(this.recorder, request.id, this.served.answer(request));
      if (request.method === "conclude") this.#free();
    } catch (error) {
      refuse(this.recorder, request.id, error);
    }
  }

  #advance({ id, from, plan, until = [], ahead }: AdvanceRequest): void {
    const { recorder } = this;
    this.#advances += 1;
    const isStale = from !== recorder.steps + 1 || (ahead && !this.#completed);
    this.#completed = false;
    if (isStale) {
      reply(recorder, id, { ran: 0, stopped: "stale" } satisfies Answer<"advance">);
      return;
    }
    try {
      const switches = switchesOf(plan);
      this.#inFlight = { id, number: this.#advances, switches, before: recorder.steps, until, conditions: undefined };
      this.shared.isServing = true;
    } catch (error) {
      refuse(recorder, id, error);
    }
  }

  #free(): void {
    this.#isFree = true;
    if (this.#inFlight) this.#answer("paused");
  }
}

function switchesOf(plan: Taken<"advance">["plan"]): number {
  if ("switches" in plan) return plan.switches;
  throw new RequestError({ code: "bad-request", message: "An observed program decides itself who runs." });
}
