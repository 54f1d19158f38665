// The Python port of the engine, tested on its own, behaves like core. Includes sleepers, with a separate clock.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import fc from "fast-check";
import { decodeWaits, encodeWaits } from "../../../src/protocol/waits";
import { Interpreter, type Step } from "../../waiting/interpreter";
import { programs } from "../../waiting/programs";
import { everyRunner } from "../runners";

interface Made {
  readonly rows: readonly string[];
  readonly steps: readonly (readonly [number, Step["event"], string])[];
  readonly states: readonly string[];
}

const files = ["dist/runner/python", "dist/runner/python/cotasks", "test/fixtures/runner/python/waiting/program.py"].map((file) =>
  resolve(file),
);

const given = fc.record({ program: programs(), picks: fc.array(fc.nat(9), { maxLength: 60 }) });

/** As many as the interpreter in Python makes at most. */
const mostSteps = 500;

/** Times of sleeps are converted to seconds in Python, so their last digit may differ. */
function written(payload: Uint8Array): string {
  const { base, offset, object, task, kind, numbers } = decodeWaits(payload);
  return JSON.stringify([base, [...offset], [...object], [...task], [...kind], [...numbers].map((each) => each.toFixed(6))]);
}

for (const { name, language, command } of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${name}, the engine of ${language}`, () => {
    it("behaves like core for random programs and orders", () => {
      const sample = fc.sample(given, 400);
      const input = sample.map((each) => JSON.stringify(each)).join("\n");
      const args = ["-B", resolve("test/fixtures/waiting/interpreter.py"), ...files];
      const { stdout, stderr } = spawnSync(command[0] ?? "", args, { input, encoding: "utf8", maxBuffer: 1 << 28 });
      assert.equal(stderr, "");
      const made = stdout
        .trimEnd()
        .split("\n")
        .map((line): Made => JSON.parse(line));
      for (const [index, { program, picks }] of sample.entries()) {
        const core = new Interpreter(program);
        const coreStates: string[] = [];
        for (let goesOn = true; goesOn && core.steps.length < mostSteps; ) {
          coreStates.push(core.engineState());
          goesOn = core.step(picks[core.steps.length]);
        }
        const { rows = [], steps = [], states = [] } = made[index] ?? {};
        const told = JSON.stringify({ program, picks });
        assert.deepEqual(
          rows.map((each) => written(Buffer.from(each, "hex"))),
          core.rows.map((each) => written(encodeWaits(each))),
          told,
        );
        assert.deepEqual(states, coreStates, told);
        assert.deepEqual(
          steps,
          core.steps.map(({ task, event, text }) => [task, event, text]),
          told,
        );
      }
    });
  });
}
