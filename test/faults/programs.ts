/**
 * A program in each language in which one fault happens: in the phase that a file beside the program names. Except in a search, it happens
 * once; when the program runs again, nothing is wrong with it.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "../runner/folder";
import { texts } from "./programTexts";

/** What user code can do to its process. */
export const faults = ["killed", "segfault", "aborts", "exits", "closes", "garbage", "leaves a child", "out of memory"] as const;
export type Fault = (typeof faults)[number];

/** What it can also do, after which it lives, but is silent. */
export type Silence = "is suspended";

/** Where in a program it happens. */
export type Phase =
  | "load"
  | "spawn"
  | "step"
  | "full speed"
  | "look"
  | "observed"
  | "thread"
  | "process"
  | "explore"
  | "one order";

export type Language = keyof typeof texts;
export const languages = Object.keys(texts) as Language[];

/** A copy of the program in a folder of its own. */
export class Program {
  readonly #folder: string;
  readonly file: string;

  /** @param fault left out, nothing happens until it is ordered */
  constructor(language: Language, phase: Phase, fault?: Fault | Silence) {
    const { name, text } = texts[language];
    this.#folder = folderWith({ [name]: text });
    this.file = join(this.#folder, name);
    if (fault) this.order(phase, fault);
  }

  /** Has a fault happen. */
  order(phase: Phase, fault: Fault | Silence): void {
    writeFileSync(join(this.#folder, "order"), `${phase}:${fault}`);
  }

  /** Resolves with the id of the process that has suspended itself. */
  async suspended(): Promise<number> {
    for (;;) {
      const pid = this.isOver && this.pids.find(isSuspended);
      if (pid) return pid;
      await new Promise(setImmediate);
    }
  }

  /** Whether the fault has happened. */
  get isOver(): boolean {
    return !existsSync(join(this.#folder, "order"));
  }

  /** The processes that ran the program, and those that it started. */
  get pids(): readonly number[] {
    const text = readFileSync(join(this.#folder, "pids"), "utf8");
    return text.trim().split("\n").map(Number);
  }
}

/** Whether a process is suspended, where that can be seen. */
export function isSuspended(pid: number): boolean {
  if (process.platform !== "linux") return true;
  try {
    return /^\d+ \(.*\) T/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
