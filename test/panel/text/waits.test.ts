/** Texts about waiting tasks. */
import assert from "node:assert/strict";
import { clockFace, clockTime, waitingState } from "../../../src/panel/text/waits";
import type { Awaited, AwaitedPart } from "../../../src/protocol/waitView";

const waits = (...parts: AwaitedPart[]): Awaited => ({ how: parts.length > 1 ? "any" : "one", parts, since: 1, sentence: [] });

describe("the texts about waiting", () => {
  it("have times from fractions of a second to hours", () => {
    const times = [0, 250, 12_500, 59_999, 60_000, 61_250, 600_000, 3_600_000, 43_200_000];
    assert.deepEqual(times.map(clockTime), [
      "0 s",
      "0.25 s",
      "12.5 s",
      "59.999 s",
      "1:00",
      "1:01.25",
      "10:00",
      "1:00:00",
      "12:00:00",
    ]);
  });

  it("have the time of a virtual clock always with hours", () => {
    assert.deepEqual([0, 3_250.9, 3_603_250, 360_000_000].map(clockFace), [
      "00:00:00.000",
      "00:00:03.250",
      "01:00:03.250",
      "100:00:00.000",
    ]);
  });

  it("call a task blocked if only others can wake it, sleeping if time will, waiting if a promise may", () => {
    assert.equal(waitingState(waits({ kind: "acquire", resource: 1 })), "blocked");
    assert.equal(waitingState(waits({ kind: "sleep", due: 5 })), "sleeping");
    assert.equal(waitingState(waits({ kind: "promise" })), "waiting");
    assert.equal(waitingState(waits({ kind: "promise" }, { kind: "sleep", due: 5 })), "waiting");
    assert.equal(waitingState(waits({ kind: "take", resource: 1 }, { kind: "sleep", due: 5 })), "blocked");
    assert.equal(waitingState(waits({ kind: "take", resource: 1, served: true }, { kind: "sleep", due: 5 })), "sleeping");
  });
});
