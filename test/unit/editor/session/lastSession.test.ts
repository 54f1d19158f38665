import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Memento } from "vscode";
import { LastSession } from "../../../../src/editor/session/lastSession";

describe("the trace of the last session", () => {
  let storage: string;
  let memory: Memento;

  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), "yieldpoint-last-"));
    memory = inMemory();
  });
  afterEach(() => rmSync(storage, { recursive: true, force: true }));

  it("is one file, named after the program and the time, and replaces the previous one", () => {
    const last = new LastSession(memory, storage, 0);
    assert.equal(last.path, undefined);
    last.keep(trace("one"), "/code/tally.ts", new Date(2024, 1, 3, 9, 5, 7));
    assert.equal(basename(last.path ?? ""), "tally.ts 09.05.07.yieldtrace");
    last.keep(trace("two"), "/code/other.py", new Date(2024, 1, 3, 19, 15, 17));
    assert.deepEqual(readdirSync(join(storage, "last")), ["other.py 19.15.17.yieldtrace"]);
    last.keep(trace("three"), "/code/other.py", new Date(2024, 1, 3, 19, 15, 17)); // within the same second
    assert.ok(existsSync(last.path ?? ""));
  });

  it("is found again after a reload, and files that nothing refers to are removed", () => {
    const before = new LastSession(memory, storage, 0);
    before.keep(trace("one"), "/code/tally.ts");
    writeFileSync(join(storage, "last", "lost.yieldtrace"), "");
    const after = new LastSession(memory, storage, 0);
    assert.equal(after.path, before.path);
    assert.deepEqual(readdirSync(join(storage, "last")), [basename(before.path ?? "")]);
  });

  it("is kept for a while if another window that shares the folder may still need it", () => {
    mkdirSync(join(storage, "last"));
    writeFileSync(join(storage, "last", "theirs.yieldtrace"), "");
    assert.equal(new LastSession(memory, storage, 3_600_000).path, undefined);
    assert.deepEqual(readdirSync(join(storage, "last")), ["theirs.yieldtrace"]);
  });

  it("is deleted with the storage", () => {
    new LastSession(memory, storage, 0).keep(trace("one"), "/code/tally.ts");
    rmSync(join(storage, "last"), { recursive: true });
    assert.equal(new LastSession(memory, storage, 0).path, undefined);
  });

  function trace(name: string): string {
    const path = join(storage, `left-${name}`);
    writeFileSync(path, name);
    return path;
  }
});

/** The state that VS Code keeps with a workspace. A mock, since this test runs without VS Code. */
function inMemory(): Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string) => values.get(key) as T,
    update: async (key: string, value: unknown) => void values.set(key, value),
  };
}
