/**
 * Mistakes that involve several tasks or several instances, in both languages: the task at fault gets the error, and the others continue.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { type RunnerUnderTest, runners } from "../runners";
import { endAll, startBare } from "../starting";
import { readyTasks, results, runAll } from "./ring";

const programs: Readonly<Record<string, string>> = {
  javascript: `
    import { all, any, channel, event, mutex, sleep, spawn } from "cotasks";
    const lock = mutex("lock"), jobs = channel(0, "jobs");
    const kept = (globalThis as any).kept ??= { lock, request: lock.acquire(), shared: sleep(0) };
    export function* holds() { yield lock.acquire(); yield; lock.release(); return "given back"; }
    export function* steals() { yield; lock.release(); } // steals
    export function* ofBefore() { yield kept.request; } // ofBefore
    export function* callsBefore() { kept.lock.release(); yield; } // callsBefore
    const shared = sleep(0);
    export function* first() { yield shared; return "slept"; }
    export function* second() { yield shared; } // second
    export function* millions() { const slept = yield all(Array.from({ length: 1_000_000 }, () => sleep(0))); return slept.length; }
    function* child() { yield jobs.take(); }
    export function* swarms() { for (let n = 0; ; n += 1) try { yield spawn(child()); } catch (error) { return n + " " + error.message; } }
    export function* takes() { return yield jobs.take(); }
    export function* puts(value: number) { yield jobs.put(value); return "put"; }
    export function* locks() { return yield* lock.hold(function* () { yield; return "locked"; }); }
    export function* either() { return yield any(jobs.take(), lock.acquire()); }
    export function* both() { return yield all(lock.acquire(), jobs.take()); }
    export function* endless() { yield new Promise(() => {}); }
  `,
  python: `
import builtins, types
import cotasks
from cotasks import channel, event, mutex, sleep, spawn
from concurrent.futures import Future
lock, jobs = mutex("lock"), channel(0, "jobs")
kept = getattr(builtins, "kept", None) or types.SimpleNamespace(lock=lock, request=lock.acquire())
builtins.kept = kept
def holds():
    yield lock.acquire()
    yield
    lock.release()
    return "given back"
def steals():
    yield
    lock.release() # steals
def ofBefore():
    yield kept.request # ofBefore
def callsBefore():
    kept.lock.release() # callsBefore
    yield
shared = sleep(0)
def first():
    yield shared
    return "slept"
def second():
    yield shared # second
def millions():
    slept = yield cotasks.all([sleep(0) for _ in range(1_000_000)])
    return len(slept)
def child():
    yield jobs.take()
def swarms():
    n = 0
    while True:
        try:
            yield spawn(child())
        except Exception as error:
            return "%d %s" % (n, error)
        n += 1
def takes():
    return (yield jobs.take())
def puts(value):
    yield jobs.put(value)
    return "put"
def locks():
    def body():
        yield
        return "locked"
    return (yield from lock.hold(body))
def either():
    return (yield cotasks.any(jobs.take(), lock.acquire()))
def both():
    return (yield cotasks.all(lock.acquire(), jobs.take()))
def endless():
    yield Future()
`,
};

for (const runner of runners) {
  describe(`${runner.name} runner, mistakes among tasks`, () => {
    const text = programs[runner.language] ?? "";

    afterEach(() => {
      endAll();
      removeFolders();
    });

    async function begin(...calls: string[]): Promise<RunnerClient> {
      const client = startBare(runner as RunnerUnderTest);
      await client.hello();
      const name = `mistakes${runner.extension}`;
      await client.ask("load", { file: join(folderWith({ [name]: text }), name) });
      for (const [task, call] of calls.entries()) await client.ask("spawn", { task, call });
      return client;
    }

    /** Checks what the task threw, and that its line is the one with the task's name in a comment. */
    async function threw(client: RunnerClient, task: number, name: string, message: RegExp): Promise<void> {
      const last = client.steps.findLast((step) => step.task === task);
      assert.equal(last?.event, "threw");
      const { thrown } = await client.event("thrown", ({ step }) => step === last?.step);
      assert.match(thrown.message, message);
      const line = text.split("\n").findIndex((each) => new RegExp(`(//|#) ${name}$`).test(each)) + 1;
      assert.equal(thrown.frames.find(({ file }) => file.includes("mistakes"))?.line ?? thrown.at?.line, line);
    }

    it("are rejected if a task releases what another holds, which keeps it", async () => {
      const client = await begin("holds()", "steals()");
      assert.equal(await runAll(client, 2), "idle");
      await threw(client, 1, "steals", /^RequestError: lock was released by steals, but holds holds it\./);
      assert.match(results(client)[0] ?? "", /given back/);
    });

    it("are rejected if a request, or a lock, belongs to an earlier instance", async () => {
      for (const [name, message] of [
        ["ofBefore", /^RequestError: This request was not made by this run\./],
        ["callsBefore", /^RequestError: /],
      ] as const) {
        const client = await begin("holds()");
        await client.ask("reset", {});
        await client.ask("spawn", { task: 0, call: `${name}()` });
        assert.equal(await runAll(client, 1), "idle");
        await threw(client, 0, name, message);
      }
    });

    it("are rejected if two tasks yield one request, for the second of them", async () => {
      const client = await begin("first()", "second()");
      assert.equal(await runAll(client, 2), "idle");
      await threw(client, 1, "second", /^RequestError: This request was yielded before\./);
      assert.match(results(client)[0] ?? "", /slept/);
    });

    it("do not include a million sleepers", async () => {
      const client = await begin("millions()");
      assert.equal(await runAll(client, 1), "idle");
      assert.deepEqual(results(client), ["1000000"]);
    });

    it("are rejected if more tasks are spawned than there can be", async () => {
      const client = await begin("swarms()");
      const { stopped } = await client.ask("advance", { from: 1, plan: { ring: [0], steps: 1_000_000 } });
      assert.equal(stopped, "returned");
      assert.match(results(client)[0] ?? "", /^['"]65535 /);
    });

    it("do not include closing a waiting task: what it would have got goes to the next", async () => {
      const client = await begin("takes()", "takes()", "puts(7)");
      await client.run(1, 0);
      await client.run(2, 1);
      await client.ask("close", { from: 3, task: 0, until: [] });
      assert.deepEqual(readyTasks(client, 3), [2]);
      assert.equal(await runAll(client, 3), "idle");
      assert.deepEqual(
        results(client)
          .slice(1)
          .map((each) => each.replace(/["']/g, "")),
        ["7", "put"],
      );
    });

    for (const request of ["close", "throwInto"] as const) {
      // Its `yield` does not give the result, so nobody else could release the lock, or take the value.
      it(`do not include ${request} of a task that was served and did not run yet: what it got goes to the next`, async () => {
        const expression = runner.language === "javascript" ? "new Error('why')" : "ValueError('why')";
        const ends: Readonly<Record<string, string>> = { "locks()": "locked", "puts(7)": "put", "takes()": "7" };
        for (const calls of [
          ["locks()", "locks()"],
          ["either()", "locks()"],
          ["takes()", "puts(7)", "takes()"],
          ["both()", "puts(7)", "takes()", "locks()"],
        ]) {
          const client = await begin(...calls);
          for (const task of calls.keys()) await client.run(task + 1, task);
          const from = calls.length + 1;
          if (request === "close") await client.ask("close", { from, task: 0, until: [] });
          else await client.ask("throwInto", { from, task: 0, expression, until: [] });
          assert.equal(await runAll(client, calls.length), "idle");
          assert.deepEqual(
            results(client)
              .slice(1)
              .map((each) => each.replace(/["']/g, "")),
            calls.slice(1).map((call) => ends[call]),
            calls.join(" "),
          );
        }
      });
    }

    if (runner.language === "javascript") {
      it("do not include waiting for a promise that never settles: the plan ends as idle", async () => {
        const client = await begin("endless()");
        assert.deepEqual(await client.ask("advance", { from: 1, plan: { ring: [0], steps: 10 } }), { ran: 1, stopped: "idle" });
      });
    } else {
      it("do not include waiting for a future that is never set: the plan continues until it is paused, since a signal handler may set it", async () => {
        const client = await begin("endless()");
        const advance = client.ask("advance", { from: 1, plan: { ring: [0], steps: 10 } });
        await client.until(() => (client.waits.length > 0 ? true : undefined));
        await client.ask("pause", {});
        assert.deepEqual(await advance, { ran: 1, stopped: "paused" });
      });
    }
  });
}
