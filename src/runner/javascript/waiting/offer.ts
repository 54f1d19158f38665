/** The host object that the module `cotasks` finds under a global symbol, and through which user code reaches the engine. */
import type { WaitRequest } from "../../../core/waiting/request";
import { defineProperty } from "../engine/intrinsics";
import type { Waits } from "./waits";

const host = Symbol.for("cotasks.host");

type Kind = "mutex" | "semaphore" | "channel" | "event";

/** Makes new resources and requests belong to this instance from now on. */
export function offer(waits: Waits): void {
  const value = Object.freeze({
    request: waits.request.bind(waits),
    part: waits.part.bind(waits) as (given: unknown) => WaitRequest<unknown>,
    create: (...description: [Kind, unknown, number | undefined, string | undefined]) => create(waits, ...description),
    call: (what: string, resource: number) => call(waits, what, resource),
    now: () => waits.engine.host.now(),
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
