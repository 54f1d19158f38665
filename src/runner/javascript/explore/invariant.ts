/** The invariant of a search: an expression that is evaluated after every step, and what it reads. */
import type { Touched } from "../../../core/explore/touched";
import { holds } from "./judging";
import type { RunEnd } from "./plan";
import type { Touches } from "./touches";

export class Invariant {
  #holds: (() => unknown) | undefined;
  /** What it read when it was evaluated last. */
  #read: readonly number[] = [];

  /** A run begins. @param holds undefined if nothing is to be looked at */
  begin(holds: (() => unknown) | undefined, touches: Touches | undefined): void {
    this.#holds = holds;
    if (!holds || !touches) return;
    touches.begin();
    try {
      holds();
    } catch {
      // It is evaluated after every step, and may not be possible before the first.
    }
    this.#read = touches.touched.reads;
  }

  /** Whether there is one. */
  get isAsked(): boolean {
    return this.#holds !== undefined;
  }

  /** Looks at it after a slice. @returns how the run ends, if it is broken */
  broken(touches: Touches | undefined): RunEnd | undefined {
    const slice = touches?.touched;
    const before = this.#read;
    let end: RunEnd | undefined;
    touches?.begin();
    try {
      if (!holds((this.#holds as () => unknown)())) end = { end: "invariant", by: "invariant" };
    } catch (thrown) {
      end = { end: "invariant", by: "invariant", thrown };
    }
    if (touches && slice) this.#seen(touches, slice, before);
    return end;
  }

  /** Slices that may change what the invariant sees cannot change places without a difference. */
  #seen(touches: Touches, { reads, writes, all }: Touched, before: readonly number[]): void {
    const after = touches.touched;
    const isSeen = all || after.all || writes.some((place) => before.includes(place) || after.reads.includes(place));
    this.#read = after.reads;
    touches.begin();
    for (const place of reads) touches.read(place);
    for (const place of writes) touches.write(place);
    if (all) touches.all();
    if (isSeen) touches.write(touches.place("invariant"));
  }
}
