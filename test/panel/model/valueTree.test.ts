/**
 * The tree of a step without a page: children on demand, page by page, and nothing left over from an older step.
 */
import assert from "node:assert/strict";
import { ValueTree } from "../../../src/panel/model/valueTree";
import type { Expanded } from "../../../src/panel/model/wire";
import type { MarkedProperty } from "../../../src/protocol/stepDetail";
import { detail } from "../recorded";

const attempt = "locals:0\nattempt";

interface Asked {
  readonly handle: number;
  readonly start: number;
  answer(expanded: Expanded): Promise<void>;
  refuse(message: string): Promise<void>;
}

function planted(toggled: string[] = []) {
  const asked: Asked[] = [];
  const remembered: string[][] = [];
  const expand = (handle: number, start: number) =>
    new Promise<Expanded>((resolve, reject) => {
      const settled = () => new Promise<void>((done) => setImmediate(done));
      asked.push({
        handle,
        start,
        answer: (expanded) => {
          resolve(expanded);
          return settled();
        },
        refuse: (message) => {
          reject(new Error(message));
          return settled();
        },
      });
    });
  const tree = new ValueTree({ expand, changed: () => {}, remember: (paths) => remembered.push(paths) }, toggled);
  return { tree, asked, remembered };
}

const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: String(from + index), value: { text: String(from + index) } }));
const labels = (tree: ValueTree) => tree.nodes().map((node) => `${"  ".repeat(node.level - 1)}${node.label}`);

describe("the tree of a step that threw", () => {
  const file = "/examples/report.ts";
  const place = (line: number, name: string) => ({ file, line, column: 3, function: name });
  const below = { name: "cause", message: "TypeError: below", frames: [place(9, "inner"), place(4, "report")] };
  const thrown = {
    message: "Error: no report\nat all",
    at: place(5, "report"),
    frames: [place(20, "made")],
    related: [below],
    omitted: 2,
  };
  const threw = {
    step: 2,
    task: 0,
    value: { text: "Error: no rep… (26 characters)", handle: 1 },
    frames: [],
    output: [],
    thrown,
  };

  it("has the full message, the place, the stack, and the causes with the same details, all open", () => {
    const { tree } = planted();
    tree.show(threw, "threw");
    assert.deepEqual(labels(tree), [
      "threw",
      "message",
      "thrown at report",
      "stack",
      "  made",
      "cause",
      "  stack",
      "    inner",
      "    report",
      "2 more",
    ]);
    const nodes = tree.nodes();
    assert.equal(nodes.find(({ label }) => label === "message")?.value?.text, thrown.message);
    assert.equal(nodes.find(({ label }) => label === "cause")?.value?.text, "TypeError: below");
    assert.deepEqual(nodes.find(({ label }) => label === "inner")?.point, place(9, "inner"));
  });

  it("repeats neither message nor place", () => {
    const { tree } = planted();
    const frames = [place(5, "report")];
    tree.show(
      { ...threw, value: { text: "Error: short" }, thrown: { message: "Error: short", at: place(5, "report"), frames } },
      "threw",
    );
    assert.deepEqual(labels(tree), ["threw", "stack", "  report"]);
  });
});

describe("the tree of a step", () => {
  it("shows the value, the locals with what changed, and the stack", () => {
    const { tree } = planted();
    tree.show(detail(128), "yielded");
    assert.deepEqual(labels(tree), [
      "yielded",
      "locals",
      "  attempt",
      "  unsorted",
      "  gone",
      "  tries",
      "  label",
      "stack",
      "  bogosort",
    ]);
    const tries = tree.nodes().find((node) => node.label === "tries");
    assert.deepEqual([tries?.change, tries?.was], ["changed", "62"]);
  });

  it("marks a value if something inside it is marked, and does not count removed children in pages", async () => {
    const { tree, asked } = planted([attempt]);
    tree.show(detail(128), "yielded");
    const [one, two] = numbers(0, 2) as [MarkedProperty, MarkedProperty];
    await asked[0]?.answer({ properties: [{ ...one, change: "removed" }, { ...one, change: "added" }, two], total: 4 });
    const children = tree.nodes().slice(2, 7);
    assert.deepEqual(
      children.map(({ label, change }) => [label, change]),
      [
        ["attempt", "inside"],
        ["0", "removed"],
        ["0", "added"],
        ["1", undefined],
        ["2 more", undefined],
      ],
    );
    assert.equal(new Set(children.map(({ path }) => path)).size, 5);
    assert.equal(children[2]?.path, `${attempt}\n0`);
    void tree.more(attempt);
    assert.equal(asked[1]?.start, 2);
    await asked[1]?.answer({ properties: numbers(2, 2), total: 4 });
    assert.deepEqual(labels(tree).slice(3, 8), ["    0", "    0", "    1", "    2", "    3"]);
  });

  it("requests children when a node is opened, and the next page through `more`", async () => {
    const { tree, asked } = planted();
    tree.show(detail(128), "yielded");
    tree.toggle(attempt);
    assert.deepEqual([asked[0]?.handle, asked[0]?.start], [1, 0]);
    await asked[0]?.answer({ properties: numbers(0, 2), total: 5 });
    assert.deepEqual(labels(tree).slice(2, 6), ["  attempt", "    0", "    1", "    3 more"]);
    void tree.more(attempt);
    assert.equal(asked[1]?.start, 2);
    await asked[1]?.answer({ properties: numbers(2, 3), total: 5 });
    assert.deepEqual(labels(tree).slice(2, 9), ["  attempt", "    0", "    1", "    2", "    3", "    4", "  unsorted"]);
  });

  it("says why children are not available", async () => {
    const { tree, asked } = planted();
    tree.show(detail(128), "yielded");
    tree.toggle("locals:0\ngone");
    await asked[0]?.refuse("not recorded");
    assert.equal(tree.nodes().find((node) => node.kind === "refused")?.label, "not recorded");
    tree.toggle("locals:0\ngone");
    tree.toggle("locals:0\ngone");
    assert.equal(asked.length, 2);
  });

  it("keeps nodes open from step to step, and ignores replies for the previous step", async () => {
    const { tree, asked } = planted();
    tree.show(detail(126), "yielded");
    tree.toggle(attempt);
    tree.show(detail(128), "yielded");
    assert.equal(asked.length, 2);
    await asked[1]?.answer({ properties: numbers(10, 1), total: 1 });
    await asked[0]?.answer({ properties: numbers(0, 1), total: 1 });
    assert.equal(labels(tree)[3], "    10");
  });

  it("shows the previous step's children, marked as outdated, until the new ones arrive", async () => {
    const { tree, asked } = planted();
    tree.show(detail(126), "yielded");
    tree.toggle(attempt);
    await asked[0]?.answer({ properties: numbers(0, 1), total: 1 });
    tree.show(detail(128), "yielded");
    assert.deepEqual(tree.nodes()[3]?.stale, true);
    await asked[1]?.answer({ properties: numbers(10, 1), total: 1 });
    assert.deepEqual([labels(tree)[3], tree.nodes()[3]?.stale], ["    10", false]);
  });

  it("remembers open and closed nodes by path", () => {
    const { tree, asked, remembered } = planted([attempt]);
    tree.show(detail(128), "yielded");
    assert.equal(asked.length, 1);
    tree.toggle("stack");
    assert.deepEqual(remembered, [[attempt, "stack"]]);
    assert.equal(labels(tree).at(-1), "stack");
  });
});
