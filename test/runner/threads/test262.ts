/**
 * Runs tests of test262 (github.com/tc39/test262, the conformance suite of ECMAScript) as threads, and compares what each comes to with the same
 * file under plain Node:
 *
 *     npm run test:test262 -- CHECKOUT [FOLDER …]
 *
 * A folder is one of the checkout's, such as `test/language/statements/for`; without any, those of statements, functions and classes. Every
 * test is the body of a function that is called, so tests of scripts, modules and syntax errors are left out, as are those that end later
 * than their call does, those that need a host object or syntax that Node does not know, and those that replace how arrays are read
 * and written: the runner has arrays too.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { RunnerClient } from "../client";
import { type RunnerUnderTest, runners } from "../runners";
import { startBare } from "../starting";

const folders = [
  "statements",
  "function-code",
  "arguments-object",
  "block-scope",
  "rest-parameters",
  "computed-property-names",
  "destructuring",
  "expressions/arrow-function",
  "expressions/class",
  "expressions/function",
  "expressions/generators",
  "expressions/object",
  "expressions/call",
  "expressions/yield",
].map((name) => `test/language/${name}`);

/** How many tests share the processes. A test may change what the next one finds; the same tests then follow each other in both. */
const shared = 40;

/** What is in place of an outcome where this version of Node does not know the syntax. */
const unknown = "unknown";

/** Before each outcome that is printed, since tests print as well. */
const told = "outcome: ";

const unfit = /\$262|\$DONE|^\s*(?:import|export)\b|Array\.prototype\[Symbol\.iterator\]|(?:Array|Object)\.prototype, ['"]\d/m;

interface Test {
  readonly name: string;
  /** The text of a CommonJS module that exports `main`, which returns what the test comes to. */
  readonly program: string;
}

/** The test in a file, or `undefined` if it is left out. */
function testIn(checkout: string, path: string): Test | undefined {
  const text = readFileSync(path, "utf8");
  const about = /\/\*---([\s\S]*?)---\*\//.exec(text)?.[1] ?? "";
  const flags = listOf("flags", about);
  if (/^negative:/m.test(about) || unfit.test(text)) return undefined;
  if (flags.some((flag) => /^(?:async|module|raw|CanBlockIs|non-deterministic)/.test(flag))) return undefined;
  const harness = ["assert.js", "sta.js", ...listOf("includes", about)].map((name) =>
    readFileSync(join(checkout, "harness", name), "utf8"),
  );
  const body = [flags.includes("onlyStrict") ? '"use strict";' : "", ...harness, text].join("\n");
  const program = [
    `function test() {${body}\n}`,
    "function main() {",
    '  try { test(); return "passed"; }',
    '  catch (error) { return (String(error?.name) + ": " + String(error?.message)).replace(/[^ -~]|["\\\\]/g, "?").slice(0, 80); }',
    "}",
    // A rejection after the test has ended changes nothing.
    'process.on("unhandledRejection", () => {});',
    "module.exports = { main };",
  ].join("\n");
  return { name: relative(checkout, path), program };
}

/** A list in the description of a test, in one line or in one line an item. */
function listOf(key: string, about: string): string[] {
  const found = new RegExp(`^${key}:[ \\t]*(?:\\[([^\\]]*)\\]|((?:\\n[ \\t]*-[^\\n]*)+))`, "m").exec(about);
  return (found?.[1] ?? found?.[2] ?? "").split(/[,\n]/).flatMap((item) => item.replace(/^[\s-]+/, "").trim() || []);
}

/** What each comes to under plain Node, one after the other in one process; `undefined` for those after one that ended it. */
function bare(files: readonly string[], directory: string): (string | undefined)[] {
  const run = `for (const file of process.argv.slice(2)) {
    let main = () => "${unknown}";
    try { main = require(file).main } catch {}
    console.log("${told}" + JSON.stringify(String(main())));
  }`;
  // A file, since code on the command line has other globals.
  const script = join(directory, "bare.cjs");
  writeFileSync(script, run);
  let printed: string;
  try {
    printed = execFileSync(process.execPath, [script, ...files], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    printed = String((error as { stdout?: unknown }).stdout ?? "");
  }
  const lines = printed.split("\n").filter((line) => line.startsWith(told));
  return files.map((_, at) => (lines[at] === undefined ? undefined : String(JSON.parse(lines[at].slice(told.length)))));
}

const javascript = runners.find(({ language }) => language === "javascript") as RunnerUnderTest;

/** What each comes to as a thread, one after the other in one process. */
async function threads(files: readonly string[]): Promise<(string | undefined)[]> {
  const client = startBare(javascript);
  try {
    await client.hello();
    const all: (string | undefined)[] = [];
    const ended = client.ended.then(() => "the runner ended");
    for (const file of files) all.push(await Promise.race([thread(client, file), ended]));
    return all;
  } finally {
    client.kill();
  }
}

async function thread(client: RunnerClient, file: string): Promise<string | undefined> {
  try {
    client.renew();
    await client.ask("load", { file, threads: "accesses" });
    await client.ask("spawn", { task: 0, call: "main()" });
    for (;;) {
      const { stopped } = await client.ask("advance", { from: client.count + 1, plan: { picks: [0], times: 10_000 } });
      if (stopped !== "completed") break;
    }
    const value = client.steps.at(-1)?.value ?? "";
    return value.startsWith('"') || value.startsWith("'") ? value.slice(1, -1) : value;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

async function main([checkout, ...given]: readonly string[]): Promise<void> {
  if (checkout === undefined) throw new Error("Give the path of a checkout of test262: npm run test:test262 -- CHECKOUT");
  const directory = mkdtempSync(join(tmpdir(), "test262-"));
  const paths = (given.length > 0 ? given : folders).flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!_FIXTURE)\.js$/.test(name))
      .sort()
      .map((name) => join(checkout, folder, name)),
  );
  const tests = paths.flatMap((path) => testIn(checkout, path) ?? []);
  const counts = { passed: 0, sameFailure: 0, differs: 0, unknown: 0 };
  const write = ({ program }: Test, at: number) => {
    const file = join(directory, `${at}.cjs`);
    writeFileSync(file, program);
    return file;
  };
  for (let from = 0; from < tests.length; from += shared) {
    const some = tests.slice(from, from + shared);
    const files = some.map((test, at) => write(test, from + at));
    const [alone, asThreads] = [bare(files, directory), await threads(files)];
    for (const [at, test] of some.entries()) {
      let [one, other] = [alone[at], asThreads[at]];
      // What differs is tried again where no other test went before.
      if (one !== unknown && (one === undefined || one !== other)) {
        const file = files[at] ?? "";
        [one, other] = [bare([file], directory)[0], (await threads([file]))[0]];
      }
      if (one === unknown) {
        counts.unknown += 1;
        continue;
      }
      if (one !== other) console.log(`${test.name}: ${one} alone, ${other} as a thread`);
      counts[one !== other ? "differs" : one === "passed" ? "passed" : "sameFailure"] += 1;
    }
    process.stderr.write(`\r${from + some.length} of ${tests.length}, ${counts.differs} differ, ${counts.unknown} unknown`);
  }
  rmSync(directory, { recursive: true });
  const left = paths.length - tests.length + counts.unknown;
  console.log(
    `\n${counts.passed} pass, ${counts.sameFailure} fail as they do alone, ${counts.differs} differ; ${left} of ${paths.length} were left out`,
  );
  process.exitCode = counts.differs > 0 ? 1 : 0;
}

void main(process.argv.slice(2));
