/**
 * The slot for the current session. Everything that shows the session listens to it.
 */
import { basename } from "node:path";
import { type Disposable, EventEmitter, type ExtensionContext, workspace } from "vscode";
import type { View } from "../../protocol/panel";
import { UserError } from "../../session/common/errors";
import type { Recording } from "../../session/openedRecording";
import type { Run } from "../../session/run/run";
import type { Session } from "../../session/session";
import { applyRules } from "../../session/setup/setups";
import { takenInput } from "../../session/view/takenInput";
import type { Viewed } from "../../session/view/viewed";
import { report } from "../feedback";
import { showWarning } from "../messages";
import { coalesced } from "./coalesce";
import { LastSession } from "./lastSession";
import { type Created, newSession } from "./newSession";
import { RestoredSession } from "./restoredSession";
import { Starts } from "./starts";
import { UpdateRate } from "./updateRate";

/** While a run is in progress, new steps are written to disk at this interval in milliseconds: a crash loses no more than that. */
const checkpointMillis = 1_000;

/**
 * Windows without an open folder share one storage folder for their traces. Files that no window took over are removed after this many
 * milliseconds.
 */
const sharedKeepMillis = 24 * 3_600_000;

export class Sessions implements Disposable {
  #current: Session | undefined;
  #checkpointed = 0;
  #checkpointFailed: string | undefined;
  #attended: Recording | undefined;
  /** The file of the previous session, until the new session has run a step. */
  #replacedFile: string | undefined;
  readonly #restored: RestoredSession;
  readonly #last: LastSession;
  readonly #created = new EventEmitter<Session>();
  /** Fires when a session is about to be opened. Listeners apply what is remembered for its file. */
  readonly onDidCreate = this.#created.event;
  readonly starts = new Starts(
    coalesced(() => this.ticks.fire()),
    () => this.#current?.head === 0,
  );
  readonly ticks = new UpdateRate(
    () => this.#current,
    (session, now) => this.#ticked(session, now),
  );
  readonly onDidChange = this.ticks.onDidChange;
  readonly onDidChangeCalmly = this.ticks.onDidChangeCalmly;

  constructor(readonly context: ExtensionContext) {
    const keepMillis = context.storageUri ? 0 : sharedKeepMillis;
    this.#restored = new RestoredSession(context.workspaceState, this.storage, keepMillis, () => this.ticks.fire());
    this.#last = new LastSession(context.workspaceState, this.storage, keepMillis);
  }

  /** The folder for data that does not fit in memory. */
  get storage(): string {
    return (this.context.storageUri ?? this.context.globalStorageUri).fsPath;
  }

  /** The folder of the bundles. */
  get dist(): string {
    return this.context.asAbsolutePath("dist");
  }

  get current(): Session | undefined {
    return this.#current;
  }

  /** The session that a reload of the window ended, until another one replaces it. */
  get restored(): Recording | undefined {
    return this.#current ? undefined : this.#restored.recording;
  }

  /** What the panel shows: the current session, or the trace of the last one. */
  get viewed(): Viewed | undefined {
    return this.#current ?? this.restored;
  }

  /** The target of keys and palette commands: the recording in the active editor, otherwise what the panel shows. */
  get active(): Viewed | undefined {
    return this.#attended ?? this.viewed;
  }

  /** Called when the active editor shows this recording; undefined if its file could not be read. */
  attend(recording: Recording | undefined): void {
    if (this.#attended === recording) return;
    this.#attended = recording;
    this.ticks.fire();
  }

  /** Called when the active editor no longer shows this recording. */
  leaveAlone(recording: Recording | undefined): void {
    if (recording && this.#attended === recording) this.attend(undefined);
  }

  /** Called when something about a recording changed. */
  touch(): void {
    this.ticks.fire();
  }

  /** The trace file of the session that was replaced last. */
  get last(): string | undefined {
    return this.#last.path;
  }

  /**
   * Creates a session of a file. It is not opened yet, and is not shown until it replaces the current one. If it has a setup, nothing that is
   * remembered for the file is applied.
   *
   * @throws SetupError if the program file of the setup does not exist
   * @throws UserError if there is no suitable interpreter, or the workspace is not trusted. This also applies to the restart of a
   *   restored session that was created while the workspace was trusted
   */
  async create(wanted: Created): Promise<Session> {
    if (!workspace.isTrusted) {
      throw new UserError(
        "Running tasks executes code from this folder, so it needs a trusted workspace.",
        "Trust the folder first.",
      );
    }
    const { file, setup } = wanted;
    const { dist, storage } = this;
    const session = await newSession(wanted, { dist, storage, keep: (trace) => this.#keep(trace, file) });
    if (setup) applyRules(session, setup);
    else this.#created.fire(session);
    return session;
  }

  /** Replaces what is shown with a session that has its tasks; the trace of the old one is kept. */
  replace(session: Session): void {
    const { current, restored } = this;
    this.#replacedFile = undefined;
    if (current) this.#leave(current);
    const left = this.#restored.giveAway();
    if (left !== undefined && restored) this.#keep(left, restored.options.file);
    this.#current = session;
    session.onChange(() => {
      if (session === this.#current) this.ticks.soon(session);
    });
    this.ticks.fire();
  }

  /** The run that asks for standard input. */
  get asking(): Run | undefined {
    return [this.starts.run, this.#current?.run].find((run) => run && takenInput(run, false));
  }

  /** Gives whoever asks a line to read. @param text left out, there is nothing more to read */
  give(text?: string): void {
    (this.asking ?? this.#current)?.give(text);
  }

  /** Adds the messages of starts and the previous session to a view. */
  completed(view: View): View {
    const isFirstSeen = this.#current !== undefined && view.head === 0 && this.last !== undefined;
    const replaced = isFirstSeen ? this.#replacedFile : undefined;
    const takesInput = this.asking ? takenInput(this.asking, false) : view.takesInput;
    return {
      ...this.starts.shownIn(view),
      ...(replaced === undefined ? {} : { replaced }),
      ...(takesInput ? { takesInput } : {}),
    };
  }

  /** Pauses long work, because it is no longer watched. Everything recorded stays, and the work can be continued. */
  rest(): void {
    this.starts.cancel();
    this.#current?.settle().catch(report);
  }

  dispose(): void {
    this.#restored.dispose();
    this.starts.cancel();
    this.#created.dispose();
    try {
      this.#current?.leave();
    } finally {
      this.ticks.dispose();
    }
  }

  #leave(session: Session): void {
    try {
      const left = session.head > 0 || session.exploration.saved.length > 0 ? session.leave() : undefined;
      if (left === undefined) session.dispose();
      else this.#keep(left, session.options.file);
    } catch (error) {
      this.#notKept(error);
    }
  }

  #keep(trace: string, file: string): void {
    try {
      this.#last.keep(trace, file);
      this.#replacedFile = basename(file);
    } catch (error) {
      this.#notKept(error);
    }
  }

  #ticked(session: Session, now: number): void {
    if (session.head > 0) this.#replacedFile = undefined;
    if (session.status === "loading" || (session.status === "running" && now - this.#checkpointed < checkpointMillis)) return;
    this.#checkpointed = now;
    this.#checkpoint(session);
  }

  /** Reports a failure once, and tries again at the next interval. */
  #checkpoint(session: Session): void {
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
    void showWarning(`The trace could not be saved: ${message}`);
  }
}
