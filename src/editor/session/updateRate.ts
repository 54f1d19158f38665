/**
 * When the views of the current session are notified of its changes: at a bearable rate, and less often the busier the user is
 * elsewhere.
 */
import { type Disposable, EventEmitter } from "vscode";
import type { Session } from "../../session/session";
import { RunThrottle } from "./throttle";

/** Views are told of changes at most so often, in milliseconds: about 30 times a second. */
const tickMillis = 33;

/** At full speed nobody can read so fast; to draw it all would take the processor from what the user does: in milliseconds. */
const racingTickMillis = 200;

/** However much the user does, so often it is drawn all the same: in milliseconds. */
const longestTickMillis = 500;

/** What stands about the panel is changed only with each such tick then. */
const calmTicks = 2;

/** So long after the panel it is changed, in milliseconds: the panel is drawn by then, on most machines. */
const calmMillis = 40;

/** After a rest, so long is waited for what follows at once, so that a quick step is one change: in milliseconds. */
const settleMillis = 4;

export class UpdateRate implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  /** When the next tick is due. */
  #due = 0;
  #ticked = 0;
  /** The status at the last tick: another one is shown at once. */
  #tickedStatus: string | undefined;
  /** The user did something, and what came of it has not been shown yet. */
  #isAwaited = false;
  readonly #changed = new EventEmitter<void>();
  /** Something about the current session changed, or another one took its place. */
  readonly onDidChange = this.#changed.event;
  readonly #calmlyChanged = new EventEmitter<void>();
  /** The same a little later, and less often at full speed: for what each time costs the editor a picture of its own. */
  readonly onDidChangeCalmly = this.#calmlyChanged.event;
  readonly #courtesy = new RunThrottle();
  #racingTicks = 0;
  #calmly: NodeJS.Timeout | undefined;

  /**
   * @param session the current one
   * @param ticked hears of each tick at which there is one, and when it came
   */
  constructor(
    readonly session: () => Session | undefined,
    readonly ticked: (session: Session, now: number) => void,
  ) {}

  /** A key or a button goes down: a run at full speed gives way, and is not drawn before what comes of it. */
  giveWay(): void {
    this.#courtesy.acted();
    this.#setShare();
  }

  /** The user does something: what comes of it is shown at once, however busy the run is. */
  await(): void {
    this.#isAwaited = true;
    this.giveWay();
  }

  /** What is shown was on its way to the panel, and back, for so long, in milliseconds. */
  delivered(millis: number): void {
    this.#courtesy.heard(millis);
    this.#setShare();
  }

  /** The current session changed. */
  soon(session: Session): void {
    const now = Date.now();
    const due = Math.max(now + settleMillis, this.#ticked + this.#pace(session), this.#heldUntil(session));
    if (this.#timer && this.#due <= due) return;
    this.#tickAt(due);
  }

  /** Tells everyone at once. The panel first: what stands about it keeps the editor busy, and the answer to a click waits in the same line. */
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

  /** So long is waited from one tick to the next, in milliseconds. */
  #pace(session: Session): number {
    if (this.#isAwaited || session.shownStatus !== this.#tickedStatus) return 0;
    return isRacing(session) ? racingTickMillis : tickMillis;
  }

  /** When a tick may come that nobody waits for: not while the user does something, and not much later than it would have. */
  #heldUntil(session: Session): number {
    if (this.#pace(session) !== racingTickMillis) return 0;
    return Math.min(Date.now() + this.#courtesy.left, this.#ticked + longestTickMillis);
  }

  #tick(): void {
    this.#timer = undefined;
    this.#setShare(); // also where nobody looks, so that nothing says that it was shown
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
 * Whether one step by hand is under way. What is known of it so far is half of the truth, such as a next task that is not
 * the next one; its end, or that it hangs, is another change, which comes soon.
 */
function isInStep(session: Session): boolean {
  return session.status === "running" && session.shownStatus !== "running";
}

/** Whether steps go by too fast to be read. */
function isRacing(session: Session): boolean {
  return session.shownStatus === "running" && session.speed === undefined;
}
