/**
 * The examples of ways of working: their setups, compared, say what their comments promise, in both languages.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { ended, startIn } from "./commandLine";

const names = ["one worker", "threads", "threads with a mutex", "processes", "generators"];

interface Compared {
  readonly setup: string;
  readonly stopped: string;
  readonly measures: readonly { readonly name: string; readonly text: string }[];
  readonly runs: readonly { readonly millis: number }[];
  readonly orders?: { readonly tried: number; readonly failing: number };
}

async function compared(setups: readonly string[]): Promise<Compared[]> {
  const args = ["compare", "--setups", setups.join(","), "--runs", "1", "--format", "jsonl"];
  const { objects, stderr } = await ended(startIn({ cwd: resolve("media/examples") }, ...args));
  assert.equal(stderr, "");
  return objects() as unknown as Compared[];
}

describe("the examples of ways of working", () => {
  for (const [language, mark] of [
    ["TypeScript", ""],
    ["Python", " (Python)"],
  ] as const) {
    it(`serve every request once, but for threads without a mutex: ${language}`, async () => {
      const all = await compared(["compute", "wait"].flatMap((kind) => names.map((name) => `${kind}: ${name}${mark}`)));
      for (const { setup, stopped, measures, orders } of all) {
        const [served, twice, lost] = measures.map(({ text }) => Number(text));
        assert.equal(stopped, "all-finished", setup);
        // Only threads can break their check in another order, and never those with a mutex.
        assert.equal(orders !== undefined, /: threads/.test(setup), setup);
        // A slow machine tries only a few in the time that there is.
        if (orders && orders.tried >= 5)
          assert.equal(orders.failing > 0, setup.endsWith(`threads${mark}`), JSON.stringify({ setup, orders }));
        if (!setup.endsWith(`threads${mark}`)) assert.deepEqual([served, twice, lost], [10, 0, 0], setup);
      }
      // Round-robin switches at each point: both look at a request before either takes one away, so one of two is lost.
      const rash = all.find(({ setup }) => setup === `compute: threads${mark}`);
      assert.deepEqual(
        rash?.measures.map(({ text }) => text),
        ["10", "5", "5"],
      );
    });
  }
});
