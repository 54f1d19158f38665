/**
 * The trace of the session that was replaced last. It is kept as a file until the next session is replaced, so that it can be viewed and
 * saved. It is deleted with the window's storage.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Memento } from "vscode";

/** The key under which the file's name is stored. */
const nameKey = "yieldpoint.lastSession";

export class LastSession {
  readonly #folder: string;
  #name: string | undefined;

  /**
   * @param storage the window's storage folder
   * @param keepMillis how long, in milliseconds, files of other windows are kept, since the folder may be shared
   */
  constructor(
    readonly memory: Memento,
    storage: string,
    keepMillis: number,
  ) {
    this.#folder = join(storage, "last");
    const name = memory.get<string>(nameKey);
    if (name !== undefined && existsSync(join(this.#folder, name))) this.#name = name;
    this.#removeOthers(keepMillis);
  }

  /** The trace file; undefined if there is none. The user may have cleaned the storage since it was kept. */
  get path(): string | undefined {
    return this.#name === undefined ? undefined : join(this.#folder, this.#name);
  }

  /**
   * Takes ownership of a trace file, and deletes the previous one.
   *
   * @param file the user's file that ran; its name becomes the name of the trace, which the tab shows
   * @throws Error of the file system
   */
  keep(trace: string, file: string, now = new Date()): void {
    const before = this.path;
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join(".");
    mkdirSync(this.#folder, { recursive: true });
    this.#name = `${basename(file)} ${time}.yieldtrace`;
    const path = join(this.#folder, this.#name);
    renameSync(trace, path);
    if (before !== undefined && before !== path) rmSync(before, { force: true });
    void this.memory.update(nameKey, this.#name);
  }

  #removeOthers(keepMillis: number): void {
    if (!existsSync(this.#folder)) return;
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
      if (name !== this.#name && age >= keepMillis) rmSync(path, { force: true });
    }
  }
}
