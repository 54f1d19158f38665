/** The functions of the package `cotasks`: what they do to resources is told by the runner that serves them. */
import { defineProperty, getPrototypeOf } from "../../engine/intrinsics";

const host = Symbol.for("cotasks.host");
const makers = ["mutex", "semaphore", "channel", "event"];

type Maker = (argument?: unknown) => object;

/** @param exported the package as a module has imported it; while this runs, the program has no scheduler */
export function functionsOf(exported: unknown, found = new WeakSet<object>()): WeakSet<object> {
  if (typeof exported !== "object" || exported === null) return found;
  const own = exported as Record<string, unknown>;
  const helds: object[] = [];
  const create = (_kind: string, held: object | undefined) => {
    if (held) helds.push(held);
    return 0;
  };
  defineProperty(globalThis, host, { value: { create }, configurable: true, enumerable: false });
  const resources = makers.map((name) => (own[name] as Maker)(name === "semaphore" ? 1 : undefined));
  for (const value of Object.values(own)) if (typeof value === "function") found.add(value);
  for (const object of [...resources, ...helds]) addMethods(object, found);
  return found;
}

function addMethods(object: object, found: WeakSet<object>): void {
  for (let at = getPrototypeOf(object); at && at !== Object.prototype; at = getPrototypeOf(at)) {
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === "function") found.add(value);
    for (const key of Object.getOwnPropertySymbols(at)) {
      const value = (at as Record<symbol, unknown>)[key];
      if (typeof value === "function") found.add(value);
    }
  }
}
