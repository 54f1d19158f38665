import assert from "node:assert/strict";
import { type Ended, Lanes } from "../../all/lane";
import type { Part } from "../../all/parts";
import { summaryOf } from "../../all/summary";

function part(name: string, ...needs: string[]): Part {
  return { name, script: name, needs };
}

/** The result of every part, and the order in which the parts started. */
async function ran(
  lanes: readonly (readonly Part[])[],
  failing: readonly string[] = [],
): Promise<{ ended: Ended[]; began: string[] }> {
  const ended: Ended[] = [];
  const began: string[] = [];
  const all = new Lanes(lanes);
  const runPart = async ({ name }: Part) => {
    began.push(name);
    const isFailing = failing.includes(name);
    return { code: isFailing ? 1 : 0, output: isFailing ? "  3 passing\n  2 failing\n" : "  5 passing\n  1 pending\n" };
  };
  await Promise.all(lanes.map((lane) => all.run(lane, runPart, (one) => ended.push(one))));
  return { ended, began };
}

describe("the parts of a test run", () => {
  it("wait for their prerequisites, even in another lane", async () => {
    const { began, ended } = await ran([
      [part("panel", "package", "browser"), part("last")],
      [part("package"), part("browser")],
    ]);
    // `last` has no prerequisites, but follows `panel` in its lane.
    assert.deepEqual(began, ["package", "browser", "panel", "last"]);
    assert.ok(ended.every(({ outcome }) => outcome === "passed"));
  });

  it("are skipped if a prerequisite failed or was skipped; the others run", async () => {
    const { ended } = await ran(
      [[part("package"), part("panel", "package"), part("pictures", "panel"), part("unit")]],
      ["package"],
    );
    assert.deepEqual(
      ended.map(({ outcome }) => outcome),
      ["failed", "not run", "not run", "passed"],
    );
    assert.equal(ended[2]?.output, "pictures was not run, since panel failed.\n");
  });
});

describe("the result of a test run", () => {
  it("counts every test of every part", async () => {
    const { ended } = await ran([[part("unit"), part("panel")]]);
    assert.match(summaryOf(ended, 90_000), /^unit +6 +0\.0 {2}passed$/m);
    assert.match(summaryOf(ended, 90_000), /\n10 passed, 0 failed, 2 pending in 1\.5 minutes\n$/);
  });

  it("counts a part that failed without a test, or was skipped, as one failure", async () => {
    const { ended } = await ran([[part("unit"), part("lint"), part("panel", "lint")]], ["lint"]);
    assert.match(summaryOf(ended, 0), /\n8 passed, 3 failed, 1 pending in/);
    const [unit] = ended;
    assert.ok(unit);
    assert.match(summaryOf([{ ...unit, outcome: "failed" }], 0), /\n5 passed, 1 failed, 1 pending in/);
  });

  it("ends with what a part printed last that failed without a test", () => {
    const output = `${"built\n".repeat(40)}names.py is in the package but not listed.\n\n`;
    const summary = summaryOf([{ part: part("package"), outcome: "failed", output, millis: 0 }], 0);
    assert.match(summary, /^\n== failed in package ==\n\n(built\n){14}names\.py is in the package but not listed\.\n/);
  });
});
