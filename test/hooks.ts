/**
 * The mocha hooks for tests of every kind, with or without a browser. Each test file can be run alone by its name.
 */
import type { Context, Hook, RootHookObject, Suite } from "mocha";
import { afterFile } from "./ending";
import { preferInterpreterToScript } from "./interpreter";
import { begins } from "./progress";
import { chooseInputs } from "./properties";
import { addEvidence } from "./vscode/evidence";

const asked = process.argv.slice(2).map((argument) => argument.replaceAll("\\", "/"));
// A Python runner starts in half the time with its bytecode, which this variable keeps it from writing.
delete process.env.PYTHONDONTWRITEBYTECODE;
preferInterpreterToScript();
chooseInputs();

const isEndToEnd = (file = "") => /\beditor\/e2e\//.test(file);
const isOfPanel = (file: string) => /\btest\/panel\b/.test(file);

for (const file of asked) {
  if (/\btest\/editor\/[^/]*\.test\.ts$/.test(file)) {
    throw new Error(`${file} runs inside VS Code: npm run test:vscode -- ${file}`);
  }
}

/** Runs before the first test, and outside its time limit: on a new machine VS Code and the browser have to be installed. */
export async function mochaGlobalSetup(): Promise<void> {
  if (!asked.some((file) => isOfPanel(file) || isEndToEnd(file))) return;
  const { obtainChromium, obtainServedVSCode } = await import("./vscode/obtain");
  await obtainChromium();
  if (asked.some(isEndToEnd)) await obtainServedVSCode();
}

export async function mochaGlobalTeardown(): Promise<void> {
  if (asked.some(isEndToEnd)) await (await import("./editor/e2e/shared")).closeShared();
  if (asked.some(isOfPanel)) await (await import("./panel/browser")).closeSharedBrowser();
}

export const mochaHooks: RootHookObject = {
  beforeAll(this: Context) {
    const rootSuite = this.test?.parent;
    if (rootSuite) refuseOthers(rootSuite as WithHooks);
    for (const suite of rootSuite?.suites ?? []) watchPreparations(suite);
  },

  /** Each test of an end-to-end suite continues where the previous one stopped. */
  beforeEach(this: Context) {
    const { currentTest } = this;
    const tests = isEndToEnd(currentTest?.file) ? currentTest?.parent?.tests : [];
    if (tests?.some(({ state }) => state === "failed")) this.skip();
    begins(currentTest);
  },

  afterAll() {
    for (const end of afterFile) end();
  },

  async afterEach(this: Context) {
    const { currentTest } = this;
    if (currentTest?.state === "failed" && currentTest.err) await addEvidence(currentTest.err, currentTest.fullTitle());
  },
};

const kinds = ["beforeAll", "beforeEach", "afterEach", "afterAll"] as const;

/** A hook outside of all suites would run for the tests of other files too, and remove what they still use. */
function refuseOthers(rootSuite: WithHooks): void {
  const own: unknown[] = Object.values(mochaHooks);
  const isOther = kinds.some((kind) => rootSuite.getHooks(kind).some(({ fn }) => !own.includes(fn)));
  if (isOther) throw new Error("A hook stands outside of all suites: move it into the suites whose tests it belongs to.");
}

interface WithHooks extends Suite {
  getHooks(name: (typeof kinds)[number]): (Hook & { fn: (this: unknown, ...given: unknown[]) => unknown })[];
}

/**
 * The time limit of a hook that prepares a suite is one without progress, too. If it fails, the evidence is captured before the suite
 * closes what it opened.
 */
function watchPreparations(suite: Suite): void {
  for (const hook of (suite as WithHooks).getHooks("beforeAll")) {
    const { fn } = hook;
    hook.fn = async function (...given: unknown[]) {
      begins(hook);
      try {
        return await fn.apply(this, given);
      } catch (error) {
        if (error instanceof Error) await addEvidence(error, suite.fullTitle());
        throw error;
      }
    };
  }
  for (const inner of suite.suites) watchPreparations(inner);
}
