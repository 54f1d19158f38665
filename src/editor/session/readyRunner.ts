/**
 * Has a runner ready for the session that the user is likely to start next, so that its first step comes at once: as soon as a file with
 * lenses is shown, and after each start of a session. Nothing is started before that, or in a workspace that is not trusted.
 */
import { type Disposable, type Event, workspace } from "vscode";
import { spareRunner } from "../../session/process/spareRunner";
import type { Run } from "../../session/run/run";
import { Disposables } from "../disposables";
import { section } from "../settings";
import { commandFor } from "./newSession";
import type { Sessions } from "./sessions";

/** A runner is started this many milliseconds later, so that it does not slow down what the user has just done. */
const courtesyMillis = 1_000;

export class ReadyRunner implements Disposable {
  readonly #disposables = new Disposables();
  #soon: NodeJS.Timeout | undefined;
  /** The file for which a runner was started last. */
  #file: string | undefined;
  /** The last run that was seen at rest, and whether it was over. */
  #seen: { readonly run: Run; readonly isOver: boolean } | undefined;

  /** @param fileShown fires when lenses of a file are shown, with its path */
  constructor(
    readonly sessions: Sessions,
    fileShown: Event<string>,
  ) {
    this.#disposables.add(fileShown((file) => this.#expect(file)));
    this.#disposables.add(sessions.onDidChangeCalmly(() => this.#changed()));
    this.#disposables.add(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(section)) this.#end();
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
    this.#end();
  }

  /** Whoever has started a session, or has seen its end, is likely to start it again. */
  #changed(): void {
    const session = this.sessions.current;
    if (!session || session.status === "loading" || session.status === "running") return;
    const { run, status, options } = session;
    const isOver = status !== "paused";
    if (this.#seen?.run === run && this.#seen.isOver === isOver) return;
    this.#seen = { run, isOver };
    this.#expect(options.file);
  }

  #expect(file: string): void {
    if (!workspace.isTrusted || (file === this.#file && spareRunner.pid !== undefined)) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.#keep(file), courtesyMillis);
  }

  async #keep(file: string): Promise<void> {
    this.#file = file;
    try {
      const command = await commandFor(file, this.sessions.dist);
      await spareRunner.keep({ ...command, input: "typed" }, file);
    } catch {
      // A session that is started says what is wrong with the interpreter.
    }
  }

  #end(): void {
    clearTimeout(this.#soon);
    // Otherwise the bundle of sessions may not be loaded, and need not be.
    if (this.#file !== undefined) spareRunner.end();
    this.#file = undefined;
  }
}
