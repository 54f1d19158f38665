// An interrupt ends an observed JavaScript program where it hangs: its last step says so, and so does what it prints.
import assert from "node:assert/strict";
import { endAll } from "../starting";
import { goOn, observe, observersOf, trace } from "./observing";

const [runner] = observersOf("javascript");
assert.ok(runner);

interface Hanging {
  readonly what: string;
  readonly program: string;
  readonly steps: readonly string[];
  /** The last step, if a task hangs. */
  readonly task?: string;
  readonly frames: readonly string[];
}

const hanging: readonly Hanging[] = [
  {
    what: "a generator",
    program: "hangs",
    steps: ["hanging/0 yielded 1"],
    task: "hanging/0",
    frames: ["hanging:3", "Object.<anonymous>:7"],
  },
  {
    what: "an async function",
    program: "asyncHangs",
    steps: ["hanging/0 yielded 1"],
    task: "hanging/0",
    frames: ["hanging:3"],
  },
  {
    what: "a function that a generator calls, with a scheduler that is a timer",
    program: "helperHangs",
    steps: ['work/0 yielded "soon"'],
    task: "work/0",
    frames: ["spin:2", "work:7", "Timeout._onTimeout:14"],
  },
  {
    what: "the scheduler, between two steps",
    program: "schedulerHangs",
    steps: ["work/0 yielded 1"],
    frames: ["schedule:7", "Object.<anonymous>:9"],
  },
  {
    what: "the scheduler, which resumes again and again what has ended",
    program: "schedulerRepeats",
    steps: ["work/0 yielded 1", 'work/0 returned "over"'],
    frames: ["schedule:6", "Object.<anonymous>:8"],
  },
];

describe("javascript runner, an interrupt of an observed program", () => {
  afterEach(endAll);

  for (const { what, program, steps, task, frames } of hanging) {
    it(`ends what hangs: ${what}`, async () => {
      const client = await observe(runner, program);
      const running = goOn(client, 1_000).catch(() => undefined);
      const hung = await client.hungInStep();
      assert.equal(hung.task, task === undefined ? undefined : 0);
      client.interrupt();
      const { code } = await client.ended;
      await running;
      assert.equal(code, 1);
      assert.match(client.printed("stderr"), /^\/.*\.cjs:\d+\n.*\n +\^\n\nInterrupted after \d+\.\d s\n {4}at \S+ \(/);
      const all = trace(client);
      assert.deepEqual(all.slice(0, steps.length), steps);
      if (task === undefined) assert.equal(all.length, steps.length);
      else assert.match(all.slice(steps.length).join("|"), new RegExp(`^${task} threw Interrupted after \\d+\\.\\d s$`));
      const uncaught = await client.event("uncaught");
      assert.match(uncaught.thrown.message, /^Interrupted after \d+\.\d s$/);
      assert.deepEqual(
        uncaught.thrown.frames.map(({ function: name, line }) => `${name}:${line}`),
        frames,
      );
    });
  }

  it("does nothing while the program waits", async () => {
    const client = await observe(runner, "roundRobin");
    await goOn(client, 1);
    client.interrupt();
    assert.deepEqual(await goOn(client, 1), { ran: 1, stopped: "completed" });
  });
});
