/**
 * The slot for the current session. Everything that shows it listens here, and hears of changes at a bearable rate.
 */
import { type Disposable, EventEmitter, type ExtensionContext, window, workspace } from "vscode";
import { UserError } from "../session/errors";
import { runnerCommand } from "../session/runners";
import { readSaved, type SavedSession, saved } from "../session/saved";
import { Session } from "../session/session";
import { selectedPython } from "./pythonExtension";
import { settings } from "./settings";

/** Views are told of changes at most so often, in milliseconds: about 30 times a second. */
const tickMillis = 33;

/** After a rest, so long is waited for what follows at once, so that a quick step is one change: in milliseconds. */
const settleMillis = 4;

/** Where the last session is kept for the time after a reload. */
const savedKey = "yieldpoint.lastSession";

export class Sessions implements Disposable {
  #current: Session | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ticked = 0;
  readonly #changed = new EventEmitter<void>();
  /** Something about the current session changed, or another one took its place. */
  readonly onDidChange = this.#changed.event;

  constructor(readonly context: ExtensionContext) {}

  get current(): Session | undefined {
    return this.#current;
  }

  /** The session that a reload of the window ended, until another one takes its place. */
  get saved(): SavedSession | undefined {
    return this.#current ? undefined : readSaved(this.context.workspaceState.get(savedKey));
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
    const command = await runnerCommand({
      file,
      nodePath: settings.nodePath(),
      pythonPath: file.endsWith(".py") ? (await selectedPython(file)) || settings.pythonPath() : "",
      own: { executable: process.execPath, env: { ELECTRON_RUN_AS_NODE: "1" } },
      dist: this.context.asAbsolutePath("dist"),
    });
    this.#current?.dispose();
    const session = new Session({
      file,
      command,
      until: settings.until(),
      storage: (this.context.storageUri ?? this.context.globalStorageUri).fsPath,
      maxTraceBytes: settings.maxTraceBytes(),
    });
    this.#current = session;
    session.onChange(() => this.#soon(session));
    this.#changed.fire();
    return session;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#current?.dispose();
    this.#changed.dispose();
  }

  #soon(session: Session): void {
    if (this.#timer || session !== this.#current) return;
    const wait = Math.max(settleMillis, this.#ticked + tickMillis - Date.now());
    this.#timer = setTimeout(() => this.#tick(), wait);
  }

  #tick(): void {
    this.#timer = undefined;
    const session = this.#current;
    if (session && isInStep(session)) return;
    this.#ticked = Date.now();
    this.#changed.fire();
    if (!session || session.status === "running" || session.status === "loading") return;
    this.context.workspaceState.update(savedKey, saved(session)).then(undefined, (error: Error) => {
      window.showWarningMessage(`The session could not be kept for after a reload: ${error.message}`);
    });
  }
}

/**
 * Whether one step by hand is under way. What is known of it so far is half of the truth, such as a next task that is not
 * the next one; its end, or that it hangs, is another change, which comes soon.
 */
function isInStep(session: Session): boolean {
  return session.status === "running" && session.shownStatus !== "running";
}
