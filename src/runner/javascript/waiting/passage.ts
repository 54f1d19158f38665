/**
 * The passage of virtual time: between slices, sleepers wake and callbacks of the program's timers run, in the order in which they are
 * due. For the same due time, sleepers come first.
 */
import type { Waiting } from "../../../core/waiting/engine";
import { fireAlone } from "../clocks/programTimers";
import type { VirtualClock } from "../clocks/virtualClock";
import { runMicrotasks } from "../engine/intrinsics";
import { noTask, type SharedState } from "../process/sharedState";
import { atNextTurn } from "./wakeup";

export class Passage {
  constructor(
    readonly engine: Waiting<unknown>,
    readonly clock: VirtualClock,
    readonly shared: SharedState,
  ) {}

  /** Whether moving the clock ahead could make a task ready. */
  get canJump(): boolean {
    return this.engine.nextDue !== Number.POSITIVE_INFINITY || this.clock.timers.holding > 0;
  }

  /** Called between slices: does everything that is due by now. @returns whether user code ran */
  catchUp(): boolean {
    const { engine, clock } = this;
    const due = Math.min(engine.nextDue, clock.timers.nextDue);
    if (due === Number.POSITIVE_INFINITY) return false;
    const now = clock.at();
    return due <= now && this.#passTo(now);
  }

  /** Called when no task is ready: moves the clock to the next due time. */
  jump(): void {
    const { engine, clock } = this;
    clock.moveTo(Math.min(engine.nextDue, clock.timers.nextDue));
    engine.timeMoved();
    this.#passTo(clock.at());
  }

  /** Called when the program ends: runs the timers that would keep it alive. */
  async finish(): Promise<void> {
    while (this.clock.timers.holding > 0) await atNextTurn(() => this.jump());
  }

  #passTo(now: number): boolean {
    const { engine, clock, shared } = this;
    shared.nextSlice(shared.step, noTask);
    const hasRun = clock.timers.fireDue(
      now,
      (due) => engine.wakeDue(due),
      (timer) => {
        fireAlone(timer);
        runMicrotasks();
      },
    );
    engine.wakeDue(now);
    return hasRun;
  }
}
