import assert from "node:assert/strict";
import type { RunnerClient } from "./client";
import { runners } from "./runners";
import { endAll, start } from "./starting";

/** Where a task stands, outermost first: `function line:column`. */
async function stack(client: RunnerClient, task: number): Promise<string[]> {
  const { frames } = await client.ask("inspect", { task });
  return frames.map(({ function: name, line, column }) => `${name} ${line}:${column}`);
}

function points(client: RunnerClient): string[] {
  return client.steps.map(({ point }) => (point ? `${point.function} ${point.line}:${point.column}` : "none"));
}

for (const runner of runners) {
  describe(`${runner.language} runner, yield points`, () => {
    afterEach(endAll);

    it("are those of the innermost generator, and the stack leads to it through every delegation", async () => {
      const client = await start(runner, "points", "outer(4)");
      assert.deepEqual(await stack(client, 0), ["outer 1:8"]);
      await client.run(1, 0);
      assert.deepEqual(await stack(client, 0), ["outer 4:10", "middle 9:3"]);
      await client.run(2, 0);
      assert.deepEqual(await stack(client, 0), ["outer 4:10", "middle 11:33", "inner 17:3"]);
      await client.run(3, 0);
      assert.deepEqual(await stack(client, 0), ["outer 4:10", "middle 11:33", "inner 17:15"]);
      assert.deepEqual(await client.run(4, 0), { ran: 1, stopped: "returned" });
      assert.deepEqual(await stack(client, 0), []);
      assert.deepEqual(points(client), ["middle 9:3", "inner 17:3", "inner 17:15", "none"]);
      assert.equal(client.steps.at(-1)?.value, "4");
    });

    it("come with the locals of every frame, of blocks too, and with no names of ours", async () => {
      const client = await start(runner, "points", "outer(4)");
      await client.run(1, 0, 0);
      const { frames } = await client.ask("inspect", { task: 0 });
      const locals = frames.map((frame) => frame.locals.map(({ name, value }) => `${name}=${value.text}`));
      assert.deepEqual(locals, [
        ["n=4", "mine=8", "result=undefined"],
        ['block="b"', "list=[4]", "depth=1"],
        ["x=2", "seen=2"],
      ]);
    });

    it("are right in a tree that delegates to its branches", async () => {
      const client = await start(runner, "points", "tree()[Symbol.iterator]()");
      await client.run(1, 0);
      assert.deepEqual(await stack(client, 0), ["Tree.[Symbol.iterator] 26:20", "Tree.[Symbol.iterator] 27:5"]);
      await client.run(2, 0, 0);
      assert.deepEqual(
        client.steps.map(({ value }) => value),
        ["1", "2", "3"],
      );
      assert.deepEqual(await stack(client, 0), ["Tree.[Symbol.iterator] 28:21", "Tree.[Symbol.iterator] 27:5"]);
    });

    it("leave delegation as it is: an iterator is asked for once, and its result is the value", async () => {
      const client = await start(runner, "points", "launch()", "bad()");
      await client.run(1, 0, 0, 0, 1);
      const values = client.steps.map(({ value }) => value);
      assert.deepEqual(values.slice(0, 3), ["2", "1", '["liftoff", 1]']);
      assert.match(values[3] ?? "", /^TypeError: .*not iterable/);
      assert.deepEqual(points(client), ["launch 50:25", "launch 50:25", "launch 51:3", "bad 58:5"]);
    });

    it("name members, and belong to the task where it drives a generator by hand", async () => {
      const client = await start(runner, "points", "member.listed()", "manual()");
      await client.run(1, 0, 1);
      assert.deepEqual(points(client), ["listed 64:5", "manual 70:20"]);
    });
  });
}
