// An interrupt throws into the code of the request that it names, and does nothing else, at whatever moment it comes.
import assert from "node:assert/strict";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Refused } from "../client";
import { folderWith, removeFolders } from "../folder";
import { everyRunner, runners } from "../runners";
import { endAll, start, startBare } from "../starting";

const listening = `
  function* listens() {
    process.on("SIGINT", () => {});
    for (const began = performance.now(); performance.now() - began < 3_000; );
    yield "heard";
  }`;

describe("javascript runner, interrupts", () => {
  afterEach(() => {
    endAll();
    removeFolders();
  });

  it("only reach the program if it begins to listen to the signal itself", async () => {
    const [runner] = runners;
    assert.ok(runner);
    const client = startBare(runner);
    await client.hello();
    await client.ask("load", { file: join(folderWith({ "listens.js": listening }), "listens.js") });
    await client.ask("spawn", { task: 0, call: "listens()" });
    const running = client.run(1, 0);
    await client.hungInStep();
    client.interrupt();
    assert.deepEqual(await running, { ran: 1, stopped: "completed" });
    assert.deepEqual(await client.run(2, 0), { ran: 1, stopped: "returned" });
  });
});

/** How many short evaluations are interrupted: without a handshake, one in two hundred ended the process. */
const tries = 600;

for (const runner of everyRunner) {
  describe(`${runner.name} runner, interrupts`, () => {
    afterEach(endAll);

    const text = runner.language === "python" ? "sum(range(2000))" : "Array.from({ length: 2000 }).fill(1).length";

    it("do not end the process when they come as an evaluation begins or ends by itself", async () => {
      const client = await start(runner, "tasks", "count(3)");
      let next = 0;
      for (let tried = 0; tried < tries; tried += 1) {
        const evaluated = client.ask("evaluate", { expression: text });
        // From at once to when the answer is certainly there, in equal steps.
        for (const began = performance.now(); performance.now() - began < next; );
        next = (next + 0.01) % 1.5;
        client.interrupt();
        const failure = await evaluated.then(
          () => undefined,
          (error: unknown) => (error instanceof Refused ? error.failure.code : error),
        );
        if (failure !== undefined) assert.equal(failure, "interrupted");
      }
      assert.deepEqual(await client.run(1, 0), { ran: 1, stopped: "completed" });
    });

    it("do not throw into the code of another request", async () => {
      const client = await start(runner, "tasks", "count(3)");
      const first = client.ask("evaluate", { expression: text });
      const running = client.run(1, 0, 0);
      // All of them name the first request. They come while it runs, or the other one, or after both.
      for (let time = 0; time < 20; time += 1) client.interrupt();
      await first.catch(() => undefined);
      assert.deepEqual(await running, { ran: 2, stopped: "completed" });
    });
  });
}
