/** A number of permits. Anybody may release one, so there may be more of them than in the beginning. */
import { type Serving, WaitQueue } from "./waiter";

export class Semaphore<V> {
  readonly kind = "semaphore";
  readonly queue = new WaitQueue<V>();

  /**
   * @param held what a task gets that acquires a permit
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

  /** Hands a permit to the first who waits for one. */
  release(): void {
    const next = this.queue.head;
    if (next) this.serving.served(next, this.held);
    else this.permits += 1;
  }
}
