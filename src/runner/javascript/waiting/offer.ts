/** The host object that the module `cotasks` finds under a global symbol, and through which user code reaches the engine. */
import type { WaitRequest } from "../../../core/waiting/request";
import { defineProperty } from "../engine/intrinsics";
import type { Waits } from "./waits";

const host = Symbol.for("cotasks.host");

type Kind = "mutex" | "semaphore" | "channel" | "event";

/** Is told what the user's code does here besides making requests. */
export interface Noting {
  /** A resource was made. @param object what the program knows it by @param held what a task gets that acquires it */
  made?(resource: number, object: unknown, held: unknown): void;
  /** A resource was made, or used outside of a request. @param resource its number */
  used?(resource: number): void;
  /** The time was read. */
  looked?(): void;
}

/**
 * Makes new resources and requests belong to the current instance from now on.
 *
 * @param current gives the waits of the instance
 */
export function offer(current: () => Waits, noting?: Noting): void {
  const value = Object.freeze({
    request: (...given: Parameters<Waits["request"]>) => current().request(...given),
    part: (given: unknown): WaitRequest<unknown> => current().part(given),
    create: (kind: Kind, held: unknown, count: number | undefined, name: string | undefined, object: unknown) => {
      const resource = create(current(), kind, held, count, name);
      noting?.made?.(resource, object, held);
      noting?.used?.(resource);
      return resource;
    },
    call: (what: string, resource: number) => {
      noting?.used?.(resource);
      call(current(), what, resource);
    },
    now: () => {
      noting?.looked?.();
      return current().engine.host.now();
    },
  });
  defineProperty(globalThis, host, { value, configurable: true, enumerable: false });
}

function create({ engine }: Waits, kind: Kind, held: unknown, count: number | undefined, name: string | undefined): number {
  const { resources } = engine;
  if (kind === "mutex") return resources.mutex(held, name);
  if (kind === "semaphore") return resources.semaphore(held, count as number, name);
  return kind === "channel" ? resources.channel(count, name) : resources.event(name);
}

function call(waits: Waits, what: string, resource: number): void {
  const { engine, wakeup } = waits;
  waits.beginCall();
  if (what === "release") engine.release(resource);
  else if (what === "set") engine.resources.setEvent(resource);
  else if (what === "clear") engine.resources.clearEvent(resource);
  else if (what === "close") engine.resources.closeChannel(resource);
  if (engine.woken.length > 0) wakeup.ring();
}
