import assert from "node:assert/strict";
import { endAll } from "../starting";
import { drivers, observe, observers, told, toTheEnd } from "./programs";

for (const runner of observers.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, an observed program`, () => {
    afterEach(endAll);

    it("shows coroutines that asyncio resumes, cancels and fails, with the user's own frame as their driver", async () => {
      const client = await observe(runner, "asynchronous");
      await toTheEnd(client);
      const steps = told(client).map((each) => each.replace(/<.*>/, "…").replace(/CancelledError\(.*\)/, "CancelledError()"));
      assert.deepEqual(steps, [
        "main 0 yielded … 34",
        "endless 1 yielded … 26",
        "worker 2 yielded None 5",
        "worker 3 yielded None 5",
        "failing 4 yielded None 17",
        "worker 2 yielded None 5",
        "worker 3 returned 'b' -",
        "failing 4 yielded None 19",
        "worker 2 returned 'a' -",
        "failing 4 threw ValueError('failed') 20",
        "main 0 yielded … 36",
        "endless 1 yielded None 28",
        "endless 1 threw CancelledError() 26",
        "main 0 returned None -",
      ]);
      assert.deepEqual(new Set(drivers(client)), new Set(["<module> 39"]));
    });

    it("tells a yield of None from an exception, and what closes a task from the collector", async () => {
      const client = await observe(runner, "throwing");
      await toTheEnd(client);
      assert.deepEqual(told(client).slice(4), [
        "clean 0 yielded None 8",
        "clean 0 yielded None 11",
        "stubborn 1 yielded None 19",
        "stubborn 1 yielded None 19",
        "stubborn 1 yielded None 19",
        "fails 2 threw ValueError(\"invalid literal for int() with base 10: 'x'\") 27",
        "ends 3 threw RuntimeError('generator raised StopIteration') 34",
        "stubborn 1 threw OSError('no') 19",
        "clean 4 yielded 1 6",
        "clean 5 yielded 1 6",
      ]);
    });
  });
}
