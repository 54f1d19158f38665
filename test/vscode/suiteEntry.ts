// Runs inside the extension host: every bundled suite beside this file, by mocha, in VS Code served or desktop alike.
import { readdirSync } from "node:fs";
import path from "node:path";
import { format } from "node:util";
import { NoTestsError } from "./errors";
import { suiteLine } from "./suiteLine";

/**
 * What VS Code calls with `extensionTestsPath`.
 * @throws when a test failed, and NoTestsError when none ran
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", reporter: "spec", timeout: 30_000, color: false });
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
