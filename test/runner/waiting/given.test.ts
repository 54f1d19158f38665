/**
 * What the `yield` of a task gave in its last step, as `inspect` tells it: the value that was sent by hand, or the result of a wait.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { goOn, observe, observersOf } from "../observe/observing";
import { runners } from "../runners";
import { endAll, startBare } from "../starting";

const programs: Readonly<Record<string, string>> = {
  javascript: `
    import { channel } from "cotasks";
    const jobs = channel(1, "jobs");
    export function* takes() { yield 1; for (;;) yield yield jobs.take(); }
    export function* puts() { yield jobs.put([1, 2]); yield; }
  `,
  python: `
from cotasks import channel
jobs = channel(1, "jobs")
def takes():
    yield 1
    while True:
        yield (yield jobs.take())
def puts():
    yield jobs.put([1, 2])
    yield
`,
};

const got = async (client: RunnerClient, task: number) => (await client.ask("inspect", { task })).got;

for (const runner of runners) {
  describe(`${runner.name} runner, what a yield gave`, () => {
    let client: RunnerClient;

    beforeEach(async () => {
      client = startBare(runner);
      await client.hello();
      const name = `given${runner.extension}`;
      await client.ask("load", { file: join(folderWith({ [name]: programs[runner.language] ?? "" }), name) });
      await client.ask("spawn", { task: 0, call: "takes()" });
      await client.ask("spawn", { task: 1, call: "puts()" });
    });

    afterEach(() => {
      endAll();
      removeFolders();
    });

    it("is the value that was sent, until the next step", async () => {
      await client.run(1, 0);
      assert.equal(await got(client, 0), undefined);
      await client.ask("send", { from: 2, task: 0, expression: "1 + 1" });
      assert.deepEqual([await got(client, 0), await got(client, 1)], ["2", undefined]);
      await client.run(3, 1);
      assert.equal(await got(client, 0), undefined);
    });

    it("is the result of a wait", async () => {
      await client.run(1, 0);
      await client.run(2, 0);
      await client.run(3, 1); // puts, which wakes the task that takes
      await client.run(4, 0);
      assert.deepEqual([await got(client, 0), client.steps.at(-1)?.value], ["[1, 2]", "[1, 2]"]);
      await client.run(5, 1); // a put gives nothing
      assert.equal(await got(client, 1), undefined);
    });
  });
}

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, what a yield gave in an observed program`, () => {
    afterEach(endAll);

    it("is what its driver has sent", async () => {
      const client = await observe(runner, "sends");
      await goOn(client, 1);
      assert.equal(await got(client, 0), undefined);
      await goOn(client, 1);
      assert.equal(await got(client, 0), '"go 1"');
    });
  });
}
