/** Validates requests: one may be made by hand, belong to another run, or ask for something impossible. */
import type { TaskId } from "../task";
import type { Host } from "./host";
import { type Joins, standing } from "./joins";
import type { MessageKind } from "./messages";
import { isWait, operation, type WaitRequest } from "./request";
import type { Resources } from "./resources";

/** Why a request is refused. */
export interface Refusal {
  readonly kind: MessageKind;
  readonly words?: Readonly<Record<string, string>>;
}

/** What a request can refer to. */
export interface Known<V> {
  readonly host: Host<V>;
  readonly resources: Resources<V>;
  readonly joins: Joins<V>;
}

/** Why a request can never be served; undefined if it is valid. @param known the engine, which must own the request */
export function refusalOf<V>(known: Known<V>, task: TaskId, request: WaitRequest<V>): Refusal | undefined {
  if (request.owner !== known) return { kind: request.owner === undefined ? "usedTwice" : "otherOwner" };
  const { object } = request;
  switch (request.operation) {
    case operation.acquire: {
      const kind = known.resources.at(object)?.kind;
      return kind === "mutex" || kind === "semaphore" ? undefined : { kind: "otherOwner" };
    }
    case operation.put:
    case operation.take:
      return known.resources.at(object)?.kind === "channel" ? undefined : { kind: "otherOwner" };
    case operation.event:
      return known.resources.at(object)?.kind === "event" ? undefined : { kind: "otherOwner" };
    case operation.sleep:
      return object >= 0 && Number.isFinite(object)
        ? undefined
        : { kind: "badSleep", words: { time: givenTime(known, request) } };
    case operation.join:
      if (object === task) return { kind: "selfJoin", words: { task: known.host.nameOf(task) } };
      return isKnown(known, object) ? undefined : { kind: "notTask" };
    case operation.handOver:
      return isKnown(known, object) ? undefined : { kind: "notTask" };
    case operation.any:
    case operation.all:
      return groupRefusal(known, task, request);
    case operation.promise:
    case operation.spawn:
      return undefined;
    default:
      return { kind: "otherOwner" };
  }
}

/** What was given in place of a time. If it is no number, it is the request's value. */
function givenTime<V>({ host }: Known<V>, { object, value }: WaitRequest<V>): string {
  return Number.isNaN(object) ? host.show(value as V) : String(object);
}

function isKnown<V>({ joins }: Known<V>, task: number): boolean {
  return joins.standingOf(task) !== standing.unknown;
}

function groupRefusal<V>(known: Known<V>, task: TaskId, request: WaitRequest<V>): Refusal | undefined {
  const isAny = request.operation === operation.any;
  const parts = request.parts ?? [];
  if (isAny && parts.length === 0) return { kind: "noParts" };
  const seen = new Set<WaitRequest<V>>();
  for (const [index, part] of parts.entries()) {
    if (!isWait(part.operation)) return { kind: "badPart", words: { group: isAny ? "any" : "all", part: String(index + 1) } };
    const refusal = seen.has(part) ? ({ kind: "usedTwice" } as const) : refusalOf(known, task, part);
    if (refusal) return refusal;
    seen.add(part);
  }
  return undefined;
}
