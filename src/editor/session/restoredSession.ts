/**
 * What is left of the last session after a reload of the window or a crash: its trace file, until another session replaces it.
 */
import { existsSync, type FSWatcher, rmSync, watch } from "node:fs";
import { basename, join } from "node:path";
import type { Disposable, Memento } from "vscode";
import { Recording } from "../../session/openedRecording";
import { TraceFileError } from "../../session/recording/errors";
import { adopt, leave, removeOrphans } from "../../session/recording/orphanedFiles";
import { settings } from "../settings";
import { coalesced } from "./coalesce";

/** The key under which the name of the current session's trace file is stored. */
const nameKey = "yieldpoint.lastTrace";

export class RestoredSession implements Disposable {
  #recording: Recording | undefined;
  #watcher: FSWatcher | undefined;

  /**
   * @param folder the folder of the trace files
   * @param keepMillis how long, in milliseconds, files of other sessions are kept, since the folder may be shared with other windows
   * @param changed called when the displayed state has changed, and also if the file appears late, because the process that had it open
   *   may take a moment to end
   */
  constructor(
    readonly memory: Memento,
    readonly folder: string,
    keepMillis: number,
    readonly changed: () => void,
  ) {
    const name = memory.get(nameKey);
    if (typeof name === "string") this.#find(name);
    removeOrphans(folder, keepMillis);
  }

  get recording(): Recording | undefined {
    return this.#recording;
  }

  /** Stores the name of the current session's file. */
  remember(name: string | undefined): Thenable<void> {
    if (name === undefined || this.memory.get(nameKey) === name) return Promise.resolve();
    return this.memory.update(nameKey, name);
  }

  /** Hands the file over when another session replaces it. @returns the file, which the caller now owns; undefined if there is none */
  giveAway(): string | undefined {
    this.#stopWatching();
    const { recording } = this;
    this.#recording = undefined;
    recording?.close();
    return recording?.path;
  }

  /** Leaves the file to the next process. */
  dispose(): void {
    this.#stopWatching();
    this.#recording?.close();
    if (this.#recording) leave(this.#recording.path);
  }

  #find(name: string): void {
    const path = adopt(this.folder, name);
    if (path !== undefined) this.#open(path);
    else if (existsSync(join(this.folder, name))) this.#waitFor(name);
  }

  #open(path: string): void {
    void this.remember(basename(path));
    try {
      this.#recording = new Recording(path, "reload", settings.silencedWarnings);
      this.#recording.onChange(coalesced(this.changed)); // the cursor moved, a reason was computed, or more damage was found
    } catch (error) {
      rmSync(path, { force: true });
      if (!(error instanceof TraceFileError)) throw error;
    }
  }

  #waitFor(name: string): void {
    this.#watcher = watch(this.folder, { persistent: false }, () => {
      const path = adopt(this.folder, name);
      if (path === undefined) return;
      this.#stopWatching();
      this.#open(path);
      this.changed();
    });
  }

  #stopWatching(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
