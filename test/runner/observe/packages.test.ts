/** Observed programs that are driven by packages of others go on as they do alone, under real and under virtual time. */
import assert from "node:assert/strict";
import { endAll, startObserver } from "../starting";
import { alone, observedFile, observersOf, shown, toTheEnd, trace } from "./observing";
import { waitRows } from "./waitRows";

for (const runner of observersOf("javascript")) {
  describe(`${runner.name} runner, observed programs that use packages`, () => {
    afterEach(endAll);

    for (const time of [undefined, { virtual: 1, seed: 1 }]) {
      it(`run a pool of p-limit, under ${time ? "virtual" : "real"} time`, async () => {
        const client = startObserver(runner);
        await client.hello();
        await client.ask("observe", { file: observedFile(runner, "pool.mjs"), arguments: [], ...(time ? { time } : {}) });
        assert.deepEqual(shown(runner, await toTheEnd(client)), shown(runner, alone(runner, "pool.mjs")));
        assert.deepEqual(
          trace(client)
            .filter((step) => !step.includes("yielded"))
            .map((step) => step.replace(/\d+ /, "")),
          ['job/returned "b"', "job/threw Error: c failed", 'job/returned "a"', 'job/returned "d"', 'job/returned "e"'],
        );
        // Each job sleeps once.
        assert.equal(waitRows(client).filter((row) => row.includes("blockSleep")).length, 5);
      });
    }
  });
}
