/** A number of permits. Any task may release one, so there can be more permits than at the start. */
import { type Serving, WaitQueue } from "./waiter";

export class Semaphore<V> {
  readonly kind = "semaphore";
  readonly queue = new WaitQueue<V>();

  /**
   * @param held the result of acquiring a permit
   * @param permits how many are free
   */
  constructor(
    readonly serving: Serving<V>,
    readonly name: string,
    readonly held: V,
    public permits: number,
  ) {}

  /** Takes a permit if one is free. */
  acquire(): boolean {
    if (this.permits === 0) return false;
    this.permits -= 1;
    return true;
  }

  /** Hands a permit to the first waiting task, if there is one. */
  release(): void {
    const next = this.queue.head;
    if (next) this.serving.served(next, this.held);
    else this.permits += 1;
  }
}
