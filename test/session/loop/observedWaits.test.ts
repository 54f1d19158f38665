/** What tasks of an observed asyncio program wait for, as the panel shows it. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import * as v from "valibot";
import { View } from "../../../src/protocol/panel";
import { searchWarnings } from "../../../src/session/analysis/warnings";
import type { Session } from "../../../src/session/session";
import { blockedOutcome } from "../../../src/session/view/scheduleOutcome";
import { viewOf } from "../../../src/session/view/view";
import { sessionOn, stopAll } from "../sessions";

const file = resolve("test/fixtures/observe/python/awaiting.py");

/** The view, which must match the panel's schema. */
function seen(session: Session): View {
  return v.parse(View, structuredClone(viewOf(session)));
}

/** A sentence with the names of tasks and resources. */
function told({ tasks, waiting }: View, task: number): string {
  const { waits } = tasks.find(({ id }) => id === task) ?? {};
  return (waits?.sentence ?? [])
    .map((each) => {
      if ("text" in each) return each.text;
      if ("task" in each) return tasks.find(({ id }) => id === each.task)?.name;
      return waiting?.resources.find(({ id }) => id === each.resource)?.name;
    })
    .join("");
}

function states(view: View): string[] {
  return view.tasks.map(({ id, name, state }) => [name, state, told(view, id)].join(" ").trim());
}

describe("a session of an observed JavaScript program with async functions", () => {
  afterEach(stopAll);

  it("shows what each task waits for, with the graph of it, and claims no deadlock", async () => {
    const program = resolve("test/fixtures/observe/javascript/awaiting.cjs");
    const session = await sessionOn(program, { observed: { arguments: ["all"] } });
    await session.open();
    await session.step();
    const view = seen(session);
    assert.deepEqual(states(view), [
      "programs.all blocked waits for all of these: for the end of load, for the end of load #2, for a time",
      "load blocked sleeps",
      "load #2 blocked sleeps",
    ]);
    assert.deepEqual(view.waiting?.tasks, [0, 1, 2]);
    assert.equal(view.waiting?.edges.filter(({ kind }) => kind === "joined").length, 2);
    const mutual = await sessionOn(program, { observed: { arguments: ["mutual"] } });
    await mutual.open();
    for (let time = 0; time < 3; time += 1) await mutual.step();
    const stuck = seen(mutual);
    assert.deepEqual(states(stuck).slice(1), [
      "wait blocked waits for the end of wait #2",
      "wait #2 blocked waits for the end of wait",
    ]);
    assert.deepEqual([stuck.waiting?.cycles, stuck.waiting?.stuck], [[], []]);
    assert.deepEqual((await searchWarnings(mutual.run)).warnings, []);
  });
});

describe("a session of an observed program of asyncio", () => {
  afterEach(stopAll);

  async function observed(...given: string[]): Promise<Session> {
    const session = await sessionOn(file, { observed: { arguments: given } });
    await session.open();
    return session;
  }

  async function step(session: Session, times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) await session.step();
  }

  it("shows what each task waits for, now and at past steps, with the graph of it", async () => {
    const session = await observed("everything");
    await step(session, 6);
    const view = seen(session);
    assert.deepEqual(states(view), [
      "everything blocked waits for all of these: for the end of holder, for the end of next_holder, for the end of taker, for the end of sleeper, for the end of waiter",
      "holder blocked waits for opened",
      "next_holder blocked waits for lock, which holder holds",
      "taker blocked waits to take from jobs",
      "sleeper blocked sleeps",
      "waiter blocked waits for opened",
    ]);
    const { tasks = [], resources = [], edges = [], cycles, stuck } = view.waiting ?? {};
    assert.deepEqual(tasks, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(
      resources.map(({ name, kind, free }) => [name, kind, free]),
      [
        ["lock", "semaphore", 0],
        ["opened", "event", undefined],
        ["jobs", "channel", undefined],
      ],
    );
    assert.equal(edges.filter(({ kind }) => kind === "joined").length, 5);
    assert.equal(edges.filter(({ kind }) => kind === "wanted").length, 4);
    assert.deepEqual([cycles, stuck], [[], []]);
    session.select(3);
    assert.deepEqual(states(seen(session)).slice(1, 5), [
      "holder blocked waits for opened",
      "next_holder blocked waits for lock, which holder holds",
      "taker created",
      "sleeper created",
    ]);
  });

  it("shows what processes of SimPy wait for, who holds it, and the time of the simulation", async function () {
    if (!existsSync("/usr/lib/python3/dist-packages/simpy")) this.skip();
    const session = await sessionOn(resolve("test/fixtures/observe/python/simpyEvents.py"), { observed: { arguments: [] } });
    await session.open();
    await step(session, 6);
    assert.deepEqual(states(seen(session)), [
      "customer ready",
      "customer #2 blocked waits for the first of these: for counter, for a time",
      "customer #3 blocked waits for the first of these: for counter, for a time",
      "tanker blocked sleeps",
      "car blocked waits to take from tank",
      "waiter blocked waits for all of these: for the end of customer, for the end of customer #2, for the end of customer #3",
    ]);
    const { waiting, simulated } = seen(session);
    const counter = waiting?.resources.find(({ name }) => name === "counter");
    assert.deepEqual([counter?.holders.map(({ task }) => task), counter?.free, simulated], [[0], 0, 0]);
    await step(session, 7);
    // The second customer has given up, and the first one has left: the counter is handed on before the next step.
    assert.equal(seen(session).simulated, 3);
    session.select(12);
    assert.equal(seen(session).simulated, 2);
    assert.equal(told(seen(session), 2), "waits for the first of these: for counter, for a time");
  });

  it("claims no deadlock and no lost waker, since the event loop can be woken from outside", async () => {
    const session = await observed("mutual");
    await step(session, 3);
    const view = seen(session);
    assert.deepEqual(states(view).slice(1), [
      "joining blocked waits for the end of joining #2",
      "joining #2 blocked waits for the end of joining",
    ]);
    assert.deepEqual([view.waiting?.cycles, view.waiting?.stuck], [[], []]);
    assert.deepEqual(blockedOutcome(session), {});
    assert.deepEqual((await searchWarnings(session.run)).warnings, []);
  });
});
