/**
 * The trace of the session that was replaced last. It is kept as a file until the next session is replaced, so that it can be
 * looked at again and saved. It is deleted with the window's storage.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { Memento } from "vscode";

/** Where the name of the file is kept. */
const nameKey = "yieldpoint.lastSession";

export class LastSession {
  readonly #folder: string;
  #name: string | undefined;

  /**
   * @param storage the folder of the window
   * @param keepMillis how long files of others are kept, since the folder may be shared with other windows
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

  /** The trace file; undefined where there is none. The user may have cleaned the storage since. */
  get path(): string | undefined {
    return this.#name === undefined ? undefined : join(this.#folder, this.#name);
  }

  /**
   * Takes over a trace file, in place of the one there is.
   *
   * @param file the user's file that ran: it gives the trace its name, which stands on the tab
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
