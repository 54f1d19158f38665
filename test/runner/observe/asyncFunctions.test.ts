/** Async functions of observed JavaScript programs are tasks, which the microtask queue resumes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { endAll } from "../starting";
import { alone, drivers, goOn, observe, observeFile, observersOf, shown, toTheEnd, trace, traceWithLines } from "./observing";

const typescript = `
type Method = (this: any, ...given: any[]) => any;
function logged(method: Method, { name }: ClassMethodDecoratorContext): Method {
  return function (...given) { console.log("called", String(name), given.length); return method.apply(this, given); };
}
namespace Counting {
  export async function inside(this: void, number: number): Promise<number> { await null; return number + base; }
  export const base = 4;
}
class Base<T> {
  constructor(protected readonly value: T) {}
  async join(a: string, b?: string, ...others: string[]): Promise<string> { await null; return a + b + others.join(""); }
}
class Worker extends Base<string> {
  @logged async run(a: string, b = "b"): Promise<string> { return (await super.join(a, b, this.value)) satisfies string; }
  @logged async #own(): Promise<string> { await null; return "own"; }
  own(): Promise<string> { return this.#own(); }
}
async function using(log: unknown[]): Promise<string> {
  await using own = { async [Symbol.asyncDispose]() { log.push("disposed"); } };
  await own;
  return "used";
}
async function main(): Promise<void> {
  const worker = new Worker("c");
  const log: unknown[] = [await Counting.inside(1), await worker.run("a", "b"), await worker.own()];
  log.push(await using(log));
  console.log(log);
}
main();
`;

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, async functions of an observed program`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    it("switch at each await, in the order in which microtasks resume them", async () => {
      const client = await observe(runner, "asyncTasks");
      const ending = await toTheEnd(client);
      assert.equal(ending.stdout, "statements\na,b\n");
      assert.deepEqual(
        traceWithLines(client).map((step, at) => `${step} by ${drivers(client)[at]}`),
        [
          'client/0 yielded "a 0" 4 by begin:11',
          'client/1 yielded "b 0" 4 by begin:11',
          'client/0 yielded "a 1" 4 by nobody',
          'client/1 returned "b" - by nobody',
          'client/0 returned "a" - by nobody',
        ],
      );
      const spawned = client.events.flatMap((event) => (event.event === "spawned" ? [event] : []));
      assert.deepEqual(
        spawned.map(({ step, name, begun, point }) => [step, name, begun, point?.line]),
        [
          [1, "client", undefined, 1],
          [2, "client", undefined, 1],
        ],
      );
    });

    it("switch where `for await` awaits: at each item, and where the loop ends early", async () => {
      const client = await observe(runner, "asyncLoop");
      await goOn(client, 2);
      const { frames } = await client.ask("inspect", { task: 0 });
      // Between two items there is no item, and nothing that the code does not have.
      assert.deepEqual(frames[0]?.locals, []);
      await toTheEnd(client);
      assert.deepEqual(traceWithLines(client), [
        "reads/0 yielded Promise 14",
        "reads/0 yielded Promise 14",
        "reads/0 yielded Promise 14",
        'reads/0 returned "read" -',
      ]);
    });

    it("may be those of async generators, which switch at each yield, too", async () => {
      const client = await observe(runner, "asyncGenerator");
      await goOn(client, 3);
      const { frames } = await client.ask("inspect", { task: 0 });
      assert.deepEqual(
        frames.map(({ function: name, line, locals }) => [name, line, locals.map(({ value }) => value.text)]),
        [["letters", 6, ['"b"']]],
      );
      await toTheEnd(client);
      assert.deepEqual(
        traceWithLines(client).map((step, at) => `${step} by ${drivers(client)[at]}`),
        [
          'letters/0 yielded "a" 4 by (anonymous):12',
          "letters/0 yielded Promise 5 by (anonymous):12",
          'letters/0 yielded "b" 6 by nobody',
          'letters/0 returned "over" - by (anonymous):12',
        ],
      );
    });

    it("show their variables where they are suspended, and the frames that have called them", async () => {
      const client = await observe(runner, "asyncTasks");
      await goOn(client, 2);
      const inspected = await client.ask("inspect", { task: 1 });
      const locals = inspected.frames.map((frame) => frame.locals.map(({ name, value }) => `${name}=${value.text}`).sort());
      assert.deepEqual(locals, [['name="b"', "served=0", "times=1"]]);
      assert.deepEqual(
        inspected.resumedBy?.map(({ function: name, line }) => `${name}:${line}`),
        ["(module):14", "begin:11"],
      );
      await goOn(client, 1);
      const { frames, resumedBy } = await client.ask("inspect", { task: 0 });
      assert.deepEqual([frames[0]?.line, resumedBy], [4, []]);
      assert.equal((await client.ask("evaluate", { expression: "served + times", task: 0 })).text, "3");
    });

    it("belong to the slice that calls them up to their first await, and are tasks of their own from then on", async () => {
      const client = await observe(runner, "asyncCalls");
      await toTheEnd(client);
      assert.deepEqual(
        traceWithLines(client).map((step, at) => `${step} by ${drivers(client)[at]}`),
        [
          "outer/0 yielded Promise 16 by (module):29",
          "task/2 yielded Promise 25 by (module):31",
          // They have begun in the slices of the steps before.
          'inner/1 returned "inner paused" - by nobody',
          'inner/3 returned "of a task paused" - by nobody',
          "outer/0 yielded Promise 18 by nobody",
          'task/2 returned "of a task paused" - by (anonymous):31',
          "Worker.fail/4 threw RangeError: too far 11 by nobody",
          'outer/0 returned "inner paused, too far" - by nobody',
          // A timer has called it.
          "inner/5 yielded Promise 4 by nobody",
          'inner/5 returned "later paused" - by nobody',
        ],
      );
      const begun = client.events.flatMap((event) =>
        event.event === "spawned" && event.begun ? [[event.name, event.point?.line]] : [],
      );
      assert.deepEqual(begun, [
        ["inner", 4],
        ["inner", 4],
        ["Worker.fail", 10],
      ]);
    });

    it("stay as they are where a generator cannot do the same, and are then no tasks", async () => {
      const client = await observe(runner, "asyncSloppy");
      await toTheEnd(client);
      const names = client.events.flatMap((event) => (event.event === "spawned" ? [event.name] : []));
      assert.deepEqual([...new Set(names)], ["run", "mapped", "strict", "arrow", "short"]);
    });

    it("of TypeScript are compiled with its types, decorators and namespaces", async () => {
      const folder = folderWith({ "program.ts": typescript });
      const client = await observeFile(runner, join(folder, "program.ts"));
      const { stdout } = await toTheEnd(client);
      assert.equal(stdout, "called run 2\ncalled #own 0\n[ 5, 'abc', 'own', 'disposed', 'used' ]\n");
      assert.deepEqual(
        trace(client).filter((step) => step.includes("returned")),
        [
          "Counting.inside/1 returned 5",
          // It is awaited, and has a number before the call that it makes goes on.
          'Base.join/3 returned "abc"',
          'Worker.run/2 returned "abc"',
          'Worker.#own/4 returned "own"',
          // The function that has the `using` stays as it is, and is no task itself.
          "own[Symbol.asyncDispose]/5 returned undefined",
          "main/0 returned undefined",
        ],
      );
    });

    it("are named where a slice hangs after an await", async () => {
      const client = await observe(runner, "asyncHangs");
      await goOn(client, 1);
      goOn(client, 1).catch(() => undefined);
      // On a busy machine, the first report may come before the place is known.
      const { step, task, at } = await client.event("hung", (hung) => hung.step > 0 && hung.at !== undefined);
      assert.deepEqual([step, task, at?.line, at?.function], [2, 0, 3, "hanging"]);
    });

    it("are no more tasks than a trace can hold, and go on as before beyond that", async () => {
      const client = await observe(runner, "asyncMany");
      client.keepSteps = "count";
      const { code, stdout } = await toTheEnd(client);
      assert.deepEqual([code, stdout], [0, "ends\n"]);
      assert.equal(client.events.filter(({ event }) => event === "spawned").length, 65_536);
    });

    for (const program of [
      "asyncTasks",
      "asyncCalls",
      "asyncForms",
      "asyncLoops",
      "asyncGenerators",
      "asyncSloppy",
      "asyncHostile",
      "asyncOrder",
      "asyncRejected",
    ]) {
      it(`do and print the same as alone, whether or not each switch is a request: ${program}`, async () => {
        const expected = shown(runner, alone(runner, program));
        assert.deepEqual(shown(runner, await toTheEnd(await observe(runner, program))), expected);
        assert.deepEqual(shown(runner, await toTheEnd(await observe(runner, program), 1)), expected);
      });
    }
  });
}
