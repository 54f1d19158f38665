import assert from "node:assert/strict";
import fc from "fast-check";
import { TaskHeap } from "../../../../src/core/policies/taskHeap";
import { TaskQueue } from "../../../../src/core/policies/taskQueue";

/** Includes infinite keys, whose differences are meaningless. */
const keys = fc.oneof(fc.nat(5), fc.constantFrom(Number.MAX_VALUE, Number.POSITIVE_INFINITY));

const deeds = fc.array(fc.record({ task: fc.nat(15), key: fc.option(keys) }), { maxLength: 60 });

describe("a heap of tasks", () => {
  it("has its least element on top, like a sorted list", () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const heap = new TaskHeap();
        const list = new Map<number, { key: number; tie: number }>();
        for (const [tie, { task, key }] of all.entries()) {
          if (key === null) {
            heap.delete(task);
            list.delete(task);
          } else {
            heap.set(task, key, tie);
            list.set(task, { key, tie });
          }
          const sorted = [...list].sort(([, one], [, other]) =>
            one.key === other.key ? one.tie - other.tie : one.key - other.key,
          );
          const least = sorted[0]?.[1].key;
          assert.equal(heap.size, list.size);
          assert.equal(heap.top, sorted[0]?.[0]);
          assert.deepEqual(
            heap.copy().atTop(),
            sorted.filter(([, entry]) => entry.key === least).map(([id]) => id),
          );
        }
      }),
    );
  });
});

describe("a queue of tasks", () => {
  it("keeps the order of insertion, like a list", () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const queue = new TaskQueue();
        let list: number[] = [];
        for (const { task, key } of all) {
          list = list.filter((other) => other !== task);
          if (key === null) queue.remove(task);
          else {
            queue.push(task);
            list.push(task);
          }
          assert.deepEqual([...queue], list);
          assert.deepEqual([queue.length, queue.head, queue.tail], [list.length, list[0], list.at(-1)]);
          assert.deepEqual(queue.slice(1, 3), list.slice(1, 3));
          assert.equal(queue.has(task), key !== null);
        }
      }),
    );
  });
});
