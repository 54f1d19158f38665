import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { refusal } from "../refusal";
import { everyRunner } from "../runners";
import { endAll, start, startBare } from "../starting";

for (const runner of everyRunner) {
  describe(`${runner.name} runner, generators that were resumed before they became tasks`, () => {
    afterEach(endAll);

    it("are distinguished from others, and shown where they are suspended", async () => {
      const client = await start(runner, "primed");
      const [echo, outer, fresh] = [
        await client.ask("spawn", { task: 0, call: "echo()" }),
        await client.ask("spawn", { task: 1, call: "outer()" }),
        await client.ask("spawn", { task: 2, call: "fresh()" }),
      ];
      assert.deepEqual([echo.begun, outer.begun, fresh.begun ?? false], [true, true, false]);
      // The yield points are at `yield got`, and at the `yield "asked"` of the generator that `outer` delegates to.
      const { frames, value } = await client.ask("inspect", { task: 0 });
      assert.equal(frames[0]?.line, echo.point?.line);
      assert.equal(value, undefined, "It yielded nothing as a task.");
      assert.equal(outer.point?.function, "inner");
      assert.equal((await client.ask("inspect", { task: 1 })).frames.at(-1)?.line, outer.point?.line);
    });

    it("can be sent a value, or resumed without one", async () => {
      const client = await start(runner, "primed", "echo()", "echo()", "outer()");
      assert.deepEqual(await client.ask("send", { from: 1, task: 0, expression: "7" }), { ran: 1, stopped: "completed" });
      assert.deepEqual(await client.run(2, 1), { ran: 1, stopped: "completed" });
      assert.deepEqual(await client.ask("send", { from: 3, task: 2, expression: "8" }), { ran: 1, stopped: "returned" });
      assert.deepEqual(
        client.steps.map(({ event, value }) => `${event} ${value}`),
        ["yielded 7", `yielded ${runner.words.nothing}`, "returned 8"],
      );
    });

    it("are rejected if they have ended, or are a task already", async () => {
      const client = await start(runner, "primed", "shared");
      const over = await refusal(client.ask("spawn", { task: 1, call: "spent()" }));
      assert.equal(over.code, "call");
      assert.match(over.message, /has already ended/);
      const again = await refusal(client.ask("spawn", { task: 1, call: "shared" }));
      assert.match(again.message, /already the task "fresh"/);
      await client.ask("spawn", { task: 1, call: "fresh()" });
      await client.run(1, 0, 1);
    });
  });
}

describe("javascript runner, generators of packages, which have no yield marks", () => {
  afterEach(() => {
    endAll();
    removeFolders();
  });

  const [javascript] = everyRunner;
  const library = `
    exports.plain = function* plain() { yield yield; };
    exports.complex = function* complex({ a } = { a: 1 }, ...rest) {
      yield yield; };
    exports.Class = class { *[(() => "method")()](a = 2) { yield yield; } };
  `;
  const program = `
    const { plain, complex, Class } = require("library");
    const primed = (generator) => (generator.next(), generator);
  `;

  for (const call of ["plain()", "complex()", "new Class().method()"]) {
    it(`are checked for whether ${call} was resumed`, async () => {
      const folder = folderWith({ "program.cjs": program, "node_modules/library/index.js": library });
      const client = startBare(javascript as (typeof everyRunner)[0]);
      await client.hello();
      await client.ask("load", { file: join(folder, "program.cjs") });
      assert.equal((await client.ask("spawn", { task: 0, call })).begun, undefined);
      assert.equal((await client.ask("spawn", { task: 1, call: `primed(${call})` })).begun, true);
      const failure = await refusal(client.ask("send", { from: 1, task: 0, expression: "7" }));
      assert.match(failure.message, /not resumed yet/);
      await client.ask("send", { from: 1, task: 1, expression: "7" });
      assert.equal(client.steps[0]?.value, "7");
    });
  }
});
