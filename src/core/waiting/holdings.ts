/** Which tasks hold units of which resource, and the permits that were released without having been acquired. */
import type { TaskId } from "../task";

/** Units of a resource that a task holds. */
export interface Holding {
  readonly task: TaskId;
  readonly units: number;
  /** The step in or after which it got the first of them. */
  readonly since: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The holders of a resource: the first `length` objects of a list. Objects are reused, because locks change hands all the time. */
class Holders {
  readonly #list: Mutable<Holding>[] = [];
  length = 0;

  get first(): TaskId | undefined {
    return this.length > 0 ? this.#list[0]?.task : undefined;
  }

  placeOf(task: TaskId): number {
    for (let place = 0; place < this.length; place += 1) if (this.#list[place]?.task === task) return place;
    return -1;
  }

  hold(task: TaskId, since: number, units: number): void {
    const place = this.placeOf(task);
    const holding = this.#list[place < 0 ? this.length : place];
    if (place >= 0 && holding) holding.units += units;
    else {
      if (holding) {
        holding.task = task;
        holding.units = units;
        holding.since = since;
      } else this.#list.push({ task, units, since });
      this.length += 1;
    }
  }

  /** @param place of one that holds a unit at least */
  giveBack(place: number): void {
    const holding = this.#list[place] as Mutable<Holding>;
    holding.units -= 1;
    if (holding.units > 0) return;
    this.length -= 1;
    for (let at = place; at < this.length; at += 1) this.#list[at] = this.#list[at + 1] as Mutable<Holding>;
    this.#list[this.length] = holding;
  }

  copies(): Holding[] {
    return this.#list.slice(0, this.length).map((holding) => ({ ...holding }));
  }
}

export class Holdings {
  /** By resource: its holders, in the order in which they got it. A list is faster than a map, since there is rarely more than one. */
  readonly #holders = new Map<number, Holders>();
  /** By semaphore: the permits that were released without having been acquired. */
  readonly #added = new Map<number, number>();

  /** The resources of which a task holds a unit. */
  get resources(): readonly number[] {
    return [...this.#holders].flatMap(([resource, { length }]) => (length > 0 ? [resource] : []));
  }

  /** The tasks that hold units of a resource, in the order in which they acquired them. */
  of(resource: number): readonly Holding[] {
    return this.#holders.get(resource)?.copies() ?? [];
  }

  /** The task that has held a unit of a resource for longest. */
  firstOf(resource: number): TaskId | undefined {
    return this.#holders.get(resource)?.first;
  }

  /** The resources of which a task holds units. */
  by(task: TaskId): readonly number[] {
    return [...this.#holders].filter(([, holders]) => holders.placeOf(task) >= 0).map(([resource]) => resource);
  }

  /** How many permits of a semaphore are free. @param permits how many it was created with */
  freePermits(resource: number, permits: number): number {
    const held = this.of(resource).reduce((sum, { units }) => sum + units, 0);
    return permits + (this.#added.get(resource) ?? 0) - held;
  }

  hold(resource: number, task: TaskId, since: number, units = 1): void {
    let holders = this.#holders.get(resource);
    if (!holders) {
      holders = new Holders();
      this.#holders.set(resource, holders);
    }
    holders.hold(task, since, units);
  }

  /** Takes a unit from a task. A permit that the task does not hold is an additional one. */
  giveBack(resource: number, task: TaskId): void {
    const holders = this.#holders.get(resource);
    const place = holders ? holders.placeOf(task) : -1;
    if (holders && place >= 0) holders.giveBack(place);
    else this.add(resource);
  }

  /** Adds permits that no task held. */
  add(resource: number, permits = 1): void {
    this.#added.set(resource, (this.#added.get(resource) ?? 0) + permits);
  }

  copy(): Holdings {
    return Holdings.unpack(this.pack());
  }

  pack(): PackedHoldings {
    const holdings = [...this.#holders].flatMap(([resource, holders]) =>
      holders.copies().map(({ task, units, since }) => [resource, task, units, since]),
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

/** Holdings as lists of numbers. */
export interface PackedHoldings {
  /** Resource, task, units, since. */
  readonly holdings: readonly (readonly number[])[];
  /** Semaphore, permits. */
  readonly added: readonly (readonly number[])[];
}
