/** What a task waits for in `any` and `all`. */
import type { WaitRequest } from "./request";

export class Group<V> {
  /** By part; meaningful where the part is served. */
  readonly values: V[] = [];
  readonly isServed: boolean[] = [];
  /** How many parts are not served. */
  left: number;

  constructor(
    readonly isAny: boolean,
    readonly parts: readonly WaitRequest<V>[],
  ) {
    this.left = parts.length;
  }

  /** Notes what a part gave. */
  serve(part: number, value: V): void {
    this.values[part] = value;
    this.isServed[part] = true;
    this.left -= 1;
  }

  /** Calls back for each part that is served, with what it gave. */
  forServed(take: (part: WaitRequest<V>, value: V) => void): void {
    this.parts.forEach((part, index) => {
      if (this.isServed[index]) take(part, this.values[index] as V);
    });
  }
}
