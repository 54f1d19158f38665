/**
 * The passage of virtual time in the event loop of an observed program. Its timers take no real time: as soon as the loop has nothing else to
 * do but to wait for the next one, the clock moves to it. As in Node, the timers that are due run in one turn of the loop, each with its
 * microtasks.
 */
import { leastStep } from "../../../core/virtualTime";
import { later, runTicks, timeout } from "../engine/intrinsics";
import { atWorkOn } from "../process/remaining";
import { Timeout } from "./programTimers";
import type { VirtualClock } from "./virtualClock";

/** What always comes to its end by itself, by the runtime's names: operations on files, names that are looked up. */
const endsByItself = /^FSReq|ReqWrap$/;
/** How often is looked for the end of such an operation, in milliseconds. */
const pollEvery = 1;
/** How long a turn of the loop takes in which immediates run, in milliseconds. A program may go round in them until a timer fires. */
const turnTakes = leastStep;

/** In newer versions of Node: how many events from outside the loop has processed. */
const { nodeTiming } = performance as unknown as { nodeTiming: { uvMetricsInfo?: { readonly events: number } } };

export class LoopTime {
  #isSoon = false;
  /** The number of events when it looked last. */
  #events: number | undefined;
  /** Cancels the next look. */
  #cancel: (() => void) | undefined;

  /**
   * @param deferred gives the number of immediates that are the runner's own
   * @param moved called whenever the clock was moved
   */
  constructor(
    readonly clock: VirtualClock,
    readonly deferred: () => number,
    readonly moved: () => void,
  ) {}

  /** What of the event loop is its own: the numbers of immediates and of the runtime's timers. */
  get own(): { readonly immediates: number; readonly timers: number } {
    return { immediates: this.#isSoon ? 1 : 0, timers: this.#cancel ? 1 : 0 };
  }

  /** Must be called whenever a timer is started, or does or does not keep the program alive from now on. */
  plan(): void {
    const { nextDue, holding } = this.clock.timers;
    if (this.#isSoon || nextDue === Number.POSITIVE_INFINITY) return;
    this.#cancel?.();
    this.#cancel = undefined;
    if (holding === 0) this.#look(false);
    else {
      this.#isSoon = true;
      later(this.#turn);
    }
  }

  #look(holds: boolean): void {
    this.#cancel = timeout(this.#turn, pollEvery, holds);
  }

  readonly #turn = (): void => {
    this.#isSoon = false;
    this.#cancel?.();
    this.#cancel = undefined;
    const { clock } = this;
    const { nextDue, holding } = clock.timers;
    if (nextDue === Number.POSITIVE_INFINITY) return;
    if (nextDue > clock.at()) {
      const resources = atWorkOn();
      const others = resources.filter((kind) => kind !== "Immediate");
      const { events } = nodeTiming.uvMetricsInfo ?? {};
      const hasEvents = events !== this.#events;
      this.#events = events;
      const hasImmediates = resources.length - others.length > this.deferred();
      const isWaiting = others.some((kind) => endsByItself.test(kind)) || (holding === 0 && others.length === 0);
      if (!hasImmediates && isWaiting) {
        this.#look(holding > 0);
        return;
      }
      // More may follow at once, as between two ends of a connection that the program itself has.
      if (!hasImmediates && hasEvents) {
        this.plan();
        return;
      }
      if (hasImmediates) clock.pass(turnTakes);
      else clock.moveTo(nextDue);
      this.moved();
    }
    this.#fire();
  };

  #fire(): void {
    const { clock } = this;
    try {
      clock.timers.fireDue(clock.at(), () => {}, fire);
    } finally {
      // After an exception that the program handles, the others are fired in the next turn.
      this.plan();
    }
  }
}

function fire(timer: Timeout): void {
  Timeout.fire(timer);
  runTicks();
}
