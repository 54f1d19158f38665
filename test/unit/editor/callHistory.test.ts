import assert from "node:assert/strict";
import type { Memento } from "vscode";
import { CallHistory } from "../../../src/editor/prompts/callHistory";

/** The real storage exists only within VS Code. */
function storage(): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T) => (kept.get(key) ?? fallback) as T,
    update: async (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))),
  };
}

describe("the calls that are remembered", () => {
  it("are the last ten of a function, the latest first, each once", async () => {
    const kept = storage();
    const history = new CallHistory(kept, "/code/a.ts", "counter");
    for (let n = 1; n <= 12; n += 1) await history.add(`counter(${n})`);
    await history.add("counter(9)");
    assert.deepEqual(
      history.calls,
      [9, 12, 11, 10, 8, 7, 6, 5, 4, 3].map((n) => `counter(${n})`),
    );
    assert.deepEqual(new CallHistory(kept, "/code/b.ts", "counter").calls, []);
    assert.deepEqual(new CallHistory(kept, "/code/a.ts", "other").calls, []);
  });

  it("are kept of the functions that were called last", async () => {
    const kept = storage();
    for (let n = 1; n <= 201; n += 1) await new CallHistory(kept, "/code/a.ts", `f${n}`).add("f()");
    assert.deepEqual(new CallHistory(kept, "/code/a.ts", "f1").calls, []);
    assert.deepEqual(new CallHistory(kept, "/code/a.ts", "f2").calls, ["f()"]);
  });
});
