/**
 * What has been recorded is also sent while a slice goes on: when a signal interrupts the user's code, and before that may end the process. Never
 * while the runner itself works, also if that calls Python's library, since the last step is then recorded only in part.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { folderWith, removeFolders } from "../folder";
import { runners } from "../runners";
import { endAll, startBare } from "../starting";

/** `os.kill` sends what was recorded, and so does the signal. The interpreter's version decides whether the runner calls the function. */
const program = `
import dis
import os
import signal
import time

signals = []
pause = 0
line_starts = dis.findlinestarts

def interrupted(code):
    signals.append(code)
    os.kill(os.getpid(), signal.SIGUSR2)
    time.sleep(pause)
    return line_starts(code)

dis.findlinestarts = interrupted

def says():
    global pause
    pause = 1
    with open(1, "w", closefd=False) as stream:
        stream.write("said")
    yield

def counts():
    yield 1
    yield 2
    yield len(signals) > 0
`;

for (const runner of runners.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, sending what was recorded`, () => {
    afterEach(() => {
      endAll();
      removeFolders();
    });

    async function started(call: string) {
      const client = startBare(runner);
      await client.hello();
      await client.ask("load", { file: join(folderWith({ "counts.py": program }), "counts.py") });
      await client.ask("spawn", { task: 0, call });
      return client;
    }

    it("does not take the output of a step for that of the next one while its place is looked for", async () => {
      const client = await started("says()");
      await client.run(1, 0);
      assert.equal(client.printed("stdout", 1), "said");
    });

    it("waits until the runner has recorded the whole step", async () => {
      const client = await started("counts()");
      assert.equal((await client.run(1, 0, 0, 0)).stopped, "completed");
      assert.deepEqual(client.steps.map(({ event, value }) => `${event} ${value}`).slice(0, 2), ["yielded 1", "yielded 2"]);
      const wasInterrupted = client.steps[2]?.value;
      const isOld = /python 3\.(8|9|10)\./.test(runner.name);
      if (isOld) assert.equal(wasInterrupted, "True");
    });
  });
}
