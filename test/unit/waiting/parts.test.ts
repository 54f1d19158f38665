// The containers of the engine, each compared with a plain list.
import assert from "node:assert/strict";
import fc from "fast-check";
import { Deque } from "../../../src/core/waiting/queues/deque";
import { Timers } from "../../../src/core/waiting/queues/timers";
import { Waiter } from "../../../src/core/waiting/queues/waiter";
import { WaitRecorder } from "../../../src/core/waiting/recorder";
import { rowKind } from "../../../src/core/waiting/rows";
import { TaskRing } from "../../../src/core/waiting/taskRing";

describe("timers", () => {
  it("fire in the order of due times, and in the order of insertion for the same time", () => {
    const deed = fc.record({ due: fc.nat(20), remove: fc.option(fc.nat(50), { freq: 3 }) });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 200 }), (deeds) => {
        const timers = new Timers<Waiter<number>>();
        let model: Waiter<number>[] = [];
        for (const { due, remove } of deeds) {
          const waiter = new Waiter<number>();
          timers.add(waiter, due);
          model.push(waiter);
          const gone = remove === null ? undefined : model[remove];
          if (gone) timers.remove(gone);
          model = model.filter((each) => each !== gone);
        }
        model.sort((one, other) => one.due - other.due);
        for (const expected of model) {
          assert.equal(timers.nextDue, expected.due);
          assert.equal(timers.first, expected);
          timers.remove(expected);
        }
        assert.equal(timers.nextDue, Number.POSITIVE_INFINITY);
      }),
    );
  });
});

describe("a ring of tasks", () => {
  it("is a queue in which any task can be moved to the head", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("push", "shift", "toHead"), fc.nat(300)), { maxLength: 400 }), (deeds) => {
        const ring = new TaskRing([1, 2]);
        let model = [1, 2];
        for (const [deed, task] of deeds) {
          if (deed === "push") {
            ring.push(task);
            model.push(task);
          } else if (deed === "toHead") {
            ring.toHead(task);
            const at = model.indexOf(task);
            if (at >= 0) model = [task, ...model.slice(0, at), ...model.slice(at + 1)];
          } else if (model.length > 0) assert.equal(ring.shift(), model.shift());
          assert.deepEqual([...ring], model);
        }
      }),
    );
  });
});

describe("a double-ended queue", () => {
  it("keeps its order while it grows", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("push", "unshift", "shift"), { maxLength: 200 }), (deeds) => {
        const deque = new Deque<number>();
        const model: number[] = [];
        for (const [value, deed] of deeds.entries()) {
          if (deed === "push") {
            deque.push(value);
            model.push(value);
          } else if (deed === "unshift") {
            deque.unshift(value);
            model.unshift(value);
          } else if (model.length > 0) assert.equal(deque.shift(), model.shift());
          assert.equal(deque.length, model.length);
        }
        while (model.length > 0) assert.equal(deque.shift(), model.shift());
      }),
    );
  });
});

describe("the recorder of rows", () => {
  it("grows, starts over, and counts steps from the first row", () => {
    const recorder = new WaitRecorder();
    for (let step = 7; step < 5007; step += 1) {
      recorder.step = step;
      recorder.add(rowKind.wake, step % 3, 0);
    }
    recorder.addNumber(rowKind.blockSleep, 1, 2.5);
    const rows = recorder.takeRows();
    assert.deepEqual([rows.base, rows.kind.length, rows.offset[4999], rows.task[4999]], [7, 5001, 4999, 5006 % 3]);
    assert.equal(rows.numbers[rows.object[5000] ?? -1], 2.5);
    recorder.step = 6000;
    recorder.add(rowKind.wake, 1, 0);
    assert.deepEqual(
      { ...recorder.takeRows(), numbers: [] },
      {
        base: 6000,
        offset: Uint32Array.of(0),
        object: Uint32Array.of(0),
        task: Uint16Array.of(1),
        kind: Uint8Array.of(rowKind.wake),
        numbers: [],
      },
    );
  });
});
