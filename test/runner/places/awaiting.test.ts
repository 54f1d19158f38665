/**
 * Coroutines in a chain of delegations. The interpreter inserts objects of its own between an `await` and what it awaits.
 */
import assert from "node:assert/strict";
import { everyRunner } from "../runners";
import { endAll, start } from "../starting";

/** The innermost place at each step, and the functions that lead to it. */
const driven: readonly (readonly [value: string, place: string, stack: string])[] = [
  ["'leaf'", "7:5", "driven, chained, inner, leaf"],
  ["'awaitable'", "15:9", "driven, chained, Awaitable.__await__"],
  ["'asynchronous generator'", "7:5", "driven, chained, numbers, leaf"],
  ["'opened'", "7:5", "driven, chained, Opened.__aenter__, leaf"],
  ["'closed'", "7:5", "driven, chained, Opened.__aexit__, leaf"],
  ["'own'", "46:5", "driven"],
];

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, coroutines`, () => {
    afterEach(endAll);

    for (const [what, call, outer] of [
      ["a generator that delegates to one", "driven()", true],
      ["the iterator of one", "chained().__await__()", false],
    ] as const) {
      it(`have stacks that lead through ${what} to the innermost place, with its variables`, async () => {
        const client = await start(runner, "awaiting", call);
        const expected = outer
          ? driven
          : driven.slice(0, -1).map(([value, place, stack]) => [value, place, stack.slice(8)] as const);
        for (const [index, [value, place, stack]] of expected.entries()) {
          await client.run(index + 1, 0);
          if (index === 0) assert.equal((await client.ask("evaluate", { expression: "value.upper()", task: 0 })).text, "'LEAF'");
          const { frames } = await client.ask("inspect", { task: 0 });
          const point = client.steps.at(-1)?.point;
          assert.deepEqual(
            [client.steps.at(-1)?.value, `${point?.line}:${point?.column}`, frames.map(({ function: name }) => name).join(", ")],
            [value, place, stack],
          );
        }
      });
    }

    it("give their names to tasks", async () => {
      const client = await start(runner, "awaiting");
      const { name, point } = await client.ask("spawn", { task: 0, call: "chained().__await__()" });
      assert.deepEqual([name, point?.line, point?.column], ["chained", 22, 1]);
    });
  });
}
