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
  /** By resource: its holders, in the order in which they got it. A list is faster than a map, since there is rarely more than one. */
  readonly #holders = new Map<number, Holding[]>();
  /** By semaphore: the permits that were released without having been acquired. */
  readonly #added = new Map<number, number>();

  /** The resources of which a task holds a unit. */
  get resources(): readonly number[] {
    return [...this.#holders].flatMap(([resource, holders]) => (holders.length > 0 ? [resource] : []));
  }

  /** The tasks that hold units of a resource, in the order in which they acquired them. */
  of(resource: number): readonly Holding[] {
    return [...(this.#holders.get(resource) ?? [])];
  }

  /** The resources of which a task holds units. */
  by(task: TaskId): readonly number[] {
    return [...this.#holders].filter(([, holders]) => placeOf(holders, task) >= 0).map(([resource]) => resource);
  }

  /** How many permits of a semaphore are free. @param permits how many it was created with */
  freePermits(resource: number, permits: number): number {
    const held = this.of(resource).reduce((sum, { units }) => sum + units, 0);
    return permits + (this.#added.get(resource) ?? 0) - held;
  }

  hold(resource: number, task: TaskId, since: number, units = 1): void {
    const holders = this.#holders.get(resource);
    if (!holders) {
      this.#holders.set(resource, [{ task, units, since }]);
      return;
    }
    const place = placeOf(holders, task);
    const before = holders[place];
    if (before) holders[place] = { ...before, units: before.units + units };
    else holders.push({ task, units, since });
  }

  /** Takes a unit from a task. A permit that the task does not hold is an additional one. */
  giveBack(resource: number, task: TaskId): void {
    const holders = this.#holders.get(resource);
    const place = holders ? placeOf(holders, task) : -1;
    const holding = holders?.[place];
    if (!holders || !holding) this.add(resource);
    else if (holding.units > 1) holders[place] = { ...holding, units: holding.units - 1 };
    else if (holders.length === 1) holders.pop();
    else holders.splice(place, 1);
  }

  /** Adds permits that no task held. */
  add(resource: number, permits = 1): void {
    this.#added.set(resource, (this.#added.get(resource) ?? 0) + permits);
  }

  copy(): Holdings {
    const copy = new Holdings();
    for (const [resource, holders] of this.#holders) copy.#holders.set(resource, [...holders]);
    for (const [resource, added] of this.#added) copy.#added.set(resource, added);
    return copy;
  }

  pack(): PackedHoldings {
    const holdings = [...this.#holders].flatMap(([resource, holders]) =>
      holders.map(({ task, units, since }) => [resource, task, units, since]),
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

function placeOf(holders: readonly Holding[], task: TaskId): number {
  for (let place = 0; place < holders.length; place += 1) if (holders[place]?.task === task) return place;
  return -1;
}

/** Holdings as lists of numbers. */
export interface PackedHoldings {
  /** Resource, task, units, since. */
  readonly holdings: readonly (readonly number[])[];
  /** Semaphore, permits. */
  readonly added: readonly (readonly number[])[];
}
