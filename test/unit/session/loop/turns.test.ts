import assert from "node:assert/strict";
import { StoppedError } from "../../../../src/session/common/errors";
import { Turns } from "../../../../src/session/loop/turns";

/** A promise with functions that resolve or reject it. */
function open<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe("queued actions", () => {
  let turns: Turns;
  let done: string[];
  const note = (what: string) => async () => void done.push(what);

  beforeEach(() => {
    turns = new Turns();
    done = [];
  });

  it("run one after the other, even after one that failed", async () => {
    const gate = open<void>();
    const first = turns.take(() => gate.promise.then(note("first")));
    const failing = turns.take(() => Promise.reject(new Error("no")));
    const last = turns.take(note("last"));
    gate.resolve();
    await Promise.all([first, assert.rejects(failing, /no/), last]);
    assert.deepEqual(done, ["first", "last"]);
  });

  it("are dropped if they wait when the queue is cleared", async () => {
    const [begun, gate] = [open<void>(), open<void>()];
    const first = turns.take(() => {
      begun.resolve();
      return gate.promise.then(note("first"));
    });
    const waiting = turns.take(note("waiting"));
    await begun.promise;
    turns.clear();
    const after = turns.take(note("after"));
    gate.resolve();
    await Promise.all([first, assert.rejects(waiting, StoppedError), after]);
    assert.deepEqual(done, ["first", "after"]);
  });

  it("before a replacement continue while it is prepared, and later ones wait for it", async () => {
    const prepared = open<string>();
    const replaced = turns.replace(
      prepared.promise,
      () => done.push("interrupt"),
      (what) => done.push(what),
    );
    const after = turns.take(note("after"));
    assert.deepEqual(done, []);
    prepared.resolve("replacement");
    await Promise.all([replaced, after]);
    assert.deepEqual(done, ["interrupt", "replacement", "after"]);
  });

  it("before a replacement are dropped if they still wait when it is prepared", async () => {
    const [gate, prepared] = [open<void>(), open<string>()];
    const first = turns.take(() => gate.promise.then(note("first")));
    const waiting = turns.take(note("waiting"));
    const replaced = turns.replace(
      prepared.promise,
      () => gate.resolve(),
      (what) => done.push(what),
    );
    prepared.resolve("replacement");
    await Promise.all([first, assert.rejects(waiting, StoppedError), replaced]);
    assert.deepEqual(done, ["first", "replacement"]);
  });

  it("are unaffected if a replacement cannot be prepared", async () => {
    const [gate, prepared] = [open<void>(), open<string>()];
    const first = turns.take(() => gate.promise.then(note("first")));
    const waiting = turns.take(note("waiting"));
    const replaced = turns.replace(prepared.promise, note("interrupt"), note("replacement"));
    const after = turns.take(note("after"));
    prepared.reject(new Error("no"));
    await assert.rejects(replaced, /no/);
    gate.resolve();
    await Promise.all([first, waiting, after]);
    assert.deepEqual(done, ["first", "waiting", "after"]);
  });
});
