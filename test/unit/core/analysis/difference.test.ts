/**
 * Differences between two captures of a value, which are reported only if both sides are known.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { differInside, type Level, type Look, type Pair, pairs } from "../../../../src/core/analysis/difference";

const level = (children: Record<string, string> | readonly string[], total?: number): Level => {
  const properties = Object.entries(children).map(([name, text]) => ({ name, value: { text } }));
  return { properties, total: total ?? properties.length };
};

/** One word for each pair, in the way in which the marks are read. */
function said(found: readonly Pair[]): string[] {
  return found.map((pair) => {
    if (pair.kind === "removed") return `-${pair.before.name}=${pair.before.value.text}`;
    const now = `${pair.now.name}=${pair.now.value.text}`;
    if (pair.kind !== "kept") return `${pair.kind === "added" ? "+" : "?"}${now}`;
    const was = pair.before.value.text;
    return was === pair.now.value.text ? now : `${now}<${was}`;
  });
}

describe("the difference between two levels", () => {
  it("matches properties by name; a removed one keeps its place", () => {
    const found = pairs(level({ a: "1", b: "2", c: "3" }), level({ a: "1", c: "4", d: "5" }), "{…}");
    assert.deepEqual(said(found), ["a=1", "-b=2", "c=4<3", "+d=5"]);
  });

  it("matches elements by index in a list of unchanged length, so a swap is two changes", () => {
    assert.deepEqual(said(pairs(level(["1", "2", "3"]), level(["1", "3", "2"]), "[1, 3, 2]")), ["0=1", "1=3<2", "2=2<3"]);
  });

  it("shows where an element was inserted or removed", () => {
    assert.deepEqual(said(pairs(level(["a", "b"]), level(["z", "a", "b"]), "[…]")), ["+0=z", "1=a", "2=b"]);
    assert.deepEqual(said(pairs(level(["a", "b", "c"]), level(["b", "c"]), "[…]")), ["-0=a", "0=b", "1=c"]);
    assert.deepEqual(said(pairs(level(["a", "b", "c"]), level(["a", "x", "c", "d"]), "[…]")), ["0=a", "1=x<b", "2=c", "+3=d"]);
  });

  it("distinguishes an array's elements from its named properties", () => {
    const before = level({ 0: "a", "[[Prototype]]": "Array" });
    assert.deepEqual(said(pairs(before, level({ 0: "a", 1: "b", "[[Prototype]]": "Array" }), "[…]")), [
      "0=a",
      "+1=b",
      "[[Prototype]]=Array",
    ]);
  });

  it("ignores the order of a set, in either language", () => {
    for (const text of ["Set(4) {1, 3, 4, 5}", "{1, 3, 4, 5}", "frozenset({1, 3, 4, 5})"]) {
      const found = pairs(level(["1", "2", "3", "4"]), level(["5", "3", "1", "4"]), text);
      assert.deepEqual(said(found), ["+0=5", "1=3", "2=1", "-1=2", "3=4"], text);
    }
  });

  it("does not take an object with numeric keys for a set", () => {
    for (const text of ["{0: 2}", '{"0": 2}', "Foo {0: 2}", "defaultdict({0: 2})"]) {
      assert.deepEqual(said(pairs(level(["1"]), level(["2"]), text)), ["0=2<1"], text);
    }
  });

  it("says nothing about elements beyond the known part of a long list", () => {
    assert.deepEqual(said(pairs(level(["a", "b"], 10), level(["b", "c"], 9), "[…]")), ["0=b", "?1=c"]);
    assert.deepEqual(said(pairs(level(["a", "b"], 10), level(["a", "x"], 10), "[…]")), ["0=a", "1=x<b"]);
    assert.deepEqual(said(pairs(level({ k: "1" }, 10), level({ m: "1" }, 10), "{…}")), ["?m=1"]);
  });

  it("contains every child of both sides once, for any children", () => {
    const children = fc.oneof(
      fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 8 }),
      fc.dictionary(fc.constantFrom("a", "b", "c", "0", "1"), fc.constantFrom("x", "y"), { maxKeys: 5 }),
    );
    const text = fc.constantFrom("[…]", "{…}", "Set(2) {…}", "Map(2) {…}");
    fc.assert(
      fc.property(children, children, text, (one, other, text) => {
        const [before, now] = [level(one), level(other)];
        const found = pairs(before, now, text);
        const nowOnes = found.flatMap((pair) => (pair.kind === "removed" ? [] : [pair.now]));
        const beforeOnes = found.flatMap((pair) => ("before" in pair ? [pair.before] : []));
        assert.deepEqual(nowOnes, now.properties);
        assert.deepEqual(new Set(beforeOnes), new Set(before.properties));
        assert.equal(beforeOnes.length, before.properties.length);
        assert.ok(pairs(now, now, text).every((pair) => pair.kind === "kept" && pair.before === pair.now));
      }),
    );
  });
});

describe("a difference inside a value", () => {
  const value = (handle: number): Look => ({ text: "{…}", handle });
  const inside = (known: Record<number, Level>) => (handle: number) => known[handle];
  const holding = (handle: number): Level => ({ properties: [{ name: "in", value: value(handle) }], total: 1 });

  it("is found at any known depth", () => {
    const known = { 1: holding(2), 2: level({ deep: "1" }), 11: holding(12), 12: level({ deep: "2" }) };
    assert.equal(differInside(value(1), value(11), inside(known)), true);
    assert.equal(differInside(value(1), value(1), inside(known)), false);
  });

  it("is not guessed if one side is unknown", () => {
    const known = { 1: holding(2), 2: level({ deep: "1" }), 11: holding(12) };
    assert.equal(differInside(value(1), value(11), inside(known)), false);
    assert.equal(differInside({ text: "1" }, { text: "1" }, inside(known)), false);
  });

  it("is found in values that contain themselves, without looping forever", () => {
    const many = (handle: number): Level => ({
      properties: Array.from({ length: 100 }, (_, index) => ({ name: String(index), value: value(handle) })),
      total: 100,
    });
    assert.equal(differInside(value(1), value(2), inside({ 1: many(1), 2: many(2) })), false);
  });
});
