import assert from "node:assert/strict";
import { endAll } from "../starting";
import { alone, observe, observersOf, toTheEnd } from "./observing";

const ways = ["", "exit", "message", "raise", "hook", "_exit", "keyboard"];

for (const runner of observersOf("python")) {
  describe(`${runner.name} runner, an observed program`, () => {
    afterEach(endAll);

    for (const way of ways) {
      it(`sees, prints and ends the same as without a runner: ${way || "falls off its end"}`, async () => {
        const args = way ? [way] : [];
        const client = await observe(runner, "surroundings", ...args);
        assert.deepEqual(await toTheEnd(client), alone(runner, "surroundings", ...args));
        assert.equal(client.steps.length, 3, "all of its steps are sent");
        assert.equal(
          client.events.filter(({ event }) => event === "uncaught").length,
          ["raise", "hook", "keyboard"].includes(way) ? 1 : 0,
        );
      });
    }

    for (const program of [
      "roundRobin",
      "asynchronous",
      "delegating",
      "throwing",
      "handling",
      "forked",
      "deleting",
      "suspended",
    ]) {
      it(`prints the same at full speed, and when each switch is a request: ${program}`, async () => {
        const expected = alone(runner, program);
        assert.deepEqual(await toTheEnd(await observe(runner, program)), expected);
        assert.deepEqual(await toTheEnd(await observe(runner, program), 1), expected);
      });
    }
  });
}
