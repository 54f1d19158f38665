// Runs inside the extension host: runs every bundled suite beside this file with mocha, in a served or a desktop VS Code.
import { readdirSync } from "node:fs";
import { readFile, rm, watch } from "node:fs/promises";
import path from "node:path";
import { format } from "node:util";
import type { Context } from "mocha";
import { NoTestsError } from "./errors";
import { tellOfEvidence } from "./evidenceNote";
import { evidenceFile, suiteLine } from "./suiteLine";

/** Defined when it is bundled; see SuiteOptions. */
declare const SUITE_GREP: string;
declare const SUITE_IS_WATCHED: boolean;

/**
 * Called by VS Code as the module at `extensionTestsPath`.
 * @throws if a test failed, and NoTestsError if none ran
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({
    ui: "bdd",
    reporter: "spec",
    timeout: 120_000,
    color: false,
    grep: SUITE_GREP,
    rootHooks: { afterEach },
  });
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => console.log(suiteLine.mark(format(...args)));
  const files = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.js"));
  for (const file of files.sort()) {
    mocha.addFile(path.join(__dirname, file));
  }
  const { failures, ran } = await new Promise<{ failures: number; ran: number }>((resolve) => {
    let ran = 0;
    const runner = mocha.run((failures) => resolve({ failures, ran }));
    runner.on("pass", () => ran++).on("fail", () => ran++);
  });
  if (failures > 0) {
    throw new Error(`${failures} test(s) failed inside VS Code`);
  }
  if (ran === 0) {
    throw new NoTestsError("test/editor");
  }
}

/** Keeps the window as it is until the process outside has collected the evidence. */
async function afterEach(this: Context): Promise<void> {
  const { currentTest } = this;
  if (!SUITE_IS_WATCHED || currentTest?.state !== "failed" || !currentTest.err) return;
  const told = path.join(__dirname, evidenceFile);
  const changes = watch(__dirname);
  console.log(suiteLine.failure(currentTest.fullTitle()));
  for await (const { filename } of changes) if (filename === evidenceFile) break;
  tellOfEvidence(currentTest.err, JSON.parse(await readFile(told, "utf8")));
  await rm(told);
}
