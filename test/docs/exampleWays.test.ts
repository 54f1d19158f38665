/**
 * The examples of ways of working in Python: their setups, compared, say what their comments promise. For those in TypeScript, the test of the
 * page on ways of working asks the same of the comparison that it runs.
 */
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { ended, startIn } from "../cli/commandLine";
import { servesOnce } from "./servingRequests";

const names = ["one worker", "threads", "threads with a mutex", "processes", "generators"];

interface Compared {
  readonly setup: string;
  readonly stopped: string;
  readonly measures: readonly { readonly name: string; readonly text: string }[];
  readonly orders?: { readonly tried: number; readonly failing: number };
}

async function compared(setups: readonly string[]): Promise<Compared[]> {
  const args = ["compare", "--setups", setups.join(","), "--runs", "1", "--format", "jsonl"];
  const { objects, stderr } = await ended(startIn({ cwd: resolve("media/examples") }, ...args));
  assert.equal(stderr, "");
  return objects() as unknown as Compared[];
}

describe("the examples of ways of working", () => {
  it("serve every request once, but for threads without a mutex: Python", async () => {
    const all = await compared(["compute", "wait"].flatMap((kind) => names.map((name) => `${kind}: ${name} (Python)`)));
    const served = all.map(({ setup, stopped, measures, orders }) => ({
      ...{ setup, ended: stopped, orders },
      figures: measures.map(({ text }) => text),
    }));
    servesOnce(served, "all-finished", " (Python)");
  });
});
