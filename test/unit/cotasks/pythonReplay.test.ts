// The same replays by the Python package: test/unit/cotasks/replay.test.ts says why they go as they do.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const program = `
import cotasks
from cotasks.replay import ReplayError, replay

def counts(times):
    for time in range(times):
        yield time
    return times

def shown(run):
    print(run.end, run.departure and run.departure.step, sorted(run.returns.items()))

shown(replay({"a": lambda: counts(1), "b": lambda: counts(1)}, [0, 0, 0, 1, 1]))
shown(replay({"a": lambda: counts(1), "b": lambda: counts(1)}, [0, 0, 1]))
try:
    replay({"a": lambda: counts(1)}, [0, 0, 0], strict=True)
except ReplayError as error:
    print(error)

items = cotasks.channel(0)

def puts():
    yield cotasks.sleep(1)
    yield items.put(7)
    items.close()
    return cotasks.now()

def takes():
    return [(yield items.take()), (yield items.take()) is cotasks.closed]

shown(replay({"puts": puts, "takes": takes}, [0, 1, 0, 1, 0, 1]))

def parent():
    child = yield cotasks.spawn(counts(1))
    return (yield cotasks.join(child))

shown(replay({"parent": parent}, [0, 0, 1, 1, 0]))
`;

describe("replay in Python", () => {
  it("ends as in JavaScript, and names the same steps", () => {
    const env = { ...process.env, PYTHONPATH: resolve("out/cotasks/python"), PYTHONDONTWRITEBYTECODE: "1" };
    const printed = execFileSync("python3", ["-c", program], { env, encoding: "utf8" });
    assert.deepEqual(printed.trim().split(/\r?\n/), [
      "all 3 [('a', 1), ('b', 1)]",
      "all 4 [('a', 1), ('b', 1)]",
      "Step 3 went another way: the run is over, but the schedule is not.",
      "all None [('puts', 1.003), ('takes', [7, True])]",
      "all None [('parent', 1), ('task 1', 1)]",
    ]);
  });
});
