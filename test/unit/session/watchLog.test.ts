import assert from "node:assert/strict";
import fc from "fast-check";
import { type Watched, WatchLog } from "../../../src/session/watches";

const watched: fc.Arbitrary<Watched> = fc.oneof(
  fc.constantFrom("1", "2", "3").map((text) => ({ text })),
  fc.constant({ error: "no such name" }),
);

/** What each step gave, in whatever order it was recorded: rebuilding fills in the past. */
const recorded = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 40 }), watched), {
  selector: ([step]) => step,
  maxLength: 20,
});

function logOf(entries: readonly [number, Watched][]): WatchLog {
  const log = new WatchLog();
  for (const [step, seen] of entries) log.record({ step, expression: "x", seen });
  return log;
}

describe("what watches gave", () => {
  it("is marked as changed against the last text before, whatever the order of recording", () => {
    fc.assert(
      fc.property(recorded, fc.nat(42), (entries, step) => {
        const log = logOf(entries);
        const seen = new Map(entries).get(step);
        const before = entries.filter(([each, value]) => each < step && "text" in value).sort(([a], [b]) => b - a)[0]?.[1];
        const text = seen && "text" in seen ? seen.text : undefined;
        const was = before && "text" in before && text !== undefined && before.text !== text ? { was: before.text } : {};
        assert.deepEqual(log.at(step, "x"), { expression: "x", ...seen, ...was });
      }),
      { numRuns: 500 },
    );
  });

  it("is compared with what the same task had, where it is about locals", async () => {
    const log = new WatchLog();
    const frames = [{ file: "a.js", line: 1, column: 1, function: "f", locals: [{ name: "by", value: { text: "" } }] }];
    for (const [step, by] of [1, 10, 1, 11].entries()) {
      const at = { step: step + 1, task: step % 2, frames };
      await log.complete(at, ["by", "total", "this.by"], async (expression) => ({
        text: expression === "by" ? `${by}` : `${step}`,
      }));
    }
    assert.deepEqual(
      [1, 2, 3, 4].map((step) => log.at(step, "by").was),
      [undefined, undefined, undefined, "10"],
    );
    for (const expression of ["total", "this.by"]) assert.equal(log.at(4, expression).was, "2");
    assert.equal(log.changeBefore(4, "by"), undefined);
  });

  it("leads to the nearest changes in both directions", () => {
    fc.assert(
      fc.property(recorded, fc.nat(42), (entries, from) => {
        const log = logOf(entries);
        const changes = entries.map(([step]) => step).filter((step) => log.at(step, "x").was !== undefined);
        const [before, after] = [changes.filter((step) => step < from), changes.filter((step) => step > from)];
        assert.equal(log.changeBefore(from, "x"), before.length > 0 ? Math.max(...before) : undefined);
        assert.equal(log.changeAfter(from, "x"), after.length > 0 ? Math.min(...after) : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it("stays bounded: what was recorded first goes first", () => {
    const log = new WatchLog();
    for (let step = 1; step <= 1_500; step += 1) log.record({ step, expression: "x", seen: { text: `${step}` } });
    assert.equal(log.has(1, "x"), false);
    assert.deepEqual(log.at(1_500, "x"), { expression: "x", text: "1500", was: "1499" });
    assert.equal(log.changeBefore(600, "x"), 599);
    assert.equal(log.changeBefore(502, "x"), undefined);
  });
});
