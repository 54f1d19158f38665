/**
 * Where a task is suspended, for yields at every place of an expression. Each yields a text that occurs once in the source, so the text
 * tells where the yield is. Interpreters evaluate the parts of an expression in different orders.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { RunnerClient } from "../client";
import { everyRunner, type RunnerUnderTest } from "../runners";
import { endAll, startBare } from "../starting";

const folder = resolve("test/fixtures/runner/places");

/** The programs of a language, with the version that each requires. */
const programs: Readonly<Record<string, readonly (readonly [file: string, from: number])[]>> = {
  javascript: [["places.js", 0]],
  python: [
    ["places.py", 8],
    ["match.py", 10],
    ["quotes.py", 12],
  ],
};

/** Yielded texts that are not directly after their `yield`. */
const label = /^["']([a-z]{2}\d+)["']$/;

/** The place of the `yield` before a text, or of the iterable that is delegated to. */
function placeOf(source: string, text: string): string {
  const at = source.search(new RegExp(`["'\`]${text}["'\`]`));
  const before = source.slice(0, source.lastIndexOf("yield", at));
  const lines = before.split("\n");
  return `${lines.length}:${(lines.at(-1) ?? "").length + 1}`;
}

function minorOf({ name }: RunnerUnderTest): number {
  return Number(/3\.(\d+)/.exec(name)?.[1] ?? 0);
}

/** Runs a task to its end. */
async function finish(client: RunnerClient, task: number): Promise<void> {
  for (let step = client.steps.length + 1; (await client.run(step, task)).stopped === "completed"; step += 1);
}

for (const runner of everyRunner) {
  describe(`${runner.name} runner, places of yields`, () => {
    afterEach(endAll);

    for (const [file, from] of programs[runner.language] ?? []) {
      if (runner.language === "python" && minorOf(runner) < from) continue;
      const source = readFileSync(resolve(folder, file), "utf8");
      const names = Array.from(source.matchAll(/^(?:export )?(?:function\*|def) (\w+)[([]/gm), ([, name = ""]) => name);

      it(`are those of the yields in ${file}`, async () => {
        const client = startBare(runner);
        await client.hello();
        await client.ask("load", { file: resolve(folder, file) });
        const seen = new Set<string>();
        for (const [task, name] of names.entries()) {
          await client.ask("spawn", { task, call: `${name}()` });
          const first = client.steps.length;
          await finish(client, task);
          const labelled = client.steps.slice(first).flatMap(({ value, point }) => {
            const text = label.exec(value)?.[1];
            return text === undefined ? [] : [{ text, at: `${point?.line}:${point?.column}` }];
          });
          assert.deepEqual(
            labelled,
            labelled.map(({ text }) => ({ text, at: placeOf(source, text) })),
            name,
          );
          for (const { text } of labelled) seen.add(text);
        }
        const all = Array.from(source.matchAll(/["'`]([a-z]{2}\d+)["'`]/g), ([, text = ""]) => text);
        assert.deepEqual([...seen].sort(), all.sort(), "every yield was run");
      });
    }
  });
}
