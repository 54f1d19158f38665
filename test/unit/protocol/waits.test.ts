import assert from "node:assert/strict";
import fc from "fast-check";
import * as v from "valibot";
import { groupKind, rowKind, rowKinds, type WaitRows } from "../../../src/core/waiting/rows";
import { FramingError } from "../../../src/protocol/framing";
import { Request } from "../../../src/protocol/requests";
import { FromRunner } from "../../../src/protocol/runner";
import { decodeWaits, encodeWaits } from "../../../src/protocol/waits";
import { Interpreter } from "../../waiting/interpreter";
import { programs } from "../../waiting/programs";

function rows(
  kind: number[],
  { object = kind.map(() => 0), task = kind.map(() => 0), offset = kind.map(() => 0), base = 1, numbers = [0] } = {},
): WaitRows {
  return {
    base,
    offset: Uint32Array.from(offset),
    object: Uint32Array.from(object),
    task: Uint16Array.from(task),
    kind: Uint8Array.from(kind),
    numbers: Float64Array.from(numbers),
  };
}

describe("a frame of the wait log", () => {
  it("is decoded to the rows of any program, wherever it is in memory", () => {
    fc.assert(
      fc.property(programs(), fc.nat(9), (program, place) => {
        for (const each of new Interpreter(program).run().rows) {
          const payload = encodeWaits(each);
          const elsewhere = new Uint8Array(place + payload.length);
          elsewhere.set(payload, place);
          assert.deepEqual(decodeWaits(elsewhere.subarray(place)), each);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is rejected if it is impossible", () => {
    const whole = encodeWaits(rows([rowKind.wake, rowKind.wake]));
    const bad: Record<string, Uint8Array> = {
      "too short": whole.subarray(0, 12),
      "cut off": whole.subarray(0, whole.length - 1),
      "too long": new Uint8Array([...whole, 0]),
      "an unknown kind": encodeWaits(rows([rowKinds])),
      "descending steps": encodeWaits(rows([rowKind.wake, rowKind.wake], { offset: [1, 0] })),
      "a step that is none": encodeWaits(rows([rowKind.wake], { base: -1 })),
      "a step that is no integer": encodeWaits(rows([rowKind.wake], { base: Number.NaN })),
      "a time that is not there": encodeWaits(rows([rowKind.blockSleep], { object: [1] })),
      "a time that is none": encodeWaits(rows([rowKind.time], { numbers: [Number.NaN] })),
      "a task that cannot be": encodeWaits(rows([rowKind.blockJoin], { object: [65_536] })),
      "an unknown group": encodeWaits(rows([rowKind.group, rowKind.blockJoin], { object: [3, 0] })),
      "a group without parts": encodeWaits(rows([rowKind.group], { object: [groupKind.any] })),
      "a group with another's parts": encodeWaits(rows([rowKind.group, rowKind.blockJoin], { object: [1, 0], task: [0, 1] })),
    };
    for (const [what, payload] of Object.entries(bad)) assert.throws(() => decodeWaits(payload), FramingError, what);
    assert.deepEqual(decodeWaits(whole), rows([rowKind.wake, rowKind.wake]));
  });

  it("of random bytes is decoded or rejected", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeWaits(bytes);
        } catch (error) {
          assert.ok(error instanceof FramingError, String(error));
        }
      }),
    );
  });
});

describe("messages about tasks that wait", () => {
  it("announce resources and tasks", () => {
    const resources = {
      event: "resources",
      resources: [
        { kind: "channel", name: "jobs", capacity: 2 },
        { kind: "mutex", name: "fork 1" },
      ],
    };
    assert.deepEqual(v.parse(FromRunner, resources), resources);
    const spawned = { event: "spawned", step: 3, parent: 0, task: 4, name: "worker", call: "worker()" };
    assert.deepEqual(v.parse(FromRunner, spawned), spawned);
    assert.throws(() => v.parse(FromRunner, { ...spawned, task: 65_536 }));
    assert.throws(() => v.parse(FromRunner, { ...resources, resources: [{ kind: "latch", name: "fork" }] }));
  });

  it("ask for a ring, which may be empty", () => {
    const plan = (ring: number[], steps: number) => ({ id: 1, method: "advance", from: 1, plan: { ring, steps } });
    const taken = v.parse(Request, plan([2, 0], 100));
    assert.ok(taken.method === "advance" && "ring" in taken.plan);
    assert.deepEqual(taken.plan, { ring: Uint16Array.of(2, 0), steps: 100 });
    assert.ok(v.is(Request, plan([], 0)));
    assert.ok(!v.is(Request, plan([65_536], 1)));
    assert.ok(!v.is(Request, plan([1], -1)));
  });
});
