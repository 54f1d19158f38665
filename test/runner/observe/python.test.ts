import assert from "node:assert/strict";
import { refusal } from "../refusal";
import { endAll, programFile, startObserver } from "../starting";
import { drivers, observe, observedFile, observersOf, toTheEnd, traceWithLines } from "./observing";

for (const runner of observersOf("python")) {
  describe(`${runner.name} runner, an observed program`, () => {
    afterEach(endAll);

    it("shows coroutines that asyncio resumes, cancels and fails, with the user's own frame as their driver", async () => {
      const client = await observe(runner, "asynchronous");
      await toTheEnd(client);
      const steps = traceWithLines(client).map((each) =>
        each.replace(/<.*>/, "…").replace(/CancelledError\(.*\)/, "CancelledError()"),
      );
      // Those that are gathered have the first numbers, since somebody waits for them before any has begun.
      assert.deepEqual(steps, [
        "main/0 yielded … 34",
        "endless/4 yielded … 26",
        "worker/1 yielded None 5",
        "worker/2 yielded None 5",
        "failing/3 yielded None 17",
        "worker/1 yielded None 5",
        "worker/2 returned 'b' -",
        "failing/3 yielded None 19",
        "worker/1 returned 'a' -",
        "failing/3 threw ValueError('failed') 20",
        "main/0 yielded … 36",
        "endless/4 yielded None 28",
        "endless/4 threw CancelledError() 26",
        "main/0 returned None -",
      ]);
      assert.deepEqual(new Set(drivers(client)), new Set(["<module>:39"]));
    });

    it("names the tasks of asyncio as the program has named them", async () => {
      const client = await observe(runner, "named");
      assert.equal((await toTheEnd(client)).code, 0);
      const spawned = client.events.flatMap((event) => (event.event === "spawned" ? [`${event.name} ${event.call}`] : []));
      // One name would break a line, one task was given none.
      assert.deepEqual(spawned, [
        "main main(…)",
        "reader worker(…)",
        "reader worker(…)",
        "worker worker(…)",
        "worker worker(…)",
        "own kind worker(…)",
      ]);
    });

    it("tells a yield of None from an exception, and what closes a task from the collector", async () => {
      const client = await observe(runner, "throwing");
      await toTheEnd(client);
      assert.deepEqual(traceWithLines(client).slice(4), [
        "clean/0 yielded None 8",
        "clean/0 yielded None 11",
        "stubborn/1 yielded None 19",
        "stubborn/1 yielded None 19",
        "stubborn/1 yielded None 19",
        "fails/2 threw ValueError(\"invalid literal for int() with base 10: 'x'\") 27",
        "ends/3 threw RuntimeError('generator raised StopIteration') 34",
        "stubborn/1 threw OSError('no') 19",
        "clean/4 yielded 1 6",
        "clean/5 yielded 1 6",
      ]);
    });

    it("makes tasks of what is stepped, and none of what is iterated over", async () => {
      const client = await observe(runner, "resuming");
      await toTheEnd(client);
      assert.deepEqual(traceWithLines(client), [
        "g/0 yielded 0 3",
        "Worker.run/1 yielded 0 3",
        "g/0 yielded 1 3",
        "Worker.run/1 yielded 1 3",
        "co/2 yielded 'sw' 11",
        "co/2 returned 5 -",
        "g/3 yielded 0 3",
        "<lambda>/4 yielded 1 28",
        "lam/5 yielded 1 29",
        "g/6 yielded 0 3",
        "g/7 yielded 1 3",
        "deep/8 yielded 'deep' 40",
      ]);
      const begun = client.events.filter((each) => each.event === "spawned" && each.begun);
      assert.deepEqual(
        begun.map((each) => each.event === "spawned" && [each.task, each.point?.line]),
        [[7, 3]],
      );
    });

    it("records of tasks that yield, delegate, handle and end in any order what the program itself sees of them", async () => {
      const client = await observe(runner, "mixed");
      const { stdout } = await toTheEnd(client);
      assert.deepEqual(traceWithLines(client), stdout.trimEnd().split("\n"));
    });

    it("attributes what slices and the code between them write past the printing functions", async () => {
      const client = await observe(runner, "writes");
      await toTheEnd(client);
      assert.equal(client.steps.length, 100);
      for (const turn of [0, 1, 30]) {
        assert.equal(client.printed("stdout", 2 * turn + 1), `a${turn} ${turn}\nchild\n`);
        assert.equal(client.printed("stdout", 2 * turn + 2), `b${turn} ${turn}\nchild\ndriver\n`);
      }
    });

    it("sleeps in virtual time, and shows no task of another thread", async () => {
      const client = startObserver(runner);
      await client.hello();
      const time = { virtual: 1, seed: 1 };
      await client.ask("observe", { file: observedFile(runner, "clocks"), arguments: [], time });
      await toTheEnd(client);
      const values = client.steps.map(({ value }) => value);
      assert.deepEqual(values.slice(0, 4), ["2.0", "4.001", "6.002", "8.003"]);
      assert.equal(values.length, 6);
    });

    it("is refused if it cannot be compiled", async () => {
      const client = startObserver(runner);
      await client.hello();
      const file = programFile(runner, "syntax");
      assert.equal((await refusal(client.ask("observe", { file, arguments: [] }))).code, "syntax");
    });

    it("shows the user's generators that a library resumes, or that it awaits, and none of its own", async () => {
      const client = await observe(runner, "library");
      await toTheEnd(client);
      assert.deepEqual(traceWithLines(client), [
        "clock/0 yielded 'a' 12",
        "clock/1 yielded 'b' 12",
        "clock/0 yielded 'a' 12",
        "clock/1 yielded 'b' 12",
        "inner/2 yielded None 16",
        "inner/2 returned 1 -",
      ]);
      assert.deepEqual(drivers(client).slice(3), ["<module>:20", "<module>:22", "<module>:22"]);
    });

    it("leaves out tasks beyond what the trace can number", async function () {
      this.timeout(60_000);
      const client = await observe(runner, "many");
      const { stdout } = await toTheEnd(client, 1_000_000);
      assert.equal(stdout, "70000\n");
      assert.equal(client.steps.length, 65_536 + 1);
      assert.equal(client.steps.at(-1)?.task, 0);
    });
  });
}
