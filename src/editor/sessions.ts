/**
 * The slot for the current session. Everything that shows it listens here, and hears of changes at a bearable rate.
 */
import { dirname } from "node:path";
import { type Disposable, EventEmitter, type ExtensionContext, Uri, window, workspace } from "vscode";
import { UserError } from "../session/errors";
import { PolicyFiles } from "../session/policyFiles";
import type { Recording } from "../session/recording/recording";
import { runnerCommand } from "../session/runners";
import { Session } from "../session/session";
import type { Viewed } from "../session/viewed";
import { Courtesy } from "./courtesy";
import { selectedPython } from "./pythonExtension";
import { Restored } from "./restored";
import { settings } from "./settings";

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

/** While running, what is new goes to disk so often, in milliseconds: a crash loses no more. */
const checkpointMillis = 1_000;

/** Without a folder, windows share one place for their traces; what nobody took for so long, in milliseconds, is removed. */
const sharedKeepMillis = 24 * 3_600_000;

export class Sessions implements Disposable {
  #current: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When the next tick is due. */
  #due = 0;
  #ticked = 0;
  /** The status at the last tick: another one is shown at once. */
  #tickedStatus: string | undefined;
  /** The user did something, and what came of it has not been shown yet. */
  #isAwaited = false;
  #checkpointed = 0;
  #checkpointFailed: string | undefined;
  #attended: Recording | undefined;
  readonly #restored: Restored;
  readonly #changed = new EventEmitter<void>();
  /** Something about the current session changed, or another one took its place. */
  readonly onDidChange = this.#changed.event;
  readonly #calmlyChanged = new EventEmitter<void>();
  /** The same a little later, and less often at full speed: for what each time costs the editor a picture of its own. */
  readonly onDidChangeCalmly = this.#calmlyChanged.event;
  readonly #courtesy = new Courtesy();
  #racingTicks = 0;
  #calmly: NodeJS.Timeout | undefined;

  constructor(readonly context: ExtensionContext) {
    const keepMillis = context.storageUri ? 0 : sharedKeepMillis;
    this.#restored = new Restored(context.workspaceState, this.storage, keepMillis, () => this.#fire());
  }

  /** The folder for what does not fit in memory. */
  get storage(): string {
    return (this.context.storageUri ?? this.context.globalStorageUri).fsPath;
  }

  get current(): Session | undefined {
    return this.#current;
  }

  /** The session that a reload of the window ended, until another one takes its place. */
  get restored(): Recording | undefined {
    return this.#current ? undefined : this.#restored.recording;
  }

  /** What the panel shows: the current session, or what is left of the last one. */
  get viewed(): Viewed | undefined {
    return this.#current ?? this.restored;
  }

  /** What the keys and the palette's commands are about: the recording in the active editor, else what the panel shows. */
  get active(): Viewed | undefined {
    return this.#attended ?? this.viewed;
  }

  /** The active editor shows this recording; undefined where its file could not be read. */
  attend(recording: Recording | undefined): void {
    if (this.#attended === recording) return;
    this.#attended = recording;
    this.#fire();
  }

  /** The active editor shows it no longer. */
  leaveAlone(recording: Recording | undefined): void {
    if (recording && this.#attended === recording) this.attend(undefined);
  }

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

  /** Something about a recording changed. */
  touch(): void {
    this.#fire();
  }

  /** What is shown was on its way to the panel, and back, for so long, in milliseconds. */
  delivered(millis: number): void {
    this.#courtesy.heard(millis);
    this.#setShare();
  }

  #setShare(): void {
    if (this.#current) this.#current.run.share = this.#courtesy.share;
  }

  /**
   * Stops the current session, if there is one, and begins another; its file has yet to be opened.
   *
   * @param file absolute
   * @throws UserError when no runtime fits, or the workspace is not trusted: a session saved in better days counts for nothing then
   */
  async begin(file: string): Promise<Session> {
    if (!workspace.isTrusted) {
      throw new UserError("Tasks run the code of this folder, so they need a trusted workspace.", "Trust the folder first.");
    }
    const node = {
      nodePath: settings.nodePath(),
      own: { executable: process.execPath, env: { ELECTRON_RUN_AS_NODE: "1" } },
      dist: this.context.asAbsolutePath("dist"),
    };
    const pythonPath = file.endsWith(".py") ? (await selectedPython(file)) || settings.pythonPath() : "";
    const command = await runnerCommand({ ...node, file, pythonPath });
    const folder = workspace.getWorkspaceFolder(Uri.file(file))?.uri.fsPath ?? dirname(file);
    this.#current?.dispose();
    this.#restored.forget();
    const session = new Session({
      file,
      command,
      until: settings.until(),
      storage: this.storage,
      traceFile: "kept",
      policyFiles: new PolicyFiles({ ...node, folder }),
      maxTraceBytes: settings.maxTraceBytes(),
    });
    this.#current = session;
    session.onChange(() => this.#soon(session));
    this.#fire();
    return session;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#calmly);
    this.#restored.dispose();
    try {
      this.#current?.leave();
    } finally {
      this.#changed.dispose();
      this.#calmlyChanged.dispose();
    }
  }

  #soon(session: Session): void {
    if (session !== this.#current) return;
    const now = Date.now();
    const due = Math.max(now + settleMillis, this.#ticked + this.#pace(session), this.#heldUntil(session));
    if (this.#timer && this.#due <= due) return;
    this.#tickAt(due);
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
    const session = this.#current;
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
    if (this.#racingTicks % calmTicks === 1 || this.#racingTicks === 0) this.#fire();
    else this.#changed.fire();
    if (!session || session.status === "loading") return;
    if (session.status !== "running" || this.#ticked - this.#checkpointed >= checkpointMillis) this.#checkpoint(session);
  }

  /** The panel first: what stands about it keeps the editor busy, and the answer to a click waits in the same line. */
  #fire(): void {
    this.#changed.fire();
    this.#calmly ??= setTimeout(() => {
      this.#calmly = undefined;
      this.#calmlyChanged.fire();
    }, calmMillis);
  }

  /** What fails is said once, and tried again. */
  #checkpoint(session: Session): void {
    this.#checkpointed = this.#ticked;
    try {
      session.checkpoint();
      this.#checkpointFailed = undefined;
    } catch (error) {
      this.#notKept(error);
    }
    this.#restored.remember(session.run.file.name).then(undefined, (error: unknown) => this.#notKept(error));
  }

  #notKept(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message === this.#checkpointFailed) return;
    this.#checkpointFailed = message;
    void window.showWarningMessage(`The trace could not be kept for after a reload: ${message}`);
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
