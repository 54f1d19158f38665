/**
 * The store without a page: what is drawn during a run, and what is forgotten when another run begins.
 */
import assert from "node:assert/strict";
import type { About } from "../../../src/panel/model/shownTasks";
import { Store, type Typed } from "../../../src/panel/model/store";
import type { FromPanel, View } from "../../../src/protocol/panel";
import { rows, view } from "../recorded";

type Rows = Extract<FromPanel, { type: "rows" }>;

let settle: () => void = () => {};

function stored() {
  const asked: Rows[] = [];
  const moved: number[] = [];
  const post = (message: FromPanel) => {
    if (message.type === "rows") asked.push(message);
    if (message.type === "select") moved.push(message.step);
  };
  const kept: { toggled?: string[]; about?: About; typed?: Typed } = {};
  const store = new Store({
    post,
    changed: () => {},
    remember: (toggled) => Object.assign(kept, { toggled }),
    shows: (about) => Object.assign(kept, { about }),
    types: (typed) => Object.assign(kept, { typed }),
    arranges: (columns) => Object.assign(kept, { columns }),
    prepare: () => undefined,
  });
  const show = (head: number, status: View["status"] = "running", changes: Partial<View> = {}) =>
    store.wire.receive({ type: "view", view: view(head, { status, ...changes }) });
  const answer = async ({ id, from, count }: Rows, head: number) => {
    store.wire.receive({ type: "rows", id, rows: rows(from, count, head) });
    await new Promise((settled) => setImmediate(settled));
  };
  settle = () => {
    for (const { id } of asked) store.wire.receive({ type: "rows", id, rows: [] });
  };
  const nth = (index: number): Rows => asked[index] ?? assert.fail(`question ${index} was not asked`);
  return { store, asked, moved, show, answer, nth, kept };
}

describe("the panel's store", () => {
  afterEach(() => settle());

  it("shows a view of a run only when its last rows have arrived, and sends one request at a time", async () => {
    const { store, asked, show, answer, nth } = stored();
    show(1_000);
    show(2_000);
    show(3_000);
    assert.equal(store.head, 0);
    assert.deepEqual([asked.length, nth(0).from, nth(0).count], [1, 951, 50]);
    await answer(nth(0), 1_000);
    assert.equal(store.head, 1_000);
    assert.equal(nth(1).from, 2_951);
    await answer(nth(1), 3_000);
    assert.equal(store.head, 3_000);
    assert.equal(asked.length, 2);
  });

  it("requests nothing if the view contains the rows", () => {
    const { store, asked } = stored();
    const last = rows(951, 50, 1_000);
    store.wire.receive({ type: "view", view: view(1_000, { status: "running", rows: last }) });
    assert.deepEqual([store.head, asked.length], [1_000, 0]);
    assert.equal(store.row(951)?.step, 951);
  });

  it("shows a pause immediately, and no older view afterwards", async () => {
    const { store, show, answer, nth } = stored();
    show(1_000);
    show(1_500, "paused");
    assert.deepEqual([store.head, store.cursor], [1_500, 1_500]);
    await answer(nth(0), 1_500);
    assert.deepEqual([store.head, store.view?.status], [1_500, "paused"]);
  });

  it("drops a reply for the previous run", async () => {
    const { store, show, answer, nth } = stored();
    show(128, "paused");
    store.need(1, 128);
    show(0, "loading", { run: 2 });
    show(5, "paused", { run: 2 });
    await answer(nth(0), 128);
    assert.equal(store.row(3), undefined);
    assert.equal(store.row(5)?.step, 5);
  });

  it("forgets the rows of a replaced run, however long the new one is already", () => {
    const { store, show } = stored();
    show(128, "paused", { rows: rows(1, 128, 128) });
    show(5_000, "paused", { run: 2 });
    assert.equal(store.row(3), undefined);
    assert.equal(store.row(5_000)?.step, 5_000);
  });

  it("keeps open nodes when the same tasks run again, but not for other tasks", () => {
    const { store, show, kept } = stored();
    show(128, "paused");
    store.fold("section:Watches");
    store.tree.toggle("locals:0\nattempt");
    const opened = ["section:Watches", "locals:0\nattempt"];
    const { tasks } = view(128);
    show(0, "loading", { run: 2, tasks: [] });
    show(0, "paused", { run: 2, tasks: tasks.slice(0, 1) });
    assert.deepEqual([kept.toggled, kept.about?.names.length, store.view?.session], [opened, 3, 1]);
    show(0, "paused", { run: 3, tasks: tasks.slice(1) });
    assert.deepEqual([kept.toggled, kept.about?.names], [["section:Watches"], ["bogosort", "warmUp"]]);
    assert.equal(store.view?.session, 2);
  });

  it("does not filter by task numbers of another session", () => {
    const { store, show } = stored();
    show(128, "paused");
    store.finding.show();
    store.finding.change({ text: "x", tasks: [1] });
    show(128, "paused", { run: 2 });
    assert.deepEqual(store.finding.query.tasks, [1]);
    show(128, "paused", { run: 3, file: "other.ts" });
    assert.deepEqual(store.finding.query, { text: "x", case: "any" });
  });

  it("keeps few requests in flight, however far a scrollbar is dragged", () => {
    const { store, asked, show } = stored();
    show(1_000_000, "paused");
    for (let top = 1; top < 1_000_000; top += 10_000) store.need(top, top + 20);
    assert.ok(asked.length <= 5);
  });

  it("sends only step numbers within the run", () => {
    const sent: FromPanel[] = [];
    const store = new Store({
      post: (message) => sent.push(message),
      changed: () => {},
      remember: () => {},
      shows: () => {},
      types: () => {},
      arranges: () => {},
      prepare: () => undefined,
    });
    store.select(1);
    store.wire.receive({ type: "view", view: view(10) });
    store.select(-3);
    store.select(99);
    assert.deepEqual(sent, [
      { type: "select", step: 1 },
      { type: "select", step: 10 },
    ]);
  });

  it("starts a move where the last one ends, unless something else decided what is shown", () => {
    const { store, show, moved } = stored();
    const at = (cursor: number) => show(100, "paused", { cursor });
    at(50);
    store.move(1);
    store.move(1);
    at(50); // sent again for another reason
    store.move(1);
    at(51);
    store.move(-10);
    assert.deepEqual(moved, [51, 52, 53, 43]);
    at(43);
    store.move(1);
    at(7); // a click in the editor
    store.move(1);
    store.command("toHead");
    store.move(-1);
    store.command("step");
    assert.equal(store.aim, 7);
    assert.deepEqual(moved, [51, 52, 53, 43, 44, 8, 99]);
  });
});
