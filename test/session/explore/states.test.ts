// The graph of states of a session's search: it is made when it is asked for, and its states open as branches.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphState, ShownStates } from "../../../src/protocol/exploration";
import type { TaskRow } from "../../../src/protocol/panel";
import type { Session } from "../../../src/session/session";
import { viewOf } from "../../../src/session/view/view";
import { exploredFile } from "../../runner/explore/programs";
import { sessionOn, stopAll } from "../sessions";

function stateOf({ exploration }: Session): GraphState | undefined {
  return exploration.view.exploring?.search?.graph;
}

/** The places of a point's tasks in one text. */
function placesOf({ tasks }: ShownStates["points"][number]): string {
  return tasks.map(({ name, is, point }) => `${name} ${point ? `${is} at ${point.line}` : is}`).join(", ");
}

for (const extension of [".ts", ".py"]) {
  describe(`the graph of states in a session of a ${extension} file`, () => {
    let folder: string;
    let session: Session;
    const begin = async (program: string, calls: readonly string[]) => {
      const file = join(folder, program + extension);
      cpSync(exploredFile({ extension }, program), file);
      session = await sessionOn(file);
      await session.open();
      for (const call of calls) await session.add(call);
    };
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "yieldpoint-states-"));
    });
    afterEach(() => {
      stopAll();
      rmSync(folder, { recursive: true });
    });

    const deposits = async () => {
      await begin("lostUpdate", ["deposit()", "deposit()"]);
      await session.exploration.explore({ check: "account == 2", invariant: "" });
    };

    it("is offered after a search of all orders, and made once it is asked for", async () => {
      await deposits();
      assert.deepEqual(stateOf(session), { status: "offered", done: 0, of: 20 });
      assert.throws(() => session.exploration.states, /There is no graph of states\./);
      await session.exploration.makeStates();
      assert.deepEqual(stateOf(session), { status: "made", done: 20, of: 20 });
      const { points, edges } = session.exploration.states;
      assert.equal(placesOf(points[0] as ShownStates["points"][number]), "deposit created, deposit #2 created");
      // Where one has read and the other has not started, both can still succeed; if the other reads now, they cannot.
      const chances = points.filter(({ isLastChance }) => isLastChance);
      assert.deepEqual(
        chances.map(({ steps, fate }) => [steps, fate]),
        [
          [1, "open"],
          [1, "open"],
        ],
      );
      // Both have read: no good end is left.
      const doomed = points.findIndex(({ fate }) => fate === "failing");
      assert.equal(points[doomed]?.steps, 2);
      assert.deepEqual(
        new Set(edges.filter(({ to }) => to === doomed).map(({ from }) => points[from]?.isLastChance)),
        new Set([true]),
      );
      const ends = points.flatMap(({ end, fate }) => (end ? [`${fate}: ${end.text}, ${end.orders}`] : []));
      assert.deepEqual(ends.sort(), ["failing: the check does not hold: account == 2, 12", "good: all tasks have ended, 8"]);
    });

    it("opens each state as a branch that stands there", async () => {
      await deposits();
      await session.exploration.makeStates();
      const { points } = session.exploration.states;
      for (const at of [0, points.findIndex(({ fate }) => fate === "failing"), points.length - 1]) {
        await session.exploration.openState(at);
        const point = points[at] as ShownStates["points"][number];
        assert.equal(session.head, point.steps);
        const stands = ({ state, stack }: TaskRow) => (state === "created" || state === "returned" ? state : stack[0]?.line);
        assert.deepEqual(
          viewOf(session).tasks.map(stands),
          point.tasks.map(({ is, point: place }) => place?.line ?? (is === "over" ? "returned" : is)),
        );
      }
      await assert.rejects(session.exploration.openState(points.length), /There is no such state any more\./);
    });

    it("tells states from which tasks wait for one another forever", async () => {
      await begin("twoLocks", ["rightwards()", "leftwards()"]);
      await session.exploration.explore({ check: "", invariant: "" });
      await session.exploration.makeStates();
      const { points } = session.exploration.states;
      const ends = points.filter(({ end, fate }) => end && fate === "failing");
      assert.ok(ends.length > 0);
      for (const { tasks, end } of ends) {
        assert.deepEqual(
          tasks.map(({ is }) => is),
          ["blocked", "blocked"],
        );
        assert.match(end?.text ?? "", /^tasks wait for one another forever/);
      }
    });

    it("has a step that leads back where a task looks again and again", async () => {
      await begin("spinning", ["spins()", "sets()"]);
      await session.exploration.explore({ check: "", invariant: "" });
      await session.exploration.makeStates();
      assert.deepEqual(stateOf(session), { status: "made", done: 13, of: 13 });
      const { points, edges } = session.exploration.states;
      assert.ok(edges.some(({ from, to, task }) => from === to && task === 0));
      assert.ok(points.every(({ fate }) => fate === "good"));
    });

    it("has livelocks as ends", async () => {
      await begin("polite", ["passes(0)", "passes(1)"]);
      await session.exploration.explore({ check: "", invariant: "" });
      await session.exploration.makeStates();
      const ends = session.exploration.states.points.flatMap(({ end, fate }) => (end ? [[fate, end.text, end.orders]] : []));
      assert.deepEqual(ends.filter(([fate]) => fate === "good").length, 1);
      const livelocks = ends.filter(([fate]) => fate === "failing");
      assert.ok(livelocks.length > 0 && livelocks.every(([, text]) => /^everything comes back/.test(text as string)));
      assert.equal(
        livelocks.reduce((sum, [, , orders]) => sum + (orders as number), 0),
        24,
      );
    });

    it("is made again after it was cancelled", async () => {
      await deposits();
      const made = session.exploration.makeStates();
      assert.equal(stateOf(session)?.status, "making");
      session.exploration.cancelStates();
      await made;
      assert.equal(stateOf(session)?.status, "cancelled");
      await session.exploration.makeStates();
      assert.equal(stateOf(session)?.status, "made");
    });

    it("says why there is none", async () => {
      await begin("rarest", ['types("a", 7)', 'types("b", 7)']);
      await session.exploration.explore({ check: "", invariant: "", strategy: "delays:d=1" });
      assert.equal(stateOf(session)?.status, "refused");
      assert.match(stateOf(session)?.why ?? "", /needs all orders, and only some were tried\./);
      await session.exploration.makeStates();
      assert.equal(stateOf(session)?.status, "refused");
      session.markStale();
      assert.match(stateOf(session)?.why ?? "", /the file was changed\. Explore again\./);
    });

    it("is not made of a later text of the file", async () => {
      await deposits();
      const made = session.exploration.makeStates();
      session.markStale();
      await made;
      assert.match(stateOf(session)?.why ?? "", /the file was changed\. Explore again\./);
    });

    it("opens no state of an earlier text", async () => {
      await deposits();
      await session.exploration.makeStates();
      session.markStale();
      assert.equal(stateOf(session)?.status, "made");
      await assert.rejects(session.exploration.openState(1), /earlier text/);
    });
  });
}
