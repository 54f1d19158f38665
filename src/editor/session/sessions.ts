/**
 * The slot for the current session. Everything that shows the session listens here.
 */
import { basename, dirname } from "node:path";
import { type Disposable, EventEmitter, type ExtensionContext, Uri, window, workspace } from "vscode";
import type { View } from "../../protocol/panel";
import { UserError } from "../../session/common/errors";
import { runnerCommand } from "../../session/interpreter/runners";
import type { Recording } from "../../session/openedRecording";
import { PolicyFiles } from "../../session/order/policyFiles";
import type { RunnerCommand } from "../../session/process/runnerProcess";
import { Session } from "../../session/session";
import type { Viewed } from "../../session/view/viewed";
import { report } from "../feedback";
import { settings } from "../settings";
import { coalesced } from "./coalesce";
import { LastSession } from "./lastSession";
import { selectedPython } from "./pythonExtension";
import { RestoredSession } from "./restoredSession";
import { Starts } from "./starts";
import { UpdateRate } from "./updateRate";

/** While running, what is new goes to disk so often, in milliseconds: a crash loses no more. */
const checkpointMillis = 1_000;

/** Without a folder, windows share one place for their traces; what nobody took for so long, in milliseconds, is removed. */
const sharedKeepMillis = 24 * 3_600_000;

/** The Node inside the host itself. */
const own = { executable: process.execPath, env: { ELECTRON_RUN_AS_NODE: "1" } };

/** How to run a file with the interpreters that are set and selected now. */
async function commandFor(file: string, dist: string): Promise<RunnerCommand> {
  const pythonPath = file.endsWith(".py") ? (await selectedPython(file)) || settings.pythonPath() : "";
  return runnerCommand({ file, nodePath: settings.nodePath(), pythonPath, own, dist });
}

export class Sessions implements Disposable {
  #current: Session | undefined;
  #checkpointed = 0;
  #checkpointFailed: string | undefined;
  #attended: Recording | undefined;
  /** The file of the session before, until its successor makes a step. */
  #replacedFile: string | undefined;
  readonly #restored: RestoredSession;
  readonly #last: LastSession;
  readonly #created = new EventEmitter<Session>();
  /** A session is about to be opened: what is kept for its file is to be put into it. */
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
    this.ticks.fire();
  }

  /** The active editor shows it no longer. */
  leaveAlone(recording: Recording | undefined): void {
    if (recording && this.#attended === recording) this.attend(undefined);
  }

  /** Something about a recording changed. */
  touch(): void {
    this.ticks.fire();
  }

  /** The session that another one took the place of last. */
  get last(): string | undefined {
    return this.#last.path;
  }

  /**
   * A session of a file, which has yet to be opened and does not show until it takes the place of the current one.
   *
   * @param file absolute
   * @throws UserError when no runtime fits, or the workspace is not trusted: a session saved in better days counts for nothing then
   */
  async create(file: string): Promise<Session> {
    if (!workspace.isTrusted) {
      throw new UserError("Tasks run the code of this folder, so they need a trusted workspace.", "Trust the folder first.");
    }
    const dist = this.context.asAbsolutePath("dist");
    const command = await commandFor(file, dist);
    const folder = workspace.getWorkspaceFolder(Uri.file(file))?.uri.fsPath ?? dirname(file);
    const session = new Session({
      file,
      command,
      commandNow: () => commandFor(file, dist),
      until: settings.until(),
      storage: this.storage,
      traceFile: "kept",
      keep: (trace) => this.#keep(trace, file),
      policyFiles: new PolicyFiles({
        folder,
        own,
        dist,
        get nodePath() {
          return settings.nodePath(); // a policy is run by the one that is set by then
        },
      }),
      get maxTraceBytes() {
        return settings.maxTraceBytes(); // raised, it makes room for a run that is at its end
      },
      get silencedWarnings() {
        return settings.silencedWarnings();
      },
    });
    this.#created.fire(session);
    return session;
  }

  /** A session that has its tasks takes the place of what is shown, of which the trace is kept. */
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

  /** What is to be seen of what is shown, with what is said of what the user begins, and of the session before. */
  completed(view: View): View {
    const isFirstSeen = this.#current !== undefined && view.head === 0 && this.last !== undefined;
    const replaced = isFirstSeen ? this.#replacedFile : undefined;
    return { ...this.starts.shownIn(view), ...(replaced === undefined ? {} : { replaced }) };
  }

  /** Nobody looks any more: nothing that takes long goes on. All that was recorded stays, and can be gone on with. */
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
      const left = session.head > 0 ? session.leave() : undefined;
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

  /** What fails is said once, and tried again. */
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
    void window.showWarningMessage(`The trace could not be kept: ${message}`);
  }
}
