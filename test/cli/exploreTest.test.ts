// `explore --test`: the copied test runs under its framework. It fails on the program that it was copied from, passes on the fixed one, and
// names the step that goes another way there.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { yieldpoint } from "./commandLine";

const fixtures = resolve("test/fixtures/explore");
const python = resolve("out/cotasks/python");

interface Ran {
  readonly code: number;
  readonly text: string;
}

function run(folder: string, command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...own } = process.env;
  return new Promise((done) =>
    execFile(command, [...args], { cwd: folder, env: { ...own, ...env } }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, text: stdout + stderr });
    }),
  );
}

const tsx = ["--import", "tsx"];

/** Runs the functions of a test file as pytest does, for machines without it: a failed `assert` is a failure, a warning is shown. */
const minimal = `
import runpy, sys
for name, function in runpy.run_path(sys.argv[1]).items():
    if name.startswith("test_"):
        function()
`;

const hasPytest = spawnSync("python3", ["-c", "import pytest"]).status === 0;
const pytest = hasPytest ? ["-m", "pytest", "-q", "-p", "no:cacheprovider"] : ["-c", minimal];

/** How each framework is started. */
const runners: Record<string, (folder: string, test: string) => Promise<Ran>> = {
  node: (folder, test) => run(folder, process.execPath, [...tsx, "--test", "--test-reporter=tap", test]),
  mocha: (folder, test) =>
    run(folder, process.execPath, [...tsx, resolve("node_modules/mocha/bin/mocha.js"), "--no-config", "--no-package", test]),
  pytest: (folder, test) => run(folder, "python3", [...pytest, test], { PYTHONPATH: python, PYTHONDONTWRITEBYTECODE: "1" }),
};

/** Programs by kind: the calls, what is asked, what the message says, and which step of the fixed program goes another way. */
const kinds = [
  {
    name: "lostUpdate",
    args: ["deposit()", "deposit()", "--check", "account == 2"],
    says: /account == 2[\s\S]*step 3 comes before step 2/,
    departs: /Step 4 went another way: deposit \\?#2 waits/,
  },
  {
    name: "twoLocks",
    args: ["rightwards()", "leftwards()"],
    says: /wait for one another forever/,
    departs: /Step \d+ went another way/,
  },
  {
    name: "boundedBuffer",
    args: ["consumer()", "consumer()", "producer(2)", "--invariant", "parcels >= 0"],
    says: /invariant does not hold/,
    departs: undefined,
  },
];

