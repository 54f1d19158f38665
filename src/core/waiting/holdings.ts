/** Which tasks hold units of which resource, and the permits that were released without having been acquired. */
import type { TaskId } from "../task";

/** Units of a resource that a task holds. */
export interface Holding {
  readonly task: TaskId;
  readonly units: number;
  /** The step in or after which it got the first of them. */
  readonly since: number;
}

export class Holdings {
  /** By resource and task. */
  readonly #holders = new Map<number, Map<TaskId, Holding>>();
  /** By semaphore. */
  readonly #added = new Map<number, number>();

  /** The resources of which somebody holds a unit. */
  get resources(): IterableIterator<number> {
    return this.#holders.keys();
  }

  /** The tasks that hold units of a resource, in the order in which they acquired them. */
  of(resource: number): readonly Holding[] {
    return [...(this.#holders.get(resource)?.values() ?? [])];
  }

  /** The resources of which a task holds units. */
  by(task: TaskId): readonly number[] {
    return [...this.#holders].filter(([, holders]) => holders.has(task)).map(([resource]) => resource);
  }

  /** How many permits of a semaphore are free. @param permits how many it was created with */
  freePermits(resource: number, permits: number): number {
    const held = this.of(resource).reduce((sum, { units }) => sum + units, 0);
    return permits + (this.#added.get(resource) ?? 0) - held;
  }

  hold(resource: number, task: TaskId, since: number, units = 1): void {
    const holders = this.#holders.get(resource) ?? new Map<TaskId, Holding>();
    this.#holders.set(resource, holders);
    const before = holders.get(task);
    holders.set(task, { task, units: (before?.units ?? 0) + units, since: before?.since ?? since });
  }

  /** A task that releases a permit it does not hold adds one. */
  giveBack(resource: number, task: TaskId): void {
    const holders = this.#holders.get(resource);
    const holding = holders?.get(task);
    if (!holders || !holding) this.add(resource);
    else if (holding.units > 1) holders.set(task, { ...holding, units: holding.units - 1 });
    else {
      holders.delete(task);
      if (holders.size === 0) this.#holders.delete(resource);
    }
  }

  /** There are permits more that nobody held. */
  add(resource: number, permits = 1): void {
    this.#added.set(resource, (this.#added.get(resource) ?? 0) + permits);
  }

  copy(): Holdings {
    const copy = new Holdings();
    for (const [resource, holders] of this.#holders) copy.#holders.set(resource, new Map(holders));
    for (const [resource, added] of this.#added) copy.#added.set(resource, added);
    return copy;
  }

  pack(): PackedHoldings {
    const holdings = [...this.#holders].flatMap(([resource, holders]) =>
      [...holders.values()].map(({ task, units, since }) => [resource, task, units, since]),
    );
    return { holdings, added: [...this.#added] };
  }

  static unpack({ holdings, added }: PackedHoldings): Holdings {
    const unpacked = new Holdings();
    for (const [resource = 0, task = 0, units = 0, since = 0] of holdings) unpacked.hold(resource, task, since, units);
    for (const [resource = 0, permits = 0] of added) unpacked.add(resource, permits);
    return unpacked;
  }
}

/** The same as lists of numbers. */
export interface PackedHoldings {
  /** Resource, task, units, since. */
  readonly holdings: readonly (readonly number[])[];
  /** Semaphore, permits. */
  readonly added: readonly (readonly number[])[];
}
