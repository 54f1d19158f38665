/** Tries to serve a request at once, without blocking its task. */
import type { TaskId } from "../task";
import { type Host, messageOf } from "./host";
import { type Joins, standing } from "./joins";
import type { WaitQueue } from "./queues/waiter";
import { operation, type WaitRequest } from "./request";
import type { Resources } from "./resources";

export const outcome = { blocked: 0, served: 1, failed: 2 } as const;
export type Outcome = (typeof outcome)[keyof typeof outcome];

export class Attempts<V> {
  /** The result of the last attempt that was served, or the error of the last one that failed. */
  result: V;

  constructor(
    readonly host: Host<V>,
    readonly resources: Resources<V>,
    readonly joins: Joins<V>,
  ) {
    this.result = host.nothing;
  }

  /** @param request must be valid and must combine nothing */
  attempt(task: TaskId, request: WaitRequest<V>): Outcome {
    switch (request.operation) {
      case operation.acquire:
        return this.#acquire(task, request.object);
      case operation.put:
        return this.#put(request.object, request.value as V);
      case operation.take:
        return this.#take(request.object);
      case operation.event: {
        const event = this.resources.at(request.object);
        return event?.kind === "event" && event.isSet ? this.#gives(this.host.nothing) : outcome.blocked;
      }
      case operation.join:
        return this.#join(request.object);
      default:
        return outcome.blocked;
    }
  }

  /** Whether an attempt would fail. */
  fails({ operation: code, object }: WaitRequest<V>): boolean {
    if (code === operation.join) return this.joins.standingOf(object) >= standing.threw;
    const channel = code === operation.put ? this.resources.at(object) : undefined;
    return channel?.kind === "channel" && channel.isClosed;
  }

  /** The queue that a request waits in; undefined for a sleep and for a promise. */
  queueOf({ operation: code, object }: WaitRequest<V>): WaitQueue<V> | undefined {
    if (code === operation.join) return this.joins.queueOf(object);
    if (code === operation.sleep || code === operation.promise) return undefined;
    const resource = this.resources.at(object);
    if (resource?.kind !== "channel") return resource?.queue;
    return code === operation.put ? resource.putters : resource.takers;
  }

  /** The error of joining a task that threw or was closed. */
  errorOfJoined(task: TaskId): V {
    const { host, joins } = this;
    if (joins.standingOf(task) === standing.threw) return joins.valueOf(task);
    return messageOf(host, "closedTask", { task: host.nameOf(task) });
  }

  #acquire(task: TaskId, object: number): Outcome {
    const resource = this.resources.at(object);
    if (resource?.kind === "mutex") return resource.acquire(task) ? this.#gives(resource.held) : outcome.blocked;
    if (resource?.kind === "semaphore") return resource.acquire() ? this.#gives(resource.held) : outcome.blocked;
    return outcome.blocked;
  }

  #put(object: number, value: V): Outcome {
    const channel = this.resources.at(object);
    if (channel?.kind !== "channel") return outcome.blocked;
    if (channel.isClosed) return this.#failsWith(messageOf(this.host, "closedChannel", { resource: channel.name }));
    return channel.put(value) ? this.#gives(this.host.nothing) : outcome.blocked;
  }

  #take(object: number): Outcome {
    const channel = this.resources.at(object);
    return channel?.kind === "channel" && channel.take() ? this.#gives(channel.taken) : outcome.blocked;
  }

  #join(task: TaskId): Outcome {
    const how = this.joins.standingOf(task);
    if (how === standing.alive) return outcome.blocked;
    return how === standing.returned ? this.#gives(this.joins.valueOf(task)) : this.#failsWith(this.errorOfJoined(task));
  }

  #gives(value: V): Outcome {
    this.result = value;
    return outcome.served;
  }

  #failsWith(error: V): Outcome {
    this.result = error;
    return outcome.failed;
  }
}
