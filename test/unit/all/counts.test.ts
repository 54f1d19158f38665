import assert from "node:assert/strict";
import { countsIn, failuresIn } from "../../all/counts";

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

describe("the failures in mocha's output", () => {
  const report = (number: number, ...stack: string[]) =>
    `  ${number}) a suite\n       case ${number}:\n\n      Error: no\n${stack.map((frame) => `      at ${frame}\n`).join("")}\n`;

  it("are those reported at the end, each without most of its stack", () => {
    const frames = Array.from({ length: 30 }, (_, at) => `frame${at}`);
    const output = `  a suite\n    1) case 1\n\n  3 passing (1s)\n\u001b[31m  2 failing\u001b[0m\n\n${report(1, ...frames)}${report(2, "only")}`;
    const [first = "", second = "", ...others] = failuresIn(output);
    assert.match(first, /^ {2}1\) a suite\n {7}case 1:\n\n {6}Error: no\n {6}at frame0\n[\s\S]*frame10$/);
    assert.equal(second, "  2) a suite\n       case 2:\n\n      Error: no\n      at only");
    assert.deepEqual(others, []);
  });

  it("are none if all tests passed", () => {
    assert.deepEqual(failuresIn("  1) a list that a test printed\n\n  3 passing (1s)\n"), []);
  });
});
