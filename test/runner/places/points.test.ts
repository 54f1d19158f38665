import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, programFile, start } from "../starting";

/** Where a task is suspended, outermost first: `function line:column`. */
async function stack(client: RunnerClient, task: number): Promise<string[]> {
  const { frames } = await client.ask("inspect", { task });
  return frames.map(({ function: name, line, column }) => `${name} ${line}:${column}`);
}

function points(client: RunnerClient): string[] {
  return client.steps.map(({ point }) => (point ? `${point.function} ${point.line}:${point.column}` : "none"));
}

/** The place of a piece of code in the program `points`, which is the same in every language. */
function at(runner: RunnerUnderTest, name: string, code: string): string {
  const lines = readFileSync(programFile(runner, "points"), "utf8").split("\n");
  const written = code.replace("DELEGATE", runner.words.delegate);
  const line = lines.findIndex((text) => text.includes(written));
  return `${name} ${line + 1}:${(lines[line]?.indexOf(written) ?? 0) + 1}`;
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, yield points`, () => {
    afterEach(endAll);

    it("are those of the innermost generator, with a stack through every delegation", async () => {
      const client = await start(runner, "points", "outer(4)");
      const outer = at(runner, "outer", "DELEGATE middle");
      const list = at(runner, "middle", `DELEGATE ${runner.language === "python" ? "items" : "list"}`);
      const middle = at(runner, "middle", "DELEGATE inner");
      const [first, second] = [at(runner, "inner", "yield seen"), at(runner, "inner", "yield seen * 10")];
      assert.match((await stack(client, 0)).join(), /^outer 1:/);
      await client.run(1, 0);
      assert.deepEqual(await stack(client, 0), [outer, list]);
      await client.run(2, 0);
      assert.deepEqual(await stack(client, 0), [outer, middle, first]);
      await client.run(3, 0);
      assert.deepEqual(await stack(client, 0), [outer, middle, second]);
      assert.deepEqual(await client.run(4, 0), { ran: 1, stopped: "returned" });
      assert.deepEqual(await stack(client, 0), []);
      assert.deepEqual(points(client), [list, first, second, "none"]);
      assert.deepEqual(
        client.steps.map(({ value }) => value),
        ["4", "2", "20", "4"],
      );
    });

    it("are correct in a tree that delegates to its branches", async () => {
      const client = await start(runner, "points", runner.words.walkTree);
      const { walker } = runner.words;
      const [left, own, right] = ["DELEGATE THIS.left", "yield THIS.value", "DELEGATE THIS.right"].map((code) =>
        at(runner, walker, code.replace("THIS", runner.language === "python" ? "self" : "this")),
      );
      await client.run(1, 0);
      assert.deepEqual(await stack(client, 0), [left, own]);
      await client.run(2, 0, 0);
      assert.deepEqual(
        client.steps.map(({ value }) => value),
        ["1", "2", "3"],
      );
      assert.deepEqual(await stack(client, 0), [right, own]);
    });

    it("have the locals of every frame", async () => {
      const client = await start(runner, "points", "outer(4)");
      await client.run(1, 0, 0);
      const { frames } = await client.ask("inspect", { task: 0 });
      const locals = frames.map((frame) => frame.locals.map(({ name, value }) => `${name}=${value.text}`));
      assert.ok(["n=4", "mine=8"].every((local) => locals[0]?.includes(local)));
      assert.ok(locals[1]?.includes("depth=1"));
      assert.deepEqual(locals[2]?.sort(), ["seen=2", "x=2"]);
    });
  });
}

for (const runner of everyRunner.filter(({ language }) => language === "javascript")) {
  describe(`${runner.name} runner, yield points of JavaScript`, () => {
    afterEach(endAll);

    it("have the locals of every frame, including blocks, and no names of the runner", async () => {
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

    it("do not change delegation: an iterator is requested once, and its result is the value", async () => {
      const client = await start(runner, "points", "launch()", "bad()");
      await client.run(1, 0, 0, 0, 1);
      const values = client.steps.map(({ value }) => value);
      assert.deepEqual(values.slice(0, 3), ["2", "1", '["liftoff", 1]']);
      assert.match(values[3] ?? "", /^TypeError: .*not iterable/);
      assert.deepEqual(points(client), ["launch 50:25", "launch 50:25", "launch 51:3", "bad 58:5"]);
    });

    it("include member names, and belong to a task that resumes the generator itself", async () => {
      const client = await start(runner, "points", "member.listed()", "manual()");
      await client.run(1, 0, 1);
      assert.deepEqual(points(client), ["member.listed 64:5", "manual 70:20"]);
    });
  });
}
