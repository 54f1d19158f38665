// The text of copied tests. test/cli/exploreTest.test.ts runs them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import ts from "typescript";
import { type CopiedOutcome, mustTest, regressionTest } from "../../../../src/session/explore/regressionTest";
import { hostile, unseen } from "../../../fixtures/hostile";

/** Prints, of each test, the name of its task and its message. */
const textsInPython = `
import ast, json, sys

def texts(source):
    tree = ast.parse(source)
    [tasks] = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "tasks"]
    [said] = [node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and node.targets[0].id == "said"]
    return [tasks.keys[0].value, said.elts[0].value]

sys.stdout.write(json.dumps([texts(source) for source in json.load(sys.stdin)]))
`;

/** What a test in JavaScript passes to what it imports: the names of its tasks, and the message of its first assertion. */
function ranWithoutModules(test: string): { tasks?: string[]; message?: string } {
  const seen: { tasks?: string[]; message?: string } = {};
  const replay = ({ tasks }: { tasks: object }) => {
    seen.tasks = Object.keys(tasks);
    return {};
  };
  const ok = (_: unknown, message: string) => (seen.message ??= message);
  const run = (_: string, body: (t: object) => void) => body({});
  const code = test.replace(/^import .*$/gm, "");
  new Function("assert", "test", "replay", "account", code)({ ok }, run, replay, 2);
  return seen;
}

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

  /** The outcome with a text wherever the program can put one. */
  const filledWith = (text: string): CopiedOutcome => ({
    ...outcome,
    files: [{ path: `./${text || "a"}.ts`, imports: [] }],
    calls: [{ file: 0, expression: "1" }],
    names: [text],
    why: text,
    explanation: text,
  });

  it("is valid code with the same texts, in which every character can be seen, whatever they are: JavaScript", () => {
    for (const [what, text] of Object.entries(hostile)) {
      const test = regressionTest(filledWith(text), "node");
      assert.doesNotMatch(test, unseen, what);
      const { diagnostics } = ts.transpileModule(test, { reportDiagnostics: true });
      assert.deepEqual(
        diagnostics?.map(({ messageText }) => messageText),
        [],
        what,
      );
      const { tasks, message } = ranWithoutModules(test);
      assert.deepEqual(tasks, [text], what);
      assert.equal(message, `In this order ${text}. ${text}`, what);
    }
  });

  it("is valid code with the same texts, in which every character can be seen, whatever they are: Python", () => {
    const texts = Object.values(hostile);
    const tests = texts.map((text) => regressionTest(filledWith(text), "pytest"));
    for (const test of tests) assert.doesNotMatch(test, unseen);
    const input = JSON.stringify(tests);
    const { stdout, stderr } = spawnSync("python3", ["-c", textsInPython], { input, encoding: "utf8" });
    assert.equal(stderr, "");
    assert.deepEqual(
      JSON.parse(stdout),
      texts.map((text) => [text, `In this order ${text}. ${text}`]),
    );
  });

  it("fits the language", () => {
    assert.throws(() => mustTest("pytest", "a.ts"), /pytest does not test JavaScript or TypeScript/);
    assert.throws(() => mustTest("node", "a.py"), /node does not test Python/);
    mustTest("pytest", "a.py");
    mustTest("mocha", "a.mjs");
  });
});
