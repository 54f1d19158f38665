/** The resources of a run, by number, and the operations on them that never wait. */
import type { TaskId } from "../task";
import { type Host, messageOf } from "./host";
import { Channel } from "./queues/channel";
import { WaitEvent } from "./queues/event";
import { Mutex, nobody } from "./queues/mutex";
import { Semaphore } from "./queues/semaphore";
import type { Serving } from "./queues/waiter";
import type { WaitRecorder } from "./recorder";
import { type ResourceInfo, type ResourceKind, resourceKinds, rowKind } from "./rows";

export type Resource<V> = Mutex<V> | Semaphore<V> | Channel<V> | WaitEvent<V>;

export class Resources<V> {
  readonly #list: (Resource<V> | undefined)[] = [undefined];
  readonly #counts: Record<ResourceKind, number> = { mutex: 0, semaphore: 0, channel: 0, event: 0, lock: 0 };
  #announced: ResourceInfo[] = [];

  constructor(
    readonly host: Host<V>,
    readonly rows: WaitRecorder,
    readonly serving: Serving<V>,
  ) {}

  /** @param held the result of acquiring it */
  mutex(held: V, name?: string): number {
    return this.#add(new Mutex(this.serving, this.#nameFor("mutex", name), held));
  }

  /** @param held the result of acquiring a permit @throws V the host's error unless `permits` is a whole number, at least 0 */
  semaphore(held: V, permits: number, name?: string): number {
    if (!isCount(permits)) throw messageOf(this.host, "badPermits", { count: this.host.show(permits as V) });
    return this.#add(new Semaphore(this.serving, this.#nameFor("semaphore", name), held, permits), permits);
  }

  /**
   * @param capacity Infinity for an unbounded channel
   * @throws V the host's error unless the capacity is a whole number, at least 0, or Infinity
   */
  channel(capacity = Number.POSITIVE_INFINITY, name?: string): number {
    if (!isCount(capacity) && capacity !== Number.POSITIVE_INFINITY)
      throw messageOf(this.host, "badCapacity", { count: this.host.show(capacity as V) });
    const { nothing, closed } = this.host;
    const channel = new Channel(this.serving, this.#nameFor("channel", name), capacity, nothing, closed);
    return this.#add(channel, Number.isFinite(capacity) ? capacity : undefined);
  }

  event(name?: string): number {
    return this.#add(new WaitEvent(this.serving, this.#nameFor("event", name), this.host.nothing));
  }

  at(number: number): Resource<V> | undefined {
    return this.#list[number];
  }

  /** All resources, in the order in which they were made. */
  get all(): readonly Resource<V>[] {
    return this.#list.slice(1) as Resource<V>[];
  }

  /** How many of each kind were made: the next name of one without a name depends on it. */
  get made(): readonly number[] {
    return resourceKinds.map((kind) => this.#counts[kind]);
  }

  /** How many resources are not announced yet. */
  get unannounced(): number {
    return this.#announced.length;
  }

  /** The resources that have to be announced before the rows that refer to them. */
  takeAnnounced(): readonly ResourceInfo[] {
    const announced = this.#announced;
    this.#announced = [];
    return announced;
  }

  /**
   * Gives back a lock or a permit.
   *
   * @param by the running task; undefined for code outside any task, which may release only permits
   * @throws V the host's error if that task does not hold the mutex
   */
  release(number: number, by: TaskId | undefined): void {
    const resource = this.#list[number];
    if (resource?.kind === "mutex" && (by === undefined || resource.holder !== by)) throw this.#notHolder(resource, by);
    if (resource?.kind !== "mutex" && resource?.kind !== "semaphore") return;
    if (by === undefined) this.rows.add(rowKind.permit, 0, number);
    else this.rows.add(rowKind.free, by, number);
    resource.release();
  }

  /** Gives back a lock or a permit that a task has acquired, but will not receive. */
  giveBack(number: number, task: TaskId): void {
    const resource = this.#list[number];
    this.rows.add(rowKind.free, task, number);
    if (resource?.kind === "mutex" || resource?.kind === "semaphore") resource.release();
  }

  setEvent(number: number): void {
    const event = this.#list[number];
    if (event?.kind === "event") event.set();
  }

  clearEvent(number: number): void {
    const event = this.#list[number];
    if (event?.kind === "event") event.clear();
  }

  closeChannel(number: number): void {
    const channel = this.#list[number];
    if (channel?.kind === "channel") channel.close(() => messageOf(this.host, "closedChannel", { resource: channel.name }));
  }

  #add(resource: Resource<V>, capacity?: number): number {
    const { kind, name } = resource;
    this.#announced.push(capacity === undefined ? { kind, name } : { kind, name, capacity });
    return this.#list.push(resource) - 1;
  }

  #nameFor(kind: ResourceKind, name: string | undefined): string {
    this.#counts[kind] += 1;
    return name ?? `${kind} ${this.#counts[kind]}`;
  }

  #notHolder({ name, holder }: Mutex<V>, by: TaskId | undefined): V {
    const { host } = this;
    return messageOf(host, "notHolder", {
      resource: name,
      task: by === undefined ? "code outside any task" : host.nameOf(by),
      holder: holder === nobody ? "nobody" : host.nameOf(holder),
    });
  }
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}
