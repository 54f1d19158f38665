/**
 * Where async generators are suspended: at which `yield` or `await`, whatever other tasks do meanwhile.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { RunnerClient } from "../client";
import { folderWith, removeFolders } from "../folder";
import { runners } from "../runners";

const program = `
const later = () => new Promise((resolve) => setTimeout(resolve, 1));
function* helper() { yield 1; yield 2; }
export async function* pulls(name: string) {
  let own = name;
  yield own;
  await null;
  yield* helper();
  await later();
  for (const each of helper()) own += each;
  yield own + "!";
  await later();
}
`;

/** The line of a part of the program, counted from 1. */
const lineOf = (text: string) => program.slice(0, program.indexOf(text)).split("\n").length;

describe("async generators", () => {
  afterEach(removeFolders);

  const [runner] = runners;
  const ofOne = ["yield own;", "yield* helper()", "yield* helper()", "await later()", 'yield own + "!"', "await later();\n}"];

  async function loaded(): Promise<RunnerClient> {
    assert.ok(runner);
    const client = new RunnerClient(runner);
    await client.hello();
    await client.ask("load", { file: join(folderWith({ "tasks.ts": program }), "tasks.ts") });
    return client;
  }

  /** The lines at which the steps of a task ended, in order. */
  function linesOf(client: RunnerClient, task: number): (number | undefined)[] {
    return client.steps.filter((step) => step.task === task && step.event === "yielded").map((step) => step.point?.line);
  }

  it("show the yield or the await at which they are suspended, even for two of the same function", async () => {
    const client = await loaded();
    try {
      for (const task of [0, 1]) await client.ask("spawn", { task, call: `pulls("${task}")` });
      let ring = [0, 1];
      for (let from = 1; ring.length > 0; ) {
        const { ran, stopped } = await client.ask("advance", { from, plan: { ring, steps: 100 } });
        from += ran;
        if (stopped === "returned") ring = ring.filter((task) => task !== client.steps.at(-1)?.task);
      }
      const wanted = ofOne.map((text) => lineOf(text));
      assert.deepEqual([linesOf(client, 0), linesOf(client, 1)], [wanted, wanted]);
    } finally {
      await client.close();
    }
  });

  it("show it after a step by hand, with their locals", async () => {
    const client = await loaded();
    try {
      await client.ask("spawn", { task: 0, call: 'pulls("a")' });
      await client.run(1, 0);
      await client.ask("send", { task: 0, expression: "1", from: 2, until: [] });
      const { frames } = await client.ask("inspect", { task: 0 });
      assert.deepEqual(
        frames.map(({ function: name, line, locals }) => [name, line, locals.find((local) => local.name === "own")?.value.text]),
        [["pulls", lineOf("yield* helper()"), '"a"']],
      );
    } finally {
      await client.close();
    }
  });
});
