/**
 * A program of which some slices must not run, since they end the process or do not give back control: runs that come to one end before
 * it. It can also announce every step before it is made, so that the session knows which slice ended the process.
 */
import type { Program } from "../../../core/explore/program";
import type { Touched } from "../../../core/explore/touched";
import type { ExploreFields } from "../../../protocol/explore";
import type { Wire } from "../process/wire";
import type { FreshProgram } from "./program";

type Fatal = NonNullable<ExploreFields["fatal"]>;

/** The beginning of a run: where it leads to, and how the run ends before its last slice. */
interface Beginning {
  readonly next: Map<number, Beginning>;
  end?: Fatal[number]["end"];
}

export class GuardedProgram implements Program {
  readonly #first: Beginning = { next: new Map() };
  #at: Beginning | undefined;

  /** @param wire where steps are announced; undefined to announce none */
  constructor(
    readonly program: FreshProgram,
    fatal: Fatal,
    readonly wire: Wire | undefined,
  ) {
    for (const { end, picks } of fatal) {
      let at = this.#first;
      for (const pick of picks) {
        const next = at.next.get(pick) ?? { next: new Map() };
        at.next.set(pick, next);
        at = next;
      }
      at.end = end;
    }
  }

  get ready(): readonly number[] {
    return this.program.ready;
  }

  begin(): void {
    this.#at = this.#first;
    this.#announce({});
    this.program.begin();
  }

  resume(task: number): Touched | undefined {
    this.#announce({ task });
    this.#at = this.#at?.next.get(task);
    const end = this.#at?.end;
    return end ? this.program.endBefore(task, end) : this.program.resume(task);
  }

  outcome(isCut: boolean): number {
    return this.program.outcome(isCut);
  }

  wholeState(): string | undefined {
    return this.program.wholeState();
  }

  fingerprint(): number {
    return this.program.fingerprint();
  }

  #announce(step: { readonly task?: number }): void {
    this.wire?.say({ event: "resuming", ...step });
    this.wire?.flush();
  }
}