describe("a copied test", () => {
  let folder: string;

  /** Writes a fixture into the folder under the name of the program, with its variables exported. */
  async function place(name: string, fixture: string, extension: string) {
    const text = await readFile(join(fixtures, `${fixture}.${extension}`), "utf8");
    await writeFile(join(folder, `${name}.${extension}`), extension === "ts" ? text.replace(/^let /gm, "export let ") : text);
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "copied-"));
    await mkdir(join(folder, "node_modules"));
    await cp(resolve("out/cotasks/javascript"), join(folder, "node_modules/cotasks"), { recursive: true });
    for (const name of ["mocha", "tsx"]) await symlink(resolve("node_modules", name), join(folder, "node_modules", name));
  });

  after(() => rm(folder, { recursive: true }));

  for (const { name, args, says, departs } of kinds) {
    for (const framework of ["node", "mocha", "pytest"]) {
      it(`of ${name} fails under ${framework}, and passes once the program is fixed`, async () => {
        const extension = framework === "pytest" ? "py" : "ts";
        const program = `${name}.${extension}`;
        const test = extension === "py" ? `test_${name}.py` : `${name}.${framework}.test.ts`;
        await place(name, name, extension);
        const out = ["--test", framework, "--out", join(folder, test)];
        const explored = await yieldpoint("explore", join(folder, program), ...args, ...out);
        assert.equal(explored.code, 1, explored.stderr);
        const runTest = () => (runners[framework] as (folder: string, test: string) => Promise<Ran>)(folder, test);
        const failed = await runTest();
        assert.notEqual(failed.code, 0, failed.text);
        assert.match(failed.text, says);
        assert.doesNotMatch(failed.text, /went another way/);
        await place(name, `${name}-fixed`, extension);
        const passed = await runTest();
        assert.equal(passed.code, 0, passed.text);
        // The witness of an invariant ends where it is broken: the fixed program can make the same steps, and goes on.
        if (departs) assert.match(passed.text, departs);
        else assert.doesNotMatch(passed.text, /went another way/);
      });
    }
  }

  for (const framework of ["node", "pytest"]) {
    it(`of tasks of two files that share a third fails under ${framework}, and passes once one file is fixed`, async () => {
      const python = framework === "pytest";
      const extension = python ? "py" : "ts";
      const from = (name: string) => (python ? `import ${name}\n` : `import * as ${name} from "./${name}.ts";\n`);
      const account = python ? "account = [0]\n" : "export const account = [0];\n";
      const task = (name: string, body: string[]) => {
        const lines = body.map((line) => `  ${line}${python ? "" : ";"}\n`).join("");
        return python ? `def ${name}():\n${lines}` : `export function* ${name}() {\n${lines}}\n`;
      };
      const own = python ? "balance" : "const balance";
      const moves = (by: string) => [`${own} = held.account[0]`, "yield", `held.account[0] = balance ${by}`];
      const place = (name: string, text: string) => writeFile(join(folder, `${name}.${extension}`), text);
      const balance = python ? "def balance():\n  return held.account[0]\n" : "export const balance = () => held.account[0];\n";
      await place("held", account);
      await place("paying", from("held") + balance + task("pay", moves("+ 1")));
      await place("spending", from("held") + task("spend", moves("- 1")));
      const test = python ? "test_two.py" : "two.test.ts";
      const calls = ["pay()", `${join(folder, `spending.${extension}`)}: spend()`];
      const out = ["--check", "balance() == 0", "--test", framework, "--out", join(folder, test)];
      const explored = await yieldpoint("explore", join(folder, `paying.${extension}`), ...calls, ...out);
      assert.equal(explored.code, 1, explored.stderr);
      const runTest = () => (runners[framework] as (folder: string, test: string) => Promise<Ran>)(folder, test);
      const failed = await runTest();
      assert.notEqual(failed.code, 0, failed.text);
      assert.match(failed.text, /In this order the check does not hold: balance\(\) == 0/);
      await place("spending", from("held") + task("spend", ["yield", "held.account[0] -= 1"]));
      const passed = await runTest();
      assert.equal(passed.code, 0, passed.text);
    });
  }

  it("is refused where two files would give it the same name", async () => {
    const twice = "export function* pay() {\n  yield;\n  throw new Error();\n}\n";
    for (const name of ["one", "another"]) await writeFile(join(folder, `${name}.ts`), twice);
    const calls = ["pay()", `${join(folder, "another.ts")}: pay()`];
    const { code, stderr } = await yieldpoint("explore", join(folder, "one.ts"), ...calls, "--test", "node");
    assert.match(stderr, /The test needs pay of .*one\.ts and of .*another\.ts\.\n {2}Rename one of the two/);
    assert.equal(code, 2);
  });

  it("is refused where the file does not export what it needs, or nothing can be replayed", async () => {
    const file = join(fixtures, "lostUpdate.ts");
    const deposits = ["deposit()", "deposit()", "--check", "account == 2"];
    const wrong: readonly (readonly [args: string[], message: RegExp])[] = [
      [
        [file, ...deposits, "--test", "node"],
        /needs account, which .* does not export\.\n {2}Write export before its declaration/,
      ],
      [[file, ...deposits, "--test", "pytest"], /pytest does not test JavaScript or TypeScript/],
      [[file, ...deposits, "--test", "jest"], /--test must be node or mocha or vitest or pytest/],
      [[file, ...deposits, "--out", "test.ts"], /--test is missing/],
      [[join(fixtures, "kinds.ts"), "hangs()", "sets(1)", "--test", "node"], /would not end by itself/],
    ];
    for (const [args, message] of wrong) {
      const { code, stderr } = await yieldpoint("explore", ...args);
      assert.match(stderr, message);
      assert.equal(code, 2, stderr);
    }
  });

  it("is not written if nothing fails", async () => {
    const { code, stdout, stderr } = await yieldpoint(
      "explore",
      join(fixtures, "lostUpdate-fixed.py"),
      ...["deposit()", "deposit()", "--check", "account == 2", "--test", "pytest"],
    );
    assert.deepEqual([code, stdout], [0, ""]);
    assert.match(stderr, /there is no test to write/);
  });
});
