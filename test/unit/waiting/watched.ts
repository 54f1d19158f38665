/** The invariants of the engine, which hold after every step of any program and schedule. */
import assert from "node:assert/strict";
import type { Blocked } from "../../../src/core/waiting/blockedColumns";
import type { Waiter } from "../../../src/core/waiting/queues/waiter";
import { replyKind } from "../../../src/core/waiting/replies";
import { operation } from "../../../src/core/waiting/request";
import type { Resource } from "../../../src/core/waiting/resources";
import { rowKind, type WaitRows } from "../../../src/core/waiting/rows";
import { WaitState } from "../../../src/core/waiting/waitState";
import { Interpreter } from "../../waiting/interpreter";
import type { Program, Requested } from "../../waiting/programs";

const mutexes = [1, 2];
const semaphore = 3;
const permits = 2;
const channels = [4, 5, 6];

/** What happens next: a step of the ready task at a position, or closing a task by hand. */
export interface Move {
  readonly pick: number;
  readonly close?: number | undefined;
}

/** Runs a program and checks everything after every step. */
export class Watched {
  readonly interpreter: Interpreter;
  readonly state = new WaitState();
  /** The values that were put and taken, as the tasks see them. */
  readonly put: number[] = [];
  readonly taken: number[] = [];
  readonly #holders = new Map<number, number>();
  #permits = permits;
  #rowsRead = 0;
  #cycles = new Set<string>();
  #deadlocks = 0;
  #values = new Set<number>();

  constructor(program: Program) {
    this.interpreter = new Interpreter(program, {
      gave: (task, op, value) => this.#gave(task, op, value),
      called: (task, op, on) => {
        if (op === "release") this.#released(task, on);
      },
    });
  }

  run(moves: readonly Move[], most = 300): this {
    for (let made = 0; made < most; made += 1) {
      const { pick = 0, close } = moves[made] ?? {};
      if (close === undefined) {
        if (!this.interpreter.step(pick)) break;
      } else this.interpreter.close(close);
      this.#check();
    }
    return this;
  }

  #check(): void {
    const { rows } = this.interpreter;
    for (; this.#rowsRead < rows.length; this.#rowsRead += 1) this.#replay(rows[this.#rowsRead] as WaitRows);
    this.#isTheEngines();
    this.#nobodyIsForgotten();
    this.#locksAreSomebodys();
    this.#deadlockIsCertain();
  }

