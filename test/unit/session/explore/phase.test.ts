// What the processes of a search have told, added up: a process may end, and another one goes on that has not met what it met.
import assert from "node:assert/strict";
import type { Explored } from "../../../../src/protocol/explore";
import { Phase } from "../../../../src/session/explore/phase";

const nothing: Explored = {
  tried: 1,
  pruned: 0,
  cut: 0,
  done: false,
  position: "",
  opaque: [],
  longest: 1,
  tasks: 1,
  sizes: { runs: 0, mean: 0, variance: 0 },
  outcomes: [],
};

describe("a phase of a search", () => {
  it("keeps what voids a claim when another process goes on", () => {
    const phase = new Phase("exhaustive", 1, true, true);
    phase.take(0, 1, { ...nothing, differs: 4, outside: "input", hidden: "a file", returned: true, opaque: ["one"] });
    phase.take(0, 2, { ...nothing, differs: 5, outside: "a thread", opaque: ["other"] });
    phase.take(0, 3, { ...nothing, done: true });
    assert.deepEqual([phase.tried, phase.isOver, phase.differs, phase.outside], [3, true, 4, "input"]);
    assert.deepEqual([phase.hidden, phase.hasReturned, phase.opaque], ["a file", true, ["one", "other"]]);
  });
});
