import assert from "node:assert/strict";
import { countsIn } from "../../all/counts";

describe("the counts in mocha's output", () => {
  it("are the last ones, whatever the tests themselves print", () => {
    const output =
      "  3 passing\n\n  a suite\n    ✔ counts 7 passing cars\n\n\n  1207 passing (4m)\n  9 pending\n  2 failing\n\n  1) a suite\n";
    assert.deepEqual(countsIn(output), { passed: 1207, failed: 2, pending: 9 });
  });

  it("are recognized despite colour codes", () => {
    const output =
      "\n\u001b[92m \u001b[0m\u001b[32m 12 passing\u001b[0m\u001b[90m (31ms)\u001b[0m\n\u001b[31m  1 failing\u001b[0m\n";
    assert.deepEqual(countsIn(output), { passed: 12, failed: 1, pending: 0 });
  });

  it("are absent if no test ran", () => {
    assert.deepEqual(countsIn("Checked 632 files in 3s. No fixes applied.\n"), { passed: 0, failed: 0, pending: 0 });
  });
});
