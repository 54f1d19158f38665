/**
 * The panel's end of the wire without a page: every request ends, and invalid messages are dropped and reported.
 */
import assert from "node:assert/strict";
import { RefusedError, UnansweredError, Wire } from "../../../src/panel/model/wire";
import type { FromPanel, View } from "../../../src/protocol/panel";
import { row, view } from "../recorded";

function wired(timeout?: number) {
  const posted: FromPanel[] = [];
  const views: View[] = [];
  const problems: string[] = [];
  const listener = { view: (shown: View) => views.push(shown), problem: (message: string) => problems.push(message) };
  const wire = new Wire((message) => posted.push(message), listener, timeout);
  return { wire, posted, views, problems };
}

describe("the panel's wire", () => {
  it("matches replies to requests by id, in any order", async () => {
    const { wire, posted } = wired();
    const first = wire.rows(1, 1);
    const second = wire.expand(7, 0);
    assert.deepEqual(posted, [
      { type: "rows", id: 1, from: 1, count: 1 },
      { type: "expand", id: 2, handle: 7, start: 0 },
    ]);
    wire.receive({ type: "expanded", id: 2, properties: [], total: 0 });
    wire.receive({ type: "rows", id: 1, rows: [row(1)] });
    assert.deepEqual(await first, [row(1)]);
    assert.equal((await second).total, 0);
  });

  it("rejects a request that the host refuses, with the host's reason", async () => {
    const { wire } = wired();
    const asked = wire.expand(7, 0);
    wire.receive({ type: "refused", id: 1, message: "the task has moved on" });
    await assert.rejects(asked, (error) => error instanceof RefusedError && error.message === "the task has moved on");
  });

  it("rejects a request without a reply in time, and ignores a late reply", async () => {
    const { wire, problems } = wired(5);
    await assert.rejects(wire.rows(1, 1), UnansweredError);
    wire.receive({ type: "rows", id: 1, rows: [] });
    assert.deepEqual(problems, []);
  });

  it("rejects a reply of another type", async () => {
    const { wire } = wired();
    const asked = wire.rows(1, 1);
    wire.receive({ type: "expanded", id: 1, properties: [], total: 0 });
    await assert.rejects(asked, RefusedError);
  });

  it("drops and reports messages that do not match the schema", () => {
    const { wire, views, problems } = wired();
    const misfits = [
      undefined,
      "view",
      5,
      {},
      { type: "view" },
      { type: "view", view: { ...view(3), head: -1 } },
      { type: "eval" },
    ];
    for (const misfit of misfits) wire.receive(misfit);
    assert.equal(problems.length, misfits.length);
    assert.deepEqual(views, []);
    wire.receive({ type: "view", view: view(3) });
    assert.equal(views.length, 1);
  });
});
