/**
 * Decides when the views of the current session are notified of its changes: at a limited rate, and less often the busier the user is
 * elsewhere.
 */
import { type Disposable, EventEmitter } from "vscode";
import type { Session } from "../../session/session";
import { RunThrottle } from "./throttle";

/** The minimum time between two updates of the views, in milliseconds: about 30 updates a second. */
const tickMillis = 33;

/** The same at full speed, in milliseconds. Updates cannot be read faster, and more drawing would delay the user's actions. */
const racingTickMillis = 200;

/** The maximum time between two updates, in milliseconds, however much the user does. */
const longestTickMillis = 500;

/** At full speed, views outside the panel are updated only with every second tick. */
const calmTicks = 2;

/** Views outside the panel are updated this many milliseconds after the panel, which is drawn by then on most machines. */
const calmMillis = 40;

/** The debounce time after a pause, in milliseconds, so that a quick step causes a single update. */
const settleMillis = 4;

export class UpdateRate implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  /** When the next tick is due. */
  #due = 0;
  #ticked = 0;
  /** The status at the last tick. A different status is shown immediately. */
  #tickedStatus: string | undefined;
  /** Whether the user did something whose result has not been shown yet. */
  #isAwaited = false;
  readonly #changed = new EventEmitter<void>();
  /** Fires when something about the current session has changed, or when another session replaced it. */
  readonly onDidChange = this.#changed.event;
  readonly #calmlyChanged = new EventEmitter<void>();
  /** The same, a little later and less often at full speed: for listeners whose updates make the editor draw. */
  readonly onDidChangeCalmly = this.#calmlyChanged.event;
  readonly #courtesy = new RunThrottle();
  #racingTicks = 0;
  #calmly: NodeJS.Timeout | undefined;

  /**
   * @param session returns the current session
   * @param ticked called at each tick while there is a session, with the time of the tick
   */
  constructor(
    readonly session: () => Session | undefined,
    readonly ticked: (session: Session, now: number) => void,
  ) {}

  /** Called when a key or button goes down: a run at full speed yields, and is not drawn before the result of the action. */
  giveWay(): void {
    this.#courtesy.acted();
    this.#setShare();
  }

  /** Called when the user does something: the result is shown immediately, however busy the run is. */
  await(): void {
    this.#isAwaited = true;
    this.giveWay();
  }

  /** Called when what the user did is done: what is about to be shown is shown now, since nothing else of it will come. */
  done(): void {
    if (this.#timer) this.#tick();
  }

  /** Takes the round-trip time of a view on its way to the panel, in milliseconds. */
  delivered(millis: number): void {
    this.#courtesy.heard(millis);
    this.#setShare();
  }

  /** Called when the current session changed. */
  soon(session: Session): void {
    const now = Date.now();
    const due = Math.max(now + settleMillis, this.#ticked + this.#pace(session), this.#heldUntil(session));
    if (this.#timer && this.#due <= due) return;
    this.#tickAt(due);
  }

  /** Notifies all views. The panel comes first: the other views keep the editor busy, and the reply to a click waits in the same queue. */
  fire(): void {
    this.#changed.fire();
    this.#calmly ??= setTimeout(() => {
      this.#calmly = undefined;
      this.#calmlyChanged.fire();
    }, calmMillis);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#calmly);
    this.#changed.dispose();
    this.#calmlyChanged.dispose();
  }

  #setShare(): void {
    const session = this.session();
    if (session) session.run.share = this.#courtesy.share;
  }

  #tickAt(due: number): void {
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#tick(), due - Date.now());
  }

  /** The time from one tick to the next, in milliseconds. */
  #pace(session: Session): number {
    if (this.#isAwaited || session.shownStatus !== this.#tickedStatus) return 0;
    return isRacing(session) ? racingTickMillis : tickMillis;
  }

  /** The earliest time for a tick that the user does not wait for: not while the user does something, but not much later than due. */
  #heldUntil(session: Session): number {
    if (this.#pace(session) !== racingTickMillis) return 0;
    return Math.min(Date.now() + this.#courtesy.left, this.#ticked + longestTickMillis);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#setShare(); // also while the panel is hidden, when no message confirms that a view was shown
    const session = this.session();
    const held = session ? this.#heldUntil(session) : 0;
    if (held > Date.now()) {
      this.#tickAt(held);
      return;
    }
    this.#isAwaited = false;
    if (session && isInStep(session)) return;
    this.#ticked = Date.now();
    this.#tickedStatus = session?.shownStatus;
    this.#racingTicks = session && isRacing(session) ? this.#racingTicks + 1 : 0;
    if (this.#racingTicks % calmTicks === 1 || this.#racingTicks === 0) this.fire();
    else this.#changed.fire();
    if (session) this.ticked(session, this.#ticked);
  }
}

/**
 * Whether a single step is in progress. Its intermediate state is misleading: the next task may still change. The end of the step, or the
 * notice that it hangs, follows soon as another change.
 */
function isInStep(session: Session): boolean {
  return session.status === "running" && session.shownStatus !== "running";
}

/** Whether steps go by too fast to be read. */
function isRacing(session: Session): boolean {
  return session.shownStatus === "running" && session.speed === undefined;
}
