/**
 * The state of the engine between two steps, as a text: who holds what, who waits for what and in which order, what channels contain, which
 * events are set, when sleepers are due, and what each task receives next. Equal texts mean that the same requests come to the same.
 */
import type { TaskId } from "../task";
import type { Waiting } from "./engine";
import { standing } from "./joins";
import type { Timers } from "./queues/timers";
import type { Waiter, WaitQueue } from "./queues/waiter";
import { replyKind } from "./replies";
import { operation } from "./request";
import type { Resource } from "./resources";

/** Where the text is written. */
export interface StateText<V> {
  add(text: string): void;
  /** Adds one of the program's values. */
  value(value: V): void;
}

/** Writes the state. Resources and tasks are referred to by their numbers, times are relative to the clock. */
export function writeState<V>(engine: Waiting<V>, text: StateText<V>): void {
  const { resources, joins, blocked, host } = engine;
  const now = host.now();
  text.add(`made ${resources.made.join(" ")}`);
  for (const resource of resources.all) writeResource(resource, text);
  for (let task = 0; task < joins.tasks; task += 1) writeTask(engine, task, now, text);
  writeSleepers(blocked.timers, now, text);
  const { woken, pending } = engine;
  text.add(`woken ${Array.from({ length: woken.length }, (_, index) => woken.at(index))}`);
  text.add(`next ${pending.next ?? ""} deadlock ${pending.deadlock ?? ""}`);
}

function writeResource<V>(resource: Resource<V>, text: StateText<V>): void {
  const { kind, name } = resource;
  text.add(`${kind} ${name.length}:${name}`);
  switch (resource.kind) {
    case "mutex":
      text.add(`holder ${resource.holder}`);
      text.value(resource.held);
      break;
    case "semaphore":
      text.add(`permits ${resource.permits}`);
      text.value(resource.held);
      break;
    case "event":
      text.add(resource.isSet ? "set" : "clear");
      break;
    case "channel":
      text.add(`${Number.isFinite(resource.capacity) ? resource.capacity : -1} ${resource.isClosed ? "closed" : "open"}`);
      for (const value of resource.values) text.value(value);
      writeQueue(resource.putters, text);
      writeQueue(resource.takers, text);
      return;
  }
  writeQueue(resource.queue, text);
}

function writeQueue<V>(queue: WaitQueue<V>, text: StateText<V>): void {
  text.add(`queue ${Array.from(queue, placeOf)}`);
}

function writeTask<V>({ joins, blocked, replies, host }: Waiting<V>, task: TaskId, now: number, text: StateText<V>): void {
  const how = joins.standingOf(task);
  text.add(`task ${how}`);
  if (how === standing.returned || how === standing.threw) text.value(joins.valueOf(task));
  writeQueue(joins.queueOf(task), text);
  const group = blocked.groupOf(task);
  if (group) text.add(`${group.isAny ? "any" : "all"} ${group.parts.length}`);
  group?.forServed(({ operation: code, object }, value) => {
    // What was acquired or taken may have to go back.
    const isLoan = code === operation.acquire || code === operation.take;
    text.add(isLoan ? `served ${code} ${object}` : "served");
    text.value(value);
  });
  for (const waiter of blocked.waitsOf(task)) writeWait(waiter, now, text);
  const kind = replies.kinds[task];
  const reply = replies.valueOf(task);
  // To receive nothing is the same as to receive the result of a request that has none.
  if (kind === replyKind.none || (kind === replyKind.value && reply === host.nothing)) return;
  text.add(kind === replyKind.error ? "throws" : "gives");
  text.value(reply);
}

function writeWait<V>({ part, operation: code, object, value, due }: Waiter<V>, now: number, text: StateText<V>): void {
  if (code === operation.sleep) text.add(`wait ${part} ${code} ${due - now}`);
  else if (code === operation.promise) text.add(`wait ${part} ${code}`);
  else text.add(`wait ${part} ${code} ${object}`);
  if (code === operation.put || code === operation.promise) text.value(value as V);
}

/** Differences of fractions are rounded, so equal ones do not say that all goes on equally: then the times themselves are written. */
function writeSleepers<V>(timers: Timers<Waiter<V>>, now: number, text: StateText<V>): void {
  const sleepers = timers.inOrder();
  text.add(`sleepers ${sleepers.map(placeOf)}`);
  const isExact = Number.isSafeInteger(now) && sleepers.every(({ due }) => Number.isSafeInteger(due));
  if (!isExact) text.add(`now ${now}`);
}

/** Which of the waits of all tasks it is. */
function placeOf({ task, part }: { readonly task: TaskId; readonly part: number }): string {
  return `${task}.${part}`;
}
