/** An observed program ends as it would without a runner, and cannot tell that it is watched. */
import assert from "node:assert/strict";
import { endAll } from "../starting";
import { alone, observe, observersOf, shown, toTheEnd, trace } from "./observing";

/** The programs of all languages, and those of single ones. */
const common = ["roundRobin", "taskThrows", "uncaught", "exits", "abrupt"];
const others: Readonly<Record<string, readonly string[]>> = {
  javascript: [
    "main",
    "main.mjs",
    "order",
    "closing",
    "failing.mjs",
    "requires.mjs",
    "package/named.js",
    "rejected.mjs",
    "text",
    "rejectedNumber",
    "unsettled.mjs",
    "handled",
    "patched",
  ],
};

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, the end of an observed program`, () => {
    afterEach(endAll);

    for (const program of [...common, ...(others[runner.language] ?? [])]) {
      it(`shows the same output, errors and exit code: ${program}`, async () => {
        const client = await observe(runner, program, "one", "two words");
        const ending = await toTheEnd(client);
        assert.deepEqual(shown(runner, ending), shown(runner, alone(runner, program, "one", "two words")));
        assert.ok(!client.events.some(({ event }) => event === "fatal"));
      });
    }

    it("tells of an uncaught exception", async () => {
      const client = await observe(runner, "uncaught");
      await toTheEnd(client);
      const { step, thrown } = await client.event("uncaught");
      assert.equal(step, 2);
      assert.match(thrown.message, /too far/);
      assert.equal(thrown.at?.line, 5);
      assert.match(trace(client)[1] ?? "", /threw/);
    });

    it("keeps the steps that were recorded before an abrupt end", async () => {
      const client = await observe(runner, "abrupt");
      assert.equal((await toTheEnd(client)).code, 5);
      assert.equal(client.steps.length, 2);
    });

    it("attributes the output of a slice that ends the process", async () => {
      const client = await observe(runner, "exits");
      assert.equal((await toTheEnd(client)).code, 3);
      assert.equal(client.printed("stdout", 2), "in the slice\nexit 3\n");
      assert.equal(client.steps.length, 1);
    });
  });
}