  /** For every row: a task that gets a unit was the first in the queue, or the queue was empty. */
  #replay(rows: WaitRows): void {
    for (let index = 0; index < rows.kind.length; index += 1) {
      const [kind, task, object] = [rows.kind[index], rows.task[index] as number, rows.object[index] as number];
      const blocked = this.state.blockedOf(task);
      const part = kind === rowKind.part ? blocked?.parts[object] : undefined;
      const isGrant = kind === rowKind.grant || (part?.kind === rowKind.blockAcquire && rows.kind[index - 1] !== rowKind.part);
      const resource = part ? part.object : object;
      const isAfterBlock = index > 0 && (rows.kind[index - 1] as number) <= rowKind.blockPromise;
      if (isGrant && !isAfterBlock) {
        const [first] = this.state.queueOf(resource);
        assert.ok(!first || first.task === task, `task ${task} got ${resource} before task ${first?.task}`);
      }
      const one = { offset: rows.offset.slice(index, index + 1), object: rows.object.slice(index, index + 1) };
      const other = { task: rows.task.slice(index, index + 1), kind: rows.kind.slice(index, index + 1) };
      this.state.apply({ base: rows.base, ...one, ...other, numbers: rows.numbers });
    }
  }

  /** The state accumulated from the rows equals the engine's own. */
  #isTheEngines(): void {
    const { waiting, tasks } = this.interpreter;
    for (let task = 0; task < tasks; task += 1) {
      assert.deepEqual(
        partsOf(this.state.blockedOf(task)),
        waitsOf(waiting.blocked.firstOf(task)),
        `what task ${task} waits for`,
      );
      const group = waiting.blocked.groupOf(task);
      assert.equal(this.state.blockedOf(task)?.how ?? "one", group ? (group.isAny ? "any" : "all") : "one");
    }
    const queues = this.state.queues();
    for (let number = 1; number <= 7; number += 1) {
      const resource = waiting.resources.at(number) as Resource<unknown>;
      const engineQueues = resource.kind === "channel" ? [resource.putters, resource.takers] : [resource.queue];
      for (const [index, queue] of engineQueues.entries()) {
        const isMine = (kind: number): boolean =>
          resource.kind !== "channel" || kind === [rowKind.blockPut, rowKind.blockTake][index];
        const replayed = (queues.get(number) ?? []).filter(({ kind }) => isMine(kind)).map(({ task }) => task);
        assert.deepEqual(
          replayed,
          [...queue].map(({ task }) => task),
          `the queue of ${resource.name}`,
        );
      }
      const holders = this.state.holdings.of(number).map(({ task }) => task);
      if (resource.kind === "mutex") assert.deepEqual(holders, resource.holder === -1 ? [] : [resource.holder]);
      if (resource.kind === "semaphore") assert.equal(this.state.holdings.freePermits(number, permits), resource.permits);
    }
    assert.deepEqual(WaitState.unpack(JSON.parse(JSON.stringify(this.state.pack()))), this.state);
    assert.deepEqual(this.state.copy(), this.state);
  }

  /** No wake-up is lost: no task waits that could be served. */
  #nobodyIsForgotten(): void {
    const { waiting } = this.interpreter;
    for (let number = 1; number <= 7; number += 1) {
      const resource = waiting.resources.at(number) as Resource<unknown>;
      if (resource.kind === "mutex") assert.ok(resource.holder !== -1 || !resource.queue.head);
      else if (resource.kind === "semaphore") assert.ok(resource.permits === 0 || !resource.queue.head);
      else if (resource.kind === "event") assert.ok(!resource.isSet || !resource.queue.head);
      else {
        const [putters, takers] = [resource.putters, resource.takers].map((queue) => new Set([...queue].map(({ task }) => task)));
        assert.ok(resource.length === 0 || takers?.size === 0, "a value lies beside who takes");
        assert.ok(resource.length >= resource.capacity || putters?.size === 0, "a place lies beside who puts");
        // A task cannot take from its own put.
        const both = new Set([...(putters ?? []), ...(takers ?? [])]);
        assert.ok(putters?.size === 0 || takers?.size === 0 || both.size === 1, "who puts waits beside who takes");
        if (resource.isClosed) assert.equal(both.size, 0, "somebody waits for a closed channel");
      }
    }
    for (const { parts } of this.state.blocked) {
      for (const { kind, object, isServed } of parts) {
        assert.ok(isServed || kind !== rowKind.blockJoin || !this.interpreter.isOver(object), "the joined task is over");
      }
    }
  }

  /** A lock that a task acquired but did not receive is released: by `all`, or because the task was closed before. */
  #locksAreSomebodys(): void {
    const { waiting } = this.interpreter;
    for (const number of mutexes) {
      const mutex = waiting.resources.at(number);
      if (mutex?.kind !== "mutex" || mutex.holder === -1) continue;
      const isGiven = this.#holders.get(number) === mutex.holder || waiting.replies.kinds[mutex.holder] === replyKind.value;
      assert.ok(isGiven || waiting.isBlocked(mutex.holder), `${mutex.name} is nobody's`);
    }
  }

  /** The engine reports a deadlock whenever a new cycle arises of tasks that only one another can wake. */
  #deadlockIsCertain(): void {
    const cycles = new Set(this.#cyclesNow());
    const fresh = [...cycles].filter((cycle) => !this.#cycles.has(cycle));
    const told = this.interpreter.deadlocks.slice(this.#deadlocks).map(({ cycle }) => [...cycle].sort().join());
    this.#deadlocks = this.interpreter.deadlocks.length;
    this.#cycles = cycles;
    if (fresh.length === 0) assert.deepEqual(told, []);
    else assert.ok(told.length > 0 && told.every((cycle) => fresh.includes(cycle)), `${told} of ${fresh}`);
  }

  *#cyclesNow(): Generator<string> {
    const next = new Map<number, number>();
    for (const { task, parts } of this.state.blocked) {
      const [part, another] = parts.filter(({ isServed }) => !isServed);
      if (!part || another) continue;
      const isMutex = part.kind === rowKind.blockAcquire && mutexes.includes(part.object);
      const waker =
        part.kind === rowKind.blockJoin ? part.object : isMutex ? this.state.holdings.of(part.object)[0]?.task : undefined;
      if (waker !== undefined) next.set(task, waker);
    }
    for (const start of next.keys()) {
      const path = [start];
      let at = next.get(start);
      for (; at !== undefined && !path.includes(at); at = next.get(at)) path.push(at);
      if (at === start) yield path.sort().join();
    }
  }

  #gave(task: number, op: Requested, value: unknown): void {
    if (op.op === "any") {
      const [index, part] = value as [number, unknown];
      this.#gave(task, op.parts[index] as Requested, part);
    } else if (op.op === "all")
      for (const [index, part] of (value as unknown[]).entries()) this.#gave(task, op.parts[index] as Requested, part);
    else if (op.op === "acquire") this.#acquired(task, op.on);
    else if (op.op === "take" && typeof value === "number") this.#took(value);
    else if (op.op === "put") this.put.push(op.on);
  }

  #took(value: number): void {
    assert.ok(!this.#values.has(value), `${value} was taken twice`);
    this.#values.add(value);
    this.taken.push(value);
  }

  /** Two tasks never hold a mutex at the same time, and at most as many hold a permit as there are. */
  #acquired(task: number, on: number): void {
    if (on === semaphore) {
      this.#permits -= 1;
      assert.ok(this.#permits >= 0, "there are more holders than permits");
    } else {
      assert.equal(this.#holders.get(on), undefined, "two tasks hold a mutex");
      this.#holders.set(on, task);
    }
  }

  #released(task: number, on: number): void {
    if (on === semaphore) this.#permits += 1;
    else {
      assert.equal(this.#holders.get(on), task, "a mutex was released by another task");
      this.#holders.delete(on);
    }
  }

  /** The values in channels, and those taken by a part of an incomplete `all`. */
  get left(): number {
    const { waiting, tasks } = this.interpreter;
    let left = 0;
    for (const number of channels) {
      const channel = waiting.resources.at(number);
      if (channel?.kind === "channel") left += channel.length;
    }
    for (let task = 0; task < tasks; task += 1) {
      waiting.blocked.groupOf(task)?.forServed((part, value) => {
        if (part.operation === operation.take && typeof value === "number") left += 1;
      });
    }
    return left;
  }
}

function partsOf(blocked: Blocked | undefined): string[] {
  return (blocked?.parts ?? []).flatMap(({ kind, object, due, isServed }, index) =>
    isServed ? [] : [`${index} ${kind} ${object} ${due}`],
  );
}

function waitsOf(first: Waiter<unknown> | undefined): string[] {
  const waits: string[] = [];
  for (let waiter = first; waiter; waiter = waiter.sibling) {
    const isSleep = waiter.operation === operation.sleep;
    waits.push(`${waiter.part} ${waiter.operation} ${isSleep ? 0 : waiter.object} ${isSleep ? waiter.due : 0}`);
  }
  return waits.sort();
}
