// The text of copied tests. test/cli/exploreTest.test.ts runs them.

import assert from "node:assert/strict";
import { type CopiedOutcome, mustTest, regressionTest } from "../../../../src/session/explore/regressionTest";

const outcome: CopiedOutcome = {
  files: [
    {
      path: "./account.ts",
      imports: [
        { name: "deposit", exported: "deposit" },
        { name: "account", exported: "default" },
      ],
    },
  ],
  calls: [
    { file: 0, expression: "deposit()" },
    { file: 0, expression: "deposit()" },
  ],
  names: ["deposit", "deposit #2"],
  picks: [0, 1, 0, 1],
  check: "account === 2",
  until: "all",
  virtualTime: 1,
  why: "the check does not hold: account === 2",
  explanation: "The outcome turns on step 3.",
};

describe("regressionTest", () => {
  it("imports what a framework needs and what the program exports", () => {
    const text = regressionTest(outcome, "vitest");
    assert.match(text, /^import \{ test \} from "vitest";$/m);
    assert.match(text, /^import \{ deposit, default as account \} from "\.\/account\.ts";$/m);
    assert.match(text, /assert\.ok\(account === 2, message\);/);
    assert.match(text, /In this order the check does not hold: account === 2\. The outcome turns on step 3\./);
    assert.match(regressionTest(outcome, "mocha"), /^import \{ it \} from "mocha";$/m);
    assert.match(regressionTest(outcome, "node"), /^import \{ test \} from "node:test";$/m);
  });

  it("avoids names of the program", () => {
    const calls = ["test()", "run()"].map((expression) => ({ file: 0, expression }));
    const text = regressionTest({ ...outcome, calls, check: "message" }, "node");
    assert.match(text, /^import \{ test as test_ \} from "node:test";$/m);
    assert.match(text, /^ {2}const run_ = replay\(\{$/m);
    assert.match(text, /assert\.ok\(message, message_\);/);
  });

  it("keeps an expression with commas or a comment together", () => {
    const text = regressionTest({ ...outcome, check: "account, 2 // both" }, "node");
    assert.match(text, /assert\.ok\(\(account, 2 \/\/ both\n\), message\);/);
  });

  it("has the other options of the question", () => {
    const question = { invariant: "account < 3", until: "first", virtualTime: 5 } as const;
    assert.match(
      regressionTest({ ...outcome, ...question }, "node"),
      /invariant: \(\) => account < 3,\n {4}until: "first",\n {4}virtualTime: 5,/,
    );
    assert.match(
      regressionTest({ ...outcome, ...question, files: [{ path: "./account.py", imports: [] }] }, "pytest"),
      /invariant=lambda: eval\("account < 3", vars\(program\)\),\n {8}until="first",\n {8}virtual_time=5,/,
    );
  });

  it("fits the language", () => {
    assert.throws(() => mustTest("pytest", "a.ts"), /pytest does not test JavaScript or TypeScript/);
    assert.throws(() => mustTest("node", "a.py"), /node does not test Python/);
    mustTest("pytest", "a.py");
    mustTest("mocha", "a.mjs");
  });
});
