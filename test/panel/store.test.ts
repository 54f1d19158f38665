/**
 * The store without a page: what is drawn while a run goes on, and what is forgotten when another begins.
 */
import assert from "node:assert/strict";
import { Store } from "../../src/panel/store";
import type { FromPanel } from "../../src/protocol/panel";
import { rows, view } from "./recorded";

type Rows = Extract<FromPanel, { type: "rows" }>;

let settle: () => void = () => {};

function stored() {
  const asked: Rows[] = [];
  const post = (message: FromPanel) => message.type === "rows" && asked.push(message);
  const store = new Store({ post, changed: () => {}, remember: () => {} });
  const show = (head: number, status: "running" | "paused" | "loading" = "running") =>
    store.wire.receive({ type: "view", view: view(head, { status }) });
  const answer = async ({ id, from, count }: Rows, head: number) => {
    store.wire.receive({ type: "rows", id, rows: rows(from, count, head) });
    await new Promise((settled) => setImmediate(settled));
  };
  settle = () => {
    for (const { id } of asked) store.wire.receive({ type: "rows", id, rows: [] });
  };
  const nth = (index: number): Rows => asked[index] ?? assert.fail(`question ${index} was not asked`);
  return { store, asked, show, answer, nth };
}

describe("the panel's store", () => {
  afterEach(() => settle());

  it("draws the head of a run only when its rows are here, and asks one question at a time", async () => {
    const { store, asked, show, answer, nth } = stored();
    show(1_000);
    show(2_000);
    show(3_000);
    assert.equal(store.shown, 0);
    assert.deepEqual([asked.length, nth(0).from, nth(0).count], [1, 951, 50]);
    await answer(nth(0), 1_000);
    assert.equal(store.shown, 1_000);
    assert.equal(nth(1).from, 2_951);
    await answer(nth(1), 3_000);
    assert.equal(store.shown, 3_000);
    assert.equal(asked.length, 2);
  });

  it("asks for nothing where the rows came with the view", () => {
    const { store, asked } = stored();
    const last = rows(951, 50, 1_000);
    store.wire.receive({ type: "view", view: view(1_000, { status: "running", rows: last }) });
    assert.deepEqual([store.shown, asked.length], [1_000, 0]);
    assert.equal(store.row(951)?.step, 951);
  });

  it("draws the head at once when the run pauses", () => {
    const { store, show } = stored();
    show(1_000);
    show(1_500, "paused");
    assert.deepEqual([store.shown, store.cursor], [1_500, 1_500]);
  });

  it("drops an answer for the run before", async () => {
    const { store, show, answer, nth } = stored();
    show(128, "paused");
    store.need(1, 128);
    show(0, "loading");
    show(5, "paused");
    await answer(nth(0), 128);
    assert.equal(store.row(3), undefined);
    assert.equal(store.row(5)?.step, 5);
  });

  it("keeps few questions in flight, however far a scrollbar is dragged", () => {
    const { store, asked, show } = stored();
    show(1_000_000, "paused");
    for (let top = 1; top < 1_000_000; top += 10_000) store.need(top, top + 20);
    assert.ok(asked.length <= 5);
  });

  it("keeps what it sends within the run", () => {
    const sent: FromPanel[] = [];
    const store = new Store({ post: (message) => sent.push(message), changed: () => {}, remember: () => {} });
    store.select(1);
    store.wire.receive({ type: "view", view: view(10) });
    store.select(-3);
    store.select(99);
    assert.deepEqual(sent, [
      { type: "select", step: 1 },
      { type: "select", step: 10 },
    ]);
  });
});
