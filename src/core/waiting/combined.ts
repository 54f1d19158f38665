/** What a task waits for in `any` and `all`. */
import type { WaitRequest } from "./request";

export class Group<V> {
  /** The result of each part, valid if the part is served. */
  readonly values: V[] = [];
  readonly isServed: boolean[] = [];
  /** How many parts are not served yet. */
  left: number;

  constructor(
    readonly isAny: boolean,
    readonly parts: readonly WaitRequest<V>[],
  ) {
    this.left = parts.length;
  }

  /** Records the result of a part. */
  serve(part: number, value: V): void {
    this.values[part] = value;
    this.isServed[part] = true;
    this.left -= 1;
  }

  /** Calls `take` for each served part, with its result. */
  forServed(take: (part: WaitRequest<V>, value: V) => void): void {
    this.parts.forEach((part, index) => {
      if (this.isServed[index]) take(part, this.values[index] as V);
    });
  }
}
