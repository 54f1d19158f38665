/**
 * The slot for the current session. Everything that shows it listens here.
 */
import { dirname } from "node:path";
import { type Disposable, type ExtensionContext, Uri, window, workspace } from "vscode";
import { UserError } from "../session/errors";
import { PolicyFiles } from "../session/policyFiles";
import type { Recording } from "../session/recording/recording";
import { runnerCommand } from "../session/runners";
import { Session } from "../session/session";
import type { Viewed } from "../session/viewed";
import { selectedPython } from "./pythonExtension";
import { Restored } from "./restored";
import { settings } from "./settings";
import { Ticks } from "./ticks";

/** While running, what is new goes to disk so often, in milliseconds: a crash loses no more. */
const checkpointMillis = 1_000;

/** Without a folder, windows share one place for their traces; what nobody took for so long, in milliseconds, is removed. */
const sharedKeepMillis = 24 * 3_600_000;

export class Sessions implements Disposable {
  #current: Session | undefined;
  #checkpointed = 0;
  #checkpointFailed: string | undefined;
  #attended: Recording | undefined;
  readonly #restored: Restored;
  readonly ticks = new Ticks(
    () => this.#current,
    (session, now) => this.#ticked(session, now),
  );
  readonly onDidChange = this.ticks.onDidChange;
  readonly onDidChangeCalmly = this.ticks.onDidChangeCalmly;

  constructor(readonly context: ExtensionContext) {
    const keepMillis = context.storageUri ? 0 : sharedKeepMillis;
    this.#restored = new Restored(context.workspaceState, this.storage, keepMillis, () => this.ticks.fire());
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
      get maxTraceBytes() {
        return settings.maxTraceBytes(); // raised, it makes room for a run that is at its end
      },
    });
    this.#current = session;
    session.onChange(() => {
      if (session === this.#current) this.ticks.soon(session);
    });
    this.ticks.fire();
    return session;
  }

  dispose(): void {
    this.#restored.dispose();
    try {
      this.#current?.leave();
    } finally {
      this.ticks.dispose();
    }
  }

  #ticked(session: Session, now: number): void {
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
    void window.showWarningMessage(`The trace could not be kept for after a reload: ${message}`);
  }
}
