// What CPython's own threads come to is among the outcomes that exploring lists. On versions that switch at calls and ends of loops only, that is less.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { pythonRunners } from "../runner/threads/threads";
import { yieldpoint } from "./commandLine";

const races = resolve("test/fixtures/threads/races.py");
const calls = ["adds(2)", "adds(2)"];

/** Runs the calls as threads of the interpreter again and again, and prints what each run has come to. */
const really = `
import runpy, sys, threading

sys.setswitchinterval(1e-6)
for _ in range(500):
    scope = runpy.run_path(sys.argv[1], run_name="races")
    adds, returned = scope["adds"], [None, None]
    begin = threading.Barrier(2)

    def run(number):
        begin.wait()
        returned[number] = adds(2)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(adds.__globals__["counter"], *returned)
`;

for (const { name, command } of pythonRunners) {
  const [python = ""] = command;

  describe(`real threads of ${name}`, () => {
    it("come to nothing that exploring does not list", async () => {
      const asked = [
        "--way",
        "threads",
        "--strategy",
        "exhaustive",
        "--watch",
        "counter",
        "--format",
        "jsonl",
        "--python",
        python,
      ];
      const objects = (await yieldpoint("explore", races, ...calls, ...asked)).objects();
      const listed = new Set(
        objects.slice(0, -1).map((each) => {
          const { watches, tasks } = each.outcome as { watches: { counter: string }; tasks: Record<string, { value: string }> };
          return [watches.counter, ...Object.values(tasks).map(({ value }) => value)].join(" ");
        }),
      );
      assert.ok(listed.has("4 2 4") && listed.has("2 2 2"), [...listed].join("; "));
      const met = new Set(execFileSync(python, ["-c", really, races], { encoding: "utf8" }).trim().split("\n"));
      for (const outcome of met) assert.ok(listed.has(outcome), `${outcome} is not among ${[...listed].join("; ")}`);
    });
  });
}
